"""Which team gets a case: the authority's own rules, then the service's, then the remits; the journal says which one fired, and why.

Rules are tried in their order and the first that holds fires; what it leaves open (no team, no promise) the remits and the service give.
They are compiled once, at most 15 seconds old in a process.
"""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from oppidum.cases.declaration import Service
from oppidum.cases.declaration.plain_data import from_plain
from oppidum.cases.declaration.recorded import ROUTE
from oppidum.cases.declaration.routing import Route
from oppidum.cases.models import RoutingRule
from oppidum.cases.rules.standing import SYSTEM, Fact, Standing
from oppidum.core.clock import PARIS
from oppidum.people.models import Team
from oppidum.people.remits import Remits

_KEPT_SECONDS = 15.0
ENGINE_READS = frozenset({"category", "commune", "channel", "weekday", "hour", "today"})


@dataclass(frozen=True)
class Routes:
    """The rules of a service in their order, and the ids of the teams that they name."""

    rules: tuple[Route, ...]
    teams: Mapping[str, int]

    @cached_property
    def reads(self) -> frozenset[str]:
        """The answers and facts that the rules read."""
        return frozenset().union(*(one.when.names() for one in self.rules if one.when is not None)) - ENGINE_READS

    def find(self, known: Mapping[str, Any]) -> Route | None:
        return next((one for one in self.rules if one.when is None or one.when.holds(known)), None)


def route(
    service: type[Service], case: Standing, filing: Fact, remits: Remits, now: datetime, answers: Mapping[str, Any] = {}
) -> Fact:
    """The entry that routes a case just filed. A service that names steps for it (`routing`) lets the case stand there."""
    routes = get_routes(service)
    known = what_rules_read(service, case, filing, answers) if routes.rules else {}
    data = choose(routes, known, case, remits)
    routed, unrouted = service.routing
    to = (routed if "team" in data else unrouted) or service.flow.first
    return Fact(2, filing.valid_at, now, SYSTEM, ROUTE, service.flow.first, to, data)


def what_rules_read(service: type[Service], case: Standing, filing: Fact, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as filed, under the facts, and when and how the case came."""
    came = filing.valid_at.astimezone(PARIS)
    aside = {"channel": filing.data.get("channel"), "weekday": came.weekday(), "hour": came.hour}
    return {**answers, **service.known(case, came.date()), **aside}


def choose(routes: Routes, known: Mapping[str, Any], case: Standing, remits: Remits) -> dict[str, Any]:
    """What the routing entry holds: team, priority, promise, and the rule in words."""
    data: dict[str, Any] = {}
    if fired := routes.find(known):
        data = {"rule": fired.name or str(fired.says)}
        if (team := routes.teams.get(fired.team)) is not None:
            data["team"] = team
        if fired.priority:
            data["priority"] = fired.priority
        if fired.promise is not None:
            data["promise"] = fired.promise
    if "team" not in data and (found := remits.find_team(case.category, case.commune or None)):
        data |= {"team": found.team, "rule": " + ".join(filter(None, [data.get("rule"), found.rule]))}
    return data


_compiled: dict[str, tuple[float, Routes]] = {}
_lock = threading.Lock()


def get_routes(service: type[Service]) -> Routes:
    """The rules at work: the authority's, before those that the service declares."""
    held = _compiled.get(service.code)
    if held and time.monotonic() - held[0] < _KEPT_SECONDS:
        return held[1]
    own = RoutingRule.objects.filter(service=service.code, active_from__isnull=False, active_until=None).select_related("team")
    routes = compile_routes(service, [as_route(rule) for rule in own.order_by("rank", "pk")])
    with _lock:
        _compiled[service.code] = (time.monotonic(), routes)
    return routes


def compile_routes(service: type[Service], own: list[Route]) -> Routes:
    rules = (*own, *(replace(one, name=one.name or str(one.says)) for one in service.routes))
    codes = {one.team for one in rules if one.team}
    return Routes(rules, dict(Team.objects.filter(code__in=codes, is_active=True).values_list("code", "pk")) if codes else {})


def as_route(rule: RoutingRule) -> Route:
    """A rule of the desk as the engine reads it; the journal names it by its words and its number."""
    when = from_plain(rule.condition) if rule.condition is not None else None
    team = rule.team.code if rule.team else ""
    return Route(
        when=when, team=team, priority=rule.priority, promise=rule.promise, says=rule.says, name=f"{rule.says} (n° {rule.pk})"
    )


def forget() -> None:
    """Read the rules anew at the next question: after a change, and between tests."""
    _compiled.clear()
