"""A worker lives its lanes day by day: what arrives is filed, what is due is acted on, time does its part; in batches over all lanes."""

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from oppidum.cases import outbox
from oppidum.cases.acting import act
from oppidum.cases.calls import log_calls
from oppidum.cases.definitions import keep_definition
from oppidum.cases.filing import file_cases
from oppidum.cases.sweeping import sweep_cases
from oppidum.cases.watching import EFFECTS, Entry, Filing, watching_cases
from oppidum.cases.withholding import withholding
from oppidum.cases.writing import ensure_months
from oppidum.core import clock
from oppidum.core.calendar import add_months, each_day
from oppidum.core.watching import watching
from oppidum.rehearsal.replay.checkpoint import Checkpoint, clear_before, read_checkpoint, read_state, write_checkpoint
from oppidum.rehearsal.replay.lane import Lane
from oppidum.rehearsal.replay.pace import Pace
from oppidum.rehearsal.replay.plan import Plan
from oppidum.rehearsal.replay.statistics import KNOWN_AGAIN, analyze, plan_for_growth
from oppidum.rehearsal.replay.tally import Tally

WEEK = 7
# Of a worker's time, at most so much goes into checkpoints: they come as often as that allows, and once a week.
CHECKPOINT_SHARE = 0.04


@dataclass
class Counts:
    """What a worker did: cases filed and turned away, entries written by acts, refusals by service and action."""

    cases: int = 0
    turned_away: int = 0
    calls: int = 0
    transitions: int = 0
    refused: dict[str, int] = field(default_factory=dict)

    def merge(self, other: "Counts") -> None:
        self.cases += other.cases
        self.turned_away += other.turned_away
        self.calls += other.calls
        self.transitions += other.transitions
        for name, count in other.refused.items():
            self.refused[name] = self.refused.get(name, 0) + count


@dataclass
class Mind:
    """What a worker must not forget between two days, beside what its lanes remember: its checkpoints are both, pickled."""

    tally: Tally
    counts: Counts = field(default_factory=Counts)
    owners: dict[int, int] = field(default_factory=dict)
    wakes: dict[date, list[int]] = field(default_factory=dict)
    again: list[int] = field(default_factory=list)


class Worker:
    """Lives the days of a plan for some lanes, in the database in use. `tell(day)` hears of each day that is over."""

    def __init__(
        self,
        plan: Plan,
        number: int,
        lanes: Sequence[Lane],
        folder: Path,
        tell: Callable[[date, Counts], None] = lambda day, counts: None,
    ):
        self._plan, self._number, self._folder, self._tell = plan, number, folder, tell
        self.lanes, self.mind = list(lanes), Mind(Tally(plan.year))
        self._asked = False
        self._touched: set[int] = set()
        self._queued: set[str] = set()
        self._cost = 0.1  # seconds of the last checkpoint
        self._pace = Pace()

    def live(self, pace: Pace | None = None) -> None:
        """Live from the last checkpoint to the plan's end, as fast as it goes or at a pace."""
        self._pace = pace or self._pace
        first, number = self._plan.first, 0
        if (last := read_checkpoint(self._number)) is not None:
            self.mind, memories = read_state(self._folder, self._number, last)
            for lane, memory in zip(self.lanes, memories, strict=True):
                lane.remember(memory)
            if last.done:
                return
            first, number = last.day + timedelta(days=1), last.number
        days = each_day(first, self._plan.last)
        _know_what_is_there(self._plan)
        plan_for_growth()
        with ExitStack() as stack:
            stack.enter_context(withholding())
            stack.enter_context(self.mind.tally.watch())
            stack.enter_context(watching_cases(self._filed, self._entered))
            stack.enter_context(watching(EFFECTS, lambda kinds: self._queued.update(kinds)))
            while days:
                number += 1
                with transaction.atomic():
                    lived = self._live_some(days)
                    days = days[len(lived) :]
                    began, state = time.monotonic(), (self.mind, [lane.memory() for lane in self.lanes])
                    write_checkpoint(self._folder, self._number, Checkpoint(number, lived[-1], not days), state)
                    self._cost = time.monotonic() - began
                clear_before(self._folder, self._number, number)
                if self._number == 0 and number in KNOWN_AGAIN:
                    analyze()

    def _live_some(self, days: list[date]) -> list[date]:
        """Live days until a week is over, or until a checkpoint costs little beside what was done since."""
        began, worth = time.monotonic(), self._cost / CHECKPOINT_SHARE
        lived = []
        for day in days[:WEEK]:
            self._pace.begin(day)
            self._day(day)
            lived.append(day)
            self._tell(day, self.mind.counts)
            if day.weekday() == 6 or day == self._plan.last:
                for lane in self.lanes:
                    lane.end_of_week(day)
            if time.monotonic() - began > worth:
                break
        return lived

    def _day(self, day: date) -> None:
        morning, evening = clock.midnight(day), clock.midnight(day + timedelta(days=1)) - timedelta(seconds=1)
        with clock.at(morning):
            self._sweep(day, morning)
        with clock.at(evening):
            self._file(day, evening)
            for round in range(Lane.ROUNDS):
                if not self._act(day, round, evening):
                    break
            if calls := [call for lane in self.lanes for call in lane.calls(day)]:
                self.mind.counts.calls += len(log_calls(calls))
            for lane in self.lanes:
                lane.end_of_day(day)
            self._carry_out()

    def _sweep(self, day: date, now: datetime) -> None:
        """Let every date that has come do its work, of the cases that are known to have one.

        A clock in hours falls within its day: whom nothing happened to in the morning is looked at once more on the next one.
        """
        wakes, again = self.mind.wakes, self.mind.again
        first = {case_id for when in [one for one in wakes if one <= day] for case_id in wakes.pop(when)}
        if due := sorted(first.union(again)):
            self._touched.clear()
            self.mind.counts.transitions += sweep_cases(due, now)
            again[:] = first - self._touched
            self._carry_out()

    def _file(self, day: date, now: datetime) -> None:
        new = [(number, case) for number, lane in enumerate(self.lanes) for case in lane.arrive(day)]
        counts = self.mind.counts
        came = [one for part in self._pace.parts(new) for one in file_cases([case for _, case in part], now)]
        for (number, case), filed in zip(new, came, strict=True):
            if filed.refusal is None:
                self.mind.owners[filed.case_id] = number
                counts.cases += 1
            else:
                counts.turned_away += 1
            self.lanes[number].filed(case, filed)
        self._carry_out()

    def _act(self, day: date, round: int, now: datetime) -> int:
        asked = [(number, *each) for number, lane in enumerate(self.lanes) for each in lane.turns(day, round)]
        self._asked = True
        outcomes = [one for part in self._pace.parts(asked) for one in act([each[1:] for each in part], now)]
        self._asked = False
        self._touched.clear()
        counts = self.mind.counts
        for (number, case_id, command), outcome in zip(asked, outcomes, strict=True):
            if outcome.refusal is None:
                counts.transitions += 1
            else:
                name = f"{type(outcome.refusal).__name__} {self.lanes[number].name} {command.action}"
                counts.refused[name] = counts.refused.get(name, 0) + 1
            self.lanes[number].went(case_id, command, outcome)
        if asked:
            self._carry_out()
        return len(asked)

    def _carry_out(self) -> None:
        """What the engine itself does after an act: reports joined, bills made, cases gone on.

        What fails isn't tried again: another worker would find it, and two would wait for each other's week.
        """
        while self._queued:
            kinds, self._queued = self._queued & outbox.HANDLERS.keys(), set()
            outbox.deliver_kinds(kinds, 1_000_000, tries=1)

    def _filed(self, filings: Sequence[Filing]) -> None:
        for filing in filings:
            self._note_date(filing.standing)

    def _entered(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            if entry.after.wakes_on != entry.before.wakes_on:
                self._note_date(entry.after)
            self._touched.add(entry.after.case_id)
            if not self._asked and (number := self.mind.owners.get(entry.after.case_id)) is not None:
                self.lanes[number].seen(entry)

    def _note_date(self, case: Any) -> None:
        if case.is_open and case.wakes_on is not None:
            self.mind.wakes.setdefault(case.wakes_on, []).append(case.case_id)


def _know_what_is_there(plan: Plan) -> None:
    """Ask once for the journal's months and the kept definitions: what a process finds out in a transaction it remembers only after it,
    and a week's would ask with every batch."""
    ensure_months({add_months(plan.first, n) for n in range((plan.last - plan.first).days // 28 + 2)})
    for code in sorted(plan.services):
        keep_definition(code)
