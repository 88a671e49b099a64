"""All counts of the inbox and the ids of a page in one walk over the open cases.

Walking is what costs (20,000 rows on 5,500 pages of the narrow table, which has no index on what changes): so the open cases of the
officer's sight, but those at rest, are read once, gathered by day of the promise and by which filters they answer. The few hundred groups then give
every count and, in the order of the days, the ids of the page.
"""

from collections.abc import Sequence
from datetime import date

from oppidum.cases.filters import AT_WORK, Condition, Filter, conditions, sight_condition, split_by_day
from oppidum.people.models import Officer

MOST_MARKS = 30  # the bits of an integer


def can_walk(wanted: Filter, also: Sequence[Filter] = ()) -> bool:
    """Whether a page of `wanted` comes out of the walk: an order by day, and nothing that only the case's own row can tell."""
    return wanted.is_countable_with_others and wanted.order in ("", "due") and len(also) + 8 <= MOST_MARKS


def walk(officer: Officer, counted: Sequence[Filter], wanted: Filter, first: int, size: int, today: date) -> Condition:
    """The CTEs `counted` (all, then one number each), `first` (how many cases stand before the page) and `shown` (case_id, n); their values.

    A page beyond the end becomes the last one.
    """
    marks, told = _mark([*counted, wanted], officer, today)
    sight, limits = sight_condition(officer)
    sums = "".join(f", coalesce(sum(n) filter (where {sql}), 0)" for sql, _ in told[:-1])
    within, within_values = told[-1]
    sql = f"""
        gathered as materialized (
            select l.due_on, {_bits(marks)} as marks, count(*)::int as n, array_agg(l.case_id) as ids
            from cases_live l where {AT_WORK} and {sight} group by 1, 2
        ), counted as (
            select array[coalesce(sum(n), 0){sums}] as numbers from gathered
        ), day as (
            select due_on, ids, sum(n) over (order by due_on nulls last) as upto, sum(n) over (partition by due_on) as own
            from gathered where {within}
        ), first as (
            select total, least(%s::bigint, greatest(0, (total - 1) / %s::int * %s::int)) as skipped
            from (select coalesce(max(upto), 0) as total from day) t
        ), shown as (
            select id as case_id, row_number() over (order by due_on nulls last, id) as n
            from (
                select day.due_on, one.id from day, unnest(day.ids) as one(id), first
                where day.upto > skipped and day.upto - day.own < skipped + %s::int
                order by day.due_on nulls last, one.id limit %s::int
                offset (select skipped - (select min(upto - own) from day where upto > skipped) from first)
            ) page
        )
    """
    values = [
        *(value for _, given in marks for value in given),
        *limits,
        *(value for _, given in told[:-1] for value in given),
        *within_values,
        first,
        size,
        size,
        size,
        size,
    ]
    return sql, values


def _mark(filters: Sequence[Filter], officer: Officer, today: date) -> tuple[list[Condition], list[Condition]]:
    """What each open case is asked, once (a bit each), and each filter as a condition on those bits and the day."""
    marks: list[Condition] = []
    told = []
    for one in filters:
        of_row, of_day = split_by_day(one)
        parts, values = [], []
        if of_day:
            sql, values = conditions(of_day, officer, today)
            parts.append(sql.replace(f"{AT_WORK} and ", "").replace("l.due_on", "due_on"))
        if of_row:
            sql, given = conditions(of_row, officer, today)
            asked = (sql.replace(AT_WORK, "true"), given)
            if asked not in marks:
                marks.append(asked)
            parts.append(f"marks & {1 << marks.index(asked)} <> 0")
        told.append((" and ".join(parts) or "true", values))
    return marks, told


def _bits(marks: Sequence[Condition]) -> str:
    return " | ".join(f"case when {sql} then {1 << n} else 0 end" for n, (sql, _) in enumerate(marks)) or "0"
