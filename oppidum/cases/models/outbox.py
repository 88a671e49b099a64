"""What leaves: effects decided with an entry and written in its transaction, and the mails made of them, each with its fate."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Effect(models.Model):
    """An effect waiting for the worker. `key` makes a repetition harmless; `try_after` holds one back that failed."""

    key = models.CharField(max_length=80, unique=True)
    case = models.ForeignKey("cases.Case", models.CASCADE, db_index=False, db_constraint=False, related_name="+")
    seq = models.IntegerField()
    kind = models.CharField(max_length=20)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(default=0)
    try_after = models.DateTimeField(null=True)
    error = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["id"], name="effect_waiting", condition=models.Q(done_at=None))]

    def __str__(self) -> str:
        return self.key


class Mail(models.Model):
    """A mail to one party about one entry, and what became of it.

    queued -> sending -> sent. A crash while sending leaves `unknown`: it is shown to officers, and never sent again by itself.
    `sender` is who is sending it, or was (see `mailing.py`). A mail that an officer ordered
    to be sent again is another one, with its number behind the key: "1:2:3+1".
    """

    class Fate(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("refused by the mail server")
        UNKNOWN = "unknown", _("perhaps sent: the machine stopped meanwhile")

    case = models.ForeignKey("cases.Case", models.CASCADE, null=True, related_name="mails")
    seq = models.IntegerField(default=0)
    party = models.ForeignKey("cases.Party", models.SET_NULL, null=True, related_name="+")
    to = models.CharField(max_length=254)
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    fate = models.CharField(max_length=10, choices=Fate.choices, default=Fate.QUEUED)
    key = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    send_after = models.DateTimeField()
    attempts = models.SmallIntegerField(default=0)
    error = models.TextField(blank=True, default="")
    sender = models.IntegerField(null=True)
    ordered_by = models.ForeignKey("people.Officer", models.SET_NULL, null=True, db_index=False, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["send_after"], name="mail_waiting", condition=models.Q(fate__in=["queued", "sending"])),
        ]

    def __str__(self) -> str:
        return self.key
