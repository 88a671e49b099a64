"""Where a legal clock stands: the fold of its events. Pure; every date is derived, none is kept as truth.

Events are lists [kind, when] or [kind, when, more], in the order of the journal; `when` is an ISO day, or an instant for clocks in hours.

- start: it begins; the day itself doesn't count.        - wait: the file is incomplete, it counts as not started.
- restart: all anew from that day.                       - suspend, resume: the rest remains.
- interrupt (more: the last day of the pause): it stands still until then, or until a resume that comes earlier.
- extend (more: a length): it lasts longer, counted from the same start.
- stop: an answer was given.                             - lapse: it ran out, and silence was recorded.
- revive: that silence is taken back, for what is told now happened before it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from oppidum.cases.declaration.clocks import Clock
from oppidum.cases.declaration.expressions import Expression
from oppidum.core.calendar import Length, next_working_day, parse_length
from oppidum.core.clock import local_day, midnight

NOT_STARTED, RUNNING, SUSPENDED, STOPPED, LAPSED = "not_started", "running", "suspended", "stopped", "lapsed"
When = date | datetime


class Interval(NamedTuple):
    """A stretch of a clock's life: it "ran", "stood" still or "waited" for a complete file; `until` None while it lasts."""

    what: str
    since: When
    until: When | None


@dataclass(frozen=True)
class ClockState:
    """`status` and, while it runs, its last day `ends_on` and the instant `ends_at` at which its time is over.

    `left`: what remains while it is suspended, in days of its own kind (hours for a clock in hours). `until`: the last day of an
    interruption for a given period; `ends_on` then counts on that whole period. `lasts`: its length with all extensions.
    """

    status: str
    lasts: Length
    started: When | None = None
    ends_on: date | None = None
    ends_at: datetime | None = None
    left: int | None = None
    until: When | None = None
    over: When | None = None
    intervals: tuple[Interval, ...] = ()
    extended: bool = False

    @property
    def is_counting(self) -> bool:
        """Whether its end is known and still to come."""
        return self.status in (RUNNING, SUSPENDED) and self.ends_on is not None

    def days_left(self, today: date) -> int | None:
        """Calendar days from `today` to its last day, 0 on the day itself; None while no end is known."""
        return (self.ends_on - today).days if self.is_counting else None


def clock_state(clock: Clock, events: Iterable[list], rules: Mapping[str, Any], filed: When | None = None) -> ClockState:
    """Where the clock stands after its events. `rules`: the values in force on the day of filing, by name.

    `filed`: the day of filing, from which a clock that starts with it runs when its events don't say so.
    """
    fold = _Fold(clock, rules)
    if filed is not None and clock.is_plain:
        fold.take("start", filed, None)
    for kind, when, *more in events:
        fold.take(kind, fold.read(when), more[0] if more else None)
    return fold.state()


@dataclass
class _Fold:
    """What the events came to so far."""

    clock: Clock
    rules: Mapping[str, Any]
    status: str = NOT_STARTED
    started: When | None = None
    begun: When | None = None
    over: When | None = None
    since: When | None = None
    until: When | None = None
    extra: list[Length] = field(default_factory=list)
    stood: list[tuple[When, When]] = field(default_factory=list)
    intervals: list[Interval] = field(default_factory=list)
    suspended: int = 0

    @property
    def lasts(self) -> Length:
        return sum(self.extra, _length(self.clock.lasts, self.rules))

    def read(self, when: str | When) -> When:
        if isinstance(when, str):
            return datetime.fromisoformat(when) if "T" in when else date.fromisoformat(when)
        return when

    def take(self, kind: str, when: When, more: Any) -> None:
        # A pause for a given period that is over by then has ended by itself.
        if self.status == SUSPENDED and self.until is not None and when > self.until:
            self._resume(self.until)
        getattr(self, f"_{kind}")(when, more) if kind in _WITH_MORE else getattr(self, f"_{kind}")(when)

    def _start(self, when: When) -> None:
        if self.status in (RUNNING, SUSPENDED):
            return
        self.begun = self.begun or when
        self._begin(when)

    def _restart(self, when: When) -> None:
        # A request for papers that came too late changes nothing, and so does what answers it.
        if self.status in (STOPPED, LAPSED) or (self.clock.waits_for and self.status != NOT_STARTED):
            return
        self.begun = self.begun or when
        self._close(when)
        self._begin(when)

    def _begin(self, when: When) -> None:
        if self.status in (STOPPED, LAPSED):
            self.extra, self.intervals = [], []
        self.status, self.started, self.over = RUNNING, when, None
        self.stood, self.suspended, self.since, self.until = [], 0, when, None

    def _wait(self, when: When) -> None:
        if self.status not in (RUNNING, SUSPENDED) or not self._within(self.clock.waits_within, when):
            return
        self._close(when)
        self.status, self.since, self.until = NOT_STARTED, when, None

    def _suspend(self, when: When) -> bool:
        if self.status != RUNNING or (self.clock.suspends_once and self.suspended) or self._ended_before(when):
            return False
        self._close(when)
        self.status, self.since, self.until = SUSPENDED, max(when, self.started), None
        self.suspended += 1
        return True

    def _interrupt(self, when: When, more: str) -> None:
        if self._suspend(when):
            self.until = max(self.read(more), self.since)

    def _resume(self, when: When) -> None:
        if self.status != SUSPENDED:
            return
        when = max(when if self.until is None else min(when, self.until), self.since)
        self.stood.append((self.since, when))
        self._close(when)
        self.status, self.since, self.until = RUNNING, when, None

    def _extend(self, when: When, more: str) -> None:
        if self.status in (RUNNING, SUSPENDED, NOT_STARTED) and self._within(self.clock.extends_within, when):
            self.extra.append(parse_length(more))

    def _stop(self, when: When) -> None:
        if self.status not in (STOPPED, LAPSED) and self.begun is not None:
            self._close(when)
            self.status, self.over, self.since = STOPPED, when, None

    def _lapse(self, when: When) -> None:
        self._close(when)
        self.status, self.over, self.since = LAPSED, when, None

    def _revive(self, when: When) -> None:
        if self.status != LAPSED:
            return
        last = self.intervals.pop() if self.intervals and self.intervals[-1].until == self.over else None
        self.status, self.since, self.over = RUNNING, last.since if last else self.over, None

    def _close(self, when: When) -> None:
        """End the interval that lasts, unless it would be empty."""
        what = {RUNNING: "ran", SUSPENDED: "stood", NOT_STARTED: "waited"}.get(self.status)
        if what and self.since is not None and when > self.since:
            self.intervals.append(Interval(what, self.since, when))

    def _within(self, limit: Length | str | None, when: When) -> bool:
        return limit is None or self.begun is None or _day(when) <= _length(limit, self.rules).last_day(_day(self.begun))

    def _ended_before(self, when: When) -> bool:
        end = self._end(self.stood)
        return when > (end if isinstance(end, datetime) else self._moved(end))

    def _end(self, stood: list[tuple[When, When]]) -> When:
        """The last day (or the instant, in hours) with these pauses, before any move to a working day."""
        lasts = self.lasts
        if lasts.is_in_hours:
            end = lasts.ends_at(_instant(self.started))
            for since, until in stood:
                end = lasts.time_after(_instant(until), lasts.time_between(_instant(since), end))
            return end
        end = lasts.unmoved_end(_day(self.started))
        for since, until in stood:
            rest = lasts.counted_between(_day(since), end)
            resumed = lasts.add_counted(_day(until), rest)
            least = self.clock.least_left and _length(self.clock.least_left, self.rules).unmoved_end(_day(until))
            end = max(resumed, least) if least else resumed
        return end

    def _moved(self, end: date) -> date:
        return next_working_day(end) if self.lasts.moves else end

    def state(self) -> ClockState:
        """What it all comes to."""
        common = {"lasts": self.lasts, "over": self.over, "extended": bool(self.extra)}
        last = {RUNNING: "ran", SUSPENDED: "stood", NOT_STARTED: "waited"}.get(self.status)
        intervals = tuple(self.intervals) + ((Interval(last, self.since, None),) if last and self.since is not None else ())
        if self.status == NOT_STARTED:
            return ClockState(NOT_STARTED, intervals=intervals, **common)
        if self.status in (STOPPED, LAPSED):
            return ClockState(self.status, started=self.started, intervals=intervals, **common)
        stood = self.stood
        if self.status == SUSPENDED and self.until is None:
            return ClockState(SUSPENDED, started=self.started, left=self._left(), intervals=intervals, **common)
        if self.status == SUSPENDED:
            stood = [*stood, (self.since, self.until)]
        end = self._end(stood)
        left = self._left() if self.status == SUSPENDED else None
        on, at = (local_day(end), end) if isinstance(end, datetime) else (self._moved(end), None)
        at = at or midnight(on + timedelta(days=1))
        return ClockState(
            self.status, started=self.started, ends_on=on, ends_at=at, left=left, until=self.until, intervals=intervals, **common
        )

    def _left(self) -> int:
        end = self._end(self.stood)
        if isinstance(end, datetime):
            return round(self.lasts.time_between(_instant(self.since), end) / timedelta(hours=1))
        return self.lasts.counted_between(_day(self.since), end)


_WITH_MORE = ("interrupt", "extend")


def _length(given: Length | str | Expression, rules: Mapping[str, Any]) -> Length:
    """The length itself, or the value of the dated rule of that name, or what an expression chooses."""
    if isinstance(given, Expression):
        given = given.value(rules)
    if isinstance(given, str):
        given = rules[given] if given in rules else rules[f"rule:{given}"]
    return given


def _day(when: When) -> date:
    return local_day(when) if isinstance(when, datetime) else when


def _instant(when: When) -> datetime:
    return when.astimezone(UTC) if isinstance(when, datetime) else midnight(when)
