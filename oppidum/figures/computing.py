"""Computing figures by sets, and listing what they count: one condition, read twice."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from oppidum.core.clock import midnight
from oppidum.core.errors import NotFound
from oppidum.core.sql import dict_rows, rows
from oppidum.figures.catalogue import get_figure
from oppidum.figures.declaration import Count, Figure, Share


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
        return {"period_from": midnight(self.first), "period_to": midnight(date.fromordinal(self.last.toordinal() + 1))}


@dataclass(frozen=True)
class Value:
    """A figure's value in a period, with its splits: {"month": {"2026-11": 12, ...}}. A share's splits are empty."""

    figure: Figure
    period: Period
    value: float | None
    splits: dict[str, dict[str, int]] = field(default_factory=dict)


def compute(name: str, period: Period) -> Value:
    """The value of a declared figure; all splits in one pass over the records. Raises `NotFound`."""
    figure = get_figure(name)
    if isinstance(figure, Share):
        whole, part = _count(get_figure(figure.whole), period), _count(get_figure(figure.part), period)
        return Value(figure, period, round(100 * part / whole, 1) if whole else None)
    total, splits = 0, {split: {} for split in figure.splits}
    for grouped, split_values in _grouped(figure, period):
        if split_values is None:
            total = grouped
        else:
            split, value = split_values
            splits[split][value] = grouped
    return Value(figure, period, total, splits)


def _grouped(figure: Count, period: Period) -> Iterator[tuple[int, tuple[str, str] | None]]:
    """The total, then each split's counts, from one GROUPING SETS query."""
    source = figure.counts
    names = list(figure.splits)
    expressions = [source.splits[name] for name in names]
    sets = ", ".join(["()", *(f"(s{i})" for i in range(len(names)))])
    columns = "".join(f", {expression} as s{i}" for i, expression in enumerate(expressions))
    out = "".join(f", s{i}, grouping(s{i})" for i in range(len(names)))
    sql = f"""select count(*) {out} from (select 1 {columns} from {source.rows} where {_where(figure)}) as counted
              group by grouping sets ({sets})"""
    for count, *rest in rows(sql, _params(figure, period)):
        split = next(((names[i], rest[2 * i]) for i in range(len(names)) if rest[2 * i + 1] == 0), None)
        yield count, (split[0], split[1] if split[1] is not None else "") if split else None


def _count(figure: Count, period: Period) -> int:
    return rows(f"select count(*) from {figure.counts.rows} where {_where(figure)}", _params(figure, period))[0][0]


def _where(figure: Count) -> str:
    at = figure.counts.at
    return f"{at} >= %(period_from)s and {at} < %(period_to)s and {figure.where.sql}"


def _params(figure: Count, period: Period) -> dict[str, Any]:
    return dict(figure.where.params) | period.instants()


def trail(name: str, period: Period, *, part: dict[str, str] | None = None, offset: int = 0, limit: int = 100) -> list[dict[str, Any]]:
    """The records that the figure counts, oldest first; `part` narrows to a split ({"commune": "13055"}).

    A share opens to its part's records. No limit: pass `limit=0`.
    """
    figure = get_figure(name)
    if isinstance(figure, Share):
        figure = get_figure(figure.part)
    source = figure.counts
    columns = ", ".join(f'{expression} as "{column}"' for column, expression in source.record.items())
    params = _params(figure, period) | {"offset": offset}
    sql = f"select {columns} from {source.rows} where {_where(figure)} {_narrow(figure, part or {}, params)} order by {source.at}, {source.key}"
    return dict_rows(f"{sql} offset %(offset)s" + (f" limit {int(limit)}" if limit else ""), params)


def count_trail(name: str, period: Period, part: dict[str, str] | None = None) -> int:
    """How many records `trail` lists."""
    figure = get_figure(name)
    if isinstance(figure, Share):
        figure = get_figure(figure.part)
    params = _params(figure, period)
    sql = f"select count(*) from {figure.counts.rows} where {_where(figure)} {_narrow(figure, part or {}, params)}"
    return rows(sql, params)[0][0]


def _narrow(figure: Count, part: dict[str, str], params: dict[str, Any]) -> str:
    sql = ""
    for number, (split, value) in enumerate(part.items()):
        if split not in figure.splits:
            raise NotFound(figure=figure.name, split=split)
        params[f"part_{number}"] = value or None
        sql += f" and ({figure.counts.splits[split]}) is not distinct from %(part_{number})s::text"
    return sql
