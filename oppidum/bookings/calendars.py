"""Slots made from the hours of resources, and made anew when the hours change. By sets: one statement for all resources."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from oppidum.bookings.models import Resource
from oppidum.bookings.rules.hours import Hours, NewSlot, OtherHours, slots_between
from oppidum.core import clock
from oppidum.core.calendar import public_holidays
from oppidum.core.sql import plain_array, rows, server_cursor, text_array

DAYS_AHEAD = 400

# A slot that holds bookings never gets smaller than what it holds: the desk closes it, and moves them.
_MAKE = """
    insert into bookings_slot (resource_id, day, starts_at, ends_at, capacity, taken, is_open, note)
    select *, 0, true, '' from unnest(%s::text::bigint[], %s::text::date[], %s::text::timestamptz[], %s::text::timestamptz[],
                                      %s::text::numeric[])
    on conflict (resource_id, starts_at) do update
        set ends_at = excluded.ends_at, capacity = greatest(excluded.capacity, bookings_slot.taken)
        where (bookings_slot.ends_at, bookings_slot.capacity)
              is distinct from (excluded.ends_at, greatest(excluded.capacity, bookings_slot.taken))
"""
_DROP = """
    delete from bookings_slot slot using bookings_resource resource
    where resource.id = slot.resource_id and slot.resource_id = any(%s::text::bigint[]) and slot.day between %s and %s
        and not exists (select 1 from bookings_booking where slot_id = slot.id)
        and not exists (select 1 from unnest(%s::text::bigint[], %s::text::timestamptz[]) as wanted(resource_id, starts_at)
                        where wanted.resource_id = slot.resource_id and wanted.starts_at = slot.starts_at)
"""


def make_slots(first: date, last: date, resources: Sequence[Resource] | None = None) -> int:
    """Make the slots from `first` to `last` of these resources (all active ones by default); returns how many there are to be.

    Called again after a change of hours: slots without a booking follow, slots with one keep what they hold.
    """
    active = Resource.objects.filter(is_active=True, by=Resource.By.SLOTS)
    wanted: list[tuple[int, NewSlot]] = []
    found = active if resources is None else active.filter(pk__in=[r.pk for r in resources])
    ids = []
    for resource in found.prefetch_related("openings", "exceptions"):
        ids.append(resource.pk)
        wanted += [(resource.pk, slot) for slot in slots_of(resource, first, last)]
    owners = plain_array([pk for pk, _ in wanted])
    starts = text_array([str(slot.starts_at) for _, slot in wanted])
    with transaction.atomic(), server_cursor() as cursor:
        cursor.execute(_DROP, [plain_array(ids), first, last, owners, starts])
        days = plain_array([slot.day for _, slot in wanted])
        ends = text_array([str(slot.ends_at) for _, slot in wanted])
        cursor.execute(_MAKE, [owners, days, starts, ends, plain_array([slot.capacity for _, slot in wanted])])
    return len(wanted)


def make_coming_slots() -> int:
    """The slots from today on, `DAYS_AHEAD` days; run each night."""
    today = clock.today()
    return make_slots(today, today + timedelta(days=DAYS_AHEAD))


def verify() -> list[str]:
    """Slots whose sum isn't that of their bookings, one sentence each: none, whatever happened."""
    wrong = rows(
        """
        select slot.id, slot.taken, coalesce(sum(booking.amount) filter (where bookings_holds(booking.state)), 0) as held
        from bookings_slot slot left join bookings_booking booking on booking.slot_id = slot.id
        group by slot.id having slot.taken <> coalesce(sum(booking.amount) filter (where bookings_holds(booking.state)), 0)
        """
    )
    return [f"slot {slot}: {taken} counted, {held} held by its bookings" for slot, taken, held in wrong]


def slots_of(resource: Resource, first: date, last: date) -> list[NewSlot]:
    """What its hours, exceptions and the holidays make of those days; nothing is written. Two queries, or none where both were fetched."""
    weekly = [
        Hours(
            o.weekday, o.starts, o.ends, resource.capacity if o.capacity is None else o.capacity, o.minutes, o.first_day, o.last_day
        )
        for o in resource.openings.all()
    ]
    others = [OtherHours(e.first_day, e.last_day, e.starts, e.ends, e.capacity) for e in resource.exceptions.all()]
    holidays = public_holidays() if resource.closed_on_holidays else ()
    return slots_between(weekly, others, holidays, first, last, resource.capacity)
