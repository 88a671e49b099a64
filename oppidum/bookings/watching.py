"""What the bookings tell whoever looks on: places taken, and what becomes of them (see `core/watching.py`)."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from oppidum.core.sql import plain_array, rows

TAKEN, CHANGED = "places taken", "places given back or kept"
_COMMUNES = """
    select resource.id, site.commune_id from bookings_resource resource join bookings_site site on site.id = resource.site_id
    where resource.id = any(%s::text::bigint[])
"""


class Placed(NamedTuple):
    """A booking that was just written. `commune` is that of its site, blank without one; `first` and `until` bound nights."""

    booking_id: int
    kind: str
    reference: str
    commune: str
    first: date | None
    until: date | None
    state: str
    taken_at: datetime


class Became(NamedTuple):
    """A booking that was asked to go over into a state; one that held no place any more stays what it is."""

    booking_id: int
    state: str
    at: datetime


def communes_of(resources: Collection[int]) -> dict[int, str]:
    """Where the sites of these resources lie."""
    return {resource: commune or "" for resource, commune in rows(_COMMUNES, [plain_array(sorted(set(resources)))])}
