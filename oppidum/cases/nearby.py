"""Open cases around a place: neighbours on a case page, likely duplicates while somebody reports or calls."""

from dataclasses import dataclass
from datetime import date, datetime
from math import cos, radians
from typing import NamedTuple

from oppidum.cases.definitions import label_of_category, label_of_step
from oppidum.cases.filters import sight_condition
from oppidum.cases.public import public_condition
from oppidum.cases.publicity import public_words
from oppidum.core.sql import rows
from oppidum.people.models import Officer

METRES_PER_DEGREE = 111_320


@dataclass(frozen=True, slots=True)
class Likeness:
    """What makes a neighbour a likely duplicate: score 1 is the same place, category and words. Tuned on the rehearsed town."""

    same_category: float = 0.35
    nearness: float = 0.40
    words: float = 0.25
    likely_from: float = 0.55


class Near(NamedTuple):
    """An open case near a place. `words` and `photo` (a token) are blank where they are hidden from whoever asks."""

    case_id: int
    code: str
    service: str
    category: str
    step: str
    filed_at: datetime
    due_on: date | None
    address: str
    words: str
    followers: int
    team: str
    photo: str
    lon: float
    lat: float
    distance_m: float
    score: float

    @property
    def category_label(self) -> str:
        """The category's name in the reader's language."""
        return label_of_category(self.service, self.category)

    @property
    def step_label(self) -> str:
        """The step's name in the reader's language."""
        return label_of_step(self.service, self.step)

    @property
    def is_likely_same(self) -> bool:
        """Whether to say "probably the same problem"."""
        return self.score >= LIKENESS.likely_from


LIKENESS = Likeness()

_NEARBY = """
    with here as materialized (select st_setsrid(st_makepoint(%(lon)s::float8, %(lat)s::float8), 4326) as point),
    around as (
        select c.id, c.code, l.service, l.category, l.step, c.filed_at, l.due_on, c.address,
               case when l.is_public or %(hidden)s::bool then c.words else '' end as words,
               l.followers, l.team_id, l.is_public, c.place,
               st_distance(c.place::geography, here.point::geography) as distance_m
        from here join cases_case c on c.place && st_expand(here.point, %(dlon)s::float8, %(dlat)s::float8)
        join cases_live l on l.case_id = c.id and l.is_open
        where starts_with(l.category, %(group)s::text) and c.id <> %(leave_out)s::bigint and {sight}
    )
    select a.id, a.code, a.service, a.category, a.step, a.filed_at, a.due_on, a.address, a.words, a.followers,
           coalesce(t.name, ''),
           case when a.is_public or %(hidden)s::bool then coalesce(
               (select p.token from cases_photo p where p.case_id = a.id order by p.id limit 1), '') else '' end,
           st_x(a.place), st_y(a.place), a.distance_m,
           (case when a.category = %(category)s::text then %(same)s::float8 else 0 end)
           + %(nearness)s::float8 * (1 - a.distance_m / %(radius)s::float8)
           + %(likeness)s::float8 * case when %(words)s::text = '' or a.words = '' then 0.5
                                         else similarity(plain_words(%(words)s::text), plain_words(left(a.words, 600))) end as score
    from around a left join people_team t on t.id = a.team_id
    where a.distance_m <= %(radius)s::float8
    order by score desc, a.distance_m limit %(limit)s::int
"""


def nearby(
    lon: float,
    lat: float,
    category: str,
    *,
    radius_m: float = 100,
    limit: int = 8,
    words: str = "",
    leave_out: int = 0,
    officer: Officer | None = None,
) -> list[Near]:
    """Open cases of the same category or group within `radius_m`, most alike first: by category, distance and words; one query.

    `category` may be a group's code. Without an `officer`, only public cases are listed; with one, only those in sight, whole.
    `leave_out` is the case whose neighbours are asked for.
    """
    sight, limits = sight_condition(officer) if officer else public_condition("l")
    # The limits are positional in the shared conditions; here they get names.
    named = {f"limit_{n}": value for n, value in enumerate(limits)}
    for name in named:
        sight = sight.replace("%s", f"%({name})s", 1)
    values = {
        "lon": lon,
        "lat": lat,
        "radius": float(radius_m),
        "limit": limit,
        "words": words[:600],
        "category": category,
        "group": category.partition(".")[0] + ".",
        "leave_out": leave_out,
        "hidden": officer is not None,
        "dlat": radius_m / METRES_PER_DEGREE,
        "dlon": radius_m / (METRES_PER_DEGREE * max(0.05, cos(radians(lat)))),
        "same": LIKENESS.same_category,
        "nearness": LIKENESS.nearness,
        "likeness": LIKENESS.words,
        **named,
    }
    found = [Near(*row) for row in rows(_NEARBY.format(sight=sight), values)]
    return found if officer else [near._replace(words=public_words(near.words)) for near in found]
