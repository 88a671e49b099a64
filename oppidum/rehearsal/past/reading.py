"""The cases of a period as a rule reads them: one narrow row a case, and one reading a kind of case.

Cases that agree in everything that the rules read are of one kind. A kind is decided once, however many cases are of it, so that a
year of 400,000 reports is tried in seconds; a rule that reads the hour or an amount merely makes more kinds.
"""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Any, NamedTuple

from oppidum.cases.declaration import Service
from oppidum.cases.routing.teams import ENGINE_READS
from oppidum.core import clock
from oppidum.core.sql import server_cursor

# "rule:NAME" and the day are known of the day of filing alone.
_OF_THE_DAY = ("today", "filed_on")
_ROWS = """
    select c.id, c.code, l.filed_on, l.commune, l.category, c.channel, l.promise, l.team_id, l.facts->>'priority',
           {weekday}, {hour}, {reads}
    from cases_case c join cases_live l on l.case_id = c.id
    where c.service = %s and c.filed_at >= %s and c.filed_at < %s
"""
_LOCAL = "c.filed_at at time zone 'Europe/Paris'"


class Past(NamedTuple):
    """A case as filed: `reads` holds, as JSON text, the answers and facts that the rules name."""

    case_id: int
    code: str
    filed_on: date
    commune: str
    category: str
    channel: str
    promise: int
    team: int | None
    priority: str | None
    weekday: int | None
    hour: int | None
    reads: str | None


def read_past(
    service: type[Service], reads: frozenset[str], first: date, last: date, *, with_hour: bool, with_weekday: bool
) -> Iterator[tuple]:
    """The cases of the service filed from `first` to `last`, in no order, as plain tuples in the order of `Past`."""
    names = sorted(reads - ENGINE_READS - {"filed_on"})
    # What the engine knows beside the answers wins over them, as `Service.known` has it.
    pairs = ", ".join("%s::text, coalesce(l.facts->%s, c.answers->%s)" for _ in names)
    sql = _ROWS.format(
        weekday=f"extract(isodow from {_LOCAL})::int - 1" if with_weekday else "null::int",
        hour=f"extract(hour from {_LOCAL})::int" if with_hour else "null::int",
        reads=f"jsonb_build_object({pairs})::text" if names else "null::text",
    )
    bound = [each for name in names for each in (name, name, name)]
    since, until = clock.midnight(first), clock.midnight(last + timedelta(days=1))
    with server_cursor() as cursor:
        cursor.execute(sql, [*bound, service.code, since, until])
        yield from cursor


def kind_of(service: type[Service], reads: frozenset[str]) -> Callable[[tuple], tuple]:
    """What cases must agree in to be one kind for rules that read `reads`: always what remits read, the day only where it counts."""
    names = ["commune", "category", *(["channel"] if "channel" in reads else []), "weekday", "hour", "reads"]
    if service.rules or not reads.isdisjoint(_OF_THE_DAY):
        names.append("filed_on")
    return itemgetter(*(Past._fields.index(name) for name in names))


def known_of(service: type[Service], case: Past) -> dict[str, Any]:
    """What the rules read of a case, as `routing.what_rules_read` would tell it, of the names that they read."""
    return {
        **(json.loads(case.reads) if case.reads else {}),
        "category": case.category or None,
        "commune": case.commune or None,
        "today": case.filed_on.isoformat(),
        "filed_on": case.filed_on.isoformat(),
        **{f"rule:{name}": value for name, value in service.rules_on(case.filed_on).items()},
        "channel": case.channel,
        "weekday": case.weekday,
        "hour": case.hour,
    }


def a_year_before(now: datetime) -> tuple[date, date]:
    """The 365 days that end on the day of `now`."""
    last = clock.local_day(now)
    return last - timedelta(days=364), last
