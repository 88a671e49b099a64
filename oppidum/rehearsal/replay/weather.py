"""The weather of a rehearsed year: rain by day and hot days, drawn from the year's own number, whatever the plan's seed."""

import random
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

# A wet day follows a wet day so much more often than chance: rain comes in spells.
_STICKS = 3.0
# No day brings less than what makes it count as a day of rain, 1 mm.
_LEAST_MM = 1.0
WET_CAP_MM = 60.0


def draw_rain(year: int, month_mm: Sequence[float], month_days: Sequence[int]) -> dict[date, float]:
    """Rain in mm of each wet day; each month's sum is the month's rain (to rounding), on so many days."""
    rng, found = random.Random(f"rain {year}"), {}
    for month, (total, days) in enumerate(zip(month_mm, month_days, strict=True), start=1):
        for day, mm in _draw_month(year, month, total, days, rng).items():
            found[day] = mm
    return found


def _draw_month(year: int, month: int, total: float, days: int, rng: random.Random) -> dict[date, float]:
    days = max(1, min(days, int(total / _LEAST_MM))) if total else 0
    left, wet = [date(year, month, n) for n in range(1, monthrange(year, month)[1] + 1)], []
    for _ in range(days):
        weights = [_STICKS if {day - timedelta(1), day + timedelta(1)} & set(wet) else 1.0 for day in left]
        day = rng.choices(left, weights)[0]
        left.remove(day)
        wet.append(day)
    shares = [rng.expovariate(1) for _ in wet]
    above = total - _LEAST_MM * len(wet)
    return {day: round(_LEAST_MM + above * share / sum(shares), 1) for day, share in sorted(zip(wet, shares, strict=True))}


def draw_hot_days(year: int, spells: int, days: int) -> frozenset[date]:
    """Hot spells of a year of which nothing is known, in July and August."""
    rng, first = random.Random(f"heat {year}"), date(year, 7, 1)
    starts = [first + timedelta(days=rng.randrange(62 - days)) for _ in range(spells)]
    return frozenset(start + timedelta(days=n) for start in starts for n in range(days))


def wetness(rain: dict[date, float], day: date) -> float:
    """How wet the ground is, in mm: the day's rain and half of the day's before, at most `WET_CAP_MM`."""
    return min(WET_CAP_MM, rain.get(day, 0.0) + rain.get(day - timedelta(days=1), 0.0) / 2)
