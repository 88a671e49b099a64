"""All figures of a year at a glance: value, months, and the year before; and which years there are.

A glance reads each source once, whatever the number of figures that count it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from oppidum.core import clock
from oppidum.core.sql import rows
from oppidum.figures.catalogue import all_figures
from oppidum.figures.computing import Period, Value, compute, month_number, params, share, within
from oppidum.figures.declaration import Count, Figure, Share, Source
from oppidum.figures.remembering import KEPT_PAST, remember
from oppidum.figures.sources import CALLS, FILED_CASES

ByMonth = Mapping[str, int]


@dataclass(frozen=True)
class Glance:
    """A figure of a year at a glance. `months` are those that have begun; `before` is None where the year before was not recorded
    from its beginning, so that nothing is compared with half a year. `compared_with` is the period of `before`."""

    figure: Figure
    value: float | None
    months: Mapping[str, float | None]
    before: float | None
    compared_with: Period
    computed_at: datetime


def glance(year: int) -> dict[str, Glance]:
    """All declared figures of a year by name, counted within the last minute."""
    return remember(("glance", year), lambda: _glance(year))


def value_of(name: str, year: int) -> Value:
    """A figure with all its splits, counted within the last minute."""
    return remember(("value", name, year), lambda: compute(name, Period.year(year)))


def list_years() -> list[int]:
    """The years that have records, newest first; the current one stands for an authority that has none yet.

    Cases and calls are asked, whose days are indexed: nothing happens to a case before it is filed.
    """
    return remember("years", _list_years)


def same_days_before(year: int, today: date) -> Period:
    """What a year compares with: the year before, up to the same day while the year is running."""
    before = Period.year(year - 1)
    if year != today.year:
        return before
    last = 28 if (today.month, today.day) == (2, 29) else today.day
    return Period(before.first, date(year - 1, today.month, last))


def _glance(year: int) -> dict[str, Glance]:
    computed_at, today, period = clock.now(), clock.today(), Period.year(year)
    compared_with = same_days_before(year, today)
    current = _count_by_month(period)
    # A comparison needs the whole period: records that begin in its first month at the latest.
    begin = first_record()
    is_comparable = begin is not None and begin < compared_with.first.replace(month=2)
    earlier = remember(("before", compared_with), lambda: _count_by_month(compared_with), KEPT_PAST) if is_comparable else {}
    begun = [name for name, month in period.months().items() if month.first <= today]
    return {
        name: Glance(
            figure,
            _total(figure, current),
            {month: _of_month(figure, current, month) for month in begun},
            _total(figure, earlier) if is_comparable else None,
            compared_with,
            computed_at,
        )
        for name, figure in all_figures().items()
    }


def _total(figure: Figure, counted: Mapping[str, ByMonth]) -> float | None:
    if isinstance(figure, Share):
        return share(sum(counted[figure.part].values()), sum(counted[figure.whole].values()), figure.per)
    return sum(counted[figure.name].values())


def _of_month(figure: Figure, counted: Mapping[str, ByMonth], month: str) -> float | None:
    if isinstance(figure, Share):
        return share(counted[figure.part].get(month, 0), counted[figure.whole].get(month, 0), figure.per)
    return counted[figure.name].get(month, 0)


def _count_by_month(period: Period) -> dict[str, dict[str, int]]:
    """Every declared count by month: a query for each source."""
    by_source: dict[str, tuple[Source, list[Count]]] = {}
    for figure in all_figures().values():
        if isinstance(figure, Count):
            by_source.setdefault(figure.counts.name, (figure.counts, []))[1].append(figure)
    return {
        name: months for source, figures in by_source.values() for name, months in _count_source(source, figures, period).items()
    }


def _count_source(source: Source, figures: list[Count], period: Period) -> dict[str, dict[str, int]]:
    """The counts of one source by month, each under its own condition; records that none counts are not joined."""
    names, given, columns, any_of = list(period.months()), params(figures[0], period), [], []
    for number, figure in enumerate(figures):
        sql = figure.where.sql
        for name, value in figure.where.params.items():
            sql = sql.replace(f"%({name})s", f"%({name}_{number})s")
            given[f"{name}_{number}"] = value
        columns.append(figure.measure(figure.adds, sql))
        any_of.append(f"({sql})")
    sql = f"""select {month_number(source.at)}, {", ".join(columns)} from {source.rows}
              where {within(figures[0])} and ({" or ".join(any_of)}) group by 1"""
    found: dict[str, dict[str, int]] = {figure.name: {} for figure in figures}
    for month, *counts in rows(sql, given):
        for figure, counted in zip(figures, counts, strict=True):
            if counted:
                found[figure.name][names[month - 1]] = counted
    return found


def first_record() -> date | None:
    """The day of the oldest case or call."""
    return remember("first record", lambda: min(filter(None, (_edge("min", one) for one in (FILED_CASES, CALLS))), default=None))


def _edge(which: str, source: Source) -> date | None:
    """The first or the last day of a source, from the index on its instant (none of the joined tables is needed)."""
    table = source.rows.split(" left join ")[0]
    instant = rows(f"select {which}({source.at}) from {table}")[0][0]
    return clock.local_day(instant) if instant else None


def _list_years() -> list[int]:
    this_year, begin = clock.today().year, first_record()
    if begin is None:
        return [this_year]
    end = max(filter(None, (_edge("max", one) for one in (FILED_CASES, CALLS))))
    return [
        year
        for year in range(max(end.year, this_year), begin.year - 1, -1)
        if year in (this_year, begin.year, end.year) or any(_has_records(one, year) for one in (FILED_CASES, CALLS))
    ]


def _has_records(source: Source, year: int) -> bool:
    table = source.rows.split(" left join ")[0]
    given = Period.year(year).instants()
    return rows(f"select exists (select from {table} where {source.at} >= %(period_from)s and {source.at} < %(period_to)s)", given)[
        0
    ][0]
