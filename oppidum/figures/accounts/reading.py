"""Sums of the accounts: by dimension, emissions by sector, and the sum that a key figure is tied to."""

import json
from dataclasses import dataclass
from decimal import Decimal

from oppidum.core.errors import Invalid, NotFound
from oppidum.core.sql import dict_rows, rows
from oppidum.figures.accounts.checking import Imbalance, check
from oppidum.figures.accounts.kinds import Line
from oppidum.figures.models import AccountKind, AccountTie, KeyFigure
from oppidum.figures.wording import plain

_CURRENT = "figures_accountline l join figures_accountfile f on f.id = l.file_id and f.is_current"
# The dimensions that a kind's lines are summed by, at first sight.
MAIN = {
    AccountKind.WASTE: ("way", "flow"),
    AccountKind.ENERGY: ("sector", "energy"),
    AccountKind.FACTORS: ("energy", "valid_from"),
    AccountKind.LAND_USE: ("from", "to"),
    AccountKind.BUDGET: ("step", "section", "side"),
}


@dataclass(frozen=True)
class Sum:
    """The lines of a kind with the same dimensions, summed."""

    dimensions: dict[str, str]
    quantity: Decimal
    unit: str
    lines: int


def list_sums(kind: str, year: int, by: tuple[str, ...] = ()) -> list[Sum]:
    """The sums of a year by dimensions, the largest first. One query."""
    names = by or MAIN[AccountKind(kind)]
    columns = ", ".join(f"coalesce(l.dimensions ->> %(d{n})s::text, '')" for n in range(len(names)))
    given = {f"d{n}": name for n, name in enumerate(names)} | {"kind": kind, "year": year}
    sql = f"""select {columns}, sum(l.quantity), min(l.unit), count(*) from {_CURRENT}
              where l.kind = %(kind)s::text and l.year = %(year)s::int
              group by {", ".join(str(n + 1) for n in range(len(names)))} order by abs(sum(l.quantity)) desc"""
    return [
        Sum(dict(zip(names, found[: len(names)], strict=True)), plain(found[-3]), found[-2], found[-1])
        for found in rows(sql, given)
    ]


_EMISSIONS = f"""
    select l.dimensions ->> 'sector' as sector, sum(l.quantity) as mwh, sum(l.quantity * factor.quantity) / 1000 as tonnes,
        sum(l.quantity) filter (where factor.quantity is null) as without
    from {_CURRENT} left join lateral (
        select g.quantity from figures_accountline g join figures_accountfile gf on gf.id = g.file_id and gf.is_current
        where g.kind = 'factors' and g.dimensions ->> 'energy' = l.dimensions ->> 'energy'
            and (g.dimensions ->> 'valid_from')::date <= make_date(l.year, coalesce(l.month, 1), 1)
        order by (g.dimensions ->> 'valid_from')::date desc limit 1
    ) as factor on true
    where l.kind = 'energy' and l.year = %(year)s::int group by 1 order by 3 desc nulls last
"""


@dataclass(frozen=True)
class Emission:
    """A sector's energy (MWh) and what it emitted (t CO2e) by the factors that held then; `without_factor` is energy that has none."""

    sector: str
    energy_mwh: Decimal
    emitted_t: Decimal | None
    without_factor_mwh: Decimal


def list_emissions(year: int) -> list[Emission]:
    """Emissions by sector: energy times the factor that held on the first day of its month, or of its year. One query."""
    return [
        Emission(
            row["sector"],
            plain(row["mwh"]),
            plain(row["tonnes"]) if row["tonnes"] is not None else None,
            plain(row["without"] or 0),
        )
        for row in dict_rows(_EMISSIONS, {"year": year})
    ]


def check_accounts(year: int) -> list[Imbalance]:
    """All that doesn't balance in the accounts of a year, over all files."""
    sql = f"""select l.kind, l.row, l.year, l.month, coalesce(l.commune_id, '') as commune, l.dimensions, l.quantity, l.unit
              from {_CURRENT} where l.year = %(year)s::int"""
    by_kind: dict[str, list[Line]] = {}
    for found in dict_rows(sql, {"year": year}):
        # Django leaves JSON as text to whoever reads it beside its own models.
        line = Line(
            **{name: value for name, value in found.items() if name != "kind"} | {"dimensions": json.loads(found["dimensions"])}
        )
        by_kind.setdefault(found["kind"], []).append(line)
    return [one for kind, lines in by_kind.items() for one in check(kind, lines)]


@dataclass(frozen=True)
class Tied:
    """What a key figure comes to in the accounts of a year."""

    kind: str
    dimensions: dict[str, str]
    value: Decimal
    unit: str
    lines: int
    files: list[str]


def find_tied(name: str, year: int) -> Tied | None:
    """The sum that a key figure is tied to; None where it is tied to none, or the year has no such line."""
    tie = AccountTie.objects.filter(figure__name=name).first()
    if tie is None:
        return None
    sql = f"""select sum(l.quantity), min(l.unit), count(*), array_agg(distinct f.name) from {_CURRENT}
              where l.kind = %(kind)s::text and l.year = %(year)s::int and l.dimensions @> %(where)s::text::jsonb"""
    total, unit, count, files = rows(sql, {"kind": tie.kind, "year": year, "where": json.dumps(tie.dimensions)})[0]
    return Tied(tie.kind, tie.dimensions, plain(total), unit, count, sorted(files)) if count else None


def tie(name: str, kind: str, dimensions: dict[str, str]) -> AccountTie:
    """Tie a key figure to the lines of a kind with these dimensions. Raises `NotFound`, `Invalid` for another unit."""
    figure = KeyFigure.objects.filter(name=name).first()
    if figure is None:
        raise NotFound(figure=name)
    own = {AccountKind.WASTE: "t", AccountKind.ENERGY: "MWh", AccountKind.LAND_USE: "ha", AccountKind.BUDGET: "EUR"}.get(
        AccountKind(kind)
    )
    if figure.unit != own:
        raise Invalid(field="unit")
    small = {key: value.lower() for key, value in dimensions.items()}
    return AccountTie.objects.update_or_create(figure=figure, defaults={"kind": kind, "dimensions": small})[0]
