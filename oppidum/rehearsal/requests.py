"""A month of requests to every service that says how it is rehearsed: filed, worked on and decided through the real engine.

Day by day on a moved clock: what arrives is filed in one batch, what its turn has come for is acted on in batches, then time does its
part. Answers, places and free times are drawn as for a year that is lived (`replay.requests`); what happens next by the shares that
each service declares. Nothing leaves: no mail is sent, no letter printed. Deterministic by seed, territory, people and day.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.db import transaction

from oppidum.cases import outbox
from oppidum.cases.acting import act
from oppidum.cases.declaration import STAY, Action, Service, catalogue
from oppidum.cases.filing import Filed, NewCase, file_case
from oppidum.cases.intake import check_campaign
from oppidum.cases.models import Case
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.asking import OPINION, open_opinions
from oppidum.cases.rules.decide import actions_open_to
from oppidum.cases.rules.standing import RESIDENT, Actor, Command, Standing
from oppidum.cases.sweeping import sweep
from oppidum.cases.withholding import MESSAGES, withhold_messages
from oppidum.core import clock
from oppidum.core.calendar import is_working_day
from oppidum.core.errors import Refusal
from oppidum.people.models import Officer, Right
from oppidum.rehearsal.replay.requests.deck import Decks
from oppidum.rehearsal.replay.requests.drawing import Drawing, Nobody
from oppidum.rehearsal.replay.requests.parting import has_bodies
from oppidum.rehearsal.replay.requests.spots import Spots
from oppidum.rehearsal.replay.requests.times import Times

LEAST, MOST = 4, 150
USUAL_DAYS = 6.0
# What people do about a case now and then, and not what moves it on.
ASIDE = frozenset({"note", "message", "reply", "hide", "show", "give_to", "move_team", "withdraw", "cancel"})


@dataclass
class Tally:
    """What the rehearsal did, by service: filed, acts, and acts that the rules turned down."""

    filed: dict[str, int] = field(default_factory=dict)
    acts: int = 0
    refused: int = 0


@dataclass
class _Scene:
    rng: random.Random
    drawings: Mapping[str, Drawing]
    officer: Actor
    tally: Tally
    numbers: dict[str, int] = field(default_factory=dict)
    turns: dict[int, date] = field(default_factory=dict)


def rehearse_requests(days: int, seed: int, until: datetime, tell: Callable[[str], None] = lambda said: None) -> Tally:
    """Rehearse the `days` days before `until` (aware). Raises `LookupError` without territory or officers."""
    rng = random.Random(seed)
    officer = Officer.objects.filter(role__isnull=False).order_by("pk").first()
    if officer is None:
        raise LookupError("load a territory and its people first: `oppidum territory load SIREN`, `oppidum people load`")
    acting = Actor("officer", officer.pk, str(officer), frozenset(Right.values))
    services = [one for one in catalogue().values() if one.rehearsal and not one.categories and not _was_rehearsed(one)]
    scene = _Scene(rng, _drawings(seed, services), acting, Tally())
    first = clock.local_day(until) - timedelta(days=days)
    for day in (first + timedelta(days=n) for n in range(days + 1)):
        morning = clock.midnight(day) + timedelta(hours=9)
        if morning >= until or not is_working_day(day):
            continue
        with clock.at(morning):
            for service in services:
                _file_day(scene, service, days, morning)
            with transaction.atomic():
                _act_day(scene, day, morning)
            sweep(morning)
            withhold_messages()
            outbox.deliver(5000, kinds=set(outbox.HANDLERS) - set(MESSAGES))
            withhold_messages()  # what the engine's own consequences would have written
        tell(day.isoformat())
    return scene.tally


def _drawings(seed: int, services: Sequence[type[Service]]) -> dict[str, Drawing]:
    """People say what they say in a year that is lived: answers by the profile, places of the territory, times that are free."""
    decks, spots, times = Decks(seed), Spots(seed, services, scale=0.1), Times(services)
    return {one.code: Drawing(one.code, seed, decks, spots, times) for one in services}


def _was_rehearsed(service: type[Service]) -> bool:
    """Whether its cases were rehearsed already, with the bodies that decide on them, or as calls with those who answer."""
    called = {one.contest.service for one in catalogue().values() if one.contest}
    return (has_bodies(service) or service.contest or service.code in called) and Case.objects.filter(service=service.code).exists()


def _file_day(scene: _Scene, service: type[Service], days: int, now: datetime) -> None:
    wanted = min(MOST, max(LEAST, service.rehearsal.per_year * days // 365))
    rate = wanted / max(1, days * 5 / 7)
    count = int(rate) + (scene.rng.random() < rate % 1)
    new = [one for _ in range(count) if (one := _draw(scene, service, now)) is not None]
    filed = _filed(new)
    scene.tally.filed[service.code] = scene.tally.filed.get(service.code, 0) + len(filed)
    for one in filed:
        _give_turn(scene, service, one.standing or read_standings([one.case_id])[one.case_id], clock.local_day(now))


def _filed(new: list[NewCase]) -> list[Filed]:
    """Filed one by one where places are taken: a full one turns away its case alone."""
    found: list[Filed] = []
    for one in new:
        try:
            found.append(file_case(one))
        except Refusal:
            continue
    return found


def _draw(scene: _Scene, service: type[Service], now: datetime) -> NewCase | None:
    """A case as somebody might send it; None where no time is free, or where it can't be asked for."""
    try:
        check_campaign(service, now)
    except Refusal:
        return None
    day = clock.local_day(now)
    scene.numbers[service.code] = number = scene.numbers.get(service.code, 0) + 1
    try:
        drawn = scene.drawings[service.code].request(number, day, day, 0, {})
    except Nobody:
        return None
    return replace(drawn.new, filed_at=now + timedelta(minutes=scene.rng.randrange(60)))


def _give_turn(scene: _Scene, service: type[Service], case: Standing, day: date) -> None:
    """The day on which somebody takes the case up again, after the mean that the service tells for its step."""
    mean = service.rehearsal.days.get(case.step, USUAL_DAYS)
    scene.turns[case.case_id] = day + timedelta(days=max(1, round(scene.rng.expovariate(1 / max(0.5, mean)))))


def _act_day(scene: _Scene, day: date, now: datetime) -> None:
    due = sorted(case_id for case_id, turn in scene.turns.items() if turn <= day)
    standings = read_standings(due)
    commands = []
    for case_id in due:
        case = standings.get(case_id)
        del scene.turns[case_id]
        if case is not None and case.is_open:
            commands += [(case_id, command)] if (command := _choose(scene, catalogue()[case.service], case, now)) else []
    outcomes = act(commands, now)
    for outcome in outcomes:
        scene.tally.acts += outcome.refusal is None
        scene.tally.refused += outcome.refusal is not None
    for case in read_standings(due).values():
        if case.is_open:
            _give_turn(scene, catalogue()[case.service], case, day)


def _choose(scene: _Scene, service: type[Service], case: Standing, now: datetime) -> Command | None:
    """What happens next: an opinion that is awaited, or one of the actions that lead on, by the shares declared."""
    for one, _last in open_opinions(service, case):
        if not one.of.startswith("body:") and scene.rng.random() < 0.5:
            answer = scene.rng.choice(list(one.options))
            return Command(OPINION, Actor(one.of, None, str(one.label)), {"opinion": one.name, "answer": answer})
    offered = list(_offered(scene, service, case, now))
    shares = service.rehearsal.shares
    weights = [shares.get(f"{case.step}.{action.name}", 0.05) for _actor, action in offered]
    if not any(weights):
        return None
    actor, action = scene.rng.choices(offered, weights)[0]
    day = clock.local_day(now)
    data = scene.drawings[service.code].answers_to(action, service.known(case, day), day, scene.rng)
    return None if data is None else Command(action.name, actor, data)


def _offered(scene: _Scene, service: type[Service], case: Standing, now: datetime) -> Iterator[tuple[Actor, Action]]:
    """Who may do what: officers, the applicant and third parties. What needs a place, a reference, a sitting or the engine is left out."""
    day = clock.local_day(now)
    kinds = {who for move in service.flow.steps[case.step].moves.values() for who in move.action.by}
    actors = [scene.officer, RESIDENT, *(Actor(kind) for kind in sorted(kinds) if ":" in kind and not kind.startswith("body:"))]
    taken: set[str] = set()
    for actor in actors:
        for action in actions_open_to(service, case, actor.kind, actor.rights, day):
            needs = {question.kind for question in action.demands.values() if question.needed({})}
            if action.name in taken | ASIDE or action.books or needs & {"slot", "reference", "files"}:
                continue
            if service.flow.steps[case.step].moves[action.name].to == STAY:
                continue
            taken.add(action.name)
            yield actor, action
