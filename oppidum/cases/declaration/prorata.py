"""Paid in proportion: the days, the months begun or the lessons that lie inside a period. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

# An expression (`.value(known)`) or a plain value.
Value = Any


@dataclass(frozen=True)
class Prorata:
    """Only the days (or begun months, or lessons) inside a period are paid: both ends count.

    `year`: the civil year of that number, else `start` and `end` of the period itself are given by `first` and `last`; while one of them
    isn't known, all is paid. `since` and `until` bound what is used inside it; either may be unknown: then the period's own end holds.
    `by="lessons"`: one every seven days from `first` on; none in `off`, days between which there is none: "2027-10-23/2027-11-07", as many
    as one likes, spaces between them (ISO 8601, 4.4).
    """

    since: Value = None
    until: Value = None
    _: KW_ONLY
    year: Value = None
    first: Value = None
    last: Value = None
    by: str = "days"
    off: Value = ""


@dataclass(frozen=True)
class Share:
    """The part of a period that is paid: `part` of `whole` days, months or lessons."""

    part: int
    whole: int
    by: str = "days"


WHOLE = Share(1, 1)


def share_of(prorata: Prorata, known: Mapping[str, Any]) -> Share:
    """How much of the period is used; both ends count. Nothing when the use lies outside it, all while the period isn't known."""
    year = value_of(prorata.year, known)
    first = date(int(year), 1, 1) if year is not None else as_day(value_of(prorata.first, known))
    last = date(int(year), 12, 31) if year is not None else as_day(value_of(prorata.last, known))
    if first is None or last is None:
        return WHOLE
    start = max(first, as_day(value_of(prorata.since, known)) or first)
    end = min(last, as_day(value_of(prorata.until, known)) or last)
    off = days_off(value_of(prorata.off, known) or "")
    count = {"days": _days, "months": _months, "lessons": partial(_lessons, first, off)}[prorata.by]
    return Share(count(start, end) if start <= end else 0, count(first, last), prorata.by)


def _days(start: date, end: date) -> int:
    return (end - start).days + 1


def _months(start: date, end: date) -> int:
    """Months begun: a month of which one day is used counts."""
    return (end.year - start.year) * 12 + end.month - start.month + 1


def _lessons(first: date, off: tuple[tuple[date, date], ...], start: date, end: date) -> int:
    """Those from `start` to `end`, one every seven days from `first` on, but on days off."""
    begins = first + timedelta(days=-(-(start - first).days // 7) * 7)
    days = (begins + timedelta(days=n) for n in range(0, (end - begins).days + 1, 7))
    return sum(not any(since <= day <= until for since, until in off) for day in days)


def prorata_faults(service: Any, where: str, prorata: Prorata | None) -> Iterable[str]:
    if prorata is None:
        return
    if prorata.by not in ("days", "months", "lessons"):
        yield f'{where}: prorata by=\'{prorata.by}\' is counted by nobody: "days", "months" or "lessons"'
    names = prorata.off.rules() if hasattr(prorata.off, "rules") else ()
    texts = [row.value for name in names if name in service.rules for row in service.rules[name].values] or [prorata.off]
    for text in (text for text in texts if isinstance(text, str)):
        try:
            days_off(text)
        except ValueError:
            yield f"{where}: prorata off='{text}' is no list of days: write \"2027-10-23/2027-11-07 2027-12-18/2028-01-02\""


def days_off(text: str) -> tuple[tuple[date, date], ...]:
    """The first and last days between which there is no lesson. Raises `ValueError`."""
    found = tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in (one.split("/") for one in text.split()))
    if any(last < first for first, last in found):
        raise ValueError(text)
    return found


def value_of(what: Any, known: Mapping[str, Any]) -> Any:
    return what.value(known) if hasattr(what, "value") else what


def as_day(value: Any) -> date | None:
    """A day from a day or its ISO text; of a year's number its first day."""
    if isinstance(value, int):
        return date(value, 1, 1)
    return date.fromisoformat(value) if isinstance(value, str) and value else value or None
