"""The one door: every change of a case, by page, API, sweep or replay, is a batch of commands through `act`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from oppidum.cases.booking.places import settle_acts
from oppidum.cases.declaration import Service, get_service
from oppidum.cases.declaration.recorded import REDEFINE, ROUTE
from oppidum.cases.numbering import take_numbers
from oppidum.cases.reading import lock_standings, read_journals
from oppidum.cases.routing.teams import get_routes
from oppidum.cases.rules.decide import decide
from oppidum.cases.rules.errors import NoTeam, Stale
from oppidum.cases.rules.evolve import evolve
from oppidum.cases.rules.standing import Command, Decision, Fact, Standing
from oppidum.cases.tallying import Tallies
from oppidum.cases.watching import ENTRIES, Entry
from oppidum.cases.writing import write_beside, write_definitions, write_facts, write_standings
from oppidum.core import clock
from oppidum.core.errors import NotFound, Refusal
from oppidum.core.memory import no_cycle_collection
from oppidum.core.watching import all_or_nothing, is_watched, tell
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

    One command per case in a call. A refusal concerns its case alone: the others of the batch go on. Within a transaction it is part of it.
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
    with all_or_nothing(apart=False):
        standings = lock_standings([case_id for case_id, _ in pairs])
        services = _Services()
        refused: dict[int, Refusal] = {}
        decided: list[tuple[Standing, Decision]] = []
        tallies = _tallies(services, standings, pairs, now)
        for case_id, command in pairs:
            case = standings.get(case_id)
            try:
                decision = _decide(services, case, command, now, tallies)
                decided.append((case, decision))
                tallies.note(case, decision)
            except Refusal as refusal:
                refused[case_id] = refusal
        if any(service.bookings for service in services.values()):
            decided, without_place = settle_acts(decided, now)
            refused |= without_place
        decided = _with_rerouting(services, give_numbers(services, decided))
        after = {case.case_id: evolve(services.of(case, decision.fact), case, decision.fact) for case, decision in decided}
        if decided:
            _write(decided, list(after.values()), now)
            if is_watched(ENTRIES):
                tell(ENTRIES, [Entry(case, decision.fact, after[case.case_id]) for case, decision in decided])
    outcomes = [Outcome(case_id, after.get(case_id), refused.get(case_id)) for case_id, _ in pairs]
    _tell_what_changed(outcomes)
    return outcomes


class _Services(dict[tuple[str, str], type[Service]]):
    """The declarations of a batch, by code and version: each is looked up once, whatever the number of its cases."""

    def __missing__(self, key: tuple[str, str]) -> type[Service]:
        found = self[key] = get_service(*key)
        return found

    def of(self, case: Standing, what: Command | Fact) -> type[Service]:
        """The declaration by which an act counts: the case's own, or the one that a change moves it to."""
        return self[case.service, what.data["definition"] if what.action == REDEFINE else case.definition]


def _tallies(services: _Services, standings: dict[int, Standing], pairs: Sequence[tuple[int, Command]], now: datetime) -> Tallies:
    found = ((standings[case_id], command) for case_id, command in pairs if case_id in standings)
    return Tallies([(case, services.of(case, command), command) for case, command in found], now)


def _decide(services: _Services, case: Standing | None, command: Command, now: datetime, tallies: Tallies) -> Decision:
    if case is None:
        raise NotFound()
    service = services.of(case, command)
    command = _routed(service, case, command)
    # What a firm had in other cases: read by the act's conditions, kept with it.
    if had := tallies.read(service, case):
        case, command = case._replace(facts=case.facts | had), command._replace(data=command.data | had)
    return decide(service, case, command, now)


def _routed(service: type[Service], case: Standing, command: Command) -> Command:
    """Where the act gives a category and leaves the team open, the remits name it; nobody in charge is a refusal."""
    action = service.flow.actions.get(command.action)
    if action is None or not action.routes or "team" in command.data:
        return command
    found = get_remits(service.code).find_team(command.data["category"], case.commune)
    if found is None:
        raise NoTeam(field="team")
    return command._replace(data=command.data | {"team": found.team, "rule": found.rule})


def give_numbers(services: _Services, decided: list[tuple[Standing, Decision]]) -> list[tuple[Standing, Decision]]:
    """Number the acts that want one, in their order, in this transaction: taken back with it, so that no number is missing."""
    if not any(action.numbers for service in services.values() for action in service.flow.actions.values()):
        return decided
    wanting: dict[tuple[str, int], list[int]] = {}
    for position, (case, decision) in enumerate(decided):
        action = services[case.service, case.definition].flow.actions.get(decision.fact.action)
        if action is not None and action.numbers:
            series = action.numbers.replace("{commune}", case.commune or "")
            wanting.setdefault((series, clock.local_day(decision.fact.valid_at).year), []).append(position)
    for (series, year), positions in sorted(wanting.items()):
        first = take_numbers(series, year, len(positions))
        for number, position in enumerate(positions, first):
            case, decision = decided[position]
            data = decision.fact.data | {"series": series, "number": number}
            decided[position] = case, decision._replace(fact=decision.fact._replace(data=data))
    return decided


def _with_rerouting(services: _Services, decided: list[tuple[Standing, Decision]]) -> list[tuple[Standing, Decision]]:
    """An act that changes what a routing rule reads lets the case be routed anew."""
    reads = {service: get_routes(service).reads for service in services.values() if service.routes or service.form}
    if not reads:
        return decided
    again = ("reroute", {})
    return [
        (case, decision._replace(effects=(*decision.effects, again)))
        if _changes_routing(reads.get(services.of(case, decision.fact)), decision.fact)
        else (case, decision)
        for case, decision in decided
    ]


def _changes_routing(reads: frozenset[str] | None, fact: Fact) -> bool:
    if reads is None or fact.action == ROUTE:
        return False
    corrected = fact.data.get("correction", {})
    return "commune" in corrected or not reads.isdisjoint(fact.data) or not reads.isdisjoint(corrected.get("fields", ()))


def _write(decided: list[tuple[Standing, Decision]], after: list[Standing], now: datetime) -> None:
    if write_standings(after, [case for case, _ in decided]) != len(after):
        raise RuntimeError("a case changed under its lock")
    each = [(case.case_id, decision) for case, decision in decided]
    write_definitions([(case_id, d.fact.data["definition"]) for case_id, d in each if d.fact.action == REDEFINE])
    write_facts([(case_id, decision.fact) for case_id, decision in each])
    write_beside(each, now)


def _tell_what_changed(outcomes: list[Outcome]) -> None:
    """Give each stale refusal the entries that its actor had not seen."""
    stale = [o for o in outcomes if isinstance(o.refusal, Stale)]
    if not stale:
        return
    journals = read_journals([o.case_id for o in stale])
    for outcome in stale:
        seen = outcome.refusal.details["seen"]
        outcome.refusal.details["changes"] = [f for f in journals[outcome.case_id] if f.seq > seen]
