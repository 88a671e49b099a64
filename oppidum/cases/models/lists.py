"""Lists sent at the desk: what is kept of each, and what is wrong in its rows while the file is there."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ListUpload(models.Model):
    """Liste déposée: a file of rows that become cases, checked row by row, confirmed by an officer, filed in pieces by the worker.

    `reached`: how many of its `rows` the present stage is through with. Of the check: `ready`, `known` (filed before) and `refused` rows; of the
    filing: `filed` and `found`; what is refused then adds to `refused`. `file` is the path below MEDIA_ROOT, empty once it was deleted: when all rows
    are filed, else after `kept_until`. What is kept for ever tells nothing of the persons in it.
    """

    class Stage(models.TextChoices):
        CHECKING = "checking", _("being checked")
        CHECKED = "checked", _("to be confirmed")
        FILING = "filing", _("being filed")
        DONE = "done", _("filed")
        DROPPED = "dropped", _("given up")

    service = models.CharField(max_length=60)
    officer = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")
    language = models.CharField(max_length=5, default="fr")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    encoding = models.CharField(max_length=20)
    file = models.CharField(max_length=200, blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.CHECKING)
    rows = models.PositiveIntegerField()
    reached = models.PositiveIntegerField(default=0)
    ready = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    filed = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    uploaded_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    kept_until = models.DateField()
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["id"], name="list_to_do", condition=models.Q(stage__in=["checking", "filing"], error=""))]

    def __str__(self) -> str:
        return f"{self.pk}: {self.name}"

    @property
    def is_at_work(self) -> bool:
        return self.stage in (self.Stage.CHECKING, self.Stage.FILING) and not self.error

    @property
    def percent(self) -> int:
        return 100 * self.reached // self.rows if self.rows else 100


class ListFault(models.Model):
    """What is wrong in a row of a list: the column, what stood there, what to do. It goes with the file."""

    upload = models.ForeignKey(ListUpload, models.CASCADE, related_name="faults", db_index=False)
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=200, blank=True)
    value = models.CharField(max_length=100, blank=True)
    says = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["upload", "row"], name="fault_of_list")]

    def __str__(self) -> str:
        return f"{self.upload_id}, {self.row}: {self.says}"
