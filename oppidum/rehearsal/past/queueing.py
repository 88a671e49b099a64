"""What a team's load does to lateness: its cases one after the other, at the pace of its best weeks. Pure.

A first-come, first-served queue in working days: each working day the team ends `pace` cases, the oldest first. It leaves out what
else makes a case wait (a resident's answer, a part on order), so that its shares are lower than those of the record, and it takes
the best four weeks on record for what the team can do, so that a team which never had to hurry is thought slower than it is. It is
made to compare two loads of one team, not to forecast one.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from oppidum.core.calendar import is_working_day

WEEKS = 4
AFTER = timedelta(days=730)
_DAYS_A_WEEK = 5


@dataclass(frozen=True)
class Load:
    """What a load came to: cases, the share ended after their promise, mean wait in working days, the longest backlog in cases."""

    cases: int
    late_share: float
    wait_days: float
    backlog: float


def best_pace(done: Mapping[date, int], first: date, last: date) -> float:
    """Cases ended a working day in the best four weeks on record, at least one week long; 0 without a record."""
    days = [day for day in _days(first, last) if is_working_day(day)]
    counts = [0] * len(days)
    for day, count in done.items():
        if days and first <= day <= last:
            # What is ended on a Saturday counts with the day before.
            counts[max(0, bisect_right(days, day) - 1)] += count
    span = min(len(days), WEEKS * _DAYS_A_WEEK)
    if span < _DAYS_A_WEEK:
        return 0.0
    return max(sum(counts[n : n + span]) for n in range(len(days) - span + 1)) / span


def _days(first: date, last: date) -> Iterable[date]:
    return (date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1))


def serve(arrivals: Mapping[date, Mapping[int, int]], pace: float, waiting: int, first: date, last: date) -> Load:
    """The queue from `first` on, until all that came by `last` is served or two years are over: what waits then is late.

    `arrivals`: day -> promise in working days (0: none) -> cases; `waiting`: cases already there, which are served first and counted
    nowhere, for nobody knows since when they wait. Raises ValueError where the pace is nothing.
    """
    if pace <= 0:
        raise ValueError("a team without a pace serves nobody")
    # Since which working day, the promise, how many.
    queue: deque[list] = deque([[None, 0, float(waiting)]] if waiting else [])
    cases = sum(sum(each.values()) for each in arrivals.values())
    late = wait = longest = 0.0
    standing, number = float(waiting), 0
    for day in _days(first, last + AFTER):
        if day > last and not queue:
            break
        works = is_working_day(day)
        for promise, count in sorted(arrivals.get(day, {}).items()):
            queue.append([number + works, promise, float(count)])
            standing += count
        if works:
            number += 1
            for since, promise, taken in _take(queue, pace):
                standing -= taken
                wait += taken * (number - since) if since is not None else 0
                late += taken if since is not None and promise and number - since > promise else 0
            longest = max(longest, standing)
    for since, promise, count in queue:
        wait += count * (number - since) if since is not None else 0
        late += count if since is not None and promise else 0
    return Load(cases, late / cases if cases else 0.0, wait / cases if cases else 0.0, longest)


def _take(queue: deque[list], most: float) -> Iterator[tuple[int | None, int, float]]:
    """The oldest cases, `most` of them, as (since, promise, how many)."""
    while queue and most > 1e-9:
        first = queue[0]
        taken = min(most, first[2])
        most, first[2] = most - taken, first[2] - taken
        yield first[0], first[1], taken
        if first[2] <= 1e-9:
            queue.popleft()
