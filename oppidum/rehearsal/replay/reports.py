"""Lanes of reports: each team has its queue and its crews, residents wait, answer, object; what was done follows from who could do it."""

import heapq
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from oppidum.cases.acting import Outcome
from oppidum.cases.calls import NewCall
from oppidum.cases.declaration import get_service
from oppidum.cases.filing import Filed, NewCase
from oppidum.cases.rules.standing import RESIDENT, Actor, Command, Contact
from oppidum.cases.watching import Entry
from oppidum.core.calendar import add_working_days
from oppidum.core.clock import PARIS, local_day
from oppidum.rehearsal.courses import DONE, ELSEWHERE, NOTES, QUESTIONS, REPLIES, STILL_WRONG, WHY_NOT, in_working_hours
from oppidum.rehearsal.places import Spot
from oppidum.rehearsal.replay.crews import Staffing
from oppidum.rehearsal.replay.drawing import Drawing
from oppidum.rehearsal.replay.lane import Lane
from oppidum.rehearsal.replay.plan import Plan
from oppidum.rehearsal.replay.streams import stream

# Shares of what becomes of a report, supposed: the activity report says how many there are, not how they end.
SAME_THING, NOTED, ASKED, UNANSWERED, REJECTED, TRANSFERRED = 0.05, 0.1, 0.06, 0.3, 0.07, 0.02
JOINED, TAKEN, PLANNED, STARTED, OBJECTED = 0.05, 0.6, 0.55, 0.7, 0.04
LEFT_TO_QUALIFY = 0.04
REMEMBERED, WORKING_DAYS = 60, 251
FIRST_HOUR, LAST_HOUR = 7.5, 16.5
QUALIFIED_AS = ("roads.obstacle", "cleanliness.dirty_street", "furniture.object")
MEASURES = ("crew_days", "km", "co2_kg", "cost_eur")
_ASIDE = frozenset({"give_to", "follow", "note"})
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Hands:
    """Who acts for a team: its officers, or those who stand in."""

    code: str
    officers: Sequence[Actor]


@dataclass(slots=True)
class _Report:
    """A report in work: `name` and `turn` give its chances, `chain` is what is still to come of its course, by hours after the act before."""

    name: tuple[str, int, int]
    code: str
    team: str
    filed_on: date
    due_on: date | None
    turn: int = 0
    started: bool = False
    chain: deque = field(default_factory=deque)


class Reports(Lane):
    """The reports of some teams (by id; None: those that nobody is in charge of), drawn from the whole year's."""

    OUTFIT = frozenset({"_drawing", "_teams", "_staffing", "_phone_officer", "_hands", "_usual", "_categories", "_new"})

    def __init__(
        self, plan: Plan, drawing: Drawing, teams: Mapping[int | None, Hands], staffing: Staffing, phone_officer: Actor | None
    ):
        super().__init__("reports")
        self._seed, self._scale = plan.seed, plan.scale
        self._drawing, self._teams, self._staffing, self._phone_officer = drawing, teams, staffing, phone_officer
        self._hands = {hands.code: hands.officers for hands in teams.values()}
        self._cases: dict[int, _Report] = {}
        self._agenda: dict[date, list[tuple[datetime, int, str, str, dict[str, Any]]]] = {}
        self._queues: dict[str, list[tuple[int, tuple[str, int, int], int]]] = {hands.code: [] for hands in teams.values()}
        self._ready: dict[date, list[int]] = {}
        self._over: dict[str, float] = {}
        self._recent: dict[tuple[int | None, str], deque[tuple[str, str, Spot]]] = {}
        self._categories = get_service("report").categories
        self._new: dict[str, tuple[Any, str | None]] = {}
        self._left: dict[int, deque] = {}
        self._open: dict[str, int] = {}
        self._usual = {hands.code: staffing.jobs_a_year(hands.code) / WORKING_DAYS * plan.scale for hands in teams.values()}
        self._rung: list[NewCall] = []
        self._today = plan.first

    # What arrives.

    def arrive(self, day: date) -> list[NewCase]:
        self._today, new = day, []
        for drawn in self._drawing.of_day(day):
            if drawn.team not in self._teams:
                continue
            recent = self._recent.setdefault((drawn.team, drawn.group), deque(maxlen=REMEMBERED))
            same = drawn.rng.choice(recent) if recent and drawn.rng.random() < SAME_THING else None
            about = same and (self._categories[same[1]], same[2])
            case, spot = self._drawing.write(drawn, about, self._phone_officer)
            recent.append((case.code, case.category, spot))
            self._new[case.code] = drawn, same and same[0]
            new.append(case)
        return new

    def filed(self, new: NewCase, filed: Filed) -> None:
        drawn, original = self._new.pop(new.code)
        standing, rng = filed.standing, drawn.rng
        team = self._teams[drawn.team].code
        name = drawn.group, local_day(new.filed_at).toordinal(), drawn.n
        one = _Report(name, new.code, team, local_day(new.filed_at), standing.due_on)
        self._cases[filed.case_id] = one
        self._open[team] = self._open.get(team, 0) + 1
        self.notes.add("arrived", team, one.filed_on)
        if original:
            one.chain.append((rng.uniform(1, 20), "mark_duplicate", {"original": original}))
        else:
            one.chain.extend(_course(standing.step, rng))
        if new.channel == "phone" and self._phone_officer:
            lasted = timedelta(seconds=rng.randrange(60, 240))
            self._rung.append(
                NewCall(
                    officer=self._phone_officer.id,
                    outcome="report",
                    case_id=filed.case_id,
                    phone=new.contact.phone if new.contact else "",
                    commune=new.commune,
                    category=new.category,
                    received_at=new.filed_at - lasted,
                    ended_at=new.filed_at,
                )
            )
        self._aside(filed.case_id, one, new.filed_at, rng)
        self._next(filed.case_id, one, new.filed_at, rng)

    def calls(self, day: date) -> list[NewCall]:
        rung, self._rung = self._rung, []
        return rung

    def _aside(self, case_id: int, one: _Report, filed_at: datetime, rng: Random) -> None:
        """What happens beside a report's course: somebody joins, an officer of the team takes it, a note is kept."""
        if rng.random() < JOINED:
            self._plan(case_id, filed_at + rng.uniform(1, 60) * _HOUR, "follow", "resident", {})
        if self._hands[one.team] and rng.random() < TAKEN:
            officer = rng.choice(self._hands[one.team])
            if officer.id:
                at = in_working_hours(filed_at + rng.expovariate(1 / 5) * _HOUR, rng)
                self._plan(case_id, at, "give_to", "team", {"officer": officer.id})
        if rng.random() < NOTED:
            self._plan(
                case_id,
                in_working_hours(filed_at + rng.expovariate(1 / 4) * _HOUR, rng),
                "note",
                "team",
                {"note": rng.choice(NOTES)},
            )

    def _plan(self, case_id: int, at: datetime, action: str, who: str, data: dict[str, Any]) -> None:
        self._agenda.setdefault(max(local_day(at), self._today), []).append((at, case_id, action, who, data))

    def _next(self, case_id: int, one: _Report, after: datetime, rng: Random) -> None:
        """Plan the next act of its course; after the last one it waits for a crew, unless the course ends it."""
        if not one.chain:
            return
        hours, action, data = one.chain.popleft()
        at = after + hours * _HOUR
        if action == "work":
            day = add_working_days(local_day(in_working_hours(at, rng)), 0)
            self._ready.setdefault(day, []).append(case_id)
            if rng.random() < PLANNED and not one.started:
                planned = add_working_days(day, self._expected(one.team))
                at = in_working_hours(after + rng.expovariate(1 / 8) * _HOUR, rng)
                self._plan(case_id, at, "plan", "team", {"day": planned.isoformat()})
            return
        who = "resident" if action in ("answer", "object") else "team"
        self._plan(case_id, in_working_hours(at, rng) if who == "team" else at, action, who, data)

    def _expected(self, team: str) -> int:
        """In how many working days a crew will come, by the queue as it is."""
        return 1 + min(120, int(len(self._queues[team]) / max(0.2, self._usual[team])))

    # What is done.

    def turns(self, day: date, round: int) -> Iterable[tuple[int, Command]]:
        if round == 0:
            self._send_crews(day)
        for act in sorted(self._agenda.pop(day, ()), key=lambda one: one[:2]):
            self._left.setdefault(act[1], deque()).append(act)
        for case_id, acts in list(self._left.items()):
            at, _, action, who, data = acts.popleft()
            if not acts:
                del self._left[case_id]
            if (one := self._cases.get(case_id)) is not None:
                yield case_id, self._command(one, action, who, data, at)

    def _command(self, one: _Report, action: str, who: str, data: dict[str, Any], at: datetime) -> Command:
        if who == "resident":
            return Command(action, RESIDENT, dict(data), valid_at=at, contact=Contact() if action == "follow" else None)
        one.turn += 1
        officers = self._hands[one.team]
        officer = officers[(one.name[2] + one.turn) % len(officers)]
        return Command(action, officer, dict(data), valid_at=at)

    def _send_crews(self, day: date) -> None:
        """Let each team's crews do what they can on that day: those first whose promise ends first."""
        for case_id in [i for ready in sorted(one for one in self._ready if one <= day) for i in self._ready.pop(ready)]:
            if (one := self._cases.get(case_id)) is not None:
                until = (one.due_on or one.filed_on + timedelta(days=60)).toordinal()
                heapq.heappush(self._queues[one.team], (until, one.name, case_id))
        for team, queue in self._queues.items():
            capacity = self._staffing.capacity(team, day, self._scale)
            if not capacity:
                continue
            capacity += self._over.get(team, 0.0)
            most = int(capacity)
            done = []
            while queue and len(done) < most:
                _until, _name, case_id = heapq.heappop(queue)
                if case_id in self._cases:
                    done.append(case_id)
            self._over[team] = capacity - most
            self._work(day, done)
            for measure, amount in zip(MEASURES, self._staffing.cost(team, day, len(done), self._scale), strict=True):
                self.notes.add(measure, team, day, amount)

    def _work(self, day: date, done: list[int]) -> None:
        """The day's jobs one after the other: some are started with a word on the phone, all are finished."""
        step = (LAST_HOUR - FIRST_HOUR) / max(1, len(done))
        midnight = datetime(day.year, day.month, day.day, tzinfo=PARIS)
        for n, case_id in enumerate(done):
            one = self._cases[case_id]
            rng = stream(self._seed, f"work {one.name[0]}", *one.name[1:], one.turn)
            begins = midnight + (FIRST_HOUR + n * step) * _HOUR
            if rng.random() < STARTED:
                self._plan(case_id, begins, "start", "team", {})
            self._plan(case_id, begins + rng.uniform(0.3, 1.5) * _HOUR, "finish", "team", {"what_was_done": rng.choice(DONE)})

    # What came of it.

    def went(self, case_id: int, command: Command, outcome: Outcome) -> None:
        one = self._cases[case_id]
        if outcome.refusal is not None or command.action in _ASIDE:
            return
        at = command.valid_at
        day = local_day(at)
        rng = stream(self._seed, f"after {one.name[0]}", *one.name[1:], one.turn)
        if command.action == "finish":
            self._finished(case_id, one, day, at, rng)
        elif not outcome.standing.is_open:
            self._ended(case_id, one, day, command.action)
        elif command.action == "object":
            one.started, one.due_on = False, outcome.standing.due_on
            self._open[one.team] = self._open.get(one.team, 0) + 1
            self.notes.add("objected", one.team, day)
            one.chain.append((rng.expovariate(1 / 6), "work", {}))
            self._next(case_id, one, at, rng)
        elif command.action not in ("plan", "start"):
            self._next(case_id, one, at, rng)

    def _finished(self, case_id: int, one: _Report, day: date, at: datetime, rng: Random) -> None:
        self.notes.add("done", one.team, day)
        self.notes.wait(one.team, (day - one.filed_on).days)
        if one.due_on and day > one.due_on:
            self.notes.add("late", one.team, day)
        self._open[one.team] -= 1
        if rng.random() < OBJECTED:
            self._plan(case_id, at + rng.uniform(2, 200) * _HOUR, "object", "resident", {"message": rng.choice(STILL_WRONG)})
        else:
            self._cases.pop(case_id)

    def _ended(self, case_id: int, one: _Report, day: date, action: str) -> None:
        self.notes.add(f"ended: {action}", one.team, day)
        self._open[one.team] -= 1
        del self._cases[case_id]

    def seen(self, entry: Entry) -> None:
        one = self._cases.get(entry.after.case_id)
        if one is not None and entry.before.is_open and not entry.after.is_open:
            self._ended(entry.after.case_id, one, local_day(entry.fact.valid_at), entry.fact.action)

    def end_of_week(self, day: date) -> None:
        for team, count in self._open.items():
            self.notes.stand("backlog", team, day, count)


def _course(step: str, rng: Random) -> list[tuple[float, str, dict[str, Any]]]:
    """What the office and the resident do about a report before a crew goes, or instead: (hours after the act before, action, data)."""
    course: list[tuple[float, str, dict[str, Any]]] = []
    if step == "to_qualify":
        if rng.random() < LEFT_TO_QUALIFY:
            return course
        course.append((rng.expovariate(1 / 6), "qualify", {"category": rng.choice(QUALIFIED_AS)}))
    if rng.random() < ASKED:
        course.append((rng.expovariate(1 / 8), "ask_resident", {"message": rng.choice(QUESTIONS)}))
        if rng.random() < UNANSWERED:
            return course
        course.append((rng.expovariate(1 / 30), "answer", {"message": rng.choice(REPLIES)}))
    fate = rng.random()
    if fate < REJECTED:
        reason = rng.choice(list(WHY_NOT))
        course.append((rng.expovariate(1 / 30), "reject", {"reason": reason, "message": WHY_NOT[reason]}))
    elif fate < REJECTED + TRANSFERRED:
        who, phone = rng.choice(ELSEWHERE)
        said = "Votre signalement leur est transmis ce jour."
        course.append((rng.expovariate(1 / 20), "transfer", {"transferred_to": who, "phone": phone, "message": said}))
    else:
        course.append((rng.expovariate(1 / 10), "work", {}))
    return course
