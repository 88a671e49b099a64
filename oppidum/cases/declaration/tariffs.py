"""Tariffs (tarifs): the prices that an assembly voted, in force from a day on, found by one key or several.

    Tariff(_("Berth, by length and season"), by=("length_m", "season"), versions=(
        TariffVersion("2024-01-01", source="délibération du 7 décembre 2023", rows=(
            (UpTo(8), "summer", 12_000), (UpTo(8), "winter", 9_000), (ANY, ANY, 20_000))),))

Rows are read from the top; the first whose keys all fit gives the price, in cents for `per` units. A key not known (no proof of
income, say) fits `ANY` alone: what then has to be paid is what the deliberation says in that row.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from oppidum.cases.declaration.expressions.core import Expression, as_expression, plain_number
from oppidum.core.money import exact


@dataclass(frozen=True)
class UpTo:
    """The key is this or less: "up to 8 m"."""

    limit: int | float

    def fits(self, key: Any) -> bool:
        return key is not None and exact(key) <= exact(self.limit)


@dataclass(frozen=True)
class Over:
    """The key is more than this: "over 12 m"."""

    limit: int | float

    def fits(self, key: Any) -> bool:
        return key is not None and exact(key) > exact(self.limit)


@dataclass(frozen=True)
class Anything:
    """Any key, one that isn't known too."""

    def fits(self, key: Any) -> bool:
        return True


ANY = Anything()


class NoPrice(LookupError):
    """No row of the tariff in force fits the keys: a fault of the declaration, told with the keys."""


@dataclass(frozen=True)
class TariffVersion:
    """The rows in force from `since` (an ISO day) until the next version. `verified`: checked against the deliberation."""

    since: str
    rows: tuple[tuple[Any, ...], ...]
    _: KW_ONLY
    source: str
    verified: bool = False

    def find_price(self, keys: tuple[Any, ...]) -> int | None:
        """Cents of the first row that fits, if one does."""
        if self._plain is not None:
            return self._plain.get(keys)
        return next((row[-1] for row in self.rows if all(map(_fits, row, keys))), None)

    @cached_property
    def _plain(self) -> dict[tuple[Any, ...], int] | None:
        """Rows without a range are one look-up."""
        if any(isinstance(cell, (UpTo, Over, Anything, tuple, list)) for row in self.rows for cell in row[:-1]):
            return None
        return {tuple(row[:-1]): row[-1] for row in reversed(self.rows)}


def _fits(cell: Any, key: Any) -> bool:
    if isinstance(cell, (tuple, list)):
        return key in cell
    return cell.fits(key) if isinstance(cell, (UpTo, Over, Anything)) else cell == key


@dataclass(frozen=True)
class Tariff:
    """Prices by `by` (names of answers or facts, in the order of the rows' keys), in cents for `per` units.

    `per` keeps prices finer than a cent exact: 34,50 € for 1 000 litres. `own`: voted by the authority itself, which may put other
    versions in place of these; otherwise the law's. `says`: words for the values of keys that no question names.
    """

    label: Any
    _: KW_ONLY
    by: tuple[str, ...] = ()
    versions: tuple[TariffVersion, ...] = ()
    per: int = 1
    own: bool = True
    says: Mapping[str, Mapping[Any, Any]] = field(default_factory=dict)

    def version_on(self, day: date | str) -> TariffVersion | None:
        """The version in force on that day; None before the first."""
        at = bisect_right([v.since for v in self.versions], str(day))
        return self.versions[at - 1] if at else None

    def price_on(self, day: date | str, *keys: Any) -> int:
        """Cents for `per` units on that day. Raises `NoPrice`."""
        version = self.version_on(day)
        price = None if version is None else version.find_price(keys)
        if price is None:
            raise NoPrice(f"{self.label}: no price on {day} for {', '.join(map(str, keys)) or 'all'}")
        return price

    def with_versions(self, versions: Iterable[TariffVersion]) -> "Tariff":
        """The same tariff with the authority's own versions in place of those of the same day, in order of dates."""
        by_day = {v.since: v for v in self.versions} | {v.since: v for v in versions}
        return replace(self, versions=tuple(by_day[day] for day in sorted(by_day)))


@dataclass(frozen=True)
class Lookup(Expression):
    """The price of one unit in the tariff in force, in cents (a fraction of one where the tariff is for many units); None where no
    row fits. Inside a fee the tariffs are known; elsewhere see `tariffs_known`."""

    tariff: str
    keys: tuple[Expression, ...] = ()

    def value(self, known):
        held = known.get(f"tariff:{self.tariff}")
        if held is None:
            return None
        version, per = held
        price = version.find_price(tuple(key.value(known) for key in self.keys))
        return None if price is None else plain_number(Fraction(price, per))

    def say(self, labels):
        return f"{labels.get(f'tariff:{self.tariff}', self.tariff)} ({', '.join(key.say(labels) for key in self.keys)})"


def lookup(tariff: str, *keys: Any) -> Lookup:
    """The unit price of a tariff for these keys: `lookup("berth", answer("length_m"))`."""
    return Lookup(tariff, tuple(map(as_expression, keys)))


def tariffs_known(tariffs: Mapping[str, Tariff], day: date | str) -> dict[str, Any]:
    """What `lookup` reads, for the tariffs in force on that day."""
    found = {name: (tariff.version_on(day), tariff.per) for name, tariff in tariffs.items()}
    return {f"tariff:{name}": held for name, held in found.items() if held[0] is not None}


def tariff_faults(name: str, tariff: Tariff) -> Iterable[str]:
    """What is wrong with a tariff, as sentences."""
    where = f"tariff '{name}'"
    if not tariff.versions:
        yield f"{where}: give it a version with the day from which it is in force"
    days = [v.since for v in tariff.versions]
    if days != sorted(set(days)):
        yield f"{where}: write its versions in order of dates, one a day"
    if tariff.per < 1:
        yield f"{where}: per= is a whole number of units, at least 1"
    for version in tariff.versions:
        if not version.source:
            yield f"{where}, {version.since}: name the deliberation or article (source=)"
        for row in version.rows:
            if len(row) != len(tariff.by) + 1:
                yield f"{where}, {version.since}: row {row} needs {len(tariff.by)} keys ({', '.join(tariff.by)}) and a price"
            elif type(row[-1]) is not int or row[-1] < 0:
                yield f"{where}, {version.since}: row {row}: a price is whole cents, 0 or more"
