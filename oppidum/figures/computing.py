"""Computing figures by sets, and listing what they count: one condition, read twice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from oppidum.cases.public import private_categories
from oppidum.core import clock
from oppidum.core.calendar import add_months
from oppidum.core.clock import midnight
from oppidum.core.errors import NotFound
from oppidum.core.sql import dict_rows, rows
from oppidum.figures.catalogue import get_figure
from oppidum.figures.declaration import MONTH, Count, Figure, Share


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

    def months(self) -> dict[str, "Period"]:
        """The months of the period by their name ("2026-11"), the first and the last cut where the period begins and ends."""
        found, begins = {}, self.first.replace(day=1)
        while begins <= self.last:
            follows = add_months(begins, 1)
            ends = date.fromordinal(follows.toordinal() - 1)
            found[f"{begins:%Y-%m}"] = Period(max(begins, self.first), min(ends, self.last))
            begins = follows
        return found


@dataclass(frozen=True)
class Value:
    """A figure's value in a period, with its splits: {"month": {"2026-11": 12, ...}}. A share's splits are empty."""

    figure: Figure
    period: Period
    value: float | None
    splits: dict[str, dict[str, int]] = field(default_factory=dict)
    computed_at: datetime | None = None


def compute(name: str, period: Period) -> Value:
    """The value of a declared figure; all splits in one pass over the records. Raises `NotFound`."""
    figure, computed_at = get_figure(name), clock.now()
    if isinstance(figure, Share):
        whole, part = count(get_figure(figure.whole), period), count(get_figure(figure.part), period)
        return Value(figure, period, share(part, whole, figure.per), computed_at=computed_at)
    total, splits = 0, {split: {} for split in figure.splits}
    for grouped, split_values in _grouped(figure, period):
        if split_values is None:
            total = grouped
        else:
            split, value = split_values
            splits[split][value] = grouped
    return Value(figure, period, total, splits, computed_at)


def share(part: int, whole: int, per: int = 100) -> float | None:
    """`part` in `whole`, per cent, or `per` something else."""
    return round(per * part / whole, 1) if whole else None


def _grouped(figure: Count, period: Period) -> Iterator[tuple[int, tuple[str, str] | None]]:
    """The total, then each split's counts, from one GROUPING SETS query."""
    source, months = figure.counts, list(period.months())
    names = list(figure.splits)
    expressions = [month_number(source.at) if name == MONTH else source.splits[name] for name in names]
    sets = ", ".join(["()", *(f"(s{i})" for i in range(len(names)))])
    columns = "".join(f", {expression} as s{i}" for i, expression in enumerate(expressions))
    out = "".join(f", s{i}, grouping(s{i})" for i in range(len(names)))
    sql = f"""select {figure.measure("one")} {out} from (select {figure.adds or 1} as one {columns} from {source.rows} where {where(figure)}) as counted
              group by grouping sets ({sets})"""
    for found, *rest in rows(sql, params(figure, period)):
        split = next(((names[i], rest[2 * i]) for i in range(len(names)) if rest[2 * i + 1] == 0), None)
        if split and split[0] == MONTH:
            split = MONTH, months[split[1] - 1]
        yield found, (split[0], split[1] or "") if split else None


def month_number(at: str) -> str:
    """SQL for the month of an instant: the number, from 1, of the month of the period in which it falls. Finding it among twelve
    instants costs a quarter of writing it out with `to_char` (measured on 415,000 cases)."""
    return f"width_bucket({at}, %(months)s::timestamptz[])"


def count(figure: Count, period: Period) -> int:
    """The number alone."""
    measure = figure.measure(figure.adds)
    return rows(f"select {measure} from {figure.counts.rows} where {where(figure)}", params(figure, period))[0][0]


def where(figure: Count) -> str:
    """What is counted, as SQL: number and trail read the same."""
    return f"{within(figure)} and {figure.where.sql}"


def within(figure: Count) -> str:
    """The period as SQL."""
    source = figure.counts
    later = f" and {source.written_at} >= %(period_from)s" if source.written_at else ""
    return f"{source.at} >= %(period_from)s and {source.at} < %(period_to)s{later}"


def params(figure: Count, period: Period) -> dict[str, Any]:
    """The parameters of `where` and of the sources' expressions."""
    months: Sequence[datetime] = [midnight(month.first) for month in period.months().values()]
    return dict(figure.where.params) | period.instants() | {"months": months, "private": list(private_categories())}


def trail(
    name: str, period: Period, *, part: dict[str, str] | None = None, offset: int = 0, limit: int = 100
) -> list[dict[str, Any]]:
    """The records that the figure counts, oldest first; `part` narrows to a split ({"commune": "13055"}).

    A share opens to its part's records. No limit: pass `limit=0`.
    """
    figure = counted_by(name)
    source = figure.counts
    columns = ", ".join(f'{expression} as "{column}"' for column, expression in source.record.items())
    given = params(figure, period) | {"offset": offset}
    sql = f"select {columns} from {source.rows} where {where(figure)} {narrow(figure, part or {}, given)} order by {source.at}, {source.key}"
    return dict_rows(f"{sql} offset %(offset)s" + (f" limit {int(limit)}" if limit else ""), given)


def count_trail(name: str, period: Period, part: dict[str, str] | None = None) -> int:
    """How many records `trail` lists."""
    figure = counted_by(name)
    given = params(figure, period)
    sql = f"select count(*) from {figure.counts.rows} where {where(figure)} {narrow(figure, part or {}, given)}"
    return rows(sql, given)[0][0]


def counted_by(name: str) -> Count:
    """The count whose records stand behind a figure: its own, or a share's part."""
    figure = get_figure(name)
    return get_figure(figure.part) if isinstance(figure, Share) else figure


def narrow(figure: Count, part: dict[str, str], given: dict[str, Any]) -> str:
    """A part as SQL; adds its parameters to `given`. Raises `NotFound` for a split that the figure doesn't have."""
    sql = ""
    for number, (split, value) in enumerate(part.items()):
        if split not in figure.splits:
            raise NotFound(figure=figure.name, split=split)
        if split == MONTH:
            expression, value = f"to_char({figure.counts.at} at time zone 'Europe/Paris', 'YYYY-MM')", value
        else:
            expression = figure.counts.splits[split]
        given[f"part_{number}"] = value or None
        sql += f" and ({expression}) is not distinct from %(part_{number})s::text"
    return sql
