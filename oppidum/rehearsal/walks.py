"""Random walks: cases of a service led to an end by chance, through the real rules, without a database.

A walk files a case with drawn answers, then lets anybody who may do anything that is offered, or lets time pass, until the case is
closed. Whatever the flow allows comes up sooner or later; a case that nobody and nothing can move on is `Stuck`. Same service, same
seed: same walk.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Any

from oppidum.cases.declaration import BACK, Action, Reference, Service
from oppidum.cases.declaration.booking import Slot
from oppidum.cases.declaration.recorded import ROUTE
from oppidum.cases.declaration.sampling import Sampler
from oppidum.cases.rules.asking import OPINION, open_opinions
from oppidum.cases.rules.decide import actions_open_to, decide
from oppidum.cases.rules.evolve import begin, evolve
from oppidum.cases.rules.standing import SYSTEM, Actor, Command, Decision, Fact, Standing
from oppidum.cases.sweeping import find_due
from oppidum.core.clock import PARIS, local_day, midnight
from oppidum.core.errors import Refusal
from oppidum.people.models import Right

FREE_ACTS, MOST_ACTS = 25, 400
OFFICER = Actor("officer", 1, "Ana", frozenset(Right.values))
START = datetime(2027, 1, 4, 8, tzinfo=PARIS)


class Stuck(Exception):
    """A case that nobody and nothing can move on; `walk` tells its story."""

    def __init__(self, walk: "Walk"):
        self.walk = walk
        super().__init__(f"{walk.service.code}, seed {walk.seed}: stuck in '{walk.case.step}' after {walk.story()}")


@dataclass
class Walk:
    """A case and its journal. `decisions` holds what each act came to, with its effects; `refused` counts what the rules turned down."""

    service: type[Service]
    seed: int
    rng: Random
    now: datetime
    case: Standing
    journal: list[Fact]
    answers: dict[str, Any]
    decisions: list[Decision] = field(default_factory=list)
    refused: int = 0

    def story(self) -> str:
        """The acts in their order, as one reads them."""
        return " → ".join(f"{fact.action} ({fact.to_step})" for fact in self.journal)

    def take(self, command: Command) -> bool:
        """Carry out a command and what follows it by itself; whether the rules took it."""
        try:
            decision = decide(self.service, self.case, command, self.now)
        except Refusal:
            self.refused += 1
            return False
        self.case = evolve(self.service, self.case, decision.fact)
        self.journal.append(decision.fact)
        self.decisions.append(decision)
        for kind, payload in decision.effects:
            if kind == "go_on":
                follower = self.service.flow.steps[self.case.step].joined if payload.get("joined") else payload["action"]
                if follower in self.service.flow.steps[self.case.step].moves:
                    self.take(Command(follower, SYSTEM, self.draw(self.service.flow.actions[follower])))
        return True

    def draw(self, action: Action) -> dict[str, Any]:
        """Answers to what an action demands."""
        sampler = _sampler(self.service, self.rng, self.now)
        return sampler.answers(action.demands, self.service.known(self.case, local_day(self.now)))


def walk(service: type[Service], seed: int) -> Walk:
    """One case from filing to an end. Raises `Stuck`."""
    rng = Random(f"{service.code} {seed}")
    one = _file(service, seed, rng)
    away = _ways_to_an_end(service)
    for count in range(MOST_ACTS):
        hurried = count >= FREE_ACTS
        if not one.case.is_open and (hurried or rng.random() < 0.7):
            return one
        if rng.random() < 0.3 or not _act(one, away, hurried):
            _let_time_pass(one)
    if one.case.is_open:
        raise Stuck(one)
    return one


def _file(service: type[Service], seed: int, rng: Random) -> Walk:
    now = START + timedelta(minutes=rng.randint(0, 525_600))
    day = local_day(now)
    category = service.categories[rng.choice(list(service.categories))] if service.categories else None
    sampler = _sampler(service, rng, now)
    known = {f"rule:{name}": value for name, value in service.rules_on(day).items()}
    answers = sampler.answers(service.form, known) | (sampler.answers(category.questions, known) if category else {})
    data = {
        "category": category.code if category else "",
        "promise": category.promise if category else service.promise,
        "commune": "13055",
        "definition": _version(service),
        "channel": "portal",
        "contactable": rng.random() < 0.8,
        "facts": service.keep_facts(answers, service.form),
    }
    filing = Fact(1, now, now, Actor("resident"), "file", None, service.flow.first, data)
    filed = begin(service, 1, filing)
    known_team = rng.random() < 0.9
    to = service.routing[0 if known_team else 1] or service.flow.first
    routing = Fact(2, now, now, SYSTEM, ROUTE, service.flow.first, to, {"team": 1, "rule": "*"} if known_team else {})
    one = Walk(service, seed, rng, now, evolve(service, filed, routing), [filing, routing], answers)
    if service.goes_on:
        one.take(Command(service.goes_on, SYSTEM, {}))
    return one


@lru_cache(maxsize=64)
def _version(service: type[Service]) -> str:
    return service.version()


def _act(one: Walk, away: Mapping[str, int], hurried: bool) -> bool:
    """Take one of the acts that are offered, by somebody who may; in a hurry rather one that leads towards an end."""
    offered = list(_offered(one))
    if not offered:
        return False
    if hurried:
        nearest = min(_distance(one, action, away) for _, action in offered if isinstance(action, Action)) if offered else 0
        offered = [pair for pair in offered if _distance(one, pair[1], away) <= nearest] or offered
    actor, action = one.rng.choices(offered, [_weight(one, action) for _, action in offered])[0]
    if not isinstance(action, Action):
        return one.take(Command(OPINION, actor, {"opinion": action.name, "answer": one.rng.choice(list(action.options))}))
    return one.take(Command(action.name, actor, one.draw(action)))


def _offered(one: Walk) -> Iterator[tuple[Actor, Any]]:
    """Who may do what now: actions, and opinions that are asked for. What time does by itself is time's."""
    today = local_day(one.now)
    clocked = {clock.silence for clock in one.service.clocks} | {one.service.flow.steps[one.case.step].then}
    kinds = {who for move in one.service.flow.steps[one.case.step].moves.values() for who in move.action.by} - set(Right.values)
    for actor in (OFFICER, *(Actor(kind) for kind in sorted(kinds))):
        for action in actions_open_to(one.service, one.case, actor.kind, actor.rights, today):
            # What the engine takes with an answer of its own (an offer that lapsed once too often) comes from another part of it.
            if actor.kind != "system" or action.name not in clocked or action.demands:
                yield actor, action
    for opinion, _last in open_opinions(one.service, one.case):
        yield Actor(opinion.of), opinion


def _weight(one: Walk, action: Any) -> float:
    """How likely an act is: what ends a case is rarer than what leads on, so that walks come far."""
    if not isinstance(action, Action):
        return 1
    steps = one.service.flow.steps
    targets = [to for to in steps[one.case.step].moves[action.name].targets if to in steps]
    if not targets:
        return 0.4
    return 0.3 if all(steps[to].is_end for to in targets) else 2


def _distance(one: Walk, action: Any, away: Mapping[str, int]) -> int:
    if not isinstance(action, Action):
        return 0
    targets = one.service.flow.steps[one.case.step].moves[action.name].targets
    return min((away.get(to if to != BACK else one.case.back_to, MOST_ACTS) for to in targets), default=MOST_ACTS)


def _let_time_pass(one: Walk) -> None:
    """Some hours, or until the next date on which time does something by itself; then it does it, each date once, the earliest first."""
    later = one.now + timedelta(hours=one.rng.randint(1, 240))
    wakes_on = one.case.wakes_on
    one.now = max(later, midnight(wakes_on) + timedelta(hours=1)) if wakes_on and one.rng.random() < 0.5 else later
    while one.case.is_open and (command := find_due(one.service, one.case, local_day(one.now), one.now)) is not None:
        if not one.take(command):
            raise Stuck(one)


def _ways_to_an_end(service: type[Service]) -> dict[str, int]:
    """For each step, how many acts an end is away at least."""
    steps = service.flow.steps
    away = {name: 0 for name, step in steps.items() if step.is_end}
    for distance in range(1, len(steps) + 1):
        for name, step in steps.items():
            if name not in away and any(away.get(to, len(steps)) < distance for m in step.moves.values() for to in m.targets):
                away[name] = distance
    return away


def _sampler(service: type[Service], rng: Random, now: datetime) -> Sampler:
    def refer(rng: Random, question: Reference) -> Any:
        match question.to:
            case "category":
                return rng.choice(list(service.categories))
            case "team" | "officer":
                return rng.randint(1, 3)
        return "7KQ2M-XA4RH"

    def book(rng: Random, question: Slot) -> str:
        day = local_day(now) + timedelta(days=rng.randint(1, 30))
        nights = any(one.name == question.booking and one.nights for one in service.bookings)
        until = (day + timedelta(days=rng.randint(1, 9))).isoformat()
        return f"unit-{rng.randint(1, 9)}@{day}/{until}" if nights else f"unit-{rng.randint(1, 9)}@{day}T08:00/12:00"

    return Sampler(rng, local_day(now), of={"reference": refer, "slot": book})
