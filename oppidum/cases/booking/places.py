"""Places taken, moved and given back with the cases: in the transaction that writes the case, so that neither is without the other.

`settle_acts` and `settle_filings` stand between deciding and writing. A place refused refuses the act; a case that ends frees what
it held; what is booked is never asked first and written later.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from oppidum.bookings.ground import read_held
from oppidum.bookings.models import Booking as Booked
from oppidum.bookings.models import State
from oppidum.bookings.taking import change
from oppidum.bookings.waiting import Joining, accept_offer, join_list, leave_list, mark_offered, return_to_list
from oppidum.bookings.wishes import Parting, Wish
from oppidum.cases.booking.terms import contact_of, joining_of, known_on, requester_of, terms_of, wish_of
from oppidum.cases.declaration import Booking, Service, get_service, slot_fields
from oppidum.cases.new_case import NewCase
from oppidum.cases.rules.standing import Decision, Standing
from oppidum.core.calendar import add_months
from oppidum.core.clock import local_day
from oppidum.core.errors import Refusal
from oppidum.core.sql import plain_array, rows

Decided = tuple[Standing, Decision]
# How long a pick-up at which nobody was there is remembered, when the next one is missed too.
REMEMBERED_MONTHS = 12
_CASES = """
    select id, code, answers, (
        select coalesce(nullif(email, ''), phone) from cases_party party where party.case_id = file.id and role = 'author' order by party.id limit 1
    ) from cases_case file where id = any(%s::text::bigint[])
"""


@dataclass(slots=True)
class _Asked:
    """What a batch asks of the bookings; each with the id (or position) of its case."""

    wishes: list[tuple[int, Wish]] = field(default_factory=list)
    partings: list[tuple[int, Parting]] = field(default_factory=list)


def settle_acts(decided: Sequence[Decided], now: datetime) -> tuple[list[Decided], dict[int, Refusal]]:
    """Carry out what these decisions book and free; returns the decisions that stand, and the refusals by case."""
    concerned = [(case, decision) for case, decision in decided if _concerns_places(case, decision)]
    if not concerned:
        return list(decided), {}
    cases = _read_cases([case.case_id for case, _ in concerned])
    asked, refused = _Asked(), {}
    for case, decision in concerned:
        try:
            _ask(asked, case, decision, cases[case.case_id], now)
        except Refusal as refusal:
            refused[case.case_id] = refusal
    refused |= _carry_out(asked, refused, now)
    mark_offered([w.reference for i, w in asked.wishes if w.expires_at and i not in refused])
    missed = _missed_before(concerned, cases, refused, now)
    standing = [(case, _told(decision, missed.get(case.case_id))) for case, decision in decided if case.case_id not in refused]
    _change_lists([(c, d) for c, d in concerned if c.case_id not in refused], cases, now)
    return standing, refused


def _concerns_places(case: Standing, decision: Decision) -> bool:
    """Whether an act may take or give back a place, or change who waits for one: most don't, and then nothing is read for them."""
    service, fact = get_service(case.service, case.definition), decision.fact
    if not service.bookings:
        return False
    action = service.flow.actions.get(fact.action)
    if action is not None and (action.books or action.frees):
        return True
    step = service.flow.steps.get(fact.to_step)
    return step is None or step.is_end or any(fact.action in booking.tells for booking in service.bookings)


def books_place(case: NewCase) -> bool:
    """Whether filing this case touches the bookings at all."""
    return bool(get_service(case.service).bookings)


def settle_filings(cases: Sequence[NewCase], now: datetime) -> dict[str, Refusal]:
    """Take the places that new cases (with their codes) ask for, in the transaction in which they are filed; the refusals, by code."""
    asked = [(case, *_ask_at_filing(case, now)) for case in cases]
    wishes = [(case.code, wish) for case, wished, _ in asked for wish in wished]
    outcomes = change([wish for _, wish in wishes], (), now) if wishes else []
    refused = {code: found for (code, _), found in zip(wishes, outcomes, strict=True) if isinstance(found, Refusal)}
    if joining := [entry for case, _, joined in asked for entry in joined if case.code not in refused]:
        join_list(joining, now)
    return refused


def _ask_at_filing(case: NewCase, now: datetime) -> tuple[list[Wish], list[Joining]]:
    """The places that a new case takes, and the lists in which it waits."""
    service, today = get_service(case.service), local_day(now)
    known = {**known_on(service, today), "commune": case.commune, **case.answers}
    chosen = slot_fields(service.form)
    wishes, joining = [], []
    for booking in service.bookings:
        asked = {"key": f"{case.key or case.code}:file:{booking.name}", "reference": case.code, "contact": contact_of(case.contact)}
        place = case.answers.get(chosen.get(booking.name, ""))
        if place:
            binding = case.actor.kind == "resident" and case.actor.id is None
            wishes.append(wish_of(booking, place, known, today=today, binding=binding, **asked))
        elif booking.waiting and "file" in booking.waiting.joins:
            joining.append(joining_of(booking, known, since=case.filed_at or now, **asked))
    return wishes, joining


def read_places(code: str) -> dict[str, str]:
    """The places that a case holds, as text, by the kind of resource: what its page shows."""
    return {held.kind: str(held.place) for held in read_held([code])}


def _ask(asked: _Asked, case: Standing, decision: Decision, known_case: "_Known", now: datetime) -> None:
    """Add what one decision books and frees. Raises when an offer that it accepts runs no more."""
    service, fact = get_service(case.service, case.definition), decision.fact
    action = service.flow.actions.get(fact.action)
    if action is None:
        return
    known = known_case.known(service, case, now) | fact.data
    step = service.flow.steps[fact.to_step]
    for booking in service.bookings:
        if action.books == booking.name:
            _ask_for(asked, case, decision, booking, known, known_case, now)
        elif (state := _what_becomes(booking, action)) is not None:
            terms = terms_of(booking, known, local_day(now))
            binding = fact.actor.kind == "resident" and state == State.FREED
            parting = Parting(reference=known_case.code, kind=booking.resource_kind, terms=terms, binding=binding, as_state=state)
            asked.partings.append((case.case_id, parting))
        elif step.is_end and fact.to_step not in booking.keeps:
            asked.partings.append((case.case_id, Parting(reference=known_case.code, kind=booking.resource_kind, binding=False)))


def _what_becomes(booking: Booking, action: Any) -> str | None:
    """The state in which this action leaves the booking; None where it doesn't touch it."""
    if action.name in booking.done:
        return State.DONE
    if action.name in booking.missed:
        return State.MISSED
    if booking.waiting and action.name in (booking.waiting.lapse, *booking.waiting.lets_go):
        return State.LAPSED
    return State.FREED if action.frees == booking.name else None


def _ask_for(
    asked: _Asked, case: Standing, decision: Decision, booking: Booking, known: Mapping, known_case: "_Known", now: datetime
) -> None:
    fact, action = decision.fact, get_service(case.service, case.definition).flow.actions[decision.fact.action]
    name = slot_fields(action.demands).get(booking.name)
    place = fact.data.get(name) if name else None
    offers = booking.waiting is not None and action.name == booking.waiting.offer
    if place is None:
        accept_offer(known_case.code, booking.resource_kind, now)
        return
    if offers and (known_case.code, place) in known_case.offered:
        return
    wish = wish_of(
        booking,
        place,
        known,
        key=f"{known_case.code}:{fact.seq}:{booking.name}",
        reference=known_case.code,
        today=local_day(now),
        contact=known_case.contact,
        binding=fact.actor.kind == "resident",
        moving=action.frees == booking.name,
        expires_at=booking.waiting.lasts.ends_at(now) if offers else None,
    )
    asked.wishes.append((case.case_id, wish))


def _carry_out(asked: _Asked, refused: Mapping[int, Refusal], now: datetime) -> dict[int, Refusal]:
    wishes = [(i, w) for i, w in asked.wishes if i not in refused]
    partings = [(i, p) for i, p in asked.partings if i not in refused]
    if not wishes and not partings:
        return {}
    outcomes = change([w for _, w in wishes], [p for _, p in partings], now)
    ids = [i for i, _ in wishes] + [i for i, _ in partings]
    return {i: outcome for i, outcome in zip(ids, outcomes, strict=True) if isinstance(outcome, Refusal)}


def _change_lists(stand: Iterable[Decided], cases: Mapping[int, "_Known"], now: datetime) -> None:
    """Who joins a waiting list, who goes back into it after an offer, and who leaves it because the case is over."""
    joining, over = [], []
    for case, decision in stand:
        service, fact, known_case = get_service(case.service, case.definition), decision.fact, cases[case.case_id]
        for booking in (b for b in service.bookings if b.waiting):
            if fact.action in booking.waiting.joins:
                known = known_case.known(service, case, now) | fact.data
                key = f"{known_case.code}:{fact.seq}:{booking.name}"
                entry = {"key": key, "reference": known_case.code, "since": fact.valid_at, "contact": known_case.contact}
                joining.append(joining_of(booking, known, **entry))
            elif fact.action in (booking.waiting.lapse, *booking.waiting.lets_go):
                return_to_list([known_case.code], booking.resource_kind, declined=fact.action in booking.waiting.lets_go)
            if service.flow.steps[fact.to_step].is_end:
                over.append(known_case.code)
    if joining:
        join_list(joining, now)
    if over:
        leave_list(over)


def _missed_before(
    concerned: Iterable[Decided], cases: Mapping[int, "_Known"], refused: Mapping[int, Refusal], now: datetime
) -> dict[int, int]:
    """Of the cases at which nobody was there: how often that had happened to the same requester within a year."""
    found = {}
    for case, decision in concerned:
        service = get_service(case.service, case.definition)
        for booking in service.bookings:
            if decision.fact.action in booking.missed and case.case_id not in refused:
                known = cases[case.case_id].known(service, case, now)
                who = requester_of(booking, known, cases[case.case_id].contact)
                since = add_months(local_day(now), -REMEMBERED_MONTHS)
                missed = Booked.objects.filter(requester=who, kind=booking.resource_kind, state=State.MISSED, day__gt=since)
                found[case.case_id] = missed.exclude(reference=cases[case.case_id].code).count() if who else 0
    return found


def _told(decision: Decision, missed_before: int | None) -> Decision:
    if not missed_before:
        return decision
    fact = decision.fact
    return decision._replace(fact=fact._replace(data={**fact.data, "missed_before": missed_before}))


@dataclass(frozen=True, slots=True)
class _Known:
    """What the bookings must know of a case beside where it stands."""

    code: str
    answers: Mapping[str, Any]
    contact: str
    offered: frozenset[tuple[str, str]]

    def known(self, service: type[Service], case: Standing, now: datetime) -> dict[str, Any]:
        return {**service.known(case, local_day(now)), **self.answers}


def _read_cases(ids: Sequence[int]) -> dict[int, _Known]:
    """Codes, answers, contacts and offers of these cases: two queries however many."""
    cases = rows(_CASES, [plain_array(ids)])
    held = read_held([code for _, code, _, _ in cases])
    offered = frozenset((h.reference, str(h.place)) for h in held if h.state == State.OFFERED)
    return {case_id: _Known(code, json.loads(answers), contact or "", offered) for case_id, code, answers, contact in cases}
