"""Waiting lists: who waits for a kind of place, in which order, and how that order was reckoned."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from oppidum.bookings.models.resource import Site


class Waiting(models.Model):
    """Place en liste d'attente. More `points` come first, then who has waited longer; `how` tells how they were reckoned
    (CRPA, art. L311-3-1). `size` and `amount` say what must fit; `model` and `day`, where a list has them, which thing is wanted and for
    which day. `declined`: what was offered and turned down, and isn't offered again. It holds no name."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        OFFERED = "offered", _("has an offer")
        PLACED = "placed", _("has a place")
        LEFT = "left", _("left the list")

    key = models.CharField(max_length=120, unique=True)
    kind = models.SlugField(max_length=60, db_index=False)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    model = models.SlugField(max_length=60, blank=True, db_index=False)
    day = models.DateField(null=True, blank=True)
    requester = models.CharField(max_length=64, blank=True)
    reference = models.CharField(max_length=40, db_index=True)
    amount = models.DecimalField(max_digits=10, decimal_places=3, default=1)
    size = models.JSONField(default=dict, blank=True)
    areas = models.JSONField(default=list, blank=True)
    points = models.DecimalField(max_digits=10, decimal_places=3, default=0)
    how = models.JSONField(default=list, blank=True)
    since = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    lapses = models.PositiveSmallIntegerField(default=0)
    declined = ArrayField(models.CharField(max_length=120), default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "site", "reference"],
                name="once_in_a_line",
                condition=models.Q(state__in=["waiting", "offered"]),
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(
                models.F("kind"),
                models.F("site"),
                models.F("points").desc(),
                models.F("since"),
                models.F("id"),
                name="waiting_in_order",
                condition=models.Q(state="waiting"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference} {self.state}"
