"""The one door: every change of a case, by page, API, sweep or replay, is a batch of commands through `act`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from oppidum.cases.booking import settle_acts
from oppidum.cases.declaration import Service, get_service
from oppidum.cases.numbering import take_numbers
from oppidum.cases.reading import lock_standings, read_journals
from oppidum.cases.routing import get_routes
from oppidum.cases.rules.decide import REDEFINE, ROUTE, decide
from oppidum.cases.rules.errors import NoTeam, Stale
from oppidum.cases.rules.evolve import evolve
from oppidum.cases.rules.standing import Command, Decision, Fact, Standing
from oppidum.cases.writing import write_beside, write_definitions, write_facts, write_standings
from oppidum.core import clock
from oppidum.core.errors import NotFound, Refusal
from oppidum.core.memory import no_cycle_collection
from oppidum.people.remits import get_remits

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command came to: the new standing, or the refusal that left the case as it was."""

    case_id: int
    standing: Standing | None = None
    refusal: Refusal | None = None


def act(commands: Iterable[tuple[int, Command]], now: datetime | None = None) -> list[Outcome]:
    """Carry out (case id, command) pairs, in transactions of `BATCH`; outcomes in the order of the commands.

    One command per case in a call. A refusal concerns its case alone: the others of the batch go on.
    """
    now = now or clock.now()
    pairs = list(commands)
    outcomes: list[Outcome] = []
    for start in range(0, len(pairs), BATCH):
        with no_cycle_collection():
            outcomes += _act_batch(pairs[start : start + BATCH], now)
    return outcomes


def act_on(case_id: int, command: Command, now: datetime | None = None) -> Standing:
    """Carry out one command; raises its refusal."""
    outcome = act([(case_id, command)], now)[0]
    if outcome.refusal:
        raise outcome.refusal
    return outcome.standing


def _act_batch(pairs: Sequence[tuple[int, Command]], now: datetime) -> list[Outcome]:
    with transaction.atomic():
        standings = lock_standings([case_id for case_id, _ in pairs])
        refused: dict[int, Refusal] = {}
        decided: list[tuple[Standing, Decision]] = []
        for case_id, command in pairs:
            case = standings.get(case_id)
            try:
                decided.append((case, _decide(case, command, now)))
            except Refusal as refusal:
                refused[case_id] = refusal
        decided, without_place = settle_acts(decided, now)
        refused |= without_place
        decided = [(case, _with_rerouting(case, decision)) for case, decision in give_numbers(decided)]
        after = {case.case_id: evolve(_service_for(case, decision.fact), case, decision.fact) for case, decision in decided}
        if decided:
            _write([(case.case_id, decision) for case, decision in decided], list(after.values()), now)
    outcomes = [Outcome(case_id, after.get(case_id), refused.get(case_id)) for case_id, _ in pairs]
    _tell_what_changed(outcomes)
    return outcomes


def _decide(case: Standing | None, command: Command, now: datetime) -> Decision:
    if case is None:
        raise NotFound()
    service = _service_for(case, command)
    return decide(service, case, _routed(service, case, command), now)


def _service_for(case: Standing, what: Command | Fact) -> type[Service]:
    """The declaration by which an act counts: the case's own, or the one that a change moves it to."""
    return get_service(case.service, what.data["definition"] if what.action == REDEFINE else case.definition)


def _routed(service: type[Service], case: Standing, command: Command) -> Command:
    """Where the act gives a category and leaves the team open, the remits name it; nobody in charge is a refusal."""
    action = service.flow.actions.get(command.action)
    if action is None or not action.routes or "team" in command.data:
        return command
    found = get_remits(service.code).find_team(command.data["category"], case.commune)
    if found is None:
        raise NoTeam(field="team")
    return command._replace(data=command.data | {"team": found.team, "rule": found.rule})


def give_numbers(decided: list[tuple[Standing, Decision]]) -> list[tuple[Standing, Decision]]:
    """Number the acts that want one, in their order, in this transaction: taken back with it, so that no number is missing."""
    wanting: dict[tuple[str, int], list[int]] = {}
    for position, (case, decision) in enumerate(decided):
        action = get_service(case.service, case.definition).flow.actions.get(decision.fact.action)
        if action is not None and action.numbers:
            wanting.setdefault((action.numbers, clock.local_day(decision.fact.valid_at).year), []).append(position)
    for (series, year), positions in sorted(wanting.items()):
        first = take_numbers(series, year, len(positions))
        for number, position in enumerate(positions, first):
            case, decision = decided[position]
            data = decision.fact.data | {"series": series, "number": number}
            decided[position] = case, decision._replace(fact=decision.fact._replace(data=data))
    return decided


def _with_rerouting(case: Standing, decision: Decision) -> Decision:
    """An act that changes what a routing rule reads lets the case be routed anew."""
    service = _service_for(case, decision.fact)
    data = decision.fact.data
    told = data.get("correction", {})
    if (
        decision.fact.action == ROUTE
        or not (service.routes or service.form)
        or ("commune" not in told and get_routes(service).reads.isdisjoint([*data, *told.get("fields", ())]))
    ):
        return decision
    return decision._replace(effects=(*decision.effects, ("reroute", {})))


def _write(decided: list[tuple[int, Decision]], after: list[Standing], now: datetime) -> None:
    if write_standings(after) != len(after):
        raise RuntimeError("a case changed under its lock")
    write_definitions([(case_id, d.fact.data["definition"]) for case_id, d in decided if d.fact.action == REDEFINE])
    write_facts([(case_id, decision.fact) for case_id, decision in decided])
    write_beside(decided, now)


def _tell_what_changed(outcomes: list[Outcome]) -> None:
    """Give each stale refusal the entries that its actor had not seen."""
    stale = [o for o in outcomes if isinstance(o.refusal, Stale)]
    if not stale:
        return
    journals = read_journals([o.case_id for o in stale])
    for outcome in stale:
        seen = outcome.refusal.details["seen"]
        outcome.refusal.details["changes"] = [f for f in journals[outcome.case_id] if f.seq > seen]
