"""Partners' addresses, what leaves and comes, and the links of third parties."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Endpoint(models.Model):
    """Adresse d'un partenaire: set by operators alone. `secret` signs what leaves and proves what comes.

    `is_inside`: the address may lie in our own network (a partner's system on it); otherwise private addresses are refused.
    """

    code = models.CharField(max_length=60, unique=True)
    url = models.URLField(max_length=300)
    secret = models.CharField(max_length=100)
    api_key = models.CharField(max_length=200, blank=True)
    jurisdiction = models.CharField(max_length=100, blank=True)
    is_inside = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.code


class Message(models.Model):
    """What leaves for a partner or came from one. `key` makes a repetition harmless, on both sides.

    An outgoing message that fails waits and is tried again; one that can't succeed is `held` until an officer releases it. An incoming
    one that doesn't fit is `parked`, in sight, never dropped.
    """

    class Fate(models.TextChoices):
        WAITING = "waiting", _("waiting to leave")
        HELD = "held", _("held: somebody has to look")
        SENT = "sent", _("received by the partner")
        FOLLOWED = "followed", _("filed there, its status is followed")
        ENDED = "ended", _("closed there")
        TAKEN = "taken", _("came in, and was acted on")
        PARKED = "parked", _("came in, and doesn't fit")
        DISMISSED = "dismissed", _("dismissed by an officer")

    key = models.CharField(max_length=120, unique=True)
    partner = models.CharField(max_length=60)
    comes_in = models.BooleanField(default=False)
    case = models.ForeignKey("cases.Case", models.CASCADE, null=True, db_constraint=False, related_name="+")
    seq = models.IntegerField(default=0)
    event = models.CharField(max_length=60)
    body = models.JSONField(default=dict)
    fate = models.CharField(max_length=10, choices=Fate.choices)
    remote_id = models.CharField(max_length=120, blank=True)
    remote_status = models.CharField(max_length=60, blank=True)
    attempts = models.IntegerField(default=0)
    try_after = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("people.Officer", models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(
                fields=["id"], name="partner_waiting", condition=models.Q(fate__in=["waiting", "held", "parked", "followed"])
            ),
        ]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.key


class ThirdLink(models.Model):
    """Lien d'un tiers: only the hash of its token is kept. It opens one case for one role, until it expires or is revoked."""

    case = models.ForeignKey("cases.Case", models.CASCADE, db_constraint=False, related_name="+")
    role = models.CharField(max_length=60)
    hash = models.CharField(max_length=64, unique=True)
    key = models.CharField(max_length=120, unique=True)
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.role} {self.case_id}"
