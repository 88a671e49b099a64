"""What a batch of wishes stands on, locked: requesters, slots and units, always in the same order, so that nobody deadlocks.

The database would refuse an overbooking anyway (see the constraints); under these locks it needn't, and every wish of a batch gets
its own answer.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from oppidum.bookings.places import NightsPlace, SlotPlace, slot_place
from oppidum.core.sql import plain_array, rows, text_array


@dataclass(slots=True)
class Spot:
    """A slot or a unit under lock. For a slot, `left` is what is free of it; for a unit, `busy` are the nights that are held."""

    resource_id: int
    kind: str
    serves: tuple[str, ...]
    limits: Mapping[str, float]
    site: str
    model: str
    slot_id: int | None = None
    is_open: bool = True
    left: Decimal = Decimal(0)
    busy: list[tuple[date, date]] = field(default_factory=list)
    closed: list[tuple[date, date]] = field(default_factory=list)


class Held(NamedTuple):
    """A booking that holds its place; `size` is JSON."""

    id: int
    key: str
    kind: str
    resource: str
    slot_id: int | None
    first: date | None
    until: date | None
    day: date
    starts_at: datetime | None
    ends_at: datetime | None
    amount: Decimal
    size: str
    requester: str
    reference: str
    state: str
    expires_at: datetime | None

    @property
    def measures(self) -> dict[str, float]:
        return json.loads(self.size)

    @property
    def place(self) -> SlotPlace | NightsPlace:
        if self.slot_id is None:
            return NightsPlace(self.resource, self.first, self.until)
        return slot_place(self.resource, self.starts_at, self.ends_at)


_HELD = """
    select booking.id, booking.key, booking.kind, resource.code, booking.slot_id, lower(booking.nights), upper(booking.nights),
        booking.day, slot.starts_at, slot.ends_at, booking.amount, booking.size, booking.requester,
        booking.reference, booking.state, booking.expires_at
    from bookings_booking booking join bookings_resource resource on resource.id = booking.resource_id
        left join bookings_slot slot on slot.id = booking.slot_id
"""
_BY_KEY = _HELD + "where booking.key = any(%s::text::text[])"
_BY_REFERENCE = (
    _HELD + "where booking.reference = any(%s::text::text[]) and booking.state in ('offered', 'taken') order by booking.id"
)
_BETWEEN = (
    _HELD
    + """where booking.resource_id = %s and booking.state in ('offered', 'taken')
    and (booking.day between %s and %s or booking.nights && daterange(%s, %s, '[]')) and booking.day >= %s order by booking.taken_at, booking.id"""
)
_LOCK_REQUESTERS = """
    select pg_advisory_xact_lock(hashtextextended(who, 0)) from unnest(%s::text::text[]) as who order by who
"""
_LOCK_SLOTS = """
    select resource.code, slot.starts_at, slot.ends_at, slot.id, slot.resource_id, resource.kind, resource.serves, resource.limits,
        coalesce(site.code, ''), resource.model, slot.is_open and resource.is_active, slot.capacity - slot.taken
    from bookings_slot slot join bookings_resource resource on resource.id = slot.resource_id
        left join bookings_site site on site.id = resource.site_id
    where slot.id = any(array(
        select unnest(%s::text::bigint[]) union
        select wished.id from unnest(%s::text::text[], %s::text::timestamptz[]) as place(code, starts_at)
            join bookings_resource whose using (code) join bookings_slot wished on wished.resource_id = whose.id
            and wished.starts_at = place.starts_at))
    order by slot.id for no key update of slot
"""
_LOCK_UNITS = """
    select resource.code, resource.id, resource.kind, resource.serves, resource.limits, coalesce(site.code, ''), resource.model,
        resource.is_active
    from bookings_resource resource left join bookings_site site on site.id = resource.site_id
    where resource.code = any(%s::text::text[]) and resource.by = 'nights' order by resource.id for no key update of resource
"""
_BUSY = """
    select resource_id, lower(nights), upper(nights) from bookings_booking
    where resource_id = any(%s::text::bigint[]) and bookings_holds(state) and nights && daterange(%s, %s)
"""
_CLOSED = """
    select resource_id, first_day, last_day + 1 from bookings_exceptional
    where resource_id = any(%s::text::bigint[]) and daterange(first_day, last_day, '[]') && daterange(%s, %s)
"""
_DAYS = """
    select requester, kind, day from bookings_booking
    where requester = any(%s::text::text[]) and bookings_holds(state)
"""


def read_held(references: Iterable[str]) -> list[Held]:
    """The bookings, offered or taken, of those references."""
    return [Held(*row) for row in rows(_BY_REFERENCE, [text_array(sorted(set(references)))])]


def read_held_between(resource_id: int, first: date, last: date, today: date) -> list[Held]:
    """The coming bookings of a resource that touch the days from `first` to `last`, in the order in which they were made."""
    return [Held(*row) for row in rows(_BETWEEN, [resource_id, first, last, first, last, today])]


def read_by_key(keys: Iterable[str]) -> dict[str, Held]:
    """The bookings made under those keys, whatever became of them."""
    return {row[1]: Held(*row) for row in rows(_BY_KEY, [text_array(sorted(set(keys)))])}


def lock_requesters(requesters: Iterable[str]) -> None:
    """One at a time for each requester, until the transaction ends: so a quota is counted right."""
    if wanted := sorted(set(filter(None, requesters))):
        rows(_LOCK_REQUESTERS, [text_array(wanted)])


def lock_slots(places: Sequence[SlotPlace], ids: Iterable[int]) -> dict[str, Spot]:
    """The slots of these places and ids, by place, locked until the transaction ends. What isn't there is left out."""
    ids = sorted(set(ids))
    if not places and not ids:
        return {}
    codes, starts = text_array([p.resource for p in places]), text_array([str(p.starts_at) for p in places])
    return {
        str(slot_place(code, begins, ends)): Spot(
            resource_id, kind, tuple(serves), json.loads(limits), site, model, slot_id, is_open, left
        )
        for code, begins, ends, slot_id, resource_id, kind, serves, limits, site, model, is_open, left in rows(
            _LOCK_SLOTS, [plain_array(ids), codes, starts]
        )
    }


def lock_units(places: Sequence[NightsPlace]) -> dict[str, Spot]:
    """The units of these places, by code, with the nights held and closed around them."""
    if not places:
        return {}
    found = {
        code: Spot(pk, kind, tuple(serves), json.loads(limits), site, model, is_open=is_open)
        for code, pk, kind, serves, limits, site, model, is_open in rows(
            _LOCK_UNITS, [text_array(sorted({p.resource for p in places}))]
        )
    }
    by_id = {spot.resource_id: spot for spot in found.values()}
    around = [plain_array(list(by_id)), min(p.day for p in places), max(p.until for p in places)]
    for resource_id, first, until in rows(_BUSY, around):
        by_id[resource_id].busy.append((first, until))
    for resource_id, first, until in rows(_CLOSED, around):
        by_id[resource_id].closed.append((first, until))
    return found


def read_held_days(requesters: Iterable[str]) -> dict[tuple[str, str], list[date]]:
    """For each (requester, kind): the days that count towards a quota."""
    days: dict[tuple[str, str], list[date]] = {}
    if wanted := sorted(set(filter(None, requesters))):
        for requester, kind, day in rows(_DAYS, [text_array(wanted)]):
            days.setdefault((requester, kind), []).append(day)
    return days
