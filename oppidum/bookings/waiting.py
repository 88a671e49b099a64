"""Waiting lists: joining, ranks, offers that go to the next when they lapse. By sets, under locks that pass over what others hold.

Everybody locks in one order: whoever waits (by `Claim`), their entry, the slots. So an offer that is made and an act of whoever waits never
block each other.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from oppidum.bookings.errors import Closed
from oppidum.bookings.ground import read_held
from oppidum.bookings.models import State, Waiting
from oppidum.bookings.places import NightsPlace, Place, read_place, slot_place
from oppidum.bookings.rules.order import InLine, allot
from oppidum.bookings.rules.terms import check_size
from oppidum.bookings.taking import change
from oppidum.bookings.watching import CHANGED, Became
from oppidum.bookings.wishes import Taken, Wish
from oppidum.core import clock
from oppidum.core.errors import Refusal
from oppidum.core.sql import dict_rows, plain_array, rows, server_cursor, text_array
from oppidum.core.watching import tell

# Locks those who wait until the transaction ends, by reference; returns those on whom nobody else acts at the moment.
Claim = Callable[[Collection[str]], Collection[str]]
# Who lets so many offers lapse leaves the list: others wait too.
MOST_LAPSES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """Somebody who wants to wait. `points` and `how` come from the published rule; `site` and `model` "" are any, `day` None is any."""

    key: str
    kind: str
    reference: str
    requester: str = ""
    site: str = ""
    model: str = ""
    day: date | None = None
    amount: Decimal | float = 1
    size: Mapping[str, float] = field(default_factory=dict)
    points: Decimal | float = 0
    how: Sequence[Sequence[str]] = ()
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rank:
    """A place in the line of a site, and of a model and a day where it has them, told without a name. `how` are (label, points) pairs."""

    rank: int
    of: int
    reference: str
    points: Decimal
    since: datetime
    how: list
    size: dict
    model: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A place held for somebody until `expires_at`."""

    reference: str
    kind: str
    place: Place
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: offers that lapsed (`left`: the references that left the list with it), and the new ones made of them."""

    lapsed: list[Offer]
    offered: list[Offer]
    left: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Line(InLine):
    reference: str
    requester: str
    amount: Decimal
    size: dict
    site: str
    model: str
    day: date | None
    declined: Sequence[str]


_JOIN = """
    insert into bookings_waiting (key, kind, site_id, model, day, requester, reference, amount, size, areas, points, how, since, state,
        lapses, declined)
    select key, kind, (select id from bookings_site where code = site), model, nullif(day, '')::date, requester, reference, amount, size, '[]', points,
        how, since, 'waiting', 0, '{}'
    from unnest(%s::text::text[], %s::text::text[], %s::text::text[], %s::text::text[], %s::text::text[], %s::text::text[], %s::text::text[],
        %s::text::numeric[], %s::text::jsonb[], %s::text::numeric[], %s::text::jsonb[], %s::text::timestamptz[])
        as new(key, kind, site, model, day, requester, reference, amount, size, points, how, since)
    on conflict do nothing
"""
_RANKS = """
    select * from (
        select row_number() over line as rank, count(*) over (partition by waiting.kind, waiting.site_id, waiting.model, waiting.day) as of,
            reference, points, since, how, size, waiting.model, waiting.day
        from bookings_waiting waiting left join bookings_site site on site.id = waiting.site_id
        where waiting.kind = %(kind)s and state in ('waiting', 'offered') and (%(site)s = '' or site.code = %(site)s)
        window line as (partition by waiting.kind, waiting.site_id, waiting.model, waiting.day order by points desc, since, waiting.id)
    ) as ranked where %(reference)s = '' or reference = %(reference)s order by model, day, rank
"""
_LINE = """
    select waiting.id, points, since, reference, requester, amount, size, coalesce(site.code, '') as site, model, day, declined
    from bookings_waiting waiting left join bookings_site site on site.id = waiting.site_id
    where waiting.kind = %s and state = 'waiting' and not reference = any(%s::text::text[])
    order by points desc, since, waiting.id
"""
_LOCK_ENTRIES = """
    select id from bookings_waiting where id = any(%s::text::bigint[]) and state = 'waiting' order by id for no key update skip locked
"""
_SITES = """
    select resource.code, coalesce(site.code, ''), resource.model, resource.limits from bookings_resource resource
    left join bookings_site site on site.id = resource.site_id where resource.code = any(%s::text::text[])
"""
_SLOTS = """
    select resource.code, slot.starts_at, slot.id, slot.capacity - slot.taken
    from bookings_slot slot join bookings_resource resource on resource.id = slot.resource_id
    where (resource.code, slot.starts_at) in (select * from unnest(%s::text::text[], %s::text::timestamptz[]))
"""
_OFFERED = "update bookings_waiting set state = 'offered' where id = any(%s::text::bigint[])"
_OVER = "select reference from bookings_booking where state = 'offered' and expires_at <= %(now)s"
_LAPSE = """
    update bookings_booking set state = 'lapsed', ended_at = %(now)s, expires_at = null from (
        select id, reference, kind, expires_at, expires_at - taken_at as lasts from bookings_booking
        where state = 'offered' and expires_at <= %(now)s and reference = any(%(claimed)s::text::text[]) order by slot_id, id for update
    ) as over where bookings_booking.id = over.id returning over.id, over.lasts
"""
_BACK_IN_LINE = """
    update bookings_waiting waiting set lapses = lapses + 1, state = case when lapses + 1 >= %s then 'left' else 'waiting' end
    from unnest(%s::text::text[], %s::text::text[]) as lapsed(reference, kind)
    where waiting.reference = lapsed.reference and waiting.kind = lapsed.kind and waiting.state = 'offered'
    returning waiting.reference, waiting.state
"""
# The last offer of each: the unit where it is by nights, else that very time of it.
_DECLINE = """
    update bookings_waiting waiting set declined = declined || last.place from (
        select distinct on (booking.reference) booking.reference, booking.kind, resource.code || coalesce('@' || slot.id, '') as place
        from bookings_booking booking join bookings_resource resource on resource.id = booking.resource_id
            left join bookings_slot slot on slot.id = booking.slot_id
        where booking.kind = %s and booking.reference = any(%s::text::text[]) and booking.state = 'lapsed'
        order by booking.reference, booking.id desc
    ) as last where waiting.reference = last.reference and waiting.kind = last.kind and waiting.state = 'offered'
"""
_BY_ID = """
    select booking.id, booking.reference, booking.kind, resource.code, slot.starts_at, slot.ends_at, lower(nights), upper(nights)
    from bookings_booking booking join bookings_resource resource on resource.id = booking.resource_id
        left join bookings_slot slot on slot.id = booking.slot_id where booking.id = any(%s::text::bigint[]) order by booking.id
"""


def join_list(joining: Sequence[Joining], now: datetime | None = None) -> None:
    """Enter them in their lists. A key, or a reference that waits already, changes nothing."""
    now = now or clock.now()
    with server_cursor() as cursor:
        cursor.execute(
            _JOIN,
            [
                text_array([j.key for j in joining]),
                text_array([j.kind for j in joining]),
                text_array([j.site for j in joining]),
                text_array([j.model for j in joining]),
                text_array([str(j.day or "") for j in joining]),
                text_array([j.requester for j in joining]),
                text_array([j.reference for j in joining]),
                plain_array([j.amount for j in joining]),
                text_array([json.dumps(dict(j.size)) for j in joining]),
                plain_array([j.points for j in joining]),
                text_array([json.dumps([list(map(str, line)) for line in j.how]) for j in joining]),
                text_array([str(j.since or now) for j in joining]),
            ],
        )


def leave_list(references: Collection[str], *, placed: bool = False) -> int:
    """Take them off their lists, because they have a place or no longer want one; returns how many left."""
    state = Waiting.State.PLACED if placed else Waiting.State.LEFT
    waiting = Waiting.objects.filter(reference__in=references, state__in=[Waiting.State.WAITING, Waiting.State.OFFERED])
    return waiting.update(state=state)


def mark_offered(references: Collection[str]) -> None:
    """They have an offer: what is held for them was chosen by somebody else than the list."""
    if references:
        Waiting.objects.filter(reference__in=references, state=Waiting.State.WAITING).update(state=Waiting.State.OFFERED)


def return_to_list(references: Collection[str], kind: str, *, declined: bool = False) -> None:
    """Their offer is over: they wait again, at their old place. What they `declined` goes to the others, and isn't offered to them again."""
    offered = Waiting.objects.filter(reference__in=references, kind=kind, state=Waiting.State.OFFERED)
    if declined:
        _changed(_DECLINE, [kind, text_array(sorted(references))])
    offered.update(state=Waiting.State.WAITING)


def list_ranks(kind: str, site: str = "") -> list[Rank]:
    """The list in its order: what is published, without names."""
    return _ranks(kind, site, "")


def find_rank(kind: str, reference: str) -> Rank | None:
    """Where `reference` stands, None when it doesn't wait."""
    return next(iter(_ranks(kind, "", reference)), None)


def _ranks(kind: str, site: str, reference: str) -> list[Rank]:
    found = dict_rows(_RANKS, {"kind": kind, "site": site, "reference": reference})
    return [Rank(**{**row, "how": json.loads(row["how"]), "size": json.loads(row["size"])}) for row in found]


def offer_next(
    kind: str,
    places: Sequence[str],
    expires_at: datetime,
    *,
    passing: Collection[str] = (),
    begun_since: date | None = None,
    claim: Claim = list,
    now: datetime | None = None,
) -> list[Offer]:
    """Hold each free place until `expires_at` for the first in line whom it fits; `passing`: references that are passed over. A place
    named several times is offered to as many. `begun_since`: one that began on that day or later is offered too.

    A place that is not free, or fits nobody who waits, is left alone, and so is one whose first in line can't be claimed at the moment.
    """
    if not places:
        return []
    now = now or clock.now()
    with transaction.atomic():
        line = [_in_line(*row) for row in rows(_LINE, [kind, text_array(sorted(passing))])]
        pairs = _claimed(allot(_spots(places), line, _fits), claim)
        wishes = [
            Wish(
                key=f"offer:{each.id}:{now.timestamp()}",
                place=str(spot.place),
                kind=kind,
                amount=each.amount,
                requester=each.requester,
                reference=each.reference,
                size=each.size,
                binding=False,
                expires_at=expires_at,
                begun_since=begun_since,
            )
            for spot, each in pairs
        ]
        outcomes = change(wishes, (), now)
        made = [(each, taken) for (_, each), taken in zip(pairs, outcomes, strict=True) if isinstance(taken, Taken)]
        _changed(_OFFERED, [plain_array([each.id for each, _ in made])])
    return [Offer(each.reference, kind, taken.place, expires_at) for each, taken in made]


def _claimed(pairs: Sequence[tuple["_Spot", "_Line"]], claim: Claim) -> list[tuple["_Spot", "_Line"]]:
    """Those of whom nobody else acts, and who still wait now that they are locked."""
    claimed = set(claim([each.reference for _, each in pairs]))
    entries = plain_array([each.id for _, each in pairs if each.reference in claimed])
    still = {pk for (pk,) in rows(_LOCK_ENTRIES, [entries])}
    return [(spot, each) for spot, each in pairs if each.id in still]


def accept_offer(reference: str, kind: str, now: datetime | None = None) -> Place:
    """The place held for `reference` is theirs; raises `Closed` when no offer runs any more."""
    now = now or clock.now()
    held = next((h for h in read_held([reference]) if h.kind == kind and h.state == State.OFFERED), None)
    taken = held and _changed(
        "update bookings_booking set state = 'taken', expires_at = null where id = %s and state = 'offered' and expires_at > %s",
        [held.id, now],
    )
    if not taken:
        raise Closed()
    tell(CHANGED, [Became(held.id, str(State.TAKEN), now)])
    leave_list([reference], placed=True)
    return held.place


def expire_offers(now: datetime | None = None, claim: Claim = list) -> Swept:
    """Let offers lapse whose time is over, and offer their places to the next in line for as long as they had been offered.

    Run again, or late, it does what is left. Who lets `MOST_LAPSES` offers lapse leaves the list.
    """
    now = now or clock.now()
    with transaction.atomic():
        claimed = claim([reference for (reference,) in rows(_OVER, {"now": now})])
        over = dict(rows(_LAPSE, {"now": now, "claimed": text_array(sorted(claimed))}))
        tell(CHANGED, [Became(booking_id, str(State.LAPSED), now) for booking_id in over])
        lapsed = [_offer(*row) for row in rows(_BY_ID, [plain_array(list(over))])] if over else []
        states = _back_in_line([o.reference for o in lapsed], [o.kind for o in lapsed])
        passing = frozenset(states)
        offered: list[Offer] = []
        lasting = list(over.values())
        for kind in sorted({o.kind for o in lapsed}):
            open_places = [str(o.place) for o in lapsed if o.kind == kind and o.place.day > clock.local_day(now)]
            offered += offer_next(kind, open_places, now + max(lasting), passing=passing, claim=claim, now=now)
    return Swept(lapsed, offered, frozenset(r for r, state in states.items() if state == Waiting.State.LEFT))


def _back_in_line(references: Sequence[str], kinds: Sequence[str]) -> dict[str, str]:
    """Each reference whose offer is over, and whether it waits again or has left."""
    return dict(rows(_BACK_IN_LINE, [MOST_LAPSES, text_array(references), text_array(kinds)])) if references else {}


@dataclass(frozen=True, slots=True)
class _Spot:
    """A free place; `name` is what is remembered of it when it is turned down, `left` how much of it is free (by nights: all)."""

    place: Place
    name: str
    left: Decimal
    site: str
    model: str
    limits: dict


def _spots(places: Sequence[str]) -> list[_Spot]:
    read = [read_place(place) for place in places]
    found = {
        code: (site, model, json.loads(limits))
        for code, site, model, limits in rows(_SITES, [text_array([p.resource for p in read])])
    }
    slots = [place for place in read if not isinstance(place, NightsPlace)]
    starts = [text_array([p.resource for p in slots]), text_array([str(p.starts_at) for p in slots])]
    known = {(code, at): (f"{code}@{pk}", left) for code, at, pk, left in rows(_SLOTS, starts)} if slots else {}
    return [
        _Spot(
            place,
            *known.get((place.resource, getattr(place, "starts_at", None)), (place.resource, Decimal("inf"))),
            *found[place.resource],
        )
        for place in read
        if place.resource in found
    ]


def _fits(spot: _Spot, each: _Line) -> bool:
    if each.site not in ("", spot.site) or each.model not in ("", spot.model) or each.day not in (None, spot.place.day):
        return False
    if spot.name in each.declined or each.amount > spot.left:
        return False
    try:
        check_size(each.size, spot.limits)
    except Refusal:
        return False
    return True


def _in_line(waiting_id, points, since, reference, requester, amount, size, *wanted) -> _Line:
    return _Line(waiting_id, points, since, reference, requester, amount, json.loads(size), *wanted)


def _offer(booking_id, reference, kind, resource, starts_at, ends_at, first, until) -> Offer:
    place = NightsPlace(resource, first, until) if first else slot_place(resource, starts_at, ends_at)
    return Offer(reference, kind, place, None)


def _changed(sql: str, params: Sequence) -> int:
    """Run a change and tell how many rows it met."""
    with server_cursor() as cursor:
        return cursor.execute(sql, params).rowcount
