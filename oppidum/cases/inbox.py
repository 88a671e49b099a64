"""The inbox in sets: all counts and a page in one walk over the open cases, a selection, an export.

Nothing here builds a case per row. The predicates stand on the narrow table; what a row shows is joined for the fifty rows of
the page alone (see PostgreSQL's plan with `explain`: the partial index `live_at_work` carries the open cases that don't rest).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import NamedTuple

import psycopg
from django.db import connection, transaction

from oppidum.cases.definitions import label_of_category, label_of_step
from oppidum.cases.filters import AT_WORK, Filter, conditions, own_teams, sight_condition
from oppidum.cases.inbox_walk import can_walk, walk
from oppidum.cases.publicity import public_words
from oppidum.core import clock
from oppidum.core.sql import rows
from oppidum.people.models import Officer

COUNTED = ("mine", "team", "late", "due_today", "due_week", "to_qualify", "waiting", "unassigned", "all")
FIRST_WORDS = 160
LARGEST_SELECTION = 10_000

_OFFICER_NAME = "coalesce(nullif(trim(o.first_name || ' ' || o.last_name), ''), o.username, '')"
_ROW = f"""
    l.case_id, c.code, l.version, l.service, l.category, l.step, l.due_on, l.paused_on is not null as paused, l.is_open, l.ended_at,
    l.team_id, coalesce(t.name, '') as team, l.officer_id, {_OFFICER_NAME} as officer, l.commune, c.filed_at, c.channel,
    l.followers, c.address, left(c.words, {FIRST_WORDS}) as first_words,
    exists (select from cases_photo p where p.case_id = l.case_id) as has_photo
"""
_JOINS = """
    join cases_live l using (case_id) join cases_case c on c.id = l.case_id
    left join people_team t on t.id = l.team_id left join people_officer o on o.id = l.officer_id
"""


class Row(NamedTuple):
    """A case as a line of the inbox."""

    case_id: int
    code: str
    version: int
    service: str
    category: str
    step: str
    due_on: date | None
    paused: bool
    is_open: bool
    ended_at: datetime | None
    team_id: int | None
    team: str
    officer_id: int | None
    officer: str
    commune: str
    filed_at: datetime
    channel: str
    followers: int
    address: str
    first_words: str
    has_photo: bool

    @property
    def category_label(self) -> str:
        """What the case is about, in the reader's language: its category, or its service."""
        return label_of_category(self.service, self.category)

    @property
    def step_label(self) -> str:
        """The step's name in the reader's language."""
        return label_of_step(self.service, self.step)


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list and its exact length; also what the `pagination` tag asks of a page."""

    rows: list[Row]
    total: int
    number: int
    size: int

    @property
    def num_pages(self) -> int:
        return max(1, ceil(self.total / self.size))

    @property
    def paginator(self) -> "Page":
        return self

    def has_previous(self) -> bool:
        return self.number > 1

    def has_next(self) -> bool:
        return self.number < self.num_pages

    def previous_page_number(self) -> int:
        return self.number - 1

    def next_page_number(self) -> int:
        return self.number + 1


def default_view(officer: Officer) -> str:
    """Where an officer starts: the team's cases; who routes for all, with what nobody is in charge of; the others see everything."""
    if own_teams(officer):
        return "team"
    return "to_qualify" if officer.may("assign") else "all"


def counts(officer: Officer, also: Sequence[Filter] = (), today: date | None = None) -> dict[str | Filter, int]:
    """How many cases each view holds, exactly, in one query; `also` counts further filters where one walk can tell."""
    today = today or clock.today()
    wanted = [(view, Filter(view=view)) for view in COUNTED] + [(f, f) for f in also if f.is_countable_with_others]
    told = [conditions(filter_, officer, today) for _, filter_ in wanted]
    # The walk is over those cases already: asking each of them again for each count would cost a third more.
    columns = ", ".join(f"count(*) filter (where {sql.replace(AT_WORK, 'true')})" for sql, _ in told)
    sight, limits = sight_condition(officer)
    found = rows(
        f"select {columns} from cases_live l where {AT_WORK} and {sight}",
        [value for _, values in told for value in values] + limits,
    )
    return {name: number for (name, _), number in zip(wanted, found[0], strict=True)}


def counts_and_page(
    officer: Officer, wanted: Filter, number: int = 1, size: int = 50, also: Sequence[Filter] = (), today: date | None = None
) -> tuple[dict[str | Filter, int], Page]:
    """What the inbox shows: every view's count, those of the filters `also` where they can be told, and one page.

    One query where the page comes out of the walk that counts, else two.
    """
    also = [one for one in also if one.is_countable_with_others]
    if not can_walk(wanted, also):
        counted = counts(officer, also, today)
        return counted, page(officer, wanted, number, size, today)
    return _walk(officer, wanted, number, size, [*((view, Filter(view=view)) for view in COUNTED), *((f, f) for f in also)], today)


def page(officer: Officer, wanted: Filter, number: int = 1, size: int = 50, today: date | None = None) -> Page:
    """One page of the filter's cases that the officer may see, and how many there are in all; a page beyond the end gives the last."""
    if can_walk(wanted):
        return _walk(officer, wanted, number, size, [], today)[1]
    found = _page(officer, wanted, max(1, number), size, today)
    if not found.rows and found.total:
        found = _page(officer, wanted, found.num_pages, size, today)
    return found


def _walk(officer: Officer, wanted: Filter, number: int, size: int, counted: list, today: date | None) -> tuple[dict, Page]:
    ctes, values = walk(officer, [one for _, one in counted], wanted, (max(1, number) - 1) * size, size, today or clock.today())
    sql = f"""
        with {ctes}, row as (select s.n, {_ROW} from shown s {_JOINS})
        select counted.numbers, first.total, first.skipped, row.* from counted, first left join row on true order by row.n
    """
    found = rows(sql, values)
    numbers, total, skipped = found[0][:3]
    lines = [_row(officer, row[4:]) for row in found if row[3] is not None]
    told = dict(zip((name for name, _ in counted), numbers[1:], strict=True))
    return told, Page(lines, total, skipped // size + 1, size)


def _page(officer: Officer, wanted: Filter, number: int, size: int, today: date | None) -> Page:
    """A page in another order, of closed cases, or of a search; words are looked up once, for the count and for the page."""
    where, values = _where(officer, wanted, today)
    columns = f"select l.case_id, l.due_on, l.filed_on, l.followers, l.ended_at from cases_live l where {where}"
    once = bool(wanted.words or wanted.bbox or wanted.channel)
    # What is found by an index in its order needs no list of all: the closed cases are nine tenths of the table.
    hit, source = (f"hit as materialized ({columns}), ", "hit") if once else ("", f"({columns})")
    sql = f"""
        with {hit} shown as (
            select l.case_id, row_number() over (order by {wanted.sorting}) as n
            from (select * from {source} l order by {wanted.sorting} limit %s::int offset %s::bigint) l
        ), row as (
            select s.n, {_ROW} from shown s {_JOINS}
        )
        select total.cases, row.* from (select count(*) as cases from {source} h) total left join row on true order by row.n
    """
    found = rows(sql, [*values, size, (number - 1) * size, *([] if once else values)])
    return Page([_row(officer, row[2:]) for row in found if row[1] is not None], found[0][0], number, size)


def selection(officer: Officer, wanted: Filter, limit: int = LARGEST_SELECTION) -> list[tuple[int, int]]:
    """The (case id, version) of every case of the filter, in its order: what "select all" means at this instant."""
    where, values = _where(officer, wanted, None)
    sql = f"select l.case_id, l.version from cases_live l where {where} order by {wanted.sorting} limit %s::int"
    return rows(sql, [*values, limit])


def read_rows(officer: Officer, case_ids: Sequence[int]) -> dict[int, Row]:
    """The lines of those cases that the officer may see, by id."""
    sight, limits = sight_condition(officer)
    sql = f"""
        select {_ROW} from (select unnest(%s::bigint[]) as case_id) asked {_JOINS} where {sight}
    """
    return {row[0]: _row(officer, row) for row in rows(sql, [list(case_ids), *limits])}


def export(officer: Officer, wanted: Filter, batch: int = 2000) -> Iterator[tuple[Row, str, float, float, tuple[str, str, str]]]:
    """Every case of the filter: its row, all its words, longitude, latitude, and (name, e-mail, telephone) of its author.

    Streamed by a cursor on the server, so that memory does not grow with the list. Without the right, persons stay blank.
    """
    where, values = _where(officer, wanted, None)
    author = "coalesce(a.name, ''), coalesce(a.email, ''), coalesce(a.phone, '')" if officer.may("persons") else "'', '', ''"
    sql = f"""
        select {_ROW}, c.words, st_x(c.place), st_y(c.place), {author}
        from (select l.case_id as id, row_number() over (order by {wanted.sorting}) as n from cases_live l where {where}) hit
        join cases_live l on l.case_id = hit.id join cases_case c on c.id = hit.id
        left join people_team t on t.id = l.team_id left join people_officer o on o.id = l.officer_id
        left join cases_party a on a.case_id = hit.id and a.role = 'author'
        order by hit.n
    """
    width = len(Row._fields)
    with transaction.atomic():
        connection.ensure_connection()
        with psycopg.ServerCursor(connection.connection, "inbox_export") as cursor:
            cursor.itersize = batch
            for found in cursor.execute(sql, values):
                words = found[width] if officer.may("persons") else public_words(found[width])
                yield _row(officer, found[:width]), words, found[width + 1], found[width + 2], tuple(found[width + 3 :])


def _row(officer: Officer, values: Sequence) -> Row:
    """A line; the numbers and addresses that residents write into their text are masked without the right to see persons."""
    row = Row(*values)
    return row if officer.may("persons") else row._replace(first_words=public_words(row.first_words))


def _where(officer: Officer, wanted: Filter, today: date | None) -> tuple[str, list]:
    sight, limits = sight_condition(officer)
    where, values = conditions(wanted, officer, today)
    return f"{where} and {sight}", values + limits
