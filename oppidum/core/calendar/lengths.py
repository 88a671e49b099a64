"""Lengths of time as a text of law gives them: "two months", "ten working days", "five clear days", "72 hours".

    months(2).last_day(date(2027, 7, 10))      # 10 September: same number (code of civil procedure, art. 641)
    clear_days(5).latest_before(date(2027, 5, 20))   # 14 May: neither the day of sending nor that of the meeting counts
    clear_months(2).moved()                    # an appeal: last day the one after, on to the next working day (art. 642)
    working_hours(4).ends_at(friday_at_17)     # Monday at 11: offices are open from 8 to 18, Monday to Friday

The day of the event doesn't count, and a length of days ends at the midnight that ends its last day. Hours are hours on the clock:
72 hours over a change of time end an hour earlier or later by the wall. Working hours count while offices are open (`OFFICE_HOURS`).
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from oppidum.core.calendar.days import (
    add_months,
    add_open_days,
    add_working_days,
    next_working_day,
    open_days_between,
    working_days_between,
)
from oppidum.core.calendar.opening import OFFICE_HOURS
from oppidum.core.clock import local_day, midnight

CALENDAR, WORKING, OPEN, WORKING_HOURS = "days", "working days", "open days", "working hours"
_DAYS = re.compile(r"(\d+) (clear )?(days?|working days?|open days?|months?|years?|working hours?|hours?)")
MOVED = ", moved to a working day"


@dataclass(frozen=True)
class Length:
    """`months`, then `days` counted as `counting` says, or else `hours`, which may be "working hours".

    `clear`: the last day isn't counted either ("délai franc"). `moves`: a last day that isn't worked makes way for the next that is.
    """

    months: int = 0
    days: int = 0
    counting: str = CALENDAR
    hours: int = 0
    clear: bool = False
    moves: bool = False

    def __post_init__(self):
        if min(self.months, self.days, self.hours) < 0:
            raise ValueError("a length of time is not negative")
        if self.hours and (self.months or self.days or self.clear or self.moves):
            raise ValueError("hours are not mixed with days or months")
        if self.days and self.counting == WORKING_HOURS:
            raise ValueError("days are not counted in working hours")

    def __add__(self, other: "Length") -> "Length":
        """Both together, counted from the same day; months come before days (code of civil procedure, art. 641)."""
        if (self.days and other.days or self.hours and other.hours) and self.counting != other.counting:
            raise ValueError(f"{self} and {other} count different days or hours")
        counting = self.counting if self.days or self.hours else other.counting
        return Length(
            self.months + other.months,
            self.days + other.days,
            counting,
            self.hours + other.hours,
            self.clear or other.clear,
            self.moves or other.moves,
        )

    def __str__(self) -> str:
        """As `parse_length` reads it: "2 months", "5 clear days", "2 clear months, moved to a working day"."""
        parts = []
        if self.months:
            count, unit = (self.months // 12, "year") if self.months % 12 == 0 else (self.months, "month")
            parts.append((count, unit))
        if self.days or not (self.months or self.hours):
            parts.append((self.days, self.counting[:-1]))
        if self.hours:
            parts.append((self.hours, "working hour" if self.counting == WORKING_HOURS else "hour"))
        clear = "clear " if self.clear else ""
        said = " and ".join(f"{count} {clear}{unit}{'' if count == 1 else 's'}" for count, unit in parts)
        return said + (MOVED if self.moves else "")

    @property
    def is_in_hours(self) -> bool:
        return self.hours > 0

    def moved(self) -> "Length":
        """The same, with a last day that isn't worked moved to the next working day."""
        return replace(self, moves=True)

    def unmoved_end(self, start: date) -> date:
        """The last day before any move to a working day. `start` is the day of the event and doesn't count."""
        day = add_months(start, self.months) if self.months else start
        if self.days:
            day = self.add_counted(day, self.days)
        return day + timedelta(days=1) if self.clear else day

    def last_day(self, start: date) -> date:
        """The day that ends with the length, when it began with an event on `start`."""
        day = self.unmoved_end(start)
        return next_working_day(day) if self.moves else day

    def ends_at(self, start: datetime) -> datetime:
        """The instant (aware, UTC) at which the length is over: the midnight after its last day, or exactly so many hours later."""
        if self.is_in_hours:
            return self.time_after(start, timedelta(hours=self.hours))
        return midnight(self.last_day(local_day(start)) + timedelta(days=1))

    def time_after(self, start: datetime, spent: timedelta) -> datetime:
        """The instant at which so much time, as these hours count it, is over after `start`."""
        if self.counting == WORKING_HOURS:
            return OFFICE_HOURS.add_time(start, spent)
        # In UTC: adding to an instant of the town's own zone would move the wall's hands instead.
        return start.astimezone(UTC) + spent

    def time_between(self, start: datetime, end: datetime) -> timedelta:
        """The time, as these hours count it, from `start` to `end`; nothing if `end` is not after it."""
        if self.counting == WORKING_HOURS:
            return OFFICE_HOURS.hours_between(start, end)
        return max(timedelta(), end - start)

    def instant_before(self, end: datetime) -> datetime:
        """The instant from which these hours are left until `end`."""
        if self.counting == WORKING_HOURS:
            return OFFICE_HOURS.latest_before(end, timedelta(hours=self.hours))
        return end.astimezone(UTC) - timedelta(hours=self.hours)

    def latest_before(self, event: date) -> date:
        """The latest day on which to act so that this length lies between that day and `event` (a notice, a convocation)."""
        day = add_months(event, -self.months) if self.months else event
        if self.days:
            day = self.add_counted(day, -self.days)
        return day - timedelta(days=1) if self.clear else day

    def add_counted(self, day: date, count: int) -> date:
        """`day` moved by `count` days of the kind that this length counts."""
        if self.counting == WORKING:
            return add_working_days(day, count) if count else day
        if self.counting == OPEN:
            return add_open_days(day, count) if count else day
        return day + timedelta(days=count)

    def counted_between(self, start: date, end: date) -> int:
        """How many days of the kind that this length counts lie after `start`, up to and including `end`."""
        if self.counting == WORKING:
            return working_days_between(start, end)
        if self.counting == OPEN:
            return open_days_between(start, end)
        return max(0, (end - start).days)


def days(count: int) -> Length:
    return Length(days=count)


def working_days(count: int) -> Length:
    """Jours ouvrés: Monday to Friday but public holidays."""
    return Length(days=count, counting=WORKING)


def open_days(count: int) -> Length:
    """Jours ouvrables: every day but Sundays and public holidays."""
    return Length(days=count, counting=OPEN)


def clear_days(count: int) -> Length:
    """Jours francs: neither the first nor the last day counts; Sundays and holidays between them do."""
    return Length(days=count, clear=True)


def months(count: int) -> Length:
    return Length(months=count)


def clear_months(count: int) -> Length:
    """A delay of months of which the last day doesn't count either: notified on 1 October, two months, last day 2 December."""
    return Length(months=count, clear=True)


def years(count: int) -> Length:
    return Length(months=12 * count)


def hours(count: int) -> Length:
    """Hours on the clock."""
    return Length(hours=count)


def working_hours(count: int) -> Length:
    """Hours in which offices are open: a day of work has ten."""
    return Length(hours=count, counting=WORKING_HOURS)


def parse_length(text: str) -> Length:
    """The length that `str` wrote. ValueError, with examples, for anything else."""
    body = text.strip().removesuffix(MOVED)
    total = Length()
    for part in body.split(" and "):
        if (match := _DAYS.fullmatch(part)) is None:
            raise ValueError(f"'{text}' is no length of time: write '2 months', '10 working days', '5 clear days' or '72 hours'")
        total += _part(int(match[1]), match[3].rstrip("s"), bool(match[2]))
    return total.moved() if text.strip().endswith(MOVED) else total


def _part(count: int, unit: str, clear: bool) -> Length:
    match unit:
        case "month" | "year":
            return Length(months=count * (12 if unit == "year" else 1), clear=clear)
        case "hour" | "working hour":
            return Length(hours=count, counting=WORKING_HOURS if unit.startswith("working") else CALENDAR)
    return Length(days=count, counting=f"{unit}s", clear=clear)
