"""Text messages (SMS), each with its fate, and the numbers that want none."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from oppidum.cases.models.leaving import Leaving


class TextMessage(Leaving):
    """A text message (SMS) to one party about one entry, and what became of it: the short twin of a `Mail`, with the same fates.

    `coding` and `segments` are what operators bill (see `texting/gsm.py`). `reference`: the gateway's name for it, under which it tells of
    the delivery. No name and no answer stands in it: the words of the notice, and a link.
    """

    class Fate(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("taken by the operator")
        FAILED = "failed", _("refused by the operator")
        UNKNOWN = "unknown", _("perhaps sent: the machine stopped meanwhile")
        HELD = "held", _("held back: this number receives no text message")
        STOPPED = "stopped", _("not sent: this number answered STOP")

    class Delivery(models.TextChoices):
        NOTHING = "", _("no news of it")
        DELIVERED = "delivered", _("delivered to the telephone")
        LOST = "lost", _("not delivered")

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="texts")
    seq = models.IntegerField()
    to = models.CharField(max_length=20)
    words = models.TextField()
    coding = models.CharField(max_length=4)
    segments = models.SmallIntegerField()
    fate = models.CharField(max_length=10, choices=Fate.choices, default=Fate.QUEUED)
    reference = models.CharField(max_length=80, blank=True, default="")
    delivery = models.CharField(max_length=10, choices=Delivery.choices, blank=True, default="")
    error = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["send_after"], name="text_waiting", condition=models.Q(fate__in=["queued", "sending"])),
            models.Index(fields=["reference"], name="text_reference", condition=~models.Q(reference="")),
            models.Index(
                fields=["created_at"],
                name="text_trouble",
                condition=(models.Q(fate__in=["failed", "unknown", "held", "stopped"]) | models.Q(delivery="lost"))
                & models.Q(settled_at=None),
            ),
        ]


class StoppedNumber(models.Model):
    """A telephone whose owner answered STOP, known by a keyed hash alone; until they answer START."""

    mark = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.mark[:8]
