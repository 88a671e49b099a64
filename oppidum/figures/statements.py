"""The SQL of figures: what is counted, within which period, in which parts. Pure: texts and parameters, nothing is run here.

The same texts run on PostgreSQL and on the lake (see `lake/`), so they keep to what `docs/reference/figures.md` lists under "Expressions".
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from oppidum.cases.public import private_categories
from oppidum.core.clock import midnight
from oppidum.core.errors import NotFound
from oppidum.figures.declaration import MONTH, Count, Counted, Stock
from oppidum.figures.periods import Period


class Statement(NamedTuple):
    """A query and its named parameters."""

    sql: str
    params: dict[str, Any]


class Grouping(NamedTuple):
    """What `grouped` answers with, row by row: `splits` in their order, then for each figure a number."""

    statement: Statement
    splits: list[str]
    has_key: bool


def where(figure: Counted) -> str:
    """What is counted, as SQL: number and trail read the same."""
    return f"{within(figure)} and {figure.where.sql}"


def within(figure: Counted) -> str:
    """The period as SQL; a stock has come about before its end."""
    source = figure.counts
    if isinstance(figure, Stock):
        return f"{source.at} < %(period_to)s"
    later = f" and {source.written_at} >= %(period_from)s" if source.written_at else ""
    return f"{source.at} >= %(period_from)s and {source.at} < %(period_to)s{later}"


def params(figure: Counted, period: Period) -> dict[str, Any]:
    """The parameters of `where` and of the sources' expressions."""
    return dict(figure.where.params) | shared_params(period)


def shared_params(period: Period) -> dict[str, Any]:
    """The parameters that do not depend on the figure."""
    months: Sequence[datetime] = [midnight(month.first) for month in period.months().values()]
    return period.instants() | {"months": months, "private": list(private_categories())}


def month_number(at: str) -> str:
    """SQL for the month of an instant: the number, from 1, of the month of the period in which it falls. Finding it among twelve
    instants costs a quarter of writing it out with `to_char` (measured on 415,000 cases)."""
    return f"width_bucket({at}, %(months)s::timestamptz[])"


def grouped(figures: Sequence[Counted], given: Mapping[str, Any], key: str = "", known: str = "") -> Grouping:
    """One query for all figures of one source and kind: in all, and by each of their splits.

    `given` are the shared parameters; `key` is an expression by which everything is grouped too (the day of a stock's movements, the
    value that a quantile ranks); `known` a further condition. A row has [key], then for each split its value and whether the row sums
    over it (1), then each figure's number, then for each sum how many records it adds up.
    """
    source, months = figures[0].counts, not isinstance(figures[0], Stock)  # a stock's months are its key
    splits = list(dict.fromkeys(name for figure in figures for name in figure.splits if months or name != MONTH))
    expressions = [month_number(source.at) if name == MONTH else source.splits[name] for name in splits]
    columns = [f"{expression} as s{i}" for i, expression in enumerate(expressions)] + ([f"{key} as d"] if key else [])
    asked, answers, any_of = dict(given), [], []
    for number, figure in enumerate(figures):
        condition, asked = _numbered(figure.where.sql, figure.where.params, number, asked)
        any_of.append(f"({condition})")
        columns.append(f"({condition}) as w{number}")
        if added := _added(figure):
            columns.append(f"{_numbered(added, figure.where.params, number, asked)[0]} as a{number}")
        answers.append(_measure(figure, number))
    answers += [f"count(*) filter (where w{figures.index(one)})" for one in sums(figures)]
    by = ["d"] if key else []
    sets = ", ".join(f"({', '.join(by + part)})" for part in ([], *([f"s{i}"] for i in range(len(splits)))))
    heads = [*by, *(f"s{i}, grouping(s{i})" for i in range(len(splits)))]
    sql = f"""select {", ".join([*heads, *answers])}
              from (select {", ".join(columns)} from {source.rows} where {within(figures[0])}{known} and ({" or ".join(any_of)})) as counted
              group by grouping sets ({sets})"""
    return Grouping(Statement(sql, asked), splits, bool(key))


def sums(figures: Sequence[Counted]) -> list[Count]:
    """Those of the figures that add something up."""
    return [figure for figure in figures if isinstance(figure, Count) and figure.adds]


def _added(figure: Counted) -> str:
    return figure.moves if isinstance(figure, Stock) else figure.adds if isinstance(figure, Count) else ""


def _measure(figure: Counted, number: int) -> str:
    """SQL of a figure's number over grouped records."""
    if isinstance(figure, Stock):
        return f"coalesce(sum(a{number}) filter (where w{number}), 0)::bigint"
    if isinstance(figure, Count):
        return figure.measure(f"a{number}", f"w{number}")
    return f"count(*) filter (where w{number})"


def _numbered(sql: str, given: Mapping[str, Any], number: int, asked: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """A condition with its parameters under names of its own, beside those of other figures."""
    for name, value in given.items():
        sql = sql.replace(f"%({name})s", f"%({name}_{number})s")
        asked[f"{name}_{number}"] = value
    return sql, asked


def by_source(figures: Iterable[Counted]) -> list[list[Counted]]:
    """Figures that one query can count together: of the same source and kind, and of the same expression where a value is ranked."""
    together: dict[tuple, list[Counted]] = {}
    for figure in figures:
        together.setdefault((figure.counts.name, type(figure), getattr(figure, "of", "")), []).append(figure)
    return list(together.values())


def narrow(figure: Counted, part: Mapping[str, str], given: dict[str, Any]) -> str:
    """A part as SQL; adds its parameters to `given`. Raises `NotFound` for a split that the figure doesn't have.

    A month narrows a stock by its instant, not by a condition: see `trails.py`.
    """
    sql = ""
    for number, (split, value) in enumerate(part.items()):
        if split not in figure.splits:
            raise NotFound(figure=figure.name, split=split)
        if split == MONTH:
            expression = f"to_char({figure.counts.at} at time zone 'Europe/Paris', 'YYYY-MM')"
        else:
            expression = figure.counts.splits[split]
        given[f"part_{number}"] = value
        # What is not known and what is blank are one part.
        sql += f" and coalesce({expression}, '') = %(part_{number})s::text"
    return sql
