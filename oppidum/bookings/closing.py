"""Closing a resource on some days: nothing new is taken there, and who had a place gets the nearest other one, or is named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from oppidum.bookings.finding import find_free, find_free_nights
from oppidum.bookings.ground import Held, read_held_between
from oppidum.bookings.models import Exceptional, Resource, Slot
from oppidum.bookings.places import Free, NightsPlace, Place
from oppidum.bookings.taking import change
from oppidum.bookings.wishes import Taken, Wish
from oppidum.core import clock

# How far from its day a booking may be moved without asking, and how many days' notice people get of it.
AROUND_DAYS = 14
NOTICE_DAYS = 2


@dataclass(frozen=True, slots=True)
class Affected:
    """A booking on a day to be closed, and the nearest place that it can have instead; None: nothing is free."""

    held: Held
    instead: Place | None


def list_affected(resource: Resource, first: date, last: date, now: datetime | None = None) -> list[Affected]:
    """The bookings from `first` to `last` that a closing would touch, earliest booked first, each with another place.

    Another place: of the same resource, or of one that serves the same ground, within two weeks. No place is promised twice.
    """
    now = now or clock.now()
    held = read_held_between(resource.pk, first, last, clock.local_day(now))
    if resource.by == Resource.By.NIGHTS:
        return _instead_of_nights(resource, held, now)
    return _instead_of_slots(resource, held, first, last, now)


@transaction.atomic
def close_days(resource: Resource, first: date, last: date, reason: str, now: datetime | None = None) -> list[Affected]:
    """Close the resource from `first` to `last`. What is booked stays booked until it is moved: see `move_affected`."""
    Resource.objects.select_for_update().get(pk=resource.pk)
    Exceptional.objects.create(resource=resource, first_day=first, last_day=last, reason=reason)
    list(Slot.objects.filter(resource=resource, day__range=(first, last)).order_by("pk").select_for_update())
    Slot.objects.filter(resource=resource, day__range=(first, last)).update(is_open=False, note=reason)
    return list_affected(resource, first, last, now)


def open_days(resource: Resource, first: date, last: date) -> int:
    """Open again what was closed; returns how many slots."""
    Exceptional.objects.filter(resource=resource, first_day__gte=first, last_day__lte=last, starts=None).delete()
    return Slot.objects.filter(resource=resource, day__range=(first, last), is_open=False).update(is_open=True, note="")


def move_affected(affected: Sequence[Affected], now: datetime | None = None) -> list[Held]:
    """Move the bookings that have another place; returns those that are left without one. For bookings that no case holds."""
    moving = [a for a in affected if a.instead is not None]
    outcomes = change([wish_instead(a) for a in moving], (), now)
    left = [a.held for a, outcome in zip(moving, outcomes, strict=True) if not isinstance(outcome, Taken)]
    return [a.held for a in affected if a.instead is None] + left


def wish_instead(affected: Affected) -> Wish:
    """The wish that moves an affected booking to its other place."""
    held = affected.held
    return Wish(
        key=f"instead:{held.id}",
        place=str(affected.instead),
        kind=held.kind,
        amount=held.amount,
        requester=held.requester,
        reference=held.reference,
        size=held.measures,
        binding=False,
        instead_of=held.reference,
    )


def _instead_of_slots(resource: Resource, held: Sequence[Held], first: date, last: date, now: datetime) -> list[Affected]:
    """One query for all: what is free around, then each takes the nearest that still holds it."""
    if not held:
        return []
    around = timedelta(days=AROUND_DAYS)
    areas = set(resource.serves) or None
    earliest = max(first - around, clock.local_day(now) + timedelta(days=NOTICE_DAYS))
    found = find_free(resource.kind, areas=areas, amount=0, first=earliest, last=last + around, most=5000, now=now)
    alike = set(
        Resource.objects.filter(kind=resource.kind, serves=resource.serves, site=resource.site, model=resource.model).values_list(
            "code", flat=True
        )
    )
    free = [
        f for f in found if f.place.resource in alike and not (f.place.resource == resource.code and first <= f.place.day <= last)
    ]
    left: dict[str, Decimal] = {str(f): f.left for f in free}
    affected = []
    for each in held:
        instead = _nearest(each, free, left)
        if instead is not None:
            left[str(instead)] -= each.amount
        affected.append(Affected(each, instead and instead.place))
    return affected


def _nearest(held: Held, free: Sequence[Free], left: dict[str, Decimal]) -> Free | None:
    fitting = [f for f in free if left[str(f)] >= held.amount]
    return min(fitting, key=lambda f: (abs(f.place.starts_at - held.starts_at), f.place), default=None)


def _instead_of_nights(resource: Resource, held: Sequence[Held], now: datetime) -> list[Affected]:
    """A unit of the same site for the same nights; what one stay is given, the next isn't."""
    site = resource.site.code if resource.site else ""
    affected, given = [], []
    for each in held:
        free = find_free_nights(resource.kind, each.first, each.until, site=site, size=each.measures, now=now)
        instead = next((f.place for f in free if f.place.resource != resource.code and not _meets(f.place, given)), None)
        if instead is not None:
            given.append(instead)
        affected.append(Affected(each, instead))
    return affected


def _meets(place: NightsPlace, given: Sequence[NightsPlace]) -> bool:
    return any(g.resource == place.resource and g.day < place.until and place.day < g.until for g in given)
