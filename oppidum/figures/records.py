"""Since when there are records, and in which years: from the indexes on the days of cases and calls."""

from datetime import date

from oppidum.core import clock
from oppidum.core.sql import rows
from oppidum.figures.declaration import Source
from oppidum.figures.periods import Period
from oppidum.figures.remembering import remember
from oppidum.figures.sources import CALLS, FILED_CASES


def is_recorded(period: Period) -> bool:
    """Whether a period was recorded from its beginning, its first month at the latest: else nothing is compared with it."""
    begin = first_record()
    return begin is not None and begin < period.first.replace(month=2)


def first_record() -> date | None:
    """The day of the oldest case or call."""
    return remember("first record", lambda: min(filter(None, (_edge("min", one) for one in (FILED_CASES, CALLS))), default=None))


def list_years() -> list[int]:
    """The years that have records, newest first; the current one stands for an authority that has none yet.

    Cases and calls are asked, whose days are indexed: nothing happens to a case before it is filed.
    """
    return remember("years", _list_years)


def _edge(which: str, source: Source) -> date | None:
    """The first or the last day of a source, from the index on its instant (none of the joined tables is needed)."""
    instant = rows(f"select {which}({source.at}) from {_table(source)}")[0][0]
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
    given = Period.year(year).instants()
    sql = f"select exists (select from {_table(source)} where {source.at} >= %(period_from)s and {source.at} < %(period_to)s)"
    return rows(sql, given)[0][0]


def _table(source: Source) -> str:
    return source.rows.split(" left join ")[0]
