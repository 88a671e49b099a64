"""A place that can be booked, as one line of text: what a form sends, an API takes and a journal keeps.

truck-aix-1@2026-12-03T08:00/12:00      a slot: resource, day, hours where the authority is
berth-a12@2027-07-01/2027-07-05         nights: resource, day of arrival, day of departure
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from oppidum.core.clock import PARIS

_SLOT = re.compile(r"([-\w]{1,60})@(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/(\d\d:\d\d)", re.ASCII)
_NIGHTS = re.compile(r"([-\w]{1,60})@(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class SlotPlace:
    """A slot of a resource, by its code and its wall-clock hours."""

    resource: str
    day: date
    starts: time
    ends: time

    def __str__(self) -> str:
        return f"{self.resource}@{self.day}T{self.starts:%H:%M}/{self.ends:%H:%M}"

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.day, self.starts, PARIS)


@dataclass(frozen=True, slots=True, order=True)
class NightsPlace:
    """Nights on a unit: from the day of arrival to the day of departure, which is free for the next."""

    resource: str
    day: date
    until: date

    def __str__(self) -> str:
        return f"{self.resource}@{self.day}/{self.until}"

    @property
    def nights(self) -> int:
        return (self.until - self.day).days


Place = SlotPlace | NightsPlace


@dataclass(frozen=True, slots=True)
class Free:
    """A free place as a page offers it. `left` is what is still free of it, in `unit`."""

    place: Place
    name: str
    site: str = ""
    left: Decimal = Decimal(1)
    unit: str = ""

    def __str__(self) -> str:
        return str(self.place)


def read_place(text: str) -> Place:
    """The place that `text` names; ValueError if it names none."""
    if found := _SLOT.fullmatch(text):
        place = SlotPlace(found[1], date.fromisoformat(found[2]), time.fromisoformat(found[3]), time.fromisoformat(found[4]))
        if place.starts < place.ends:
            return place
    elif found := _NIGHTS.fullmatch(text):
        nights = NightsPlace(found[1], date.fromisoformat(found[2]), date.fromisoformat(found[3]))
        if nights.day < nights.until:
            return nights
    raise ValueError(f"no place: {text[:100]!r}")


def slot_place(resource: str, starts_at: datetime, ends_at: datetime) -> SlotPlace:
    """The place of a slot that is kept as two instants."""
    starts, ends = starts_at.astimezone(PARIS), ends_at.astimezone(PARIS)
    return SlotPlace(resource, starts.date(), starts.time().replace(tzinfo=None), ends.time().replace(tzinfo=None))
