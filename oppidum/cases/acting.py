"""The one door: every change of a case, by page, API, sweep or replay, is a batch of commands through `act`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from oppidum.cases.declaration import Service, get_service
from oppidum.cases.reading import lock_standings, read_journals
from oppidum.cases.rules.decide import decide
from oppidum.cases.rules.errors import NoTeam, Stale
from oppidum.cases.rules.evolve import evolve
from oppidum.cases.rules.standing import Command, Decision, Standing
from oppidum.cases.writing import write_beside, write_facts, write_standings
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
        outcomes: list[Outcome] = []
        decided: list[tuple[int, Decision]] = []
        after: list[Standing] = []
        for case_id, command in pairs:
            case = standings.pop(case_id, None)
            if case is None:
                outcomes.append(Outcome(case_id, refusal=NotFound()))
                continue
            try:
                service = get_service(case.service)
                decision = decide(service, case, _routed(service, case, command), now)
            except Refusal as refusal:
                outcomes.append(Outcome(case_id, refusal=refusal))
                continue
            standing = evolve(service, case, decision.fact)
            decided.append((case_id, decision))
            after.append(standing)
            outcomes.append(Outcome(case_id, standing))
        if decided:
            _write(decided, after, now)
    _tell_what_changed(outcomes)
    return outcomes


def _routed(service: type[Service], case: Standing, command: Command) -> Command:
    """Where the act gives a category and leaves the team open, the remits name it; nobody in charge is a refusal."""
    action = service.flow.actions.get(command.action)
    if action is None or not action.routes or "team" in command.data:
        return command
    found = get_remits(service.code).find_team(command.data["category"], case.commune)
    if found is None:
        raise NoTeam(field="team")
    return command._replace(data=command.data | {"team": found.team, "rule": found.rule})


def _write(decided: list[tuple[int, Decision]], after: list[Standing], now: datetime) -> None:
    if write_standings(after) != len(after):
        raise RuntimeError("a case changed under its lock")
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
