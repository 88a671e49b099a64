"""Days as French administration counts them: working days, public holidays, months.

A working day here is a "jour ouvré": Monday to Friday but public holidays. Months follow the code of civil procedure, art. 641:
a period in months ends on the day with the same number as the day of the event, or else on the last day of the month.
"""

from bisect import bisect_right
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

import holidays

FIRST_YEAR, LAST_YEAR = 2000, 2060


@lru_cache(maxsize=1)
def public_holidays() -> frozenset[date]:
    """The public holidays of metropolitan France (code du travail, art. L3133-1), `FIRST_YEAR` to `LAST_YEAR`."""
    return frozenset(holidays.France(years=range(FIRST_YEAR, LAST_YEAR + 1)))


@lru_cache(maxsize=1)
def _working_days() -> tuple[list[int], dict[int, int]]:
    """The ordinals of all working days, and each one's rank: counting days becomes looking up."""
    closed = {day.toordinal() for day in public_holidays()}
    first, last = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
    ordinals = [o for o in range(first, last + 1) if o not in closed and o % 7 not in (6, 0)]
    return ordinals, {o: rank for rank, o in enumerate(ordinals)}


def is_working_day(day: date) -> bool:
    return day.toordinal() in _working_days()[1]


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day`; the day itself doesn't count. `count` is 0 or more.

    With 0: `day` itself if it is worked, else the next working day.
    """
    ordinals, ranks = _working_days()
    ordinal = day.toordinal()
    if count == 0:
        return day if ordinal in ranks else add_working_days(day, 1)
    return date.fromordinal(ordinals[bisect_right(ordinals, ordinal) + count - 1])


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start`, up to and including `end` (0 if `end` is not after `start`)."""
    ordinals, _ = _working_days()
    return max(0, bisect_right(ordinals, end.toordinal()) - bisect_right(ordinals, start.toordinal()))


def next_working_day(day: date) -> date:
    """`day` if it is worked, else the next one that is."""
    return add_working_days(day, 0)


@lru_cache(maxsize=4096)
def add_months(day: date, count: int) -> date:
    """`day` moved by calendar months: same number, else the month's last day (code of civil procedure, art. 641)."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    month += 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def each_day(start: date, end: date) -> list[date]:
    """The days from `start` to `end`, both included."""
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]
