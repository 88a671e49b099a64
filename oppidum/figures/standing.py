"""Stocks at an instant: from the day's snapshot where one was taken, else from the movements in the journal; and what stood there."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from oppidum.core import clock
from oppidum.core.sql import dict_rows, rows
from oppidum.figures.declaration import MONTH, Stock
from oppidum.figures.models import Snapshot
from oppidum.figures.periods import Period, end_of
from oppidum.figures.statements import by_source, narrow, shared_params
from oppidum.figures.tallying import Run, Tally, from_records, tally_stocks


class Moment(NamedTuple):
    """The instant of a stock, what had been recorded when it was taken (None: all that is recorded now), and the part asked for."""

    at: datetime
    known_at: datetime | None
    part: dict[str, str]


def tally_at_ends(stocks: Sequence[Stock], period: Period, run: Run = from_records) -> dict[str, Tally]:
    """Stocks at the end of a period and of each of its months: what was snapped, the rest from the movements.

    Another `run` than PostgreSQL's knows of no snapshots: it derives all.
    """
    days = [month.last for month in period.months().values()]
    snapped = read_snapshots(stocks, days) if run is from_records else {}
    missing = [stock for stock in stocks if any((stock.name, day) not in snapped for day in days)]
    found: dict[str, Tally] = {}
    for together in by_source(missing):
        found |= tally_stocks(together, period, run)
    for stock in stocks:
        one = found.get(stock.name, Tally(0, {split: {} for split in stock.splits}))
        found[stock.name] = _with_snapshots(stock, one, period, snapped)
    return found


def _with_snapshots(stock: Stock, derived: Tally, period: Period, snapped: Mapping[tuple[str, date], Snapshot]) -> Tally:
    """What was derived, corrected by what was snapped."""
    total, parts = derived.total, dict(derived.parts)
    if last := snapped.get((stock.name, period.last)):
        total = last.value
        parts |= {split: last.parts.get(split, {}) for split in stock.splits if split != MONTH}
    if MONTH in stock.splits:
        at_ends = dict(derived.parts.get(MONTH, {}))
        for name, month in period.months().items():
            if one := snapped.get((stock.name, month.last)):
                at_ends[name] = one.value
        parts[MONTH] = {name: at_ends[name] for name in period.months() if at_ends.get(name)}
    return Tally(total, parts)


def read_snapshots(stocks: Sequence[Stock], days: Sequence[date]) -> dict[tuple[str, date], Snapshot]:
    """The snapshots of those days: one query."""
    found = Snapshot.objects.filter(day__in=days, figure__in=[stock.name for stock in stocks])
    return {(one.figure, one.day): one for one in found}


def moment(stock: Stock, period: Period, part: Mapping[str, str]) -> Moment:
    """The instant that a stock's value of a period means: its end, or today's while it runs; with a month, that month's end."""
    period = period.until(clock.today())
    months = period.months()
    day = months[part[MONTH]].last if part.get(MONTH) in months else period.last
    taken = Snapshot.objects.filter(figure=stock.name, day=day).values_list("taken_at", flat=True).first()
    return Moment(end_of(day), taken, {split: value for split, value in part.items() if split != MONTH})


def keys_standing(stock: Stock, when: Moment) -> tuple[str, dict[str, Any]]:
    """SQL of the keys of what stood at a moment, with its parameters: those whose movements until then add up to more than nothing."""
    source, day = stock.counts, clock.local_day(when.at)
    given = dict(stock.where.params) | shared_params(Period(day, day)) | {"period_to": when.at, "known_at": when.known_at}
    known = f" and {source.written_at} <= %(known_at)s" if when.known_at and source.written_at else ""
    sql = f"""select {source.key} from {source.rows} where {source.at} < %(period_to)s{known} and {source.likely} and {stock.where.sql}
              {narrow(stock, when.part, given)} group by 1 having sum({stock.moves}) > 0"""
    return sql, given


def list_standing(
    stock: Stock, at: datetime, known_at: datetime | None, part: dict[str, str], *, offset: int = 0, limit: int = 100
) -> list[dict[str, Any]]:
    """The records that stood at an instant, oldest first; no limit: pass `limit=0`."""
    source = stock.counts
    keys, given = keys_standing(stock, Moment(at, known_at, part))
    columns = ", ".join(f'{expression} as "{column}"' for column, expression in source.record.items())
    sql = f"select {columns} from {source.stands} where {source.key} in ({keys}) order by {source.record['at']}, {source.key}"
    limited = f" limit {int(limit)}" if limit else ""
    return dict_rows(f"{sql} offset %(offset)s{limited}", given | {"offset": offset})


def count_standing(stock: Stock, at: datetime, known_at: datetime | None, part: dict[str, str]) -> int:
    """How many records `list_standing` lists."""
    keys, given = keys_standing(stock, Moment(at, known_at, part))
    return rows(f"select count(*) from ({keys}) as standing", given)[0][0]
