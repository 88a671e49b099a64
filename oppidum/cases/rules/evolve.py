"""Folding: where a case stands after a fact. Together with the journal this is the whole truth of a case."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from oppidum.cases.declaration import recorded
from oppidum.cases.declaration.registry import get_service
from oppidum.cases.declaration.service import Service
from oppidum.cases.rules import asking, clocks
from oppidum.cases.rules.resting import begins_at_rest, rests_after
from oppidum.cases.rules.standing import Fact, Standing
from oppidum.core.clock import local_day

_CARRIED = {"category": "category", "promise": "promise", "team": "team_id", "officer": "officer_id", "public": "is_public"}


def begin(service: type[Service], case_id: int, fact: Fact) -> Standing:
    """The standing that the first fact ("file") makes. Its data hold category, commune, promise, definition and whether the
    author can be written to."""
    day, data = local_day(fact.valid_at), fact.data
    case = Standing(
        case_id=case_id,
        service=service.code,
        definition=data["definition"],
        commune=data["commune"],
        category=data["category"],
        step=fact.to_step,
        back_to=None,
        team_id=None,
        officer_id=None,
        version=fact.seq,
        filed_on=day,
        clock_from=day,
        promise=data["promise"],
        paused_on=None,
        paused_days=0,
        step_since=day,
        due_on=None,
        wakes_on=None,
        silence_on=None,
        forgotten_on=None,
        followers=0,
        contactable=data.get("contactable", False),
        is_open=True,
        rests=False,
        is_public=data.get("public", True),
        ended_at=None,
        updated_at=fact.recorded_at,
        facts=data.get("facts", {}),
    )
    if service.clocks and (begun := clocks.begin_clocks(service, case, fact)):
        case = case._replace(clocks=begun)
    case = _reckon(service, case)
    return case._replace(rests=True) if begins_at_rest(service, case) else case


def evolve(service: type[Service], case: Standing, fact: Fact) -> Standing:
    """The standing after `fact`."""
    if fact.action == recorded.REDEFINE:
        return _redefine(service, case, fact)
    changes: dict[str, Any] = {"version": fact.seq, "updated_at": fact.recorded_at}
    day = local_day(fact.valid_at)
    data = fact.data
    if data:
        for name, column in _CARRIED.items():
            if name in data:
                changes[column] = data[name]
        if "joins" in data:
            changes["followers"] = case.followers + 1
            changes["contactable"] = case.contactable or data["joins"] == "contactable"
        if "clock" in data and fact.actor.kind == "system":
            changes["silence_on"] = local_day(fact.legal_at)
        if read := read_facts(service, fact):
            changes["facts"] = case.facts | read
        if "voids" in data:
            changes["facts"] = asking.without_void(changes.get("facts", case.facts), data["voids"])
        if "correction" in data:
            changes |= _corrected(case, data["correction"])
    if service.clocks and (moved := clocks.move_clocks(service, case, fact)) is not None:
        changes["clocks"] = moved
    if service.clocks and "correction" in data:
        changes["clocks"] = clocks.correct_starts(service, case, data["correction"].get("facts", {}))
    if fact.action == recorded.FORGET:
        changes |= {"forgotten_on": day, "contactable": False}
    if fact.to_step != case.step:
        _enter(service, case, fact, day, changes)
    after = case._replace(**changes)
    if "step" in changes or "promise" in changes or "silence_on" in changes or "facts" in changes or "clocks" in changes:
        after = _reckon(service, after)
    rests = rests_after(service, case, after, fact)
    return after if rests == after.rests else after._replace(rests=rests)


def _corrected(case: Standing, told: dict[str, Any]) -> dict[str, Any]:
    """What a correction changes of the standing: facts, those that are no longer given left out, and where the case lies."""
    facts = {name: value for name, value in (case.facts | told.get("facts", {})).items() if value is not None}
    return {"facts": facts} | ({"commune": told["commune"]} if "commune" in told else {})


def read_facts(service: type[Service], fact: Fact) -> dict[str, Any]:
    """What of an entry rules read later: answers and settings by name, opinions asked for and given, escalations told. A link says what
    is tied to the case (`kind`, `case`, `service`), and answers no question that happens to have such a name."""
    data = fact.data
    read = {name: data[name] for name in service.facts_read if name in data} if fact.action != recorded.LINK else {}
    match fact.action:
        case asking.OPINION:
            read |= {asking.GIVEN + data["opinion"]: data["answer"]} if "late" not in data else {}
        case recorded.ESCALATE:
            read["told:" + data["escalation"]] = local_day(fact.valid_at).isoformat()
        case recorded.ROUTE if "priority" in data:
            read["priority"] = data["priority"]
    for name, last in data.get("asks", {}).items():
        read[asking.ASKED + name] = last
    return read


def _enter(service: type[Service], case: Standing, fact: Fact, day: date, changes: dict[str, Any]) -> None:
    """What entering another step changes: the way back, pauses, and a fresh promise when a closed case opens again."""
    step = service.flow.steps[fact.to_step]
    changes |= {"step": fact.to_step, "back_to": case.step, "step_since": day}
    if case.paused_on is not None:
        changes |= {"paused_days": case.paused_days + clocks.paused_days_of(case.paused_on, day), "paused_on": None}
    if step.pauses:
        changes["paused_on"] = day
    if step.is_end:
        changes |= {"is_open": False, "ended_at": fact.valid_at}
    elif not case.is_open:
        changes |= {"is_open": True, "ended_at": None, "clock_from": day, "paused_days": 0}


def _reckon(service: type[Service], case: Standing) -> Standing:
    """Dates derived anew."""
    due, wakes = clocks.dates_of(service, case)
    return case if (due, wakes) == (case.due_on, case.wakes_on) else case._replace(due_on=due, wakes_on=wakes)


def _redefine(service: type[Service], case: Standing, fact: Fact) -> Standing:
    """The case goes on under `service`, a later declaration: in a step of it, with its promise and what its rules read. The days
    that it has stood there, and those of its pause, go on counting; dates are reckoned anew."""
    data = fact.data
    after = case._replace(
        version=fact.seq,
        updated_at=fact.recorded_at,
        definition=data["definition"],
        step=fact.to_step,
        back_to=case.back_to if case.back_to in service.flow.steps else None,
        promise=data.get("promise", case.promise),
        facts=case.facts | data.get("facts", {}),
    )
    after = _reckon(service, after)
    return after._replace(rests=begins_at_rest(service, after) and not _is_woken(case))


def _is_woken(case: Standing) -> bool:
    """Whether it stands awake in a step that rested under the declaration so far."""
    return not case.rests and get_service(case.service, case.definition).flow.steps[case.step].rests


def fold(service: type[Service], case_id: int, facts: Iterable[Fact]) -> Standing:
    """The standing that a whole journal, in order, comes to; `service` as declared when the case was filed."""
    each = iter(facts)
    case = begin(service, case_id, next(each))
    for fact in each:
        if fact.action == recorded.REDEFINE:
            service = get_service(service.code, fact.data["definition"])
        case = evolve(service, case, fact)
    return case
