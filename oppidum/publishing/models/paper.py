"""Papers: each letter, order or certificate that was made for a case, as it was sent, and its fate; and the print runs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Paper(models.Model):
    """Pièce: a paper to one addressee about one entry of a case's journal. Once made it never changes, whatever becomes of templates.

    `rank` 0 is for who it is addressed to, 1 and more for copies. `data` holds what is to be printed while it waits for a print
    run, and is emptied when the file is there. `sha256` is the file's. Fates:
    waiting -> printed -> posted (-> returned), or mailed (-> read) when a mail told of it, or kept where nobody is to be told.
    """

    class Fate(models.TextChoices):
        WAITING = "waiting", _("waits for a print run")
        PRINTED = "printed", _("printed")
        POSTED = "posted", _("posted")
        RETURNED = "returned", _("returned by the post")
        MAILED = "mailed", _("announced by e-mail")
        READ = "read", _("opened by its addressee")
        KEPT = "kept", _("kept with the case")

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="papers")
    seq = models.IntegerField()
    letter = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    template = models.CharField(max_length=20)
    rank = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=140, unique=True)
    subject = models.CharField(max_length=300)
    number = models.CharField(max_length=60, blank=True)
    signed_by = models.CharField(max_length=300, blank=True)
    delegation = models.ForeignKey("publishing.SignatureDelegation", models.PROTECT, null=True, related_name="papers")
    recipient = models.CharField(max_length=200)
    postcode = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=5, default="fr")
    fate = models.CharField(max_length=10, choices=Fate.choices)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    data = models.JSONField(null=True)
    file = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField(default=0)
    run = models.ForeignKey("publishing.PrintRun", models.SET_NULL, null=True, related_name="papers")
    position = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["letter", "id"], name="paper_waiting", condition=models.Q(fate="waiting", run=None)),
            models.Index(fields=["run", "position"], name="paper_in_run", condition=models.Q(run__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.key


class PrintRun(models.Model):
    """Tirage: papers printed together, in the order of their postcodes, as one file. Made by workers chunk by chunk, whoever is free;
    one that was killed in the middle of a chunk leaves it to the next."""

    ordered_by = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+")
    label = models.CharField(max_length=200)
    ordered_at = models.DateTimeField()
    papers_count = models.PositiveIntegerField()
    papers_done = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    printed_at = models.DateTimeField(null=True)
    posted_on = models.DateField(null=True)
    file = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pk}: {self.label}"

    @property
    def percent(self) -> int:
        return 100 * self.papers_done // self.papers_count if self.papers_count else 100


class PrintChunk(models.Model):
    """Some hundred papers of a run, set together: positions `first` to `first + count - 1`."""

    run = models.ForeignKey(PrintRun, models.CASCADE, related_name="chunks")
    first = models.PositiveIntegerField()
    count = models.PositiveIntegerField()
    pages = models.PositiveIntegerField(default=0)
    file = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "first"], name="one_chunk_per_place")]
        indexes = [models.Index(fields=["run", "first"], name="chunk_to_do", condition=models.Q(done_at=None))]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.first}"
