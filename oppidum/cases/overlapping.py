"""Cases on the same ground in the same days (see `declaration/overlaps.py`): one query for what one case is held against."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from oppidum.cases.declaration import Service
from oppidum.cases.declaration.overlaps import Overlap
from oppidum.cases.models import Case
from oppidum.core.sql import plain_array, rows, text_array

MOST = 30

# Where our own places lie, and when; then the others' places: those that stand as long as their case is open, by the index of places (the box
# first, then metres on the ground); those that have days, by walking the open cases of their services and all the places that they name.
_MEETING = """
    with own as (
        select st_setsrid(st_makepoint(lon, lat), 4326) as at, first, last
        from unnest(%(lons)s::text::float8[], %(lats)s::text::float8[], %(firsts)s::text::date[], %(lasts)s::text::date[])
            as spot(lon, lat, first, last)
    ), held as (
        select service, period from unnest(%(services)s::text::text[], %(periods)s::text::text[]) as wanted(service, period)
    ), dated as materialized (
        select l.case_id, held.period from cases_live l join held on held.service = l.service and held.period <> ''
        where l.is_open and l.case_id <> %(case)s
    ), ground as (
        select c.id, c.place as at, null::jsonb as days
        from own join cases_case c on c.place && st_expand(own.at, %(metres)s / 60000.0)
            join held on held.service = c.service and held.period = '' join cases_live l on l.case_id = c.id and l.is_open
        union all
        select c.id, st_setsrid(st_makepoint((spot -> 'at' ->> 'lon')::float8, (spot -> 'at' ->> 'lat')::float8), 4326), spot -> 'days'
        from dated join cases_case c on c.id = dated.case_id, lateral (
            select jsonb_build_object('at', c.answers -> %(place)s, 'days', c.answers -> dated.period) as spot
            union all
            select jsonb_build_object('at', one -> %(place)s, 'days', coalesce(one -> dated.period, c.answers -> dated.period))
            from jsonb_array_elements(case when jsonb_typeof(c.answers -> %(rows)s) = 'array' then c.answers -> %(rows)s else '[]' end) as one
        ) as spots
    )
    select distinct on (id) id, round(metres)::int, first, last from (
        select ground.id, st_distance(ground.at::geography, own.at::geography) as metres,
            (ground.days ->> 'from')::date as first, (ground.days ->> 'to')::date as last, own.first as begins, own.last as ends
        from ground, own where ground.id <> %(case)s and ground.at is not null
    ) as met
    where metres <= %(metres)s and (first is null or first <= ends and last >= begins)
    order by id, metres, first
"""


class Met(NamedTuple):
    """A case that is met: how far, and from when to when; no days for one that is there as long as it is open."""

    case: Case
    metres: int
    first: date | None
    last: date | None


class Spot(NamedTuple):
    """A place of the case itself, and the days on which it is wanted."""

    lon: float
    lat: float
    first: date
    last: date


def list_spots(overlap: Overlap, answers: Mapping[str, Any]) -> Iterator[Spot]:
    """The places that a case asks for, each with its days; none as long as it names no place or no days."""
    whole = answers.get(overlap.period)
    for one in ({overlap.place: answers.get(overlap.place)}, *(answers.get(overlap.rows) or () if overlap.rows else ())):
        place, period = one.get(overlap.place), one.get(overlap.period) or whole
        if place and period:
            yield Spot(place["lon"], place["lat"], date.fromisoformat(period["from"]), date.fromisoformat(period["to"]))


def list_met(service: type[Service], case: Case) -> list[Met]:
    """The open cases that this one would meet, the nearest first."""
    return [met for overlap in service.overlaps for met in _met(overlap, case)]


def _met(overlap: Overlap, case: Case) -> list[Met]:
    spots = list(list_spots(overlap, case.answers))
    if not spots:
        return []
    columns = {f"{name}s": plain_array(list(values)) for name, values in zip(Spot._fields, zip(*spots, strict=True), strict=True)}
    found = rows(
        _MEETING,
        columns
        | {
            "case": case.pk,
            "services": text_array(list(overlap.services)),
            "periods": text_array(list(overlap.services.values())),
            "place": overlap.place,
            "rows": overlap.rows,
            "metres": overlap.metres,
        },
    )
    nearest = sorted(found, key=lambda one: (one[1], one[0]))[:MOST]
    cases = Case.objects.select_related("live").in_bulk([case_id for case_id, *_rest in nearest])
    return [Met(cases[case_id], *rest) for case_id, *rest in nearest]
