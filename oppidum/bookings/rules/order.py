"""The order of a waiting list, and who gets what became free. Pure: lists in, pairs out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class InLine:
    """Somebody who waits: more points first, then the longer wait, then the earlier entry."""

    id: int
    points: Decimal
    since: datetime

    @property
    def order(self) -> tuple[Decimal, datetime, int]:
        return -self.points, self.since, self.id


Line = TypeVar("Line", bound=InLine)
Spot = TypeVar("Spot")


def allot(spots: Iterable[Spot], line: Sequence[Line], fits: Callable[[Spot, Line], bool]) -> list[tuple[Spot, Line]]:
    """Each spot, in turn, to the first in line whom it fits; nobody gets two. Spots that fit nobody stay free."""
    waiting = sorted(line, key=lambda each: each.order)
    pairs = []
    for spot in spots:
        found = next((each for each in waiting if fits(spot, each)), None)
        if found is not None:
            waiting.remove(found)
            pairs.append((spot, found))
    return pairs
