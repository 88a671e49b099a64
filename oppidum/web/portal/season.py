"""When a service can be asked for: always, or in its campaign (`opens_on`, `closes_on`), last day included."""

from dataclasses import dataclass
from datetime import date

from oppidum.cases.declaration import Service


@dataclass(frozen=True)
class Season:
    """`opens` is the next first day where it is closed, `closes` the last day where it is open and will close."""

    is_open: bool
    opens: date | None = None
    closes: date | None = None


def find_season(service: type[Service], today: date) -> Season:
    """Where today stands. Days are whole ("2027-09-30") or come each year ("09-30")."""
    opens, closes = service.opens_on, service.closes_on
    if not opens and not closes:
        return Season(True)
    first, last = _day(opens, today.year), _day(closes, today.year)
    if first and last and last < first:  # over the turn of the year: from September to March
        first, last = (first, _day(closes, today.year + 1)) if today > last else (_day(opens, today.year - 1), last)
    if first and today < first:
        return Season(False, opens=first)
    if last and today > last:
        return Season(False, opens=_day(opens, today.year + 1) if _is_yearly(opens) else None)
    return Season(True, closes=last)


def _is_yearly(day: object) -> bool:
    return isinstance(day, str) and len(day) == 5


def _day(day: date | str | None, year: int) -> date | None:
    if isinstance(day, date) or not day:
        return day or None
    return date.fromisoformat(f"{year}-{day}" if _is_yearly(day) else day)
