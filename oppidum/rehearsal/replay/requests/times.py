"""Places still free, read as far as a day's requests look and handed out in memory: slots of trucks and desks, nights at a quay.

What was handed out and then refused at the door (somebody else was quicker) costs its case a day.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from oppidum.bookings.models import Resource
from oppidum.bookings.places import NightsPlace, read_place
from oppidum.bookings.rules.terms import Terms, first_day, last_day
from oppidum.cases.booking.terms import amount_of, areas_of, fits_window, known_on, model_of, size_of, terms_of
from oppidum.cases.declaration import Booking, Service, get_service
from oppidum.core import clock
from oppidum.core.clock import PARIS
from oppidum.core.sql import rows

# People take one of the first times that they see; none of today, whose hours are over when the day's requests are filed together in the evening.
SEEN, SOONEST = 4.0, 1
# So many slots are read first: the few requests of a small run seldom look further. Whoever does has all others read.
FIRST_SLOTS = 120
# A kind's open slots between the first and the last day in their order, from the `after`th on, their places written as `SlotPlace` writes
# them. Looked up resource by resource: of a year's slots most days lie behind or too far ahead.
_FREE = f"""
    select code, code || to_char(starts_at at time zone '{PARIS}', '"@"YYYY-MM-DD"T"HH24:MI')
            || to_char(ends_at at time zone '{PARIS}', '"/"HH24:MI'), day - %(today)s, free::float8
    from (
        select resource.code, slot.* from bookings_resource resource cross join lateral (
                select slot.starts_at, slot.ends_at, slot.day, slot.capacity - slot.taken as free from bookings_slot slot
                where slot.resource_id = resource.id and slot.day between %(first)s and %(last)s
                    and slot.is_open and slot.starts_at > %(now)s and slot.taken < slot.capacity
                offset 0
            ) slot
        where resource.kind = %(kind)s and resource.is_active
        order by slot.starts_at, slot.free desc, resource.code limit %(most)s offset %(after)s
    ) slot
"""
_BUSY = """
    select resource.code, lower(nights), upper(nights) from bookings_booking booking
    join bookings_resource resource on resource.id = booking.resource_id
    where booking.kind = %s and bookings_holds(booking.state) and upper(nights) > %s order by booking.id
"""


@dataclass(slots=True)
class _Resource:
    serves: frozenset[str]
    site: str
    model: str
    limits: dict[str, float]

    def fits(self, areas: frozenset[str] | None, site: str, model: str, size: Mapping[str, float]) -> bool:
        if (
            site not in ("", self.site)
            or model not in ("", self.model)
            or (areas is not None and self.serves and areas.isdisjoint(self.serves))
        ):
            return False
        return all(value <= self.limits.get(measure, value) for measure, value in size.items())


@dataclass(slots=True)
class _Slot:
    place: str
    resource: str
    ahead: int  # days from today
    left: float


@dataclass
class _Kind:
    """What can be booked of a kind on one day: slots in their order, as far as they were read, or the nights that units are taken."""

    resources: dict[str, _Resource]
    asked: dict[str, Any] = field(default_factory=dict)
    slots: list[_Slot] = field(default_factory=list)
    has_more: bool = False
    busy: dict[str, list[tuple[date, date]]] = field(default_factory=dict)

    def each_slot(self) -> Iterator[_Slot]:
        """The free slots: the first ones, then, if they don't do, the rest."""
        n = 0
        while n < len(self.slots) or self._read_more():
            yield self.slots[n]
            n += 1

    def _read_more(self) -> bool:
        if not self.has_more:
            return False
        most = None if self.slots else FIRST_SLOTS
        found = rows(_FREE, {**self.asked, "most": most, "after": len(self.slots)})
        self.has_more = len(found) == most
        self.slots += [_Slot(place, resource, ahead, left) for resource, place, ahead, left in found]
        return bool(found)


class Times:
    """The free places of all bookings that somebody chooses from."""

    def __init__(self, services: Iterable[type[Service]]):
        self._bookings: dict[str, list[tuple[str, str]]] = {}
        for one in services:
            for booking in one.bookings:
                self._bookings.setdefault(booking.resource_kind, []).append((one.code, booking.name))
        self._kinds = {kind: _Kind(_resources(kind)) for kind in sorted(self._bookings)}
        self._day: date | None = None
        self._read: set[str] = set()
        self._terms: dict[tuple[str, str], Terms] = {}

    def _ensure(self, kind: str, day: date) -> None:
        """Ask for what is free of that kind on that morning: slots as they are looked at, the nights taken at once."""
        if self._day != day:
            self._day = day
            self._read.clear()
        if kind in self._read:
            return
        self._read.add(kind)
        found = {each: _find(*each) for each in self._bookings[kind]}
        slots = {each: one for each, one in found.items() if not one.nights}
        if slots:
            terms = {each: terms_of(one, known_on(get_service(each[0]), day), day) for each, one in slots.items()}
            self._terms |= terms
            self._kinds[kind].slots, self._kinds[kind].has_more = [], True
            self._kinds[kind].asked = {
                "kind": kind,
                "first": min(first_day(one, day) for one in terms.values()),
                "last": max(last_day(one, day) for one in terms.values()),
                "today": day,
                "now": _morning(day),
            }
        if len(slots) < len(found):
            busy = self._kinds[kind].busy = {unit: [] for unit in self._kinds[kind].resources}
            for unit, first, until in rows(_BUSY, [kind, day]):
                busy.setdefault(unit, []).append((first, until))

    def take(self, service: type[Service], name: str, known: Mapping[str, Any], day: date, rng: Random) -> str | None:
        """A free place for who says `known`, taken off what is free; None where nothing is left for them."""
        booking = next(one for one in service.bookings if one.name == name)
        self._ensure(booking.resource_kind, day)
        site = str(known.get(booking.site) or "") if booking.site else ""
        asked = areas_of(booking, known), site, model_of(booking, known), size_of(booking, known)
        kind = self._kinds[booking.resource_kind]
        if booking.nights:
            return _nights(kind, booking, known, asked, day)
        amount, seen = float(amount_of(booking, known)), int(rng.expovariate(1 / SEEN))
        terms, last = self._terms[service.code, name], None
        for slot in kind.each_slot():
            if slot.ahead > terms.horizon_days:
                break
            if (
                slot.left >= amount
                and slot.ahead >= max(SOONEST, terms.lead_days)
                and kind.resources[slot.resource].fits(*asked)
                and _in_window(booking, known, slot.place)
            ):
                last = slot
                if not seen:
                    break
                seen -= 1
        if last is None:
            return None
        last.left -= amount
        return last.place


def _in_window(booking: Booking, known: Mapping[str, Any], place: str) -> bool:
    return (booking.earliest is None and booking.latest is None) or fits_window(booking, known, read_place(place))


def _nights(kind: _Kind, booking: Booking, known: Mapping[str, Any], asked: tuple, day: date) -> str | None:
    """The smallest unit that fits and is free for the whole stay."""
    stay = known.get(booking.period) if booking.period else None
    if stay:
        first = date.fromisoformat(stay["from"])
        until = max(date.fromisoformat(stay["to"]), first + timedelta(days=1))
    else:
        first = booking.lead.last_day(day) + timedelta(days=1)
        until = booking.stay.last_day(first) if booking.stay else first + timedelta(days=1)
    for unit, resource in kind.resources.items():
        taken = kind.busy.setdefault(unit, [])
        if resource.fits(*asked) and not any(begin < until and first < over for begin, over in taken):
            taken.append((first, until))
            return str(NightsPlace(unit, first, until))
    return None


def _resources(kind: str) -> dict[str, _Resource]:
    """The bookable resources of a kind, the smallest first."""
    found = Resource.objects.filter(kind=kind, is_active=True).select_related("site").order_by("code")
    read = {
        one.code: _Resource(
            frozenset(one.serves),
            one.site.code if one.site else "",
            one.model,
            {name: float(value) for name, value in one.limits.items()},
        )
        for one in found
    }
    return dict(sorted(read.items(), key=lambda each: (sum(each[1].limits.values()), each[0])))


def _find(code: str, name: str) -> Booking:
    return next(one for one in get_service(code).bookings if one.name == name)


def _morning(day: date) -> datetime:
    return clock.midnight(day) + timedelta(hours=1)
