"""A routing rule tried on the cases of a period: which would have had another team, priority or date, and what follows for the teams.

The cases are routed once by the rules at work and once with the rule at its place among them, by the code that routes new ones.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from oppidum.cases.declaration import Service, get_service
from oppidum.cases.models import RoutingRule
from oppidum.cases.routing import Routes, as_route, choose, compile_routes, get_routes
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


def try_rule(rule: RoutingRule, first: date, last: date) -> PastTrial:
    """Route the cases filed from `first` to `last` without and with the rule; nothing is changed."""
    service = get_service(rule.service)
    without, with_it = get_routes(service), _with(service, rule)
    reads = _names(without) | _names(with_it)
    kind, verdicts = kind_of(service, reads), {}
    decide = _decider(service, without, with_it, rule)
    trial = PastTrial(first, last)
    arrivals: dict[bool, Counter] = {False: Counter(), True: Counter()}
    past = read_past(service, reads, first, last, with_hour="hour" in reads, with_weekday="weekday" in reads)
    for case in past:
        key = kind(case)
        verdict = verdicts.get(key)
        if verdict is None:
            verdict = verdicts[key] = decide(case)
        _count(trial, case, verdict)
        arrivals[False][verdict.before.team, case.filed_on, verdict.before.promise] += 1
        arrivals[True][verdict.after.team, case.filed_on, verdict.after.promise] += 1
    trial.samples = _spread(trial.samples)
    touched = {team for move in trial.moves for team in move if team is not None}
    trial.loads = loads_of(service.code, touched, _by_team(arrivals[False]), _by_team(arrivals[True]), first, last)
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


def _count(trial: PastTrial, case: Past, verdict: Verdict) -> None:
    trial.cases += 1
    trial.fires += verdict.fires
    before, after = verdict.before, verdict.after
    if before == after:
        return
    trial.priority += before.priority != after.priority
    trial.date += before.promise != after.promise
    if before.team != after.team:
        trial.team += 1
        trial.moves[before.team, after.team] += 1
        trial.months[case.filed_on.replace(day=1)] += 1
        trial.communes[case.commune] += 1
    # Two of each month and change: examples from the whole period.
    shown = (case.filed_on.replace(day=1), before, after)
    trial.shown[shown] += 1
    if trial.shown[shown] <= 2:
        trial.samples.append(Sample(case.code, case.filed_on, case.commune, before, after))


def _spread(samples: list[Sample]) -> list[Sample]:
    """At most `SHOWN` of them, from the first day to the last."""
    ordered = sorted(samples, key=lambda one: (one.filed_on, one.code))
    step = max(1, len(ordered) / SHOWN)
    return [ordered[int(n * step)] for n in range(min(SHOWN, len(ordered)))]


def _by_team(arrivals: Counter) -> dict[int, dict[date, Counter]]:
    """Team -> day -> promise -> cases; what has no team waits for nobody."""
    found: dict[int, dict[date, Counter]] = defaultdict(lambda: defaultdict(Counter))
    for (team, day, promise), count in arrivals.items():
        if team is not None:
            found[team][day][promise] += count
    return found
