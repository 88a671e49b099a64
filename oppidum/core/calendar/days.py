"""Days as French administration counts them: working days, open days, public holidays, months.

A working day here is a "jour ouvré": Monday to Friday but public holidays. An open day is a "jour ouvrable": every day but Sundays
and public holidays. Months follow the code of civil procedure, art. 641: a period in months ends on the day with the same number as
the day of the event, or else on the last day of the month.

The holidays are those of the authority's region (`OPPIDUM_HOLIDAYS`, empty for most of metropolitan France).
"""

import os
from bisect import bisect_left, bisect_right
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

import holidays

FIRST_YEAR, LAST_YEAR = 2000, 2060

# What the regions add, as (month, day). Code du travail, art. L3134-13: 26 December, and Good Friday in communes with a Protestant or
# mixed church; art. L3422-2: overseas, the day of the abolition of slavery.
GOOD_FRIDAY = "Good Friday"
REGIONS: dict[str, tuple] = {
    "": (),
    "alsace-moselle": ((12, 26), GOOD_FRIDAY),
    "alsace-moselle-without-good-friday": ((12, 26),),
    "guadeloupe": ((5, 27),),
    "martinique": ((5, 22),),
    "guyane": ((6, 10),),
    "reunion": ((12, 20),),
    "mayotte": ((4, 27),),
}
SATURDAY, SUNDAY = 6, 0  # An ordinal modulo 7.


@lru_cache(maxsize=1)
def own_region() -> str:
    """The region whose holidays the authority keeps: `OPPIDUM_HOLIDAYS`. ValueError with the known ones for another."""
    region = os.environ.get("OPPIDUM_HOLIDAYS", "").strip().lower()
    if region not in REGIONS:
        raise ValueError(f"OPPIDUM_HOLIDAYS={region}: no such region; known: {', '.join(filter(None, REGIONS))}, or leave it empty")
    return region


def public_holidays(region: str | None = None) -> frozenset[date]:
    """The public holidays (code du travail, art. L3133-1) of the region, or the authority's own, `FIRST_YEAR` to `LAST_YEAR`."""
    return _holidays(own_region() if region is None else region)


@lru_cache(maxsize=8)
def _holidays(region: str) -> frozenset[date]:
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    found = set(holidays.France(years=years))
    for added in REGIONS[region]:
        found |= {_good_friday(year) if added == GOOD_FRIDAY else date(year, *added) for year in years}
    return frozenset(found)


def _good_friday(year: int) -> date:
    """Two days before Easter, as the Gregorian calendar reckons it (the algorithm of Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    lead = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + lead - 7 * ((a + 11 * h + 22 * lead) // 451) + 114, 31)
    return date(year, month, day + 1) - timedelta(days=2)


@lru_cache(maxsize=8)
def _counted(region: str | None, idle: tuple[int, ...]) -> tuple[list[int], dict[int, int]]:
    """The ordinals of all days that count, and each one's rank: counting days becomes looking up."""
    closed = {day.toordinal() for day in public_holidays(region)}
    first, last = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
    ordinals = [o for o in range(first, last + 1) if o not in closed and o % 7 not in idle]
    return ordinals, {o: rank for rank, o in enumerate(ordinals)}


def _working(region: str | None) -> tuple[list[int], dict[int, int]]:
    return _counted(region, (SATURDAY, SUNDAY))


def _open(region: str | None) -> tuple[list[int], dict[int, int]]:
    return _counted(region, (SUNDAY,))


def _add(counted: tuple[list[int], dict[int, int]], day: date, count: int) -> date:
    """The `count`-th counted day after `day`, or before it where `count` is negative; with 0, `day` or the next that counts."""
    ordinals, ranks = counted
    ordinal = day.toordinal()
    if count == 0:
        return day if ordinal in ranks else _add(counted, day, 1)
    position = bisect_right(ordinals, ordinal) + count - 1 if count > 0 else bisect_left(ordinals, ordinal) + count
    return date.fromordinal(ordinals[position])


def _between(counted: tuple[list[int], dict[int, int]], start: date, end: date) -> int:
    ordinals, _ = counted
    return max(0, bisect_right(ordinals, end.toordinal()) - bisect_right(ordinals, start.toordinal()))


def is_working_day(day: date, region: str | None = None) -> bool:
    return day.toordinal() in _working(region)[1]


def is_open_day(day: date, region: str | None = None) -> bool:
    """Whether it is a "jour ouvrable": Saturdays are, Sundays and public holidays aren't."""
    return day.toordinal() in _open(region)[1]


def add_working_days(day: date, count: int, region: str | None = None) -> date:
    """The `count`-th working day after `day`; the day itself doesn't count. A negative `count` goes back.

    With 0: `day` itself if it is worked, else the next working day.
    """
    return _add(_working(region), day, count)


def add_open_days(day: date, count: int, region: str | None = None) -> date:
    """The `count`-th open day ("jour ouvrable") after `day`, as `add_working_days` counts."""
    return _add(_open(region), day, count)


def working_days_between(start: date, end: date, region: str | None = None) -> int:
    """How many working days lie after `start`, up to and including `end` (0 if `end` is not after `start`)."""
    return _between(_working(region), start, end)


def open_days_between(start: date, end: date, region: str | None = None) -> int:
    """How many open days ("jours ouvrables") lie after `start`, up to and including `end`."""
    return _between(_open(region), start, end)


def next_working_day(day: date, region: str | None = None) -> date:
    """`day` if it is worked, else the next one that is."""
    return add_working_days(day, 0, region)


@lru_cache(maxsize=4096)
def add_months(day: date, count: int) -> date:
    """`day` moved by calendar months: same number, else the month's last day (code of civil procedure, art. 641)."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    month += 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def each_day(start: date, end: date) -> list[date]:
    """The days from `start` to `end`, both included."""
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]
