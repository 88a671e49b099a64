"""What stands before a case: a request being written, and the files that go with its answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Attachment(models.Model):
    """Pièce jointe: a file given as an answer, as it came. Until its form is sent it belongs to nobody and is found by `token`.

    `verdict` is what the scanner said (`files/scanning.py`); `found` names what was found in it, or says why it could not be examined.
    `exam_after`: it is to be examined, not before that instant; null when it need not be.
    """

    class Verdict(models.TextChoices):
        WAITING = "waiting", _("not yet examined")
        CLEAN = "clean", _("examined")
        INFECTED = "infected", _("harmful: put aside")

    token = models.CharField(max_length=43, unique=True)
    case = models.ForeignKey("cases.Case", models.CASCADE, null=True, related_name="attachments")
    seq = models.IntegerField(null=True)
    file = models.CharField(max_length=200, db_index=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    uploaded_at = models.DateTimeField(db_index=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.WAITING)
    examined_at = models.DateTimeField(null=True)
    exam_after = models.DateTimeField(null=True)
    exam_attempts = models.SmallIntegerField(default=0)
    found = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["exam_after"], name="file_to_examine", condition=models.Q(exam_after__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name


class Draft(models.Model):
    """Brouillon: a request being written, found by `token` until `kept_until`, that day included.

    `raw` holds the answers as they were given, those that are no longer asked too: they are dropped when it is sent. `pages`: those
    that were gone through. `key` names the filing, so that it happens once. Sent, it keeps the case's code and nothing personal.
    `officer`: who writes it for somebody at the desk or on the telephone (`channel`), or for the authority itself.
    """

    token = models.CharField(max_length=22, unique=True)
    service = models.CharField(max_length=60)
    definition = models.CharField(max_length=12)
    key = models.CharField(max_length=60)
    raw = models.JSONField(default=dict)
    pages = models.JSONField(default=list)
    email = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=5, default="fr")
    code = models.CharField(max_length=11, blank=True)
    officer = models.ForeignKey("people.Officer", models.CASCADE, null=True, db_index=False, related_name="+")
    channel = models.CharField(max_length=20, default="portal")
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    kept_until = models.DateField(db_index=True)

    def __str__(self) -> str:
        return f"{self.service} {self.started_at:%d/%m/%Y}"
