"""Dated law: each delay, amount and threshold of a service is a value with the day since which it is in force, and its article.

    rules = {
        "delay": dated(Since("2017-01-01", months(1), source="CCH, art. L635-4", verified=True)),
        "quota": dated(Since("2024-01-01", 4, source="Rules of the service, art. 5"), own=True),
    }
    rules_on(service, date(2027, 3, 1))["delay"]     # months(1)

The values in force are those of the day of filing. What is `own` belongs to the metropolis: its deliberations write it in a TOML file
(`overriding.py`). A value that nobody has held against the text of the law is not `verified`, and the desk shows that.
"""

from dataclasses import KW_ONLY, dataclass
from datetime import date
from typing import Any

from oppidum.cases.declaration.faults import DefinitionError


@dataclass(frozen=True)
class Since:
    """A value in force from `day` (ISO), until the day before the next one, or to `until` with it.

    `source` is the article or the deliberation; `note` says what a reader of the list should know.
    """

    day: str
    value: Any
    _: KW_ONLY
    source: str = ""
    verified: bool = False
    until: str = ""
    note: str = ""

    def __post_init__(self):
        for name in filter(None, (self.day, self.until)):
            try:
                date.fromisoformat(name)
            except ValueError:
                raise DefinitionError(f"'{name}' is no day: write it as 2027-03-31") from None


@dataclass(frozen=True)
class Dated:
    """The values of one rule in the order of their days. `own`: the metropolis sets it; `unit`: what a number counts."""

    values: tuple[Since, ...]
    own: bool = False
    label: Any = ""
    unit: Any = ""

    def find(self, day: date) -> Since | None:
        """The value in force on `day` with its source, or None before the first and after the last."""
        iso = day.isoformat()
        found = next((one for one in reversed(self.values) if one.day <= iso), None)
        return None if found is None or (found.until and iso > found.until) else found

    def ends_on(self, one: Since) -> str:
        """The last day (ISO) on which that value is in force, empty while nothing follows it."""
        later = [other.day for other in self.values if other.day > one.day]
        before = date.fromordinal(date.fromisoformat(min(later)).toordinal() - 1).isoformat() if later else ""
        return min(filter(None, (one.until, before)), default="")


def dated(*values: Since, own: bool = False, label: Any = "", unit: Any = "") -> Dated:
    """Declare a rule by its values; in any order. DefinitionError when there is none, or two begin on one day."""
    days = [one.day for one in values]
    if not values or len(set(days)) != len(days):
        raise DefinitionError(f"a dated rule has one value a day at least and at most: {', '.join(days) or 'none given'}")
    return Dated(tuple(sorted(values, key=lambda one: one.day)), own, label, unit)
