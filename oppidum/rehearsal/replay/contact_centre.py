"""The lane of calls that opened nothing; those that brought a report come from the report's own lane."""

from collections.abc import Sequence
from datetime import date, timedelta

from oppidum.cases.calls import NewCall
from oppidum.core.calendar import each_day
from oppidum.rehearsal.month import OTHER_CALLS
from oppidum.rehearsal.replay.drawing import Drawing
from oppidum.rehearsal.replay.lane import Lane
from oppidum.rehearsal.replay.plan import Plan
from oppidum.rehearsal.replay.streams import stream
from oppidum.rehearsal.replay.year import Year

# Activity report of 2023, contact centre: 342 200 calls, and 415 500 reports by all channels.
CALLS = 342_200
# On some Sundays more reports come by telephone than calls are due: the next days have as many fewer, the year's last ones those before.
LAST = 14
_OUTCOMES, _WEIGHTS = list(OTHER_CALLS), list(OTHER_CALLS.values())


class Calls(Lane):
    """As many calls in all as `CALLS` at scale 1: of each day those that no report came of. `officers` are ids."""

    OUTFIT = frozenset({"_year", "_drawing", "_officers", "_by_day", "_days"})

    def __init__(self, plan: Plan, year: Year, drawing: Drawing, officers: Sequence[int]):
        super().__init__("calls")
        self._seed, self._year, self._drawing, self._officers = plan.seed, year, drawing, officers
        factor = plan.changes.volumes.get("calls", 1.0)
        self._by_day = year.arrivals("calls", round(CALLS * plan.scale), plan.first, plan.last, plan.seed, factor=factor)
        self._days = plan.first, plan.last
        self._too_many, self._last = 0, {}

    def calls(self, day: date) -> list[NewCall]:
        if day not in self._last and self._days[-1] - day < timedelta(days=LAST):
            self._last = self._last_days(day)
        left = self._last.get(day)
        if left is None:
            left = self._by_day.get(day, 0) - self._too_many - self._drawing.phoned(day)
            self._too_many = max(0, -left)
        return [self._call(day, n) for n in range(max(0, left))]

    def _last_days(self, first: date) -> dict[date, int]:
        """The same from `first` on, where what a day lacks must come off the days before it: there are none after."""
        lefts, lacking = {}, 0
        for day in each_day(first, self._days[-1])[::-1]:
            before = self._too_many if day == first else 0
            lefts[day] = self._by_day.get(day, 0) - self._drawing.phoned(day) - lacking - before
            lacking = max(0, -lefts[day])
        return lefts

    def _call(self, day: date, n: int) -> NewCall:
        rng = stream(self._seed, "call", day.toordinal(), n)
        at = self._year.instants("calls", day, 1, rng)[0]
        return NewCall(
            officer=rng.choice(self._officers),
            outcome=rng.choices(_OUTCOMES, _WEIGHTS)[0],
            commune=self._drawing.commune(rng),
            received_at=at,
            ended_at=at + timedelta(seconds=rng.randrange(20, 300)),
        )
