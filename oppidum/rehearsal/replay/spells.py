"""Spells that a scenario adds to a year: days of rain, of heat, or of a strike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

KINDS = ("rain", "heat", "strike")
_KEYS = {"kind", "first", "last", "mm", "factor", "teams"}


@dataclass(frozen=True)
class Spell:
    """The days from `first` to `last`, both included.

    Rain: `mm` a day on top of the year's own, or `factor` times it. Strike: of `teams`, of whom `factor` still work (none, if not said).
    """

    kind: str
    first: date
    last: date
    mm: float | None = None
    factor: float | None = None
    teams: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"days: kind '{self.kind}' is unknown; known: {', '.join(KINDS)}")
        if self.last < self.first:
            raise ValueError(f"days: {self.kind} ends on {self.last}, before it begins on {self.first}")
        if self.kind == "rain" and (self.mm is None) == (self.factor is None):
            raise ValueError("days: rain needs either mm (a day) or factor")
        if self.kind == "strike" and not self.teams:
            raise ValueError("days: a strike needs teams")
        if (self.mm or 0) < 0 or (self.factor or 0) < 0:
            raise ValueError(f"days: {self.kind}: mm and factor can't be negative")

    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


def read_spells(told: Iterable[Spell | Mapping[str, Any]]) -> list[Spell]:
    """Spells from a scenario's tables (dates as dates or ISO text). ValueError says what is wrong with which."""
    return [one if isinstance(one, Spell) else _read(one) for one in told]


def _read(table: Mapping[str, Any]) -> Spell:
    if unknown := set(table) - _KEYS:
        raise ValueError(f"days: unknown {', '.join(sorted(unknown))}; known: {', '.join(sorted(_KEYS))}")
    if missing := {"kind", "first"} - set(table):
        raise ValueError(f"days: {', '.join(sorted(missing))} missing")
    first = _day(table["first"])
    return Spell(
        kind=table["kind"],
        first=first,
        last=_day(table.get("last", first)),
        mm=table.get("mm"),
        factor=table.get("factor"),
        teams=tuple(table.get("teams", ())),
    )


def _day(told: date | str) -> date:
    try:
        return told if isinstance(told, date) else date.fromisoformat(told)
    except (TypeError, ValueError):
        raise ValueError(f"days: '{told}' is no date; write 2023-10-20") from None
