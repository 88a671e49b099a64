"""A routing rule tried on the cases of a period: which would have had another team, priority or date, and what follows for the teams.

The cases are routed once by the rules at work and once with the rule at its place among them, by the code that routes new ones.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from oppidum.cases.declaration import Service, get_service
from oppidum.cases.models import RoutingRule
from oppidum.cases.routing.teams import Routes, as_route, choose, compile_routes, get_routes
from oppidum.people.remits import Remits, get_remits
from oppidum.rehearsal.past.loads import TeamLoad, loads_of
from oppidum.rehearsal.past.reading import Past, kind_of, known_of, read_past

SHOWN = 24


class Routed(NamedTuple):
    """What routing gives a case; `promise` in working days, 0 for none."""

    team: int | None
    priority: str
    promise: int


class Verdict(NamedTuple):
    """A kind of case, decided: whether the rule fires, and what the case gets without and with it."""

    fires: bool
    before: Routed
    after: Routed


class Sample(NamedTuple):
    """A case that would have changed."""

    code: str
    filed_on: date
    commune: str
    before: Routed
    after: Routed


@dataclass
class PastTrial:
    """What a rule would have done from `first` to `last`: cases looked at, those where it fires, of these how many change.

    `moves`: (team without, team with it) -> cases. `months`: first day of the month -> cases that change team; `communes` likewise.
    """

    first: date
    last: date
    cases: int = 0
    fires: int = 0
    team: int = 0
    priority: int = 0
    date: int = 0
    moves: Counter = field(default_factory=Counter)
    months: Counter = field(default_factory=Counter)
    communes: Counter = field(default_factory=Counter)
    samples: list[Sample] = field(default_factory=list)
    loads: list[TeamLoad] = field(default_factory=list)
    shown: Counter = field(default_factory=Counter)

    def as_data(self) -> dict[str, int]:
        """The counts alone, as they are kept with the rule."""
        return {"cases": self.cases, "fires": self.fires, "team": self.team, "priority": self.priority, "date": self.date}


class _Kind(NamedTuple):
    """Cases that the rules can't tell apart: what they get, and how many were filed on each day."""

    verdict: Verdict
    days: dict[date, int]


def try_rule(rule: RoutingRule, first: date, last: date) -> PastTrial:
    """Route the cases filed from `first` to `last` without and with the rule; nothing is changed."""
    service = get_service(rule.service)
    without, with_it = get_routes(service), _with(service, rule)
    reads = _names(without) | _names(with_it)
    kind_of_case, decide = kind_of(service, reads), _decider(service, without, with_it, rule)
    trial, kinds = PastTrial(first, last), {}
    for case in read_past(service, reads, first, last, with_hour="hour" in reads, with_weekday="weekday" in reads):
        key, day = kind_of_case(case), case[2]
        kind = kinds.get(key)
        if kind is None:
            kind = kinds[key] = _Kind(decide(Past._make(case)), {})
        kind.days[day] = kind.days.get(day, 0) + 1
        if kind.verdict.before != kind.verdict.after:
            _note(trial, Past._make(case), kind.verdict)
    for kind in kinds.values():
        _count(trial, kind)
    trial.samples = _spread(trial.samples)
    touched = {team for move in trial.moves for team in move if team is not None}
    sides = (_by_team(kinds.values(), side) for side in ("before", "after"))
    trial.loads = loads_of(service.code, touched, *sides, first, last)
    return trial


def _with(service: type[Service], rule: RoutingRule) -> Routes:
    others = RoutingRule.objects.filter(service=rule.service, active_from__isnull=False, active_until=None).exclude(pk=rule.pk)
    ranked = sorted([*others.select_related("team"), rule], key=lambda one: (one.rank, one.pk or 0))
    return compile_routes(service, [as_route(one) for one in ranked])


def _names(routes: Routes) -> frozenset[str]:
    return frozenset().union(*(one.when.names() for one in routes.rules if one.when is not None))


def _decider(service: type[Service], without: Routes, with_it: Routes, rule: RoutingRule) -> Callable[[Past], Verdict]:
    remits, mine = get_remits(service.code), as_route(rule)

    def decide(case: Past) -> Verdict:
        known = known_of(service, case)
        before, after = (_routed(service, case, one, known, remits) for one in (without, with_it))
        return Verdict(with_it.find(known) == mine, before, after)

    return decide


def _routed(service: type[Service], case: Past, routes: Routes, known: Mapping[str, Any], remits: Remits) -> Routed:
    data = choose(routes, known, case, remits)
    category = service.categories.get(case.category)
    promise = data.get("promise", category.promise if category else service.promise)
    return Routed(data.get("team"), data.get("priority", ""), promise or 0)


def _count(trial: PastTrial, kind: _Kind) -> None:
    count, (fires, before, after) = sum(kind.days.values()), kind.verdict
    trial.cases += count
    trial.fires += fires * count
    trial.priority += (before.priority != after.priority) * count
    trial.date += (before.promise != after.promise) * count
    if before.team != after.team:
        trial.team += count
        trial.moves[before.team, after.team] += count
        for day, of_day in kind.days.items():
            trial.months[day.replace(day=1)] += of_day


def _note(trial: PastTrial, case: Past, verdict: Verdict) -> None:
    """What is told of single cases that change: where they lie, and two examples of each month and change."""
    before, after = verdict.before, verdict.after
    trial.communes[case.commune] += before.team != after.team
    shown = (case.filed_on.replace(day=1), before, after)
    trial.shown[shown] += 1
    if trial.shown[shown] <= 2:
        trial.samples.append(Sample(case.code, case.filed_on, case.commune, before, after))


def _spread(samples: list[Sample]) -> list[Sample]:
    """At most `SHOWN` of them, from the first day to the last."""
    ordered = sorted(samples, key=lambda one: (one.filed_on, one.code))
    step = max(1, len(ordered) / SHOWN)
    return [ordered[int(n * step)] for n in range(min(SHOWN, len(ordered)))]


def _by_team(kinds: Iterable[_Kind], side: str) -> dict[int, dict[date, Counter]]:
    """Team -> day -> promise -> cases; what has no team waits for nobody."""
    found: dict[int, dict[date, Counter]] = defaultdict(lambda: defaultdict(Counter))
    for kind in kinds:
        routed: Routed = getattr(kind.verdict, side)
        if routed.team is not None:
            for day, count in kind.days.items():
                found[routed.team][day][routed.promise] += count
    return found
