"""The lane of requests: what arrives each day, what people and officers do next, and what became of it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from oppidum.cases.acting import Outcome
from oppidum.cases.declaration import get_service
from oppidum.cases.declaration.booking import slot_fields
from oppidum.cases.new_case import Filed, NewCase
from oppidum.cases.rules.asking import OPINION, open_opinions
from oppidum.cases.rules.standing import Actor, Command, Contact, Standing
from oppidum.cases.watching import Entry
from oppidum.core import clock
from oppidum.core.calendar import is_working_day, next_working_day
from oppidum.people.models import Officer
from oppidum.rehearsal.replay.lane import Lane
from oppidum.rehearsal.replay.plan import Plan
from oppidum.rehearsal.replay.requests.arrivals import arrivals_of
from oppidum.rehearsal.replay.requests.assembly import Assembly
from oppidum.rehearsal.replay.requests.ballots import Ballots
from oppidum.rehearsal.replay.requests.bills import Bills
from oppidum.rehearsal.replay.requests.callers import Callers, leads_the_call_on, open_calls
from oppidum.rehearsal.replay.requests.deck import Decks
from oppidum.rehearsal.replay.requests.desks import Desks
from oppidum.rehearsal.replay.requests.drawing import Drawing, Drawn, Nobody, instant
from oppidum.rehearsal.replay.requests.ground import prepare_ground
from oppidum.rehearsal.replay.requests.letters import Letters
from oppidum.rehearsal.replay.requests.parting import has_bodies
from oppidum.rehearsal.replay.requests.spots import Spots
from oppidum.rehearsal.replay.requests.times import Times
from oppidum.rehearsal.replay.requests.timing import File, day_of, in_time
from oppidum.rehearsal.replay.requests.ways import RIGHTS, Way, Ways, is_open, may_open, read_ways
from oppidum.rehearsal.replay.streams import stream

OFFICE_OPENS, OFFICE_CLOSES = 8, 17
# Who finds no place tries again the next day, so many times; who may not act yet (an opinion is awaited) every few days.
ATTEMPTS, PATIENCE, AGAIN = 6, 12, 5
# Of the opinions asked for, how many come in time; and how they come out, where these are the answers.
ANSWERED, OPINIONS = 0.85, {"favourable": 0.82, "conditional": 0.1, "unfavourable": 0.08}
TURN = 1 << 20


class Requests(Lane):
    """Services with a profile, but reports. Made in a process with the database at hand: it reads the ground, the people, the places."""

    def __init__(self, plan: Plan, services: Iterable[str], spots: Spots | None = None):
        super().__init__("requests")
        self.services = sorted(services)
        served = [get_service(code) for code in self.services]
        officer = Officer.objects.filter(role__isnull=False).order_by("pk").first()
        if officer is None:
            raise LookupError("load people first: `oppidum people load`")
        self._officer = Actor("officer", officer.pk, str(officer), RIGHTS)
        prepare_ground(plan, served)
        self._plan, self._decks = plan, Decks(plan.seed)
        self._arrivals = {one.code: arrivals_of(one, plan) for one in served}
        self._numbers = {one.code: 0 for one in served}
        self._times = Times(served)
        self._spots = spots or Spots(plan.seed, served, plan.scale)
        self._drawings = {one.code: Drawing(one.code, plan.seed, self._decks, self._spots, self._times) for one in served}
        self._ways: dict[tuple[str, str], Ways] = {}
        self._assembly = Assembly(plan.year, plan.seed, self._decks) if any(map(has_bodies, served)) else None
        self._desks = Desks({one.code: one.rehearsal.per_day for one in served}, plan)
        self._bills = Bills()
        self._letters, self._ballots = Letters(served), Ballots(plan, self._decks, self._officer)
        self._callers = Callers()
        self._asleep: dict[str, int] = {}
        self._files: dict[int, File] = {}
        self._asked: dict[str, tuple[str, int, date, int, Drawn]] = {}
        self._again: list[tuple[str, int, date, int]] = []
        self._calendar: dict[date, list[tuple[int, int, str]]] = {}
        self._later: list[tuple[int, int, str]] = []
        self._queue: list[tuple[int, int, str]] = []
        self.refusals: dict[str, int] = {}

    OUTFIT = frozenset({"_plan", "_officer", "services", "_arrivals", "_spots", "_drawings", "_ways"})

    def remember(self, memory: Mapping[str, Any]) -> None:
        super().remember(memory)
        for drawing in self._drawings.values():
            drawing.dealt_by(self._decks, self._times)

    # What arrives.

    def arrive(self, day: date) -> list[NewCase]:
        self._asked = {}
        asking = self._again
        self._again = []
        for code in self.services:
            for asked_on in self._asked_days(code, day):
                for _ in range(self._arrivals[code].get(asked_on, 0)):
                    self._numbers[code] += 1
                    asking.append((code, self._numbers[code], asked_on, 0))
            asking += ((code, number, day, 0) for number in self._callers.come(code, self._files, day))
        return [one.new for each in asking if (one := self._ask(*each, day)) is not None]

    def _asked_days(self, code: str, day: date) -> list[date]:
        """The days whose requests are filed today: today, and on the first day those that were sent before the year whose figure they make."""
        ahead = get_service(code).rehearsal.ahead
        before = [day - timedelta(days=n) for n in range(ahead, 0, -1)] if day == self._plan.first else []
        return [*before, day]

    def _ask(self, code: str, number: int, asked_on: date, attempt: int, day: date) -> Drawn | None:
        calls = open_calls(code, self._files, day)
        if get_service(code).contest and not calls:
            self._callers.wait(code, number)
            return None
        try:
            drawn = self._drawings[code].request(number, max(asked_on, day) if attempt else asked_on, day, attempt, calls)
        except Nobody as nobody:
            self._turned_away(code, number, asked_on, attempt, day, nobody.full)
            return None
        self._asked[drawn.new.code] = (code, number, asked_on, attempt, drawn)
        return drawn

    def _turned_away(self, code: str, number: int, asked_on: date, attempt: int, day: date, full: bool) -> None:
        """Who finds no place looks again tomorrow, and gives up after some days; who may not ask at all is not counted."""
        if full and attempt + 1 < ATTEMPTS:
            self._again.append((code, number, asked_on, attempt + 1))
        else:
            self.notes.add("turned_away", code, day)

    def filed(self, new: NewCase, filed: Filed) -> None:
        code, number, asked_on, attempt, drawn = self._asked.pop(new.code)
        day = clock.local_day(new.filed_at)
        if filed.refusal is not None:
            self._refused(code, "file", filed.refusal)
            self._turned_away(code, number, asked_on, attempt, day, full=True)
            return
        self._letters.expect(code, filed.case_id, 1, "file")
        one = File(
            code, number, new.code, filed.standing, new.filed_at, place=drawn.place, known=drawn.known, call=drawn.new.parent
        )
        self._files[filed.case_id] = one
        self.notes.add("arrived", code, day)
        self._deal(filed.case_id, one, max(day, self._plan.first))

    # Turns.

    def turns(self, day: date, round: int) -> Iterable[tuple[int, Command]]:
        due, self._later = self._later, []
        if round == 0:
            self._desks.open(day)
            due += self._queue + self._calendar.pop(day, [])
            self._queue = []
        taken: dict[int, Command] = {}
        decided: set[int | None] = set()
        for turn in due:
            case_id, token, what = turn
            one = self._files.get(case_id)
            if one is None or (not what and token != one.token):
                continue
            if case_id in taken or one.call in decided:
                self._later.append(turn)
            elif (command := self._command(case_id, one, what, day)) is not None:
                taken[case_id] = command
                decided |= {one.call} if leads_the_call_on(one, command) else set()
        self._queue += self._desks.waiting()
        return list(taken.items())

    def _command(self, case_id: int, one: File, what: str, day: date) -> Command | None:
        """What is done about the case in this turn; None when nothing can be, yet or any more."""
        rng = stream(self._plan.seed, one.service, one.number, TURN + one.turns)
        if what:
            return self._opinion(one, what, day, rng)
        service, way = get_service(one.service, one.case.definition), self._way_of(one)
        if way.by_officer and not self._desks.take(one.service, (case_id, one.token, what)):
            return None
        one.turns += 1
        known = service.known(one.case, day)
        late = way.action.within is not None and (day - one.case.step_since).days > way.action.within
        if late or not is_open(way, known):
            return self._wait(case_id, one, known, day, rng, late)
        data = self._drawings[one.service].answers_to(way.action, {**one.known, **known}, day, rng)
        if data is None:
            self._otherwise(case_id, one, way, day)
            return None
        return self._commanded(one, way, data, day, rng)

    def _wait(self, case_id: int, one: File, known: Mapping[str, Any], day: date, rng: Random, late: bool) -> Command | None:
        """The act isn't allowed yet: the opinions that it wants are asked for, or it is tried again; in the end something else is done."""
        asking = self._ways_of(one).asking
        if (
            asking is not None
            and is_open(asking, known)
            and not open_opinions(get_service(one.service, one.case.definition), one.case)
        ):
            return self._commanded(one, asking, {}, day, rng)
        one.tries += 1
        if late or one.tries > PATIENCE:
            self._deal(case_id, one, day)
        else:
            self._schedule(case_id, one, next_working_day(day + timedelta(days=AGAIN)))
        return None

    def _commanded(self, one: File, way: Way, data: dict[str, Any], day: date, rng: Random) -> Command:
        hours = (OFFICE_OPENS, OFFICE_CLOSES) if way.by_officer else (7, 22)
        at = self._after(one, instant(day, rng, *hours), day)
        contact = Contact() if way.action.joins else None
        return Command(way.action.name, way.actor, data, valid_at=at, contact=contact)

    @staticmethod
    def _after(one: File, at: datetime, day: date) -> datetime:
        """That instant, or a minute after what happened to the case before; within the day."""
        return min(max(at, one.last_at + timedelta(minutes=1)), clock.midnight(day + timedelta(days=1)) - timedelta(seconds=1))

    def _opinion(self, one: File, name: str, day: date, rng: Random) -> Command | None:
        service = get_service(one.service, one.case.definition)
        wanted = next((each for each, _last in open_opinions(service, one.case) if each.name == name), None)
        if wanted is None:
            return None
        one.turns += 1
        weights = {option: OPINIONS.get(option, 0.5) for option in wanted.options}
        answer = self._decks.pick(f"{one.service} {name}", weights)
        at = self._after(one, instant(day, rng, OFFICE_OPENS, OFFICE_CLOSES), day)
        actor = Actor(wanted.of, None, str(wanted.label)) if wanted.of.startswith("third:") else self._officer
        return Command(OPINION, actor, {"opinion": name, "answer": answer}, valid_at=at)

    def went(self, case_id: int, command: Command, outcome: Outcome) -> None:
        one = self._files[case_id]
        day = clock.local_day(command.valid_at)
        if outcome.refusal is not None:
            self._refused(one.service, command.action, outcome.refusal)
            one.tries += 1
            if command.action == OPINION:
                return
            if command.action == one.way and one.place and command.actor.kind == "resident":
                self._otherwise(case_id, one, self._way_of(one), day)
            elif one.tries > PATIENCE:
                self._deal(case_id, one, day)
            else:
                self._schedule(case_id, one, next_working_day(day + timedelta(days=1)))
            return
        one.last_at = command.valid_at
        self._letters.expect(one.service, case_id, outcome.standing.version, command.action)
        before, one.case = one.case, outcome.standing
        service = get_service(one.service, one.case.definition)
        one.owes |= command.action != OPINION and bool(service.flow.actions[command.action].charges)
        for name in slot_fields(service.flow.actions[command.action].demands).values() if command.action != OPINION else ():
            one.place = command.data.get(name, one.place)
        self._moved(case_id, one, before, command.action, day)

    def seen(self, entry: Entry) -> None:
        one = self._files.get(entry.before.case_id)
        if one is None:
            return
        day = clock.local_day(entry.fact.recorded_at)
        one.case, one.last_at = entry.after, max(one.last_at, entry.fact.valid_at)
        if entry.fact.action == "charged":
            self._billed(one, entry, day)
        self._ballots.see(entry, one.number)
        if entry.after.step != entry.before.step or not entry.after.is_open or "asks" in entry.fact.data:
            self._moved(entry.before.case_id, one, entry.before, entry.fact.action, day)
        elif one.way and self._is_shut(one, entry, day):
            self._deal(entry.before.case_id, one, day)

    def _is_shut(self, one: File, entry: Entry, day: date) -> bool:
        """Whether what was going to be done is allowed no more after what time did: a ticket is late, and solved in another way."""
        way = self._way_of(one)
        if way.action.when is None or entry.after.facts is entry.before.facts:
            return False
        known = get_service(one.service, one.case.definition).known
        return is_open(way, known(entry.before, day)) and not is_open(way, known(entry.after, day))

    def _moved(self, case_id: int, one: File, before: Standing, action: str, day: date) -> None:
        """The case went on: over, or somebody will take it up again."""
        if not one.case.is_open:
            self._over(case_id, one)
            return
        self._expect_opinions(case_id, one, before, day)
        if one.case.step != before.step or one.way == action:
            self._deal(case_id, one, day)
        elif one.way and self._asks(one, action):
            self._schedule(case_id, one, next_working_day(day + timedelta(days=AGAIN)))

    def _asks(self, one: File, action: str) -> bool:
        asking = self._ways_of(one).asking
        return asking is not None and asking.action.name == action

    def _over(self, case_id: int, one: File) -> None:
        case = one.case
        ended_on = clock.local_day(case.ended_at)
        self.notes.add("done", one.service, ended_on)
        self.notes.wait(one.service, max(0, (ended_on - case.filed_on).days))
        if case.due_on is not None and ended_on > case.due_on:
            self.notes.add("late", one.service, ended_on)
        del self._files[case_id]

    def _expect_opinions(self, case_id: int, one: File, before: Standing, day: date) -> None:
        """Those asked for come in time, but some; bodies give theirs in their sittings."""
        service = get_service(one.service, one.case.definition)
        if not service.opinions or one.case.facts is before.facts:
            return
        known = {each.name for each, _last in open_opinions(service, before)}
        for wanted, last in open_opinions(service, one.case):
            if wanted.name in known or wanted.of.startswith("body:"):
                continue
            card = self._decks.deal(f"{one.service} {wanted.name} comes")
            if card < ANSWERED:
                room = max(1, (last - day).days - 1)
                self._enter(case_id, 0, wanted.name, next_working_day(day + timedelta(days=1 + int(card / ANSWERED * room))))

    def _billed(self, one: File, entry: Entry, day: date) -> None:
        """The share of bills that is paid will be paid; the others wait for reminders, and lapse where the flow says so."""
        share, mean = get_service(one.service).rehearsal.pays
        if entry.fact.data.get("amount_cents", 0) > 0 and self._decks.deal(f"{one.service} pays") < share:
            one.turns += 1
            rng = stream(self._plan.seed, one.service, one.number, TURN + one.turns)
            if plan := entry.fact.data.get("due_parts"):
                self._bills.expect_parts(entry.fact.data["reference"], plan, rng)
            else:
                self._bills.expect(entry.fact.data["reference"], day, mean, rng)

    # What comes next.

    def _deal(self, case_id: int, one: File, day: date) -> None:
        """Choose what will be done about the case where it stands now, and when; it may be left to time."""
        one.token += 1
        one.way, one.tries = "", 0
        ways = self._ways_of(one)
        if not ways.ways:
            return
        offered = ways.ways
        if ways.guarded:
            known = get_service(one.service, one.case.definition).known(one.case, day)
            offered = [way for way in ways.ways if may_open(way, known, ways)]
            if not offered:
                return
        weights = [*(way.weight for way in offered), ways.rest]
        key = f"{one.service} {one.case.step}" + (" " + "+".join(way.action.name for way in offered) if ways.guarded else "")
        place = self._decks.choose(key, weights) if sum(weights) else len(offered)
        if place == len(offered) and self._sleeps(one):
            del self._files[case_id]
            self._asleep[one.service] = self._asleep.get(one.service, 0) + 1
        elif place < len(offered):
            one.way = in_time(one, offered[place], offered, day).action.name
            rng = stream(self._plan.seed, one.service, one.number, TURN + one.turns, 1)
            self._schedule(case_id, one, day_of(one, self._way_of(one), day, rng))

    def _otherwise(self, case_id: int, one: File, way: Way, day: date) -> None:
        """No place is left to change to: the one that is held is kept, and what comes of it comes; who holds none looks again tomorrow."""
        others = [each for each in self._ways_of(one).ways if each.by_officer] if one.place and way.action.frees else []
        if not others:
            self._schedule(case_id, one, next_working_day(day + timedelta(days=1)))
            return
        kept = max(others, key=lambda each: each.weight)
        one.way, rng = kept.action.name, stream(self._plan.seed, one.service, one.number, TURN + one.turns, 2)
        self._schedule(case_id, one, day_of(one, kept, day, rng))

    def _sleeps(self, one: File) -> bool:
        """Whether nothing more can happen to the case in this year: people leave it alone, and time comes later."""
        case = one.case
        return (
            not one.owes
            and (case.wakes_on is None or case.wakes_on > self._plan.last)
            and not open_opinions(get_service(one.service, case.definition), case)
        )

    def _schedule(self, case_id: int, one: File, on: date) -> None:
        one.token += 1
        self._enter(case_id, one.token, "", on)

    def _enter(self, case_id: int, token: int, what: str, on: date) -> None:
        if on <= self._plan.last:
            self._calendar.setdefault(on, []).append((case_id, token, what))

    def _ways_of(self, one: File) -> Ways:
        key = one.service, one.case.step
        if key not in self._ways:
            self._ways[key] = read_ways(get_service(one.service, one.case.definition), one.case.step, self._officer)
        return self._ways[key]

    def _way_of(self, one: File) -> Way:
        return next(way for way in self._ways_of(one).ways if way.action.name == one.way)

    def _refused(self, service: str, action: str, refusal: Exception) -> None:
        key = f"{service} {action} {type(refusal).__name__}"
        self.refusals[key] = self.refusals.get(key, 0) + 1

    # The evening.

    def end_of_day(self, day: date) -> None:
        self._letters.make()
        self._ballots.live(day, self._spots)
        if is_working_day(day):
            self._bills.pay(day)
            if self._assembly is not None:
                self._assembly.live(day)

    def end_of_week(self, day: date) -> None:
        standing = dict(self._asleep)
        for one in self._files.values():
            standing[one.service] = standing.get(one.service, 0) + 1
        for code in self.services:
            self.notes.stand("backlog", code, day, standing.get(code, 0))
