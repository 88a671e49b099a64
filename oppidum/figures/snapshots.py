"""Stocks kept day by day, so that the past stays what it was: each night those of the day that is over.

A stock is the sum of its movements, so a day that nobody snapped is derived from the journal all the same, many days in one query.
"""

import json
from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from oppidum.core import clock
from oppidum.core.errors import Refusal
from oppidum.core.sql import rows, server_cursor
from oppidum.figures.catalogue import all_figures
from oppidum.figures.declaration import Stock
from oppidum.figures.periods import Period
from oppidum.figures.records import first_record
from oppidum.figures.statements import by_source, shared_params
from oppidum.figures.tallying import stand

# Days derived by one query: a bucket each.
STRETCH = 366
_KEEP = """
    insert into figures_snapshot (figure, day, value, parts, taken_at)
    select figure, day, value, parts::jsonb, %s from unnest(%s::text[], %s::date[], %s::bigint[], %s::text[]) as new (figure, day, value, parts)
    on conflict (day, figure) do nothing
"""


class DayNotOver(Refusal):
    """A stock of a day is what stands at its end."""

    code = "day-not-over"
    default = _("This day isn't over: its stocks are known tomorrow.")


def all_stocks() -> list[Stock]:
    """The declared stocks."""
    return [figure for figure in all_figures().values() if isinstance(figure, Stock)]


def snap(first: date, last: date, stocks: Iterable[Stock] | None = None) -> int:
    """Keep the stocks at the end of each day from `first` to `last`; days that are kept already stay as they are. Returns how many
    snapshots were written. Raises `DayNotOver`."""
    if last >= clock.today():
        raise DayNotOver(day=last.isoformat())
    written, begins = 0, first
    while begins <= last:
        ends = min(last, begins + timedelta(days=STRETCH - 1))
        for together in by_source(all_stocks() if stocks is None else stocks):
            written += _snap_stretch(together, begins, ends)
        begins = ends + timedelta(days=1)
    return written


def _snap_stretch(stocks: list[Stock], first: date, last: date) -> int:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    taken_at = clock.now()
    given = shared_params(Period(first, last)) | {"months": [clock.midnight(day) for day in days], "known_at": taken_at}
    source = stocks[0].counts
    known = f" and {source.written_at} <= %(known_at)s" if source.written_at else ""
    stood = stand(stocks, Period(first, last), given, known=known)
    kept = [(name, day, at.total, json.dumps(at.parts)) for name, ends in stood.items() for day, at in zip(days, ends, strict=True)]
    with server_cursor() as cursor:
        cursor.execute(_KEEP, [taken_at, *(list(column) for column in zip(*kept, strict=True))])
        return cursor.rowcount


def snap_missing() -> int:
    """Keep every day that is over and not kept: since the last snapshot of each stock, or since there are records."""
    yesterday, begin = clock.today() - timedelta(days=1), first_record()
    if begin is None:
        return 0
    last = dict(rows("select figure, max(day) from figures_snapshot group by 1"))
    by_begin: dict[date, list[Stock]] = {}
    for stock in all_stocks():
        since = last[stock.name] + timedelta(days=1) if stock.name in last else begin
        by_begin.setdefault(since, []).append(stock)
    return sum(snap(since, yesterday, stocks) for since, stocks in by_begin.items() if since <= yesterday)
