"""The bodies that decide, on fixed days: agendas gathered, members convened, all drafts voted, acts numbered, sent, published, signed.

Five councils and seven bureaus a year (activity report 2023, lines 7300 and 7301); committees sit four weeks before a council; who decides
alone signs twice a week. Everything goes through the doors of the room of bodies.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from oppidum.bodies import voting
from oppidum.bodies.acting import conclude, sign
from oppidum.bodies.agenda import gather
from oppidum.bodies.attending import There, close_sitting, open_sitting, record_attendance
from oppidum.bodies.convening import convene, plan_sitting
from oppidum.bodies.models import Act, Attendance, Body, Item, Sitting
from oppidum.bodies.queueing import mark_published, mark_sent, waiting_to_be_sent
from oppidum.bodies.waiting import list_waiting
from oppidum.cases.declaration import get_service
from oppidum.core import clock
from oppidum.core.calendar import is_working_day, next_working_day
from oppidum.people.models import Officer, Reach
from oppidum.rehearsal.replay.requests.deck import Decks
from oppidum.rehearsal.replay.streams import stream

# (month, day) near which they sit, on a Thursday (the next working day where that is a holiday). Letters leave on a working day, twelve
# days before at least.
COUNCILS = ((2, 16), (4, 13), (6, 29), (10, 12), (12, 7))
BUREAUS = ((1, 26), (3, 16), (5, 11), (6, 15), (9, 21), (11, 9), (12, 14))
NOTICE_DAYS, COMMITTEE_BEFORE = 12, 28
SIGNING_DAYS = (1, 4)
MOST = 20_000
THERE, REPRESENTED = 0.88, 0.8
# How votes that carry are shared: with all voices, with a group that abstains, with one against.
UNANIMOUS, ABSTAINING = 0.7, 0.15


@dataclass
class Assembly:
    """The year's sittings, by the day on which something is to be done for them."""

    year: int
    seed: int
    decks: Decks
    letters: dict[date, list[tuple[str, date]]] = field(default_factory=dict)
    convened: dict[date, list[int]] = field(default_factory=dict)
    concluding: dict[date, list[int]] = field(default_factory=dict)

    def __post_init__(self):
        days = {"council": COUNCILS, "bureau": BUREAUS}
        committees = [next_working_day(day - timedelta(days=COMMITTEE_BEFORE)) for day in self._thursdays(COUNCILS)]
        for body in Body.objects.order_by("rank", "code"):
            if body.sits:
                for day in self._thursdays(days[body.code]) if body.code in days else committees:
                    self.letters.setdefault(_letters_leave(day), []).append((body.code, day))

    def live(self, day: date) -> None:
        """What the secretariat does on that day. Asked each evening; most days it has nothing to do."""
        officer = (
            Officer.objects.filter(role__reach=Reach.ALL, is_active=True).order_by("pk").first() if self._is_busy(day) else None
        )
        if officer is None:
            return
        for code, on in self.letters.get(day, ()):
            self._convene(code, on, officer)
        for pk in self.convened.pop(day, ()):
            self._hold(Sitting.objects.select_related("body").get(pk=pk))
        for pk in self.concluding.pop(day, ()):
            conclude(Sitting.objects.get(pk=pk))
            self._publish()
        if day.weekday() in SIGNING_DAYS:
            self._sign(officer)

    def _is_busy(self, day: date) -> bool:
        return day in self.letters or day in self.convened or day in self.concluding or day.weekday() in SIGNING_DAYS

    def _thursdays(self, near: Sequence[tuple[int, int]]) -> list[date]:
        days = [date(self.year, month, day) for month, day in near]
        return [next_working_day(day + timedelta(days=3 - day.weekday())) for day in days]

    def _convene(self, code: str, on: date, officer: Officer) -> None:
        """A sitting with all that waits for it; a body for which nothing waits is not convened."""
        body = Body.objects.get(code=code)
        waiting = list_waiting(body, officer, MOST)
        if not waiting:
            return
        sitting = plan_sitting(body, datetime(on.year, on.month, on.day, 9, tzinfo=clock.PARIS))
        gather(sitting, officer)
        lacking = list(sitting.items.filter(decision="", kind=Item.Kind.VOTE, opinion=""))
        for item in lacking:
            item.decision = f"Article unique : une aide de {item.answers.get('granted', '')} est attribuée pour « {item.title} »."
        Item.objects.bulk_update(lacking, ["decision"], batch_size=500)
        convene(sitting)
        self.convened.setdefault(on, []).append(sitting.pk)

    def _hold(self, sitting: Sitting) -> None:
        """The members come, vote on everything, and leave."""
        rng = stream(self.seed, f"sitting {sitting.body.code}", sitting.on.toordinal())
        members = list(sitting.body.members.in_office(sitting.on).select_related("councillor"))
        record_attendance(sitting, _roll(members, rng))
        open_sitting(sitting, members[0], members[1])
        groups = sorted({m.councillor.group for m in members if m.councillor.group})
        bundles: dict[str, list[Item]] = {}
        for item in sitting.items.filter(outcome="").select_related("case__live").order_by("rank"):
            if item.kind == Item.Kind.INFORMATION:
                voting.take_note(item)
            else:
                bundles.setdefault(self._fate(item), []).append(item)
        for fate, items in bundles.items():
            for item in items:
                item.sitting = sitting
            voting.record_together(items, _said(fate, [(m.pk, m.councillor.group) for m in members], groups, rng))
        close_sitting(sitting)
        self.concluding.setdefault(next_working_day(sitting.on + timedelta(days=1)), []).append(sitting.pk)

    def _fate(self, item: Item) -> str:
        """Whether it is carried, by the shares that its service declares, and how."""
        if item.case is not None and not item.opinion and item.if_rejected:
            service, step = get_service(item.case.service), item.case.live.step
            shares = [service.rehearsal.shares.get(f"{step}.{name}", 0.0) for name in (item.if_carried, item.if_rejected)]
            if sum(shares) and self.decks.choose(f"{service.code} {step} vote", shares):
                return "rejected"
        return ("unanimous", "abstaining", "against")[
            self.decks.choose("votes", (UNANIMOUS, ABSTAINING, 1 - UNANIMOUS - ABSTAINING))
        ]

    def _publish(self) -> None:
        """What was numbered is sent to the prefect and put online: from that day it binds."""
        mark_sent(list(waiting_to_be_sent()))
        mark_published(Act.objects.filter(published_on=None, is_individual=False))

    def _sign(self, officer: Officer) -> None:
        """Who decides alone signs what waits, or sends it back."""
        for body in Body.objects.filter(kind=Body.Kind.AUTHORITY).order_by("rank", "code"):
            chosen = []
            for one in list_waiting(body, officer, MOST):
                weights = [
                    one.service.rehearsal.shares.get(f"{one.standing.step}.{a.name}", 0.0)
                    for a in one.actions
                    if one.service.rehearsal
                ]
                place = self.decks.choose(f"{body.code} {one.service.code} {len(weights)}", weights) if sum(weights) else 0
                chosen.append((one, one.actions[place].name))
            if chosen:
                sign(body, chosen)
                self._publish()


def _letters_leave(on: date) -> date:
    """The last working day that gives the members their time."""
    day = on - timedelta(days=NOTICE_DAYS)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def _roll(members: Sequence, rng: random.Random) -> list[There]:
    """President and secretary are there; of the others most, and of the rest most are represented."""
    rows, free = [], []
    for place, member in enumerate(members):
        present = place < 2 or rng.random() < THERE
        rows.append(There(member.pk, Attendance.State.PRESENT if present else Attendance.State.EXCUSED))
        free += [member.pk] if present else []
    rng.shuffle(free)
    for number, row in enumerate(rows):
        if row.state == Attendance.State.EXCUSED and free and rng.random() < REPRESENTED:
            rows[number] = There(row.member, Attendance.State.REPRESENTED, free.pop())
    return rows


def _said(fate: str, members: Sequence[tuple[int, str]], groups: Sequence[str], rng: random.Random) -> dict[int, str]:
    """What those say who don't vote for. The smallest groups are the opposition; to reject, two thirds are against."""
    if fate == "rejected":
        return {pk: "against" for pk, _group in members if rng.random() < 0.7}
    if fate == "unanimous" or not groups:
        return {}
    sizes = {group: sum(one == group for _pk, one in members) for group in groups}
    against = sorted(groups, key=lambda group: (sizes[group], group))[: 1 if fate == "abstaining" else 2]
    choice = "abstain" if fate == "abstaining" else "against"
    return {pk: choice for pk, group in members if group in against}
