"""Cases on the same ground in the same days (see `declaration/overlaps.py`): one query for what one case is held against."""

from datetime import date
from typing import NamedTuple

from oppidum.cases.declaration import Service
from oppidum.cases.declaration.overlaps import Overlap
from oppidum.cases.models import Case
from oppidum.core.sql import plain_array, rows, text_array

MOST = 30

# The box first, which the index of places answers; then metres on the ground.
_MEETING = """
    select c.id, round(st_distance(c.place::geography, own.place::geography))::int, met.first, met.last
    from cases_case own, cases_case c join cases_live l on l.case_id = c.id
        join unnest(%(services)s::text::text[], %(periods)s::text::text[]) as held(service, period) on held.service = c.service,
        lateral (select (c.answers -> held.period ->> 'from')::date as first, (c.answers -> held.period ->> 'to')::date as last) met
    where own.id = %(case)s and c.id <> own.id and l.is_open and c.place && st_expand(own.place, %(metres)s / 60000.0)
        and st_dwithin(c.place::geography, own.place::geography, %(metres)s)
        and (held.period = '' or met.first <= %(last)s and met.last >= %(first)s)
    order by 2, c.id limit %(most)s
"""


class Met(NamedTuple):
    """A case that is met: how far, and from when to when; no days for one that is there as long as it is open."""

    case: Case
    metres: int
    first: date | None
    last: date | None


def list_met(service: type[Service], case: Case) -> list[Met]:
    """The open cases that this one would meet, the nearest first."""
    return [met for overlap in service.overlaps for met in _met(overlap, case)]


def _met(overlap: Overlap, case: Case) -> list[Met]:
    period = case.answers.get(overlap.period)
    if not period or case.place is None:
        return []
    found = rows(
        _MEETING,
        {
            "case": case.pk,
            "services": text_array(list(overlap.services)),
            "periods": plain_array(list(overlap.services.values())),
            "metres": overlap.metres,
            "first": date.fromisoformat(period["from"]),
            "last": date.fromisoformat(period["to"]),
            "most": MOST,
        },
    )
    cases = Case.objects.select_related("live").in_bulk([case_id for case_id, *_rest in found])
    return [Met(cases[case_id], metres, first, last) for case_id, metres, first, last in found]
