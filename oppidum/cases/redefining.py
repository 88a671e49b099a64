"""A change of a declaration, tried on real cases before it counts, and carried out on those that it reaches.

`foresee` says of the open cases under older definitions how many the change would reach, which stand in a step that is gone, and how
many would have another date, another team or another outcome by silence; and of last year's decided cases, how many would have ended
otherwise. `redefine` moves the open cases, each by a fact of its own in its journal. Decided cases never move.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from oppidum.cases.acting import BATCH, act
from oppidum.cases.declaration import Service, definition_version, get_service
from oppidum.cases.declaration.flow import STAY
from oppidum.cases.declaration.recorded import REDEFINE
from oppidum.cases.declaration.versions import change_of
from oppidum.cases.definitions import keep_definition
from oppidum.cases.models import Case
from oppidum.cases.reading import read_journals, read_standings
from oppidum.cases.routing.teams import Routes, choose, compile_routes
from oppidum.cases.rules.evolve import evolve
from oppidum.cases.rules.standing import SYSTEM, Command, Fact, Standing
from oppidum.core import clock
from oppidum.core.sql import rows
from oppidum.people.remits import get_remits

_OPEN = "select case_id from cases_live where service = %s and definition <> %s and is_open order by case_id"
_DECIDED = """
    select case_id from cases_live where service = %s and definition <> %s and not is_open and ended_at > %s order by case_id
"""
YEAR_DAYS = 365


@dataclass
class Reach:
    """What a change comes to. `lost`: open cases by the step in which they stand and that is gone, with no way said in `steps=`."""

    service: str
    version: str
    reaches_open: bool
    open_cases: int = 0
    lost: Counter = field(default_factory=Counter)
    moved: Counter = field(default_factory=Counter)
    other_date: int = 0
    other_team: int = 0
    other_silence: int = 0
    routes: dict[type[Service], Routes] = field(default_factory=dict, repr=False)
    decided_cases: int = 0
    other_outcome: int = 0


class StepsGone(Exception):
    """Open cases stand in steps that the new declaration doesn't have; `reach` says which."""

    def __init__(self, reach: Reach):
        self.reach = reach
        told = ", ".join(f"'{step}' ({count})" for step, count in sorted(reach.lost.items()))
        super().__init__(f"open cases stand in steps that are gone: {told}; say where they go on: Change(steps={{old: new}})")


def foresee(service_code: str, now: datetime | None = None) -> Reach:
    """What today's declaration would change of the cases filed under older ones; nothing is written."""
    now = now or clock.now()
    service = get_service(service_code)
    reach = Reach(service_code, definition_version(service_code), change_of(service).moves_open_cases)
    for standings in _batches(_OPEN, [service_code, reach.version]):
        answers = _answers(list(standings))
        for case_id, case in standings.items():
            _foresee_open(service, case, answers[case_id], reach, now)
    since = now - timedelta(days=YEAR_DAYS)
    for standings in _batches(_DECIDED, [service_code, reach.version, since]):
        journals = read_journals(list(standings))
        reach.decided_cases += len(standings)
        answers = _answers(list(standings))
        reach.other_outcome += sum(replay(service, journals[i], answers[i]) != s.step for i, s in standings.items())
    return reach


def redefine(service_code: str, now: datetime | None = None) -> int:
    """Move the open cases that the change reaches to today's declaration; how many moved. Raises `StepsGone` before any does.

    Run again, it moves what is left: a case moves once.
    """
    now = now or clock.now()
    service, version = get_service(service_code), definition_version(service_code)
    if not change_of(service).moves_open_cases:
        return 0
    reach = foresee(service_code, now)
    if reach.lost:
        raise StepsGone(reach)
    keep_definition(service_code)
    moved = 0
    for standings in _batches(_OPEN, [service_code, version]):
        answers = _answers(list(standings))
        commands = [(i, Command(REDEFINE, SYSTEM, what_changes(service, s, answers[i], version))) for i, s in standings.items()]
        moved += sum(outcome.refusal is None for outcome in act(commands, now))
    return moved


def what_changes(service: type[Service], case: Standing, answers: dict[str, Any], version: str) -> dict[str, Any]:
    """The data of the fact that moves the case: its definition, its step there, its promise and what the rules read beside."""
    data: dict[str, Any] = {"definition": version, "from": case.definition, "step": find_step(service, case.step) or case.step}
    category = service.categories.get(case.category)
    promise = category.promise if category else service.promise
    if promise != case.promise:
        data["promise"] = promise
    missing = {name: value for name, value in service.keep_facts(answers, service.form).items() if name not in case.facts}
    return data | ({"facts": missing} if missing else {})


def find_step(service: type[Service], step: str) -> str | None:
    """Where a case of that step stands in this declaration: the same step, or the one that the change says."""
    if step in service.flow.steps:
        return step
    said = change_of(service).steps.get(step)
    return said if said in service.flow.steps else None


def replay(service: type[Service], journal: Sequence[Fact], answers: dict[str, Any]) -> str:
    """The step in which a case with this journal and these answers would stand under `service`. An act that its flow doesn't offer there, or whose
    condition fails, is left out."""
    step, back = service.flow.first, None
    known = service.keep_facts(answers, service.form) | journal[0].data.get("facts", {})
    for fact in journal[1:]:
        known |= {name: fact.data[name] for name in service.facts_read if name in fact.data}
        if fact.action == "route":
            step = find_step(service, fact.to_step) or step
            continue
        move = service.flow.steps[step].moves.get(fact.action)
        guard = move and move.action.when
        if move is None or (guard is not None and fact.actor.kind != "system" and not guard.holds(known)):
            continue
        to = move.choose(known)
        if to != STAY:
            step, back = (to if to in service.flow.steps else back or service.flow.first), step
    return step


def _foresee_open(service: type[Service], case: Standing, answers: dict[str, Any], reach: Reach, now: datetime) -> None:
    reach.open_cases += 1
    to = find_step(service, case.step)
    if to is None:
        reach.lost[case.step] += 1
        return
    if to != case.step:
        reach.moved[f"{case.step} → {to}"] += 1
    data = what_changes(service, case, answers, reach.version)
    after = evolve(service, case, Fact(case.version + 1, now, now, SYSTEM, REDEFINE, case.step, to, data))
    before = get_service(case.service, case.definition)
    reach.other_date += (after.due_on, after.wakes_on) != (case.due_on, case.wakes_on)
    reach.other_team += _team(service, after, reach, now) != _team(before, case, reach, now)
    reach.other_silence += _silence(service, after.step) != _silence(before, case.step)


def _team(service: type[Service], case: Standing, reach: Reach, now: datetime) -> int | None:
    """The team that such a case would get if it were filed now: by the routes that the declaration holds, then by the remits."""
    if service not in reach.routes:
        reach.routes[service] = compile_routes(service, [])
    known = service.known(case, clock.local_day(now))
    return choose(reach.routes[service], known, case, get_remits(service.code)).get("team")


def _silence(service: type[Service], step: str) -> list[tuple[str, Any]]:
    """What time does in that step: of each clock, and of the wait, where it leads."""
    moves = service.flow.steps[step].moves
    named = [(clock_.name, clock_.silence) for clock_ in service.clocks] + [("", service.flow.steps[step].then)]
    return [(name, moves[action].targets if action in moves else action) for name, action in named]


def _batches(sql: str, params: list[Any]) -> Iterator[dict[int, Standing]]:
    ids = [case_id for (case_id,) in rows(sql, params)]
    for start in range(0, len(ids), BATCH):
        yield read_standings(ids[start : start + BATCH])


def _answers(ids: list[int]) -> dict[int, dict[str, Any]]:
    return dict(Case.objects.filter(pk__in=ids).values_list("pk", "answers"))
