"""Routing rules switched on and off, and open cases routed anew. Trying a rule on the past is rehearsal's: `rehearsal/past/`.

A preview and the act read the same changes: what was shown is what happens. Decided cases are left alone, and so is a case that an
officer gave to a team by hand.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from oppidum.cases.acting import act
from oppidum.cases.declaration import Service, get_service
from oppidum.cases.declaration.recorded import ROUTE
from oppidum.cases.models import RoutingRule
from oppidum.cases.outbox import handler
from oppidum.cases.reading import read_journals, read_standings
from oppidum.cases.routing.teams import Routes, choose, forget, get_routes, what_rules_read
from oppidum.cases.rules.standing import SYSTEM, Command, Fact, Standing
from oppidum.core import clock
from oppidum.core.sql import rows
from oppidum.people.remits import get_remits

BATCH = 2000
_OPEN = """
    select c.id, c.code, c.answers from cases_live l join cases_case c on c.id = l.case_id
    where l.service = %s and l.is_open and l.case_id > %s order by l.case_id limit %s
"""


@dataclass(frozen=True)
class Change:
    """What routing anew would do to a case: columns before and after."""

    case_id: int
    code: str
    before: dict[str, Any]
    after: dict[str, Any]


def switch_on(rule: RoutingRule) -> None:
    """Let a rule work from now on; it must have been tried."""
    RoutingRule.objects.filter(pk=rule.pk).update(active_from=clock.now(), active_until=None)
    forget()


def switch_off(rule: RoutingRule) -> None:
    """Let it work no more; it stays to be read, for the journal names it."""
    RoutingRule.objects.filter(pk=rule.pk, active_until=None).update(active_until=clock.now())
    forget()


def find_changes(service: type[Service]) -> list[Change]:
    """What routing all open cases anew would change, by the rules at work."""
    routes, changes, after = get_routes(service), [], 0
    while found := rows(_OPEN, [service.code, after, BATCH]):
        changes += [c for c in _changes(service, routes, found) if c is not None]
        after = found[-1][0]
    return changes


def _with_facts(service: type[Service], found: Sequence[tuple]) -> Iterator[tuple[tuple[int, str], Standing, dict]]:
    ids = [case_id for case_id, _code, _answers in found]
    standings, journals = read_standings(ids), read_journals(ids)
    for case_id, code, answers in found:
        if case_id in standings:
            # Django lets the database's JSON arrive as text.
            known = what_rules_read(service, standings[case_id], journals[case_id][0], json.loads(answers))
            yield (case_id, code), standings[case_id], known


def _changes(service: type[Service], routes: Routes, found: Sequence[tuple]) -> Iterator[Change | None]:
    ids = [case_id for case_id, _code, _answers in found]
    journals, remits = read_journals(ids), get_remits(service.code)
    for (case_id, code), standing, known in _with_facts(service, found):
        if _by_hand(journals[case_id]):
            continue
        data = choose(routes, known, standing, remits)
        old = {"team": standing.team_id, "priority": standing.facts.get("priority", ""), "promise": standing.promise}
        new = {
            "team": data.get("team", standing.team_id),
            "priority": data.get("priority", ""),
            "promise": data.get("promise", standing.promise),
        }
        if old != new:
            yield Change(case_id, code, old, new | {"rule": data.get("rule", "")})


def _by_hand(journal: Sequence[Fact]) -> bool:
    """Whether the team it has was chosen by an officer."""
    last = next((fact for fact in reversed(journal) if "team" in fact.data), None)
    return last is not None and last.action != ROUTE


def carry_out(changes: Iterable[Change]) -> int:
    """Route these cases anew, in batches through the one door; returns how many moved."""
    outcomes = act([(c.case_id, Command(ROUTE, SYSTEM, {k: v for k, v in c.after.items() if v is not None})) for c in changes])
    return sum(outcome.refusal is None for outcome in outcomes)


@handler("reroute", size=500)
def _reroute(effects) -> None:
    """What a rule reads has changed: the cases are routed anew."""
    ids = sorted({effect.case_id for effect in effects})
    found = rows("select id, code, answers from cases_case where id = any(%s)", [ids])
    standings = read_standings(ids)
    by_service: dict[str, list[tuple]] = {}
    for row in found:
        if standings[row[0]].is_open:
            by_service.setdefault(standings[row[0]].service, []).append(row)
    for code, rows_of in by_service.items():
        service = get_service(code)
        carry_out(c for c in _changes(service, get_routes(service), rows_of) if c is not None)
