"""Slots and what is booked of them. The database counts the places taken and refuses one too many (see migration 0002)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from oppidum.bookings.models.resource import Resource


class State(models.TextChoices):
    """Where a booking stands."""

    OFFERED = "offered", _("offered")
    TAKEN = "taken", _("taken")
    DONE = "done", _("took place")
    MISSED = "missed", _("nobody came")
    FREED = "freed", _("freed")
    LAPSED = "lapsed", _("offer lapsed")


# A booking in one of these states holds its place.
HELD = (State.OFFERED, State.TAKEN, State.DONE, State.MISSED)


class Slot(models.Model):
    """Créneau: a time of a resource with `capacity` places (or cubic metres). `taken` is written by the database alone."""

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="slots", db_index=False)
    day = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.DecimalField(max_digits=10, decimal_places=3)
    taken = models.DecimalField(max_digits=10, decimal_places=3, default=0)
    is_open = models.BooleanField(default=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["resource", "starts_at"], name="slot_once"),
            models.CheckConstraint(condition=models.Q(taken__gte=0, taken__lte=models.F("capacity")), name="no_slot_is_overbooked"),
        ]
        indexes = [models.Index(fields=["resource", "day"], name="slot_day")]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.starts_at}"


class Booking(models.Model):
    """Réservation: a slot with an amount, or nights on a unit. It holds no name: `requester` is a keyed hash, `reference` the case.

    `key` names the act of booking: repeated, it is the same booking. `day` is the slot's day or the first night; `size` what must fit.
    """

    key = models.CharField(max_length=120, unique=True)
    kind = models.SlugField(max_length=60, db_index=False)
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="bookings", db_index=False)
    slot = models.ForeignKey(Slot, models.PROTECT, null=True, blank=True, related_name="bookings")
    nights = DateRangeField(null=True, blank=True)
    day = models.DateField()
    amount = models.DecimalField(max_digits=10, decimal_places=3, default=1)
    size = models.JSONField(default=dict, blank=True)
    requester = models.CharField(max_length=64, blank=True)
    reference = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.TAKEN)
    instead_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    taken_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(slot__isnull=False, nights__isnull=True) | models.Q(slot__isnull=True, nights__isnull=False),
                name="booking_of_a_slot_or_of_nights",
            ),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="booking_takes_something"),
            ExclusionConstraint(
                name="no_night_is_booked_twice",
                expressions=[("resource", RangeOperators.EQUAL), ("nights", RangeOperators.OVERLAPS)],
                condition=models.Q(state__in=HELD, nights__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["requester", "kind", "day"], name="booking_requester"),
            models.Index(fields=["reference"], name="booking_reference"),
            models.Index(fields=["kind", "day"], name="booking_day"),
            models.Index(fields=["expires_at"], name="booking_offers", condition=models.Q(state="offered")),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"
