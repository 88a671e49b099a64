"""At which pace a run is lived: as fast as it goes, or so many times as fast as life, the entries of a day spread over it.

What is spread is the load on the machine alone: a day's entries, their order and their instants are the same at any pace.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TypeVar

DAY_SECONDS = 86_400
# So many filings or acts are handed over at once.
PART = 20
_LONGEST_SLEEP = 1.0
Item = TypeVar("Item")


class Pace:
    """Holds a worker up. `speed`: so many times as fast as life, 0 as fast as it goes. `since`: the first day that is held up; those
    before it go as fast as they can. `look()` is called before each day and while waiting: it raises to end the run."""

    def __init__(self, speed: float = 0.0, since: date | None = None, look: Callable[[], None] = lambda: None):
        self._speed, self._since, self._look = speed, since, look
        self._is_held = False
        self._first: tuple[date, float] | None = None
        self._day_begins = 0.0
        self._expected, self._done = 1, 0

    def begin(self, day: date) -> None:
        """Wait for the day; it is expected to have as many entries as the one before."""
        self._look()
        self._expected, self._done = max(1, self._done), 0
        self._is_held = bool(self._speed) and (self._since is None or day >= self._since)
        if self._is_held:
            self._first = self._first or (day, time.monotonic())
            self._day_begins = self._first[1] + (day - self._first[0]).days * DAY_SECONDS / self._speed
            self._wait(self._day_begins)

    def parts(self, items: Sequence[Item]) -> Iterator[Sequence[Item]]:
        """The items in their order, in parts of which each comes in its time; all at once where nothing is held up."""
        if not self._is_held:
            self._done += len(items)
            yield items
            return
        for start in range(0, len(items), PART):
            yield items[start : start + PART]
            self._done += PART
            self._wait(self._day_begins + min(1.0, self._done / self._expected) * DAY_SECONDS / self._speed)

    def _wait(self, until: float) -> None:
        while (left := until - time.monotonic()) > 0:
            self._look()
            time.sleep(min(left, _LONGEST_SLEEP))
