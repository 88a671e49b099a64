"""Periods in the authority's days, their months, and the instants at which they begin and end."""

from dataclasses import dataclass
from datetime import date, datetime

from oppidum.core.calendar import add_months
from oppidum.core.clock import midnight


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both included, in the authority's days."""

    first: date
    last: date

    @classmethod
    def year(cls, number: int) -> "Period":
        return cls(date(number, 1, 1), date(number, 12, 31))

    def instants(self) -> dict[str, datetime]:
        """Half-open, so that no record falls between two periods."""
        return {"period_from": midnight(self.first), "period_to": end_of(self.last)}

    def months(self) -> dict[str, "Period"]:
        """The months of the period by their name ("2026-11"), the first and the last cut where the period begins and ends."""
        found, begins = {}, self.first.replace(day=1)
        while begins <= self.last:
            follows = add_months(begins, 1)
            ends = date.fromordinal(follows.toordinal() - 1)
            found[f"{begins:%Y-%m}"] = Period(max(begins, self.first), min(ends, self.last))
            begins = follows
        return found

    def until(self, today: date) -> "Period":
        """The part of the period that has begun; its first day where none has."""
        return Period(self.first, max(self.first, min(self.last, today)))


def end_of(day: date) -> datetime:
    """The instant at which a day is over."""
    return midnight(date.fromordinal(day.toordinal() + 1))
