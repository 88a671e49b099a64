"""Expressions that read what is more than one value: lists of items, places, days."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from math import asin, cos, radians, sin, sqrt
from typing import Any

from django.utils.translation import gettext as _

from oppidum.bookings.places import Place, SlotPlace, read_place
from oppidum.cases.declaration.expressions.core import Expression, number, plain_number
from oppidum.core.calendar import Length
from oppidum.core.clock import local_day

EARTH_KM = 6371.0088


@dataclass(frozen=True)
class OverItems(Expression):
    """Over the rows of a list: `how` is sum, count, any, all, least or greatest. A row is read before the rest of the case.

    Of an empty or unasked list: sum and count are 0, any is false, all is true (and no row contradicts it), least and greatest None.
    """

    name: str
    how: str
    each: Expression | None = None

    def value(self, known):
        rows = known.get(self.name) or []
        if self.how == "count" and self.each is None:
            return len(rows)
        inside = list(rows_known(known, rows))
        match self.how:
            case "count":
                return sum(self.each.holds(row) for row in inside)
            case "any":
                return any(self.each.holds(row) for row in inside)
            case "all":
                return all(self.each.holds(row) for row in inside)
        found = [v for row in inside if (v := number(self.each.value(row))) is not None]
        if self.how == "sum":
            return plain_number(sum(found, Fraction(0)))
        return plain_number(min(found) if self.how == "least" else max(found)) if found else None

    def names(self):
        return frozenset({self.name})

    def inner_names(self) -> frozenset[str]:
        """The columns that it reads, perhaps with answers of the case beside the list."""
        return frozenset() if self.each is None else self.each.names()

    def say(self, labels):
        name = str(labels.get(self.name, self.name))
        if self.each is None:
            return _("number of lines of “%(list)s”") % {"list": name}
        inside = {**labels, **{k.removeprefix(f"{self.name}."): v for k, v in labels.items() if k.startswith(f"{self.name}.")}}
        each = self.each.say(inside)
        match self.how:
            case "sum":
                return _("sum of %(each)s over “%(list)s”") % {"each": each, "list": name}
            case "any":
                return _("a line of “%(list)s” where %(each)s") % {"each": each, "list": name}
            case "all":
                return _("all lines of “%(list)s”: %(each)s") % {"each": each, "list": name}
            case "count":
                return _("number of lines of “%(list)s” where %(each)s") % {"each": each, "list": name}
        return f"{self.how} {each} ({name})"


def rows_known(known: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """What is known inside each row: its own columns, then the case. A column that it left empty is empty, whatever stands in another
    row or, under that name, in the case."""
    blank = dict.fromkeys(name for row in rows for name in row)
    return ({**known, **blank, **row} for row in rows)


@dataclass(frozen=True)
class List:
    """A list's name, to be asked about: `items("lines").sum(answer("amount"))`."""

    name: str

    def count(self, each: Expression | None = None) -> OverItems:
        return OverItems(self.name, "count", each)

    def sum(self, each: Expression) -> OverItems:
        return OverItems(self.name, "sum", each)

    def any(self, each: Expression) -> OverItems:
        return OverItems(self.name, "any", each)

    def all(self, each: Expression) -> OverItems:
        return OverItems(self.name, "all", each)

    def least(self, each: Expression) -> OverItems:
        return OverItems(self.name, "least", each)

    def greatest(self, each: Expression) -> OverItems:
        return OverItems(self.name, "greatest", each)


@dataclass(frozen=True)
class Distance(Expression):
    """Kilometres between two places, as the crow flies (WGS 84 mean sphere)."""

    start: str
    end: str

    def value(self, known):
        here, there = known.get(self.start), known.get(self.end)
        if not (is_point(here) and is_point(there)):
            return None
        north, south = radians(here["lat"]), radians(there["lat"])
        across = sin((north - south) / 2) ** 2 + cos(north) * cos(south) * sin(radians(here["lon"] - there["lon"]) / 2) ** 2
        return round(2 * EARTH_KM * asin(sqrt(across)), 3)

    def names(self):
        return frozenset({self.start, self.end})

    def say(self, labels):
        return _("kilometres from “%(start)s” to “%(end)s”") % {
            "start": labels.get(self.start, self.start),
            "end": labels.get(self.end, self.end),
        }


@dataclass(frozen=True)
class InZone(Expression):
    """Whether a place lies in a named zone; the zones of a place are looked up when it is given."""

    place: str
    zone: str

    def value(self, known):
        found = known.get(self.place)
        return None if not isinstance(found, Mapping) else self.zone in (found.get("zones") or ())

    def names(self):
        return frozenset({self.place})

    def say(self, labels):
        return _("“%(place)s” lies in the zone “%(zone)s”") % {"place": labels.get(self.place, self.place), "zone": self.zone}


@dataclass(frozen=True)
class Nights(Expression):
    """Nights from the first day of a period to its last, the day of departure, one at least; or its days, of which both ends count."""

    period: str
    as_days: bool = False

    def value(self, known):
        found = known.get(self.period)
        if not isinstance(found, Mapping):
            return None
        nights = (date.fromisoformat(found["to"]) - date.fromisoformat(found["from"])).days
        return nights + 1 if self.as_days else max(1, nights)

    def names(self):
        return frozenset({self.period})

    def say(self, labels):
        words = {"period": labels.get(self.period, self.period)}
        return (_("days of “%(period)s”") if self.as_days else _("nights of “%(period)s”")) % words


@dataclass(frozen=True)
class DayOf(Expression):
    """The first day of a place booked, or the last of its nights: the one before the day of departure; of a period, its own two ends. None
    without one."""

    place: str
    is_last: bool = False

    def value(self, known):
        if isinstance(found := known.get(self.place), Mapping):
            return found["to" if self.is_last else "from"]
        if (place := _place(found)) is None:
            return None
        return (place.until - timedelta(days=1) if self.is_last else place.day).isoformat()

    def names(self):
        return frozenset({self.place})

    def say(self, labels):
        words = {"place": labels.get(self.place, self.place)}
        return (_("last day of “%(place)s”") if self.is_last else _("first day of “%(place)s”")) % words


@dataclass(frozen=True)
class StartsAt(Expression):
    """The instant at which a booked time begins, as a `Moment` is kept. None without a place, or with one by nights."""

    place: str

    def value(self, known):
        place = _place(known.get(self.place))
        return place.starts_at.astimezone(UTC).isoformat() if isinstance(place, SlotPlace) else None

    def names(self):
        return frozenset({self.place})

    def say(self, labels):
        return _("beginning of “%(place)s”") % {"place": labels.get(self.place, self.place)}


@dataclass(frozen=True)
class AgeOn(Expression):
    """Full years between a day of birth and a day (an answer, a rule, or today)."""

    birth: Expression
    day: Expression

    def value(self, known):
        born, day = _day(self.birth.value(known)), _day(self.day.value(known))
        return None if born is None or day is None else day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def say(self, labels):
        return _("age on %(day)s") % {"day": self.day.say(labels)}


@dataclass(frozen=True)
class EndOf(Expression):
    """The last day of a length of time that began on a day, which doesn't count itself: two months from 31 December are 28 February. Of
    hours that began at an instant, the instant at which they are over."""

    length: Expression
    since: Expression

    def value(self, known):
        length, given = self.length.value(known), self.since.value(known)
        if isinstance(length, Length) and length.is_in_hours:
            return None if (instant := _instant(given)) is None else length.ends_at(instant).isoformat()
        since = _day(given)
        return length.last_day(since).isoformat() if isinstance(length, Length) and since is not None else None

    def say(self, labels):
        return _("the end of %(length)s from %(since)s") % {
            "length": self.length.say(labels),
            "since": self.since.say(labels),
        }


@dataclass(frozen=True)
class EveOf(Expression):
    """The day before a day. A clock without length that counts from the eve of a day is over at the first instant of that day."""

    day: Expression

    def value(self, known):
        day = _day(self.day.value(known))
        return None if day is None else (day - timedelta(days=1)).isoformat()

    def say(self, labels):
        return _("the day before %(day)s") % {"day": self.day.say(labels)}


@dataclass(frozen=True)
class Today(Expression):
    """The day on which the question is put."""

    def value(self, known):
        return known.get("today")

    def say(self, labels):
        return _("today")


def is_point(value: Any) -> bool:
    return isinstance(value, Mapping) and value.get("lon") is not None and value.get("lat") is not None


def _place(value: Any) -> Place | None:
    """The booked place that was answered; None without one."""
    try:
        return read_place(value) if value else None
    except ValueError:
        return None


def _day(value: Any) -> date | None:
    """The day, or that of an instant where the authority is."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None if (instant := _instant(value)) is None else local_day(instant)


def _instant(value: Any) -> datetime | None:
    try:
        instant = datetime.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
    return instant if instant is not None and instant.tzinfo else None
