"""How often what happened, and whose share it was: rows with their numbers, and for each case the rows that it is part of."""

from array import array
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import numpy as np

Values = tuple[tuple[str, str, Decimal], ...]
# What happened (see `meaning.py`), its month (0: before the year, 13: after it), commune, days since filing, numbers.
Row = tuple[Any, int, str, int | None, Values]


class Shares:
    """Counts rows. Each case's share is kept as two numbers in plain arrays, so that a correction can move it: twelve bytes an entry."""

    def __init__(self) -> None:
        self._numbers: dict[Row, int] = {}
        self._times = array("q")
        self._cases = array("q")
        self._rows = array("i")

    def add(self, row: Row, case_id: int = 0) -> None:
        """It happened once more; `case_id` is the case whose corrections move it, 0 for none."""
        number = self._numbers.get(row)
        if number is None:
            number = self._number_of(row)
        self._times[number] += 1
        if case_id:
            self._cases.append(case_id)
            self._rows.append(number)

    def _number_of(self, row: Row) -> int:
        number = self._numbers.setdefault(row, len(self._times))
        if number == len(self._times):
            self._times.append(0)
        return number

    def move(self, case_id: int, change: Callable[[Row], Row]) -> None:
        """Count all that happened to a case as `change` says."""
        known = list(self._numbers)
        for position in np.flatnonzero(np.frombuffer(self._cases, np.int64) == case_id).tolist():
            number = self._number_of(change(known[self._rows[position]]))
            self._times[self._rows[position]] -= 1
            self._times[number] += 1
            self._rows[position] = number

    def merge(self, other: "Shares") -> None:
        """Add what another has counted."""
        numbers = array("q", [self._number_of(row) for row in other._numbers])
        for theirs, mine in enumerate(numbers):
            self._times[mine] += other._times[theirs]
        self._cases.extend(other._cases)
        self._rows.extend(array("i", [numbers[row] for row in other._rows]))

    def __iter__(self) -> Iterator[tuple[Row, int]]:
        """Each row that happened, with how often."""
        return ((row, times) for row, times in zip(self._numbers, self._times, strict=True) if times)
