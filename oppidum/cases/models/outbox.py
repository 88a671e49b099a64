"""What leaves: effects decided with an entry and written in its transaction, and the mails made of them, each with its fate."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from oppidum.cases.models.leaving import Leaving


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


class Mail(Leaving):
    """A mail to one party about one entry, and what became of it.

    queued -> sending -> sent. A crash while sending leaves `unknown`: it is shown to officers, and never sent again by itself.
    What became of it further on is `delivery`, told by other servers' notifications (RFC 3464, see `mailing/post_box.py`), with their status
    (RFC 3463) and words; `consulted_at`: when its reader first opened the page that it leads to. A mail that an
    officer ordered to be sent again is another one, with its number behind the key: "1:2:3+1".
    """

    class Fate(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("refused by the mail server")
        UNKNOWN = "unknown", _("perhaps sent: the machine stopped meanwhile")
        HELD = "held", _("held back: this address receives no mail")

    class Delivery(models.TextChoices):
        NOTHING = "", _("no news of it")
        DELAYED = "delayed", _("delayed: the reader's server keeps trying")
        RELAYED = "relayed", _("passed on to a server that confirms nothing")
        DELIVERED = "delivered", _("delivered to the mailbox")
        BOUNCED = "bounced", _("came back")

    case = models.ForeignKey("cases.Case", models.CASCADE, null=True, related_name="mails")
    seq = models.IntegerField(default=0)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    fate = models.CharField(max_length=10, choices=Fate.choices, default=Fate.QUEUED)
    error = models.TextField(blank=True, default="")
    ordered_by = models.ForeignKey("people.Officer", models.SET_NULL, null=True, db_index=False, related_name="+")
    delivery = models.CharField(max_length=10, choices=Delivery.choices, blank=True, default="")
    status = models.CharField(max_length=12, blank=True, default="")
    consulted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["send_after"], name="mail_waiting", condition=models.Q(fate__in=["queued", "sending"])),
            models.Index(
                fields=["created_at"],
                name="mail_trouble",
                condition=(models.Q(fate__in=["failed", "unknown", "held"]) | models.Q(delivery="bounced"))
                & models.Q(settled_at=None),
            ),
        ]


class DeadAddress(models.Model):
    """An e-mail address or a telephone that receives nothing, known by a keyed hash alone: a list of addresses is of no use here."""

    mark = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()
    status = models.CharField(max_length=12)
    said = models.CharField(max_length=500, blank=True, default="")

    def __str__(self) -> str:
        return self.mark[:8]


class ParkedMail(models.Model):
    """A message that came in and doesn't fit: in sight until an officer has seen to it. `digest` makes a repetition harmless."""

    digest = models.CharField(max_length=64, unique=True)
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, related_name="+")
    received_at = models.DateTimeField(db_index=True)
    sender = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    why = models.CharField(max_length=20)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("people.Officer", models.SET_NULL, null=True, db_index=False, related_name="+")

    def __str__(self) -> str:
        return self.subject
