"""The public map and list: the reports that everybody may look for, by sets, one query each.

Conditions stand on `cases_live l` alone, so that the same filter gives the list, its count and the points of the map.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from oppidum.cases.declaration import catalogue
from oppidum.cases.definitions import label_of_category, label_of_step
from oppidum.cases.public import public_condition, public_id
from oppidum.cases.publicity import public_words
from oppidum.core import clock
from oppidum.core.sql import rows

STATES = ("open", "late", "planned", "done")
DONE_DAYS = 30
PAGE = 20
MOST_POINTS = 2000
GRID = 40  # A view of more points is gathered in at most GRID x GRID cells.
LONGEST_WORDS = 100

MOST_FOUND = 3000  # Words are looked for in the newest reports that may hold them.

# The index of the desk's search holds codes too. What it finds is read again without them: else a search would tell, half by half,
# which codes exist, and a code is its author's key.
_WORDS = """
    l.case_id in (
        select m.id from plain_words(%s::text) as asked, websearch_to_tsquery('french', asked) as query, lateral (
            select k.id, k.address, k.words from cases_case k where k.search @@ query order by k.id desc limit %s::int
        ) m where to_tsvector('french', plain_words(m.address || ' ' || m.words)) @@ query
    )
"""
_PLAIN_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

Condition = tuple[str, list]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFilter:
    """What a visitor looks for. `group` is a category's first level; `state` one of `STATES`, "done" within `DONE_DAYS`."""

    group: str = ""
    commune: str = ""
    state: str = "open"
    words: str = ""

    @classmethod
    def parse(cls, query: Mapping[str, str]) -> "PublicFilter":
        """The filter in an address; what can't be read is left out."""
        given = {name: str(query.get(name) or "").strip() for name in cls.__slots__}
        return cls(
            group=given["group"] if any(given["group"] == g.code for s in catalogue().values() for g in s.groups) else "",
            commune=given["commune"] if re.fullmatch(r"[0-9AB]{5}", given["commune"]) else "",
            state=given["state"] if given["state"] in STATES else "open",
            words=" ".join(given["words"].replace("\x00", "").split())[:LONGEST_WORDS],
        )

    def query(self, **more: str) -> str:
        """The filter as a query string; what is empty or usual is left out."""
        usual = PublicFilter()
        pairs = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) != getattr(usual, f.name)}
        return urlencode(pairs | more)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the state is asked for."""
        return replace(self, state="open") != PublicFilter()

    def conditions(self) -> Condition:
        """The filter as SQL over `cases_live l`; what isn't public is never among it."""
        pieces = [public_condition("l"), *self._pieces()]
        return " and ".join(sql for sql, _ in pieces), [value for _, values in pieces for value in values]

    def _pieces(self) -> Iterator[Condition]:
        yield _of_state(self.state)
        if self.group:
            yield "starts_with(l.category, %s::text)", [self.group + "."]
        if self.commune:
            yield "l.commune = %s::text", [self.commune]
        if self.words:
            words = _searchable(self.words)
            yield (_WORDS, [words, MOST_FOUND]) if words else ("false", [])


def _of_state(state: str) -> Condition:
    match state:
        case "late":
            return "l.is_open and l.due_on < %s::date", [clock.today()]
        case "planned":
            return "l.is_open and l.step in ('planned', 'in_progress')", []
        case "done":
            # `not is_open` lets the database use the partial index on what has ended.
            return "not l.is_open and l.step = 'done' and l.ended_at >= %s::timestamptz", [clock.now() - timedelta(days=DONE_DAYS)]
    return "l.is_open", []


def _searchable(words: str) -> str:
    """The plain words of a search. Numbers, addresses and quotes are left out: who knows a telephone number, a plate, an e-mail
    address or a code must not find the report in which it was masked."""
    return " ".join(word for word in words.split() if _PLAIN_WORD.fullmatch(word))


class PublicReport(NamedTuple):
    """A report in the public list. `words` are masked; `photo` is the token of its first picture, or blank."""

    case_id: int
    service: str
    category: str
    step: str
    commune: str
    address: str
    words: str
    filed_at: datetime
    due_on: date | None
    ended_at: datetime | None
    is_paused: bool
    followers: int
    photo: str

    @property
    def public_id(self) -> str:
        return public_id(self.case_id)

    @property
    def category_label(self) -> str:
        """The category's name in the reader's language."""
        return label_of_category(self.service, self.category)

    @property
    def step_label(self) -> str:
        """The step's name in the reader's language."""
        return label_of_step(self.service, self.step)


_LIST = """
    select c.id, l.service, l.category, l.step, l.commune, c.address, c.words, c.filed_at, l.due_on, l.ended_at,
           l.paused_on is not null, l.followers,
           coalesce((select p.token from cases_photo p where p.case_id = c.id and p.seq = 1 order by p.id limit 1), '')
    from cases_live l join cases_case c on c.id = l.case_id
    where {where} {after}
    order by c.filed_at desc, c.id desc limit %s::int
"""
_AFTER = "and (c.filed_at, c.id) < (select k.filed_at, k.id from cases_case k where k.id = %s::bigint)"
_COUNT = "select count(*) from cases_live l where {where}"


def list_reports(wanted: PublicFilter, after: int | None = None, size: int = PAGE) -> tuple[list[PublicReport], bool]:
    """A page of reports, newest first, from the one after the case `after`; and whether more follow. One query."""
    where, values = wanted.conditions()
    found = rows(_LIST.format(where=where, after=_AFTER if after else ""), [*values, *([after] if after else []), size + 1])
    reports = [PublicReport(*row) for row in found[:size]]
    return [one._replace(words=public_words(one.words), address=public_words(one.address)) for one in reports], len(found) > size


def count_reports(wanted: PublicFilter) -> int:
    """How many reports the filter finds."""
    where, values = wanted.conditions()
    return rows(_COUNT.format(where=where), values)[0][0]


class Spot(NamedTuple):
    """A point of the map: one report, or `count` of them gathered where they are on average."""

    count: int
    lon: float
    lat: float
    case_id: int | None
    service: str
    category: str
    step: str
    commune: str
    filed_on: date | None
    due_on: date | None


# Up to MOST_POINTS each report is a point; more are gathered by cells of a grid, the lone ones in their cell staying reports.
_POINTS = """
    with found as materialized (
        select l.case_id, l.service, l.category, l.step, l.commune, l.filed_on, l.due_on, c.place
        from cases_live l join cases_case c on c.id = l.case_id
        where {where} and c.place && st_makeenvelope(%s::float8, %s::float8, %s::float8, %s::float8, 4326)
    ), size as (select count(*) as n from found)
    select 1::bigint, st_x(f.place), st_y(f.place), f.case_id, f.service, f.category, f.step, f.commune, f.filed_on, f.due_on
    from found f, size where size.n <= %s::int
    union all
    select count(*), avg(st_x(f.place)), avg(st_y(f.place)), min(f.case_id), min(f.service), min(f.category), min(f.step),
           min(f.commune), min(f.filed_on), min(f.due_on)
    from found f, size where size.n > %s::int
    group by st_snaptogrid(f.place, %s::float8)
"""


def list_spots(wanted: PublicFilter, bbox: tuple[float, float, float, float]) -> list[Spot]:
    """The points within `bbox` (west, south, east, north), at most `MOST_POINTS`. One query."""
    where, values = wanted.conditions()
    west, south, east, north = bbox
    cell = max(east - west, north - south) / GRID
    found = [Spot(*row) for row in rows(_POINTS.format(where=where), [*values, *bbox, MOST_POINTS, MOST_POINTS, cell])]
    return [spot if spot.count == 1 else spot._replace(case_id=None) for spot in found]
