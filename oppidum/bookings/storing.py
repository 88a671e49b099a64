"""Writing bookings down: whole batches, one statement each, in the caller's transaction."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from oppidum.bookings.ground import read_by_key
from oppidum.bookings.models import State
from oppidum.bookings.places import NightsPlace, Place
from oppidum.bookings.watching import CHANGED, TAKEN, Became, Placed, communes_of
from oppidum.core.clock import local_day
from oppidum.core.sql import plain_array, rows, server_cursor, text_array
from oppidum.core.watching import is_watched, tell


@dataclass(frozen=True, slots=True)
class NewBooking:
    """A booking about to be written."""

    key: str
    kind: str
    place: Place
    resource_id: int
    slot_id: int | None
    amount: Decimal
    size: Mapping[str, float]
    requester: str
    reference: str
    expires_at: datetime | None
    instead_of: int | None


_INSERT = """
    insert into bookings_booking (key, kind, resource_id, slot_id, nights, day, amount, size, requester, reference, state,
        instead_of_id, taken_at, expires_at)
    select key, kind, resource_id, slot_id, case when until is null then null else daterange(day, until) end, day, amount, size,
        requester, reference, case when expires_at is null then 'taken' else 'offered' end, instead_of, %s, expires_at
    from unnest(%s::text::text[], %s::text::text[], %s::text::bigint[], %s::text::bigint[], %s::text::date[], %s::text::date[],
        %s::text::numeric[], %s::text::jsonb[], %s::text::text[], %s::text::text[], %s::text::bigint[], %s::text::timestamptz[])
        as new(key, kind, resource_id, slot_id, day, until, amount, size, requester, reference, instead_of, expires_at)
    on conflict (key) do nothing returning key, id
"""
# Nights that have begun are cut short: those that were spent stay told.
_END = """
    update bookings_booking booking set ended_at = %(now)s, expires_at = null,
        state = case when begun then 'done' else ending.state end,
        nights = case when begun then daterange(lower(nights), %(today)s) else nights end
    from (select id, state, (select lower(nights) < %(today)s and %(today)s < upper(nights) and ending.state = 'freed'
                             from bookings_booking b where b.id = ending.id and nights is not null) is true as begun
          from unnest(%(ids)s::text::bigint[], %(states)s::text::text[]) as ending(id, state)) as ending
    where booking.id = ending.id and booking.state in ('offered', 'taken')
"""


def insert_bookings(new: Sequence[NewBooking], now: datetime) -> dict[str, tuple[int, Place]]:
    """Write the bookings; the (id, place) of each key. A key that somebody else just used keeps what they made of it."""
    if not new:
        return {}
    found = rows(
        _INSERT,
        [
            now,
            text_array([b.key for b in new]),
            text_array([b.kind for b in new]),
            plain_array([b.resource_id for b in new]),
            plain_array([b.slot_id for b in new]),
            plain_array([b.place.day for b in new]),
            plain_array([b.place.until if isinstance(b.place, NightsPlace) else None for b in new]),
            plain_array([b.amount for b in new]),
            text_array([json.dumps(dict(b.size)) for b in new]),
            text_array([b.requester for b in new]),
            text_array([b.reference for b in new]),
            plain_array([b.instead_of for b in new]),
            text_array([b.expires_at and str(b.expires_at) for b in new]),
        ],
    )
    if is_watched(TAKEN):
        _tell_taken(new, dict(found), now)
    places = {b.key: b.place for b in new}
    ids = {key: (booking_id, places[key]) for key, booking_id in found}
    if missing := [b.key for b in new if b.key not in ids]:
        ids |= {key: (held.id, held.place) for key, held in read_by_key(missing).items()}
    return ids


def _tell_taken(new: Sequence[NewBooking], ids: Mapping[str, int], now: datetime) -> None:
    lies = communes_of({b.resource_id for b in new})
    written = [(ids[b.key], b) for b in new if b.key in ids]
    tell(
        TAKEN,
        [
            Placed(
                booking_id=booking_id,
                kind=b.kind,
                reference=b.reference,
                commune=lies.get(b.resource_id, ""),
                first=b.place.day if isinstance(b.place, NightsPlace) else None,
                until=b.place.until if isinstance(b.place, NightsPlace) else None,
                state=str(State.OFFERED if b.expires_at else State.TAKEN),
                taken_at=now,
            )
            for booking_id, b in written
        ],
    )


def end_bookings(ending: Sequence[tuple[int, str]], now: datetime) -> None:
    """Give (booking id, state) their ends, where they still hold: twice is once."""
    if not ending:
        return
    with server_cursor() as cursor:
        cursor.execute(
            _END,
            {
                "now": now,
                "today": local_day(now),
                "ids": plain_array([booking_id for booking_id, _ in ending]),
                "states": plain_array([state for _, state in ending]),
            },
        )
    tell(CHANGED, [Became(booking_id, str(state), now) for booking_id, state in ending])
