"""A rehearsed month: reports filed, worked on and closed through the real engine on a moved clock. Nothing leaves by mail."""

import heapq
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from oppidum.cases.acting import act
from oppidum.cases.calls import NewCall, log_calls
from oppidum.cases.declaration import get_service
from oppidum.cases.filing import Filed, NewCase, file_cases
from oppidum.cases.preparing import actor_of
from oppidum.cases.rules.standing import RESIDENT, Actor, Command, Contact
from oppidum.cases.sweeping import sweep
from oppidum.cases.withholding import withhold
from oppidum.core import clock
from oppidum.core.codes import new_codes
from oppidum.people.models import Officer, Team
from oppidum.rehearsal.arrivals import CHANNELS, Subjects, instants
from oppidum.rehearsal.courses import Act, course, in_working_hours
from oppidum.rehearsal.places import Places, Spot
from oppidum.rehearsal.words import FIRST_NAMES, LAST_NAMES, words_for
from oppidum.territory.models import Commune

HOUR = timedelta(hours=1)
SAME_THING_SHARE = 0.05
JOINING_SHARE = 0.05
TAKING_SHARE = 0.6
_ASIDE = frozenset({"follow", "give_to"})
# Calls that open nothing, for each hundred reports that came by telephone (2023: 342,200 calls).
OTHER_CALLS = {"information": 42, "follow_up": 24, "redirected": 9, "nothing": 7, "lost": 4, "joined": 3, "emergency": 1}

# Rehearsed teams act whatever role the demonstration gave its officers.
_TEAM_RIGHTS = frozenset({"act", "assign", "note"})


@dataclass(frozen=True)
class Tally:
    """What the rehearsal did, counted on its own side."""

    reports: int
    acts: int
    calls: int
    refused: int


@dataclass
class _Scene:
    """The rehearsal's own memory: what is to come (a heap by time), and what was filed lately."""

    rng: random.Random
    places: Places
    subjects: Subjects
    everyone: dict[int, Officer]
    officers: dict[str, Officer]
    colleagues: dict[int, list[int]]
    pending: list[tuple[datetime, int, Act]] = field(default_factory=list)
    rest: dict[int, list[Act]] = field(default_factory=dict)
    hands: dict[int, list[int]] = field(default_factory=dict)
    recent: list[tuple[str, Spot, str]] = field(default_factory=list)
    drawn: int = 0
    reports: int = 0
    acts: int = 0
    calls: int = 0
    refused: int = 0

    def plan(self, act: Act) -> None:
        self.drawn += 1
        heapq.heappush(self.pending, (act.at, self.drawn, act))


def rehearse_month(reports: int, days: int, seed: int, until: datetime, tell: Callable[[int], None] = lambda done: None) -> Tally:
    """Rehearse `reports` reports over the `days` days before `until` (aware), hour by hour; `tell(done)` hears of progress.

    Deterministic by seed, territory, people and `until`. Raises `LookupError` when there is no territory or no officer.
    """
    rng = random.Random(seed)
    everyone = {o.pk: o for o in Officer.objects.filter(role__isnull=False).select_related("role").order_by("-pk")}
    officers = {o.role.code: o for o in everyone.values()}
    if not officers or not Commune.objects.members().exists():
        raise LookupError("load a territory and its people first: `oppidum territory load SIREN`, `oppidum people load`")
    scene = _Scene(rng, Places(rng), Subjects(get_service("report").categories, rng), everyone, officers, _colleagues())
    first = (until - timedelta(days=days)).astimezone(clock.PARIS).date()
    arrivals = instants(first, days, reports, rng)
    for hour, arrived in _by_hour([time for time in arrivals if time < until], until):
        with clock.at(hour), transaction.atomic():
            _arrive(scene, arrived)
            _carry_out(scene, hour)
            if hour.astimezone(clock.PARIS).hour == 0:
                sweep(hour)
            withhold(hour)
        tell(scene.reports)
    return Tally(scene.reports, scene.acts, scene.calls, scene.refused)


def _colleagues() -> dict[int, list[int]]:
    """The officers of each team, by the ids of both."""
    found: dict[int, list[int]] = {}
    for team, officer in Team.objects.filter(officers__isnull=False).values_list("pk", "officers").order_by("pk", "officers"):
        found.setdefault(team, []).append(officer)
    return found


def _by_hour(arrivals: list[datetime], until: datetime) -> Iterator[tuple[datetime, list[datetime]]]:
    """The end of each hour, up to `until`, with what arrived within it."""
    end = (arrivals[0] if arrivals else until).replace(minute=0, second=0, microsecond=0) + HOUR
    position = 0
    while True:
        stop, start = min(end, until), position
        while position < len(arrivals) and arrivals[position] < stop:
            position += 1
        yield stop, arrivals[start:position]
        if stop == until:
            return
        end += HOUR


def _arrive(scene: _Scene, times: list[datetime]) -> None:
    """File the hour's reports, and draw what will become of each."""
    drawn = [_draw(scene, time) for time in times]
    calls: list[NewCall] = []
    for (new, original), filed in zip(drawn, file_cases([new for new, _ in drawn]), strict=True):
        if original:
            acts = [
                Act(new.filed_at + scene.rng.uniform(1, 20) * HOUR, filed.case_id, "mark_duplicate", "team", {"original": original})
            ]
        else:
            acts = course(filed.case_id, new.filed_at, filed.standing.promise, filed.standing.step, scene.rng)
        _plan_next(scene, filed.case_id, acts)
        scene.hands[filed.case_id] = scene.colleagues.get(filed.standing.team_id, [])
        _plan_aside(scene, filed, new.filed_at)
        scene.recent = [*scene.recent[-300:], (filed.code, Spot(new.lon, new.lat, new.commune, new.address), new.category)]
        if new.channel == "phone":
            calls += _ring(scene, new, filed.case_id)
    scene.reports += len(drawn)
    scene.calls += len(log_calls(calls)) if calls else 0


def _plan_aside(scene: _Scene, filed: Filed, filed_at: datetime) -> None:
    """What happens beside a report's course: somebody joins, an officer of the team takes it."""
    if scene.rng.random() < JOINING_SHARE:
        scene.plan(Act(filed_at + scene.rng.uniform(1, 60) * HOUR, filed.case_id, "follow", "resident", {}))
    colleagues = scene.colleagues.get(filed.standing.team_id)
    if colleagues and scene.rng.random() < TAKING_SHARE:
        data = {"officer": scene.rng.choice(colleagues)}
        taken_at = in_working_hours(filed_at + scene.rng.expovariate(1 / 5) * HOUR, scene.rng)
        scene.plan(Act(taken_at, filed.case_id, "give_to", "team", data))


def _plan_next(scene: _Scene, case_id: int, acts: list[Act]) -> None:
    """Only the next act of a course waits; the one after it is planned when it is done."""
    if acts:
        scene.rest[case_id] = acts[1:]
        scene.plan(acts[0])


def _draw(scene: _Scene, time: datetime) -> tuple[NewCase, str | None]:
    """A report at that time, and the code of the one that it repeats, if it does."""
    rng = scene.rng
    original, category = None, scene.subjects.draw()
    spot = scene.places.draw()
    if scene.recent and rng.random() < SAME_THING_SHARE:
        original, first, code = rng.choice(scene.recent)
        category, spot = get_service("report").categories[code], scene.places.near(first, 25)
    channel = rng.choices(list(CHANNELS), list(CHANNELS.values()))[0]
    contact, actor = None, RESIDENT
    if rng.random() < (0.9 if channel == "phone" else 0.6):
        first_name, last_name = rng.choice(FIRST_NAMES), rng.choice(LAST_NAMES)
        number = f"+3349100{rng.randrange(10_000):04}" if channel == "phone" else ""
        email = f"{first_name}.{last_name}{rng.randrange(900)}@example.org".lower() if rng.random() < 0.7 else ""
        contact = Contact(f"{first_name} {last_name}", _plain(email), number)
    if channel == "phone" and "contact-centre" in scene.officers:
        actor = Actor("resident", scene.officers["contact-centre"].pk, str(scene.officers["contact-centre"]))
    return NewCase(
        service="report",
        category=category.code,
        lon=spot.lon,
        lat=spot.lat,
        commune=spot.commune,
        channel=channel,
        words=words_for(category.code, rng),
        address=spot.address,
        answers=scene.subjects.answer(category),
        contact=contact,
        actor=actor,
        filed_at=time,
        code=new_codes(1, rng)[0],
    ), original


def _plain(email: str) -> str:
    return email.translate(str.maketrans("éèêëïôç", "eeeeioc"))


def _ring(scene: _Scene, new: NewCase, case_id: int) -> list[NewCall]:
    """The call that brought this report, and those of the same hour that opened nothing."""
    rng, officer = scene.rng, scene.officers.get("contact-centre") or next(iter(scene.officers.values()))
    phone = new.contact.phone if new.contact else ""
    first = NewCall(
        officer=officer.pk,
        outcome="report",
        case_id=case_id,
        phone=phone,
        commune=new.commune,
        category=new.category,
        received_at=new.filed_at - timedelta(seconds=rng.randrange(60, 240)),
        ended_at=new.filed_at,
    )
    calls = [first]
    for outcome, share in OTHER_CALLS.items():
        if rng.random() * 100 < share:
            received_at = new.filed_at + timedelta(seconds=rng.randrange(-1500, 0))
            calls.append(
                NewCall(
                    officer=officer.pk,
                    outcome=outcome,
                    commune=scene.places.draw().commune,
                    received_at=received_at,
                    ended_at=received_at + timedelta(seconds=rng.randrange(20, 300)),
                )
            )
    return calls


def _carry_out(scene: _Scene, until: datetime) -> None:
    """Take the acts whose time has come, those of one case one after the other, all others together."""
    while scene.pending and scene.pending[0][0] <= until:
        batch: dict[int, Act] = {}
        later = []
        while scene.pending and scene.pending[0][0] <= until:
            each = heapq.heappop(scene.pending)
            if each[2].case in batch:
                later.append(each)
            else:
                batch[each[2].case] = each[2]
        for each in later:
            heapq.heappush(scene.pending, each)
        outcomes = act([(case_id, _command(scene, one)) for case_id, one in batch.items()])
        for outcome in outcomes:
            if outcome.refusal:
                scene.refused += 1
            else:
                scene.acts += 1
            if batch[outcome.case_id].action not in _ASIDE:
                _plan_next(scene, outcome.case_id, scene.rest.get(outcome.case_id, []))


def _command(scene: _Scene, one: Act) -> Command:
    actor = RESIDENT
    if one.who == "team":
        colleagues = [scene.everyone[pk] for pk in scene.hands[one.case] if pk in scene.everyone]
        others = [officer for code, officer in scene.officers.items() if code in ("dispatcher", "supervisor")]
        officer = scene.rng.choice(colleagues or others or list(scene.everyone.values()))
        actor = actor_of(officer)._replace(rights=_TEAM_RIGHTS)
    data = dict(one.data)
    return Command(one.action, actor, data, valid_at=one.at, contact=Contact() if one.action == "follow" else None)
