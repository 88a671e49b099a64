"""Finding what is free: one query, whatever the number of resources."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from oppidum.bookings.errors import OutOfArea
from oppidum.bookings.places import Free, NightsPlace, slot_place
from oppidum.bookings.rules.terms import Terms, check_nights, first_day, last_day
from oppidum.core import clock
from oppidum.core.sql import plain_array, rows, text_array

MOST = 200

# An address may lie in a commune and in zones: a resource serves it when they share one. Measures without a limit fit.
_SERVES = "(resource.serves = '{}' or resource.serves && %(areas)s::text::varchar[])"
_FITS = """not exists (select 1 from unnest(%(measures)s::text::text[], %(values)s::text::numeric[]) as need(measure, value)
    where (resource.limits ->> need.measure)::numeric < need.value)"""
_OFFERED = f"""resource.kind = %(kind)s and resource.is_active and (%(site)s = '' or site.code = %(site)s)
    and (%(model)s = '' or resource.model = %(model)s) and (%(anywhere)s or {_SERVES}) and {_FITS}"""

# What somebody in line could have: of the site, the model and the day that they wait for, where they wait for one.
_WAITED_FOR = """(not %(waited_for)s or exists (select 1 from bookings_waiting waiting where waiting.kind = resource.kind
    and waiting.state = 'waiting' and (waiting.site_id is null or waiting.site_id = resource.site_id)
    and waiting.model in ('', resource.model) and (waiting.day is null or waiting.day = slot.day)))"""
_FREE = f"""
    select resource.code, resource.name, coalesce(site.name, ''), slot.starts_at, slot.ends_at, slot.capacity - slot.taken, resource.unit
    from bookings_resource resource join bookings_slot slot on slot.resource_id = resource.id
        left join bookings_site site on site.id = resource.site_id
    where {_OFFERED} and slot.is_open and slot.day between %(first)s and %(last)s and slot.starts_at > %(after)s
        and slot.taken + %(amount)s <= slot.capacity and {_WAITED_FOR}
    order by slot.starts_at, slot.capacity - slot.taken desc, resource.code limit %(most)s
"""
# The smallest unit that fits comes first, so that large ones stay for those who need them.
_FREE_NIGHTS = f"""
    select resource.code, resource.name, coalesce(site.name, ''), arrival::date
    from bookings_resource resource left join bookings_site site on site.id = resource.site_id,
        generate_series(%(first)s::date, %(last)s::date, interval '1 day') as arrival
    where {_OFFERED} and resource.by = 'nights'
        and not exists (select 1 from bookings_booking booking where booking.resource_id = resource.id
            and bookings_holds(booking.state) and booking.nights && daterange(arrival::date, arrival::date + %(nights)s::int))
        and not exists (select 1 from bookings_exceptional closed where closed.resource_id = resource.id
            and daterange(closed.first_day, closed.last_day, '[]') && daterange(arrival::date, arrival::date + %(nights)s::int))
    order by abs(arrival::date - %(wanted)s::date), arrival,
        (select sum(value::numeric) from jsonb_each_text(resource.limits) as measure(name, value)), resource.code limit %(most)s
"""
_SERVED = f"""
    select 1 from bookings_resource resource left join bookings_site site on site.id = resource.site_id
    where resource.kind = %(kind)s and resource.is_active and (%(site)s = '' or site.code = %(site)s)
        and (%(model)s = '' or resource.model = %(model)s) and {_SERVES} limit 1
"""


def find_free(
    kind: str,
    *,
    amount: Decimal | float = 1,
    areas: Collection[str] | None = None,
    size: Mapping[str, float] | None = None,
    site: str = "",
    model: str = "",
    terms: Terms | None = None,
    first: date | None = None,
    last: date | None = None,
    most: int = MOST,
    now: datetime | None = None,
    waited_for: bool = False,
    begun_since: date | None = None,
) -> list[Free]:
    """The free slots of a kind, soonest first, within the terms. `areas`: the commune and zones of the address; none: anywhere.
    `waited_for`: only those that somebody who waits in line could have. `begun_since`: those that began on that day or later too.

    Raises `OutOfArea` when nothing of that kind serves them.
    """
    now = now or clock.now()
    terms = terms or Terms()
    today = clock.local_day(now)
    asked = _asked(kind, areas, size, site, model) | {
        "amount": Decimal(str(amount)),
        "first": begun_since or max(first or today, first_day(terms, today)),
        "last": min(last or last_day(terms, today), last_day(terms, today)),
        "after": now if begun_since is None else clock.midnight(begun_since),
        "most": most,
        "waited_for": waited_for,
    }
    found = rows(_FREE, asked)
    if not found:
        _check_area(asked)
    return [Free(slot_place(code, starts, ends), name, at, left, unit) for code, name, at, starts, ends, left, unit in found]


def find_free_nights(
    kind: str,
    arrival: date,
    until: date,
    *,
    areas: Collection[str] | None = None,
    size: Mapping[str, float] | None = None,
    site: str = "",
    model: str = "",
    terms: Terms | None = None,
    around: int = 0,
    most: int = MOST,
    now: datetime | None = None,
) -> list[Free]:
    """The free units from `arrival` to `until`, the smallest that fits first; and the same length up to `around` days beside.

    Raises `OutOfArea` when nothing of that kind serves the areas, `Closed` when the stay is too long.
    """
    terms = terms or Terms()
    today = clock.local_day(now or clock.now())
    nights = (until - arrival).days
    check_nights(terms, nights)
    asked = _asked(kind, areas, size, site, model) | {
        "wanted": arrival,
        "first": max(arrival - timedelta(days=around), first_day(terms, today)),
        "last": min(arrival + timedelta(days=around), last_day(terms, today)),
        "nights": nights,
        "most": most,
    }
    found = rows(_FREE_NIGHTS, asked)
    if not found:
        _check_area(asked)
    return [Free(NightsPlace(code, day, day + timedelta(days=nights)), name, at) for code, name, at, day in found]


def _asked(kind: str, areas: Collection[str] | None, size: Mapping[str, float] | None, site: str, model: str) -> dict:
    size = size or {}
    return {
        "kind": kind,
        "site": site,
        "model": model,
        "anywhere": areas is None,
        "areas": text_array(sorted(areas or ())),
        "measures": text_array(list(size)),
        "values": plain_array([Decimal(str(value)) for value in size.values()]),
    }


def _check_area(asked: dict) -> None:
    if not asked["anywhere"] and not rows(_SERVED, {name: asked[name] for name in ("kind", "site", "model", "areas")}):
        raise OutOfArea()
