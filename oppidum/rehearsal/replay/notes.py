"""What a run notes beside the cases, for comparing runs: amounts by week, and how long people waited.

Measures: "arrived", "done", "late", "turned_away" (cases), "backlog" (open at the week's end), "crew_days", "km", "co2_kg", "cost_eur". Keys are
codes of teams, or of services. Waits are whole days, as histograms: "wait_days".
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any


@cache
def week_of(day: date) -> str:
    """The week of a day as ISO 8601 writes it: "2023-W07"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def _amounts() -> dict[str, dict[str, dict[str, float]]]:
    return defaultdict(_weeks)


def _weeks() -> dict[str, dict[str, float]]:
    return defaultdict(_zeros)


def _zeros() -> dict[Any, float]:
    return defaultdict(int)


@dataclass
class Notes:
    """`amounts[measure][key][week]` and `waits[measure][key][days]`."""

    amounts: dict[str, dict[str, dict[str, float]]] = field(default_factory=_amounts)
    waits: dict[str, dict[str, dict[int, int]]] = field(default_factory=_amounts)

    def add(self, measure: str, key: str, day: date, amount: float = 1) -> None:
        self.amounts[measure][key][week_of(day)] += amount

    def stand(self, measure: str, key: str, day: date, amount: float) -> None:
        """What stands at the day's end: the week keeps its last."""
        self.amounts[measure][key][week_of(day)] = amount

    def wait(self, key: str, days: int, measure: str = "wait_days") -> None:
        self.waits[measure][key][days] += 1

    def merge(self, other: "Notes") -> None:
        """Add what another worker or lane noted."""
        for mine, theirs in ((self.amounts, other.amounts), (self.waits, other.waits)):
            for measure, by_key in theirs.items():
                for key, by_part in by_key.items():
                    for part, amount in by_part.items():
                        mine[measure][key][part] += amount

    def as_data(self) -> dict[str, Any]:
        """For `result.json`."""
        plain = {
            m: {k: dict(sorted(parts.items())) for k, parts in sorted(keys.items())} for m, keys in sorted(self.amounts.items())
        }
        waits = {
            m: {k: {str(d): n for d, n in sorted(parts.items())} for k, parts in sorted(keys.items())}
            for m, keys in sorted(self.waits.items())
        }
        return {"notes": plain, "waits": waits}
