"""What time, and the desk, do to booked places: reminders, offers, closed days. By sets; each act goes through the one door.

A reminder or an offer that the case refuses (it moved on) is dropped with its place; nothing is written twice.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from oppidum.bookings.closing import Affected, close_days, move_affected
from oppidum.bookings.finding import find_free, find_free_nights
from oppidum.bookings.ground import Held
from oppidum.bookings.models import Booking as Booked
from oppidum.bookings.models import Resource, State, Waiting
from oppidum.bookings.places import Free
from oppidum.bookings.rules.terms import first_day
from oppidum.bookings.taking import free
from oppidum.bookings.waiting import Offer, expire_offers, leave_list, offer_next
from oppidum.cases.acting import act
from oppidum.cases.booking.terms import begun_since, known_on, terms_of
from oppidum.cases.declaration import Booking, Service, catalogue, slot_fields
from oppidum.cases.models import Case
from oppidum.cases.rules.standing import SYSTEM, Actor, Command
from oppidum.core import clock
from oppidum.core.sql import rows, text_array

BATCH = 2000


def remind(now: datetime | None = None) -> int:
    """Tell those whose place is tomorrow, once each; returns how many cases."""
    now = now or clock.now()
    tomorrow = clock.local_day(now) + timedelta(days=1)
    told = 0
    for service, booking in _bookings():
        if not booking.reminds:
            continue
        due = Booked.objects.filter(kind=booking.resource_kind, day=tomorrow, state=State.TAKEN, reminded_at=None)
        references = list(due.values_list("reference", flat=True)[:BATCH])
        with transaction.atomic():
            outcomes = act([(i, Command(booking.reminds, SYSTEM)) for i in _ids(service, references)], now)
            due.filter(reference__in=references).update(reminded_at=now)
        told += sum(outcome.refusal is None for outcome in outcomes)
    return told


def sweep_offers(now: datetime | None = None) -> int:
    """Offers whose time is over lapse and go to the next, and what is free is offered to who waits; returns how many offers."""
    now = now or clock.now()
    with transaction.atomic():
        swept = expire_offers(now, _claim)
        _tell_lapsed(swept.lapsed, swept.left, now)
        heard = _tell_offered(swept.offered, now)
    # Who has just let one lapse is passed over this time.
    passing = frozenset(offer.reference for offer in swept.lapsed)
    return heard + sum(_offer_what_is_free(service, booking, passing, now) for service, booking in _bookings())


def _offer_what_is_free(service: type[Service], booking: Booking, passing: frozenset[str], now: datetime) -> int:
    if booking.waiting is None or not Waiting.objects.filter(kind=booking.resource_kind, state=Waiting.State.WAITING).exists():
        return 0
    with transaction.atomic():
        known = known_on(service, clock.local_day(now))
        begun = begun_since(booking, known, clock.local_day(now))
        places = [str(free) for free in _free_places(booking, known, begun, now) for _ in range(max(1, int(free.left)))]
        until = booking.waiting.lasts.ends_at(now)
        offers = offer_next(booking.resource_kind, places, until, passing=passing, begun_since=begun, claim=_claim, now=now)
        return _tell_offered(offers, now)


def _claim(references: Collection[str]) -> list[str]:
    """The cases of these codes on which nobody acts at the moment, locked as an act locks them, before anything of their places is."""
    return [code for (code,) in rows(_CLAIM, [text_array(sorted(references))])] if references else []


_CLAIM = """
    select c.code from cases_live l join cases_case c on c.id = l.case_id where c.code = any(%s::text::text[])
    order by l.case_id for no key update of l skip locked
"""


def _free_places(booking: Booking, known: Mapping[str, Any], begun: date | None, now: datetime) -> list[Free]:
    today = clock.local_day(now)
    terms = terms_of(booking, known, today)
    if not booking.nights:
        return find_free(booking.resource_kind, amount="0.001", terms=terms, now=now, waited_for=True, begun_since=begun)
    first = first_day(terms, today)
    until = booking.stay.last_day(first) if booking.stay else first + timedelta(days=1)
    return find_free_nights(booking.resource_kind, first, until, terms=terms, now=now)


def _tell_lapsed(lapsed: Sequence[Offer], left: frozenset[str], now: datetime) -> None:
    for service, booking, mine in _by_service(lapsed):
        references = [o.reference for o in mine]
        commands = [
            (case_id, Command(booking.waiting.lapse, SYSTEM, {"left": reference in left}))
            for case_id, reference in _ids(service, references).items()
        ]
        act(commands, now)


def _tell_offered(offered: Sequence[Offer], now: datetime) -> int:
    """The cases hear of their offers, and how many did; where the case has moved on, its place is given back and it leaves the list."""
    told = 0
    for service, booking, mine in _by_service(offered):
        places = {o.reference: str(o.place) for o in mine}
        name = slot_fields(service.flow.actions[booking.waiting.offer].demands)[booking.name]
        ids = _ids(service, places)
        outcomes = act([(i, Command(booking.waiting.offer, SYSTEM, {name: places[ref]})) for i, ref in ids.items()], now)
        heard = {ids[o.case_id] for o in outcomes if o.refusal is None}
        told += len(heard)
        for reference in set(places) - heard:
            free(reference, now, kind=booking.resource_kind)
            leave_list([reference])
    return told


@dataclass(frozen=True, slots=True)
class Closing:
    """What closing some days came to: bookings that have another place, with it, and those that have none."""

    moved: list[Affected]
    unplaced: list[Held]


def close(resource: Resource, first: date, last: date, reason: str, actor: Actor = SYSTEM, now: datetime | None = None) -> Closing:
    """Close a resource and move what was booked, each through its case, which tells its resident; all in one transaction."""
    now = now or clock.now()
    with transaction.atomic():
        affected = close_days(resource, first, last, reason, now)
        unplaced = []
        rest = list(affected)
        for service, booking in _bookings():
            mine = [a for a in rest if a.held.kind == booking.resource_kind and booking.moved]
            if not mine:
                continue
            ids = _ids(service, [a.held.reference for a in mine])
            by_reference = {reference: case_id for case_id, reference in ids.items()}
            of_cases = [a for a in mine if a.held.reference in by_reference]
            rest = [a for a in rest if a not in of_cases]
            unplaced += _move_cases(service, booking, of_cases, by_reference, actor, now)
        unplaced += move_affected(rest, now)
    gone = {held.id for held in unplaced}
    return Closing([a for a in affected if a.held.id not in gone], unplaced)


def _move_cases(
    service: type[Service], booking: Booking, affected: Sequence[Affected], ids: dict[str, int], actor: Actor, now: datetime
) -> list[Held]:
    name = slot_fields(service.flow.actions[booking.moved].demands)[booking.name]
    system = actor._replace(kind="system")
    moving = [a for a in affected if a.instead]
    outcomes = act([(ids[a.held.reference], Command(booking.moved, system, {name: str(a.instead)})) for a in moving], now)
    unplaced = [a for a in affected if not a.instead]
    unplaced += [a for a, outcome in zip(moving, outcomes, strict=True) if outcome.refusal]
    if booking.unplaced:
        act([(ids[a.held.reference], Command(booking.unplaced, system)) for a in unplaced], now)
    return [a.held for a in unplaced]


def _bookings() -> Iterator[tuple[type[Service], Booking]]:
    for service in catalogue().values():
        for booking in service.bookings:
            yield service, booking


def _by_service(offers: Sequence[Offer]) -> Iterator[tuple[type[Service], Booking, list[Offer]]]:
    for service, booking in _bookings():
        if booking.waiting and (mine := [o for o in offers if o.kind == booking.resource_kind]):
            yield service, booking, mine


def _ids(service: type[Service], references: Iterable[str]) -> dict[int, str]:
    """The cases of this service among the references, case id -> reference."""
    found = Case.objects.filter(service=service.code, code__in=list(references)).order_by("pk")
    return dict(found.values_list("pk", "code"))
