"""Calls to the contact centre (accueil téléphonique): each is logged with its outcome, report or not."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CallOutcome(models.TextChoices):
    REPORT = "report", _("a report was filed")
    JOINED = "joined", _("the caller now follows an existing report")
    FOLLOW_UP = "follow_up", _("question about an existing report")
    INFORMATION = "information", _("information given")
    REDIRECTED = "redirected", _("directed to somebody else")
    EMERGENCY = "emergency", _("directed to the emergency services")
    NOTHING = "nothing", _("nothing to open")
    LOST = "lost", _("line lost")


class Call(models.Model):
    """Appel. The number is personal: it is removed when retention ends, the count stays.

    `key` names the call taker's screen: a screen sent twice is one call.
    """

    received_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True)
    officer = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=CallOutcome.choices)
    case = models.ForeignKey("cases.Case", models.SET_NULL, null=True, related_name="calls")
    phone = models.CharField(max_length=20, blank=True)
    commune = models.ForeignKey("territory.Commune", models.PROTECT, null=True, related_name="+")
    category = models.CharField(max_length=80, blank=True)
    note = models.TextField(blank=True)
    key = models.CharField(max_length=80, null=True, unique=True)

    class Meta:
        indexes = [models.Index(fields=["phone"], name="call_phone", condition=~models.Q(phone=""))]

    def __str__(self) -> str:
        return f"{self.received_at} {self.outcome}"
