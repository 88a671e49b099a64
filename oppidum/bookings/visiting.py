"""When a site is open to everybody: today, on the coming days, why it is closed, when it opens next; and what is booked there at this hour.

Opening hours are those of the site's resource of the kind `PUBLIC`, which nobody books: weekly hours, dated exceptions, holidays, and days that
the desk closes, as for everything else. No counter tells how many people are there: what is booked is all that is known, and is called so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from oppidum.bookings.calendars import slots_of
from oppidum.bookings.models import Opening, Resource, Slot
from oppidum.core import clock
from oppidum.core.calendar import each_day, public_holidays

PUBLIC = "public-hours"
DAYS_AHEAD = 60


@dataclass(frozen=True)
class Span:
    """From one instant to another it is open."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class OpenDay:
    """A day with its hours. `reason`: why they aren't the usual ones, in the words of whoever set them; "" on a holiday, which says itself."""

    day: date
    spans: tuple[Span, ...]
    reason: str = ""
    is_other: bool = False
    is_holiday: bool = False


@dataclass(frozen=True)
class BookedNow:
    """Of what can be booked there for this hour, how much is taken: lanes, halls."""

    name: str
    unit: str
    taken: Decimal
    capacity: Decimal


@dataclass(frozen=True)
class Facility:
    """A site that is open to everybody at times; `days` from today on."""

    code: str
    name: str
    commune: str
    place: tuple[float, float] | None
    days: tuple[OpenDay, ...]
    weekly: tuple[Opening, ...]
    booked: tuple[BookedNow, ...]

    @property
    def today(self) -> OpenDay:
        return self.days[0]

    def open_span(self, now: datetime) -> Span | None:
        """The hours in which it is open now; None where it is closed."""
        return next((one for one in self.today.spans if one.starts_at <= now < one.ends_at), None)

    def next_span(self, now: datetime) -> Span | None:
        """When it opens next; None where that lies further ahead than `DAYS_AHEAD`."""
        return next((one for day in self.days for one in day.spans if one.starts_at > now), None)

    def closed_days(self, now: datetime) -> list[OpenDay]:
        """The coming days on which something else than the week holds: closed, other hours, a holiday."""
        return [one for one in self.days if one.is_other or one.is_holiday]


def list_facilities(now: datetime | None = None) -> list[Facility]:
    """All that have public hours: the open ones first, then by when they open next. A handful of queries, whatever their number."""
    now = now or clock.now()
    found = [_facility(one, now) for one in _read()]
    told = _with_booked(found, now)
    late = now + timedelta(days=DAYS_AHEAD + 1)
    key = {one.code: one.open_span(now) is None and getattr(one.next_span(now), "starts_at", late) for one in told}
    return sorted(told, key=lambda one: (key[one.code] is not False, key[one.code] or now, one.name))


def find_facility(code: str, now: datetime | None = None) -> Facility | None:
    """The site of that code, if it has public hours."""
    now = now or clock.now()
    found = [_facility(one, now) for one in _read().filter(site__code=code)[:1]]
    return next(iter(_with_booked(found, now)), None)


def _read():
    public = Resource.objects.filter(kind=PUBLIC, is_active=True).exclude(site=None)
    return public.select_related("site__commune").prefetch_related("openings", "exceptions").order_by("site__name")


def _facility(resource: Resource, now: datetime) -> Facility:
    first = clock.local_day(now)
    last = first + timedelta(days=DAYS_AHEAD)
    spans: dict[date, list[Span]] = {}
    for slot in slots_of(resource, first, last):
        spans.setdefault(slot.day, []).append(Span(slot.starts_at, slot.ends_at))
    holidays = public_holidays() if resource.closed_on_holidays else frozenset()
    days = tuple(_day(resource, day, spans.get(day, ()), day in holidays) for day in each_day(first, last))
    site = resource.site
    return Facility(
        site.code,
        site.name,
        site.commune.name if site.commune else "",
        (site.place.x, site.place.y) if site.place else None,
        days,
        tuple(resource.openings.all()),
        (),
    )


def _day(resource: Resource, day: date, spans: Iterable[Span], is_holiday: bool) -> OpenDay:
    others = [one for one in resource.exceptions.all() if one.first_day <= day <= one.last_day]
    reason = next((one.reason for one in others if one.reason), "")
    return OpenDay(day, tuple(sorted(spans, key=lambda one: one.starts_at)), reason, bool(others), is_holiday and not others)


def _with_booked(found: list[Facility], now: datetime) -> list[Facility]:
    """The same, with what is booked at this hour: one query for all of them."""
    running = (
        Slot.objects.filter(resource__site__code__in=[one.code for one in found], starts_at__lte=now, ends_at__gt=now, is_open=True)
        .exclude(resource__kind=PUBLIC)
        .select_related("resource__site")
        .order_by("resource__name", "resource__code")
    )
    booked: dict[str, list[BookedNow]] = {}
    for slot in running:
        one = BookedNow(slot.resource.name, slot.resource.unit, slot.taken, slot.capacity)
        booked.setdefault(slot.resource.site.code, []).append(one)
    return [Facility(**{**vars(one), "booked": tuple(booked.get(one.code, ()))}) for one in found]
