"""From weekly hours, exceptions and public holidays to slots. Pure: the days and the holidays are arguments."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from oppidum.core.calendar import each_day
from oppidum.core.clock import PARIS


@dataclass(frozen=True, slots=True)
class Hours:
    """Weekly hours on an ISO weekday, cut in slots of `minutes` (0: one slot), in force between two days."""

    weekday: int
    starts: time
    ends: time
    capacity: Decimal
    minutes: int = 0
    first_day: date | None = None
    last_day: date | None = None

    def apply_on(self, day: date) -> bool:
        return (
            day.isoweekday() == self.weekday
            and (self.first_day is None or self.first_day <= day)
            and (self.last_day is None or day <= self.last_day)
        )


@dataclass(frozen=True, slots=True)
class OtherHours:
    """From one day to another, other hours than the weekly ones; without hours it is closed."""

    first_day: date
    last_day: date
    starts: time | None = None
    ends: time | None = None
    capacity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class NewSlot:
    """A slot to be: its day and its instants."""

    day: date
    starts_at: datetime
    ends_at: datetime
    capacity: Decimal


def slots_between(
    weekly: Sequence[Hours],
    others: Sequence[OtherHours],
    closed_on: Collection[date],
    first: date,
    last: date,
    capacity: Decimal,
) -> list[NewSlot]:
    """The slots from `first` to `last`, both included. An exception wins over the weekly hours, and over a public holiday."""
    slots: list[NewSlot] = []
    for day in each_day(first, last):
        exceptional = [o for o in others if o.first_day <= day <= o.last_day]
        if exceptional:
            slots += _of_exceptions(day, exceptional, capacity)
        elif day not in closed_on:
            slots += _of_week(day, weekly)
    return slots


def _of_exceptions(day: date, others: Iterable[OtherHours], capacity: Decimal) -> Iterator[NewSlot]:
    for other in others:
        if other.starts and other.ends:
            yield _slot(day, other.starts, other.ends, capacity if other.capacity is None else other.capacity)


def _of_week(day: date, weekly: Iterable[Hours]) -> Iterator[NewSlot]:
    for hours in weekly:
        if hours.apply_on(day):
            yield from _cut(day, hours)


def _cut(day: date, hours: Hours) -> Iterator[NewSlot]:
    """Whole slots only: a rest shorter than a slot is not offered."""
    if not hours.minutes:
        yield _slot(day, hours.starts, hours.ends, hours.capacity)
        return
    starts, end = datetime.combine(day, hours.starts), datetime.combine(day, hours.ends)
    length = timedelta(minutes=hours.minutes)
    while starts + length <= end:
        yield _slot(day, starts.time(), (starts + length).time(), hours.capacity)
        starts += length


def _slot(day: date, starts: time, ends: time, capacity: Decimal) -> NewSlot:
    return NewSlot(day, datetime.combine(day, starts, PARIS), datetime.combine(day, ends, PARIS), capacity)
