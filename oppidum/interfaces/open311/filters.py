"""The parameters of GET requests, read and checked: what comes out is typed, what is wrong is named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import cos, isfinite, radians

from django.contrib.gis.geos import Point, Polygon
from django.contrib.gis.measure import D
from django.db.models import Q
from django.utils.translation import gettext as _

from oppidum.cases.public import case_id_of
from oppidum.core import clock
from oppidum.core.errors import Invalid
from oppidum.interfaces.open311.services import get_category

SPAN = timedelta(days=90)  # GeoReport v2, GET Service Requests, Response Volume
MOST_ROWS = 1000
DEEPEST_ROW = 100_000
FARTHEST_M = 50_000
_METRES_A_DEGREE = 111_000
# W3C date-time note, with the time zone that GeoReport requires. A "+" not escaped in an address arrives as a space.
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+\- ]\d\d:?\d\d)?", re.IGNORECASE)


@dataclass(frozen=True)
class Wanted:
    """Which requests, and which page of them. With `ids` (of cases), nothing else counts."""

    where: Q
    ids: tuple[int, ...] | None = None
    page: int = 1
    page_size: int = MOST_ROWS
    extensions: bool = False


def read_filters(asked: Mapping[str, str]) -> Wanted:
    """What a client wants. An empty parameter is as one not sent (GeoReport v2, Optional Arguments)."""
    extensions = _truth(asked, "extensions")
    if ids := _list(asked, "service_request_id"):
        known = tuple(found for found in map(case_id_of, ids[:MOST_ROWS]) if found)
        return Wanted(Q(pk__in=known), known, extensions=extensions)
    page, page_size = _whole(asked, "page", 1, DEEPEST_ROW), _whole(asked, "page_size", MOST_ROWS, MOST_ROWS)
    if page * page_size > DEEPEST_ROW:
        raise Invalid(_("No page begins so far: narrow the dates instead."), field="page")
    where = _filed_between(asked) & _updated_between(asked) & _of_services(asked) & _of_status(asked)
    where &= _in_box(asked) & _near(asked)
    return Wanted(where, None, page, page_size, extensions)


def read_instant(asked: Mapping[str, str], name: str) -> datetime | None:
    """An instant with its zone, in UTC; None when it isn't asked for."""
    text = asked.get(name, "").strip()
    if not text:
        return None
    match = _INSTANT.fullmatch(text)
    if match is None:
        raise Invalid(_("A date and time with its zone is expected, such as 2026-11-23T08:00:00Z."), field=name)
    if match[3] is None:
        raise Invalid(_("The time zone is missing: add Z for UTC, or an offset such as +01:00."), field=name)
    try:
        return datetime.fromisoformat(text.upper().replace(" ", "+").replace(",", ".")).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Invalid(_("There is no such date or time."), field=name) from None


def _filed_between(asked: Mapping[str, str]) -> Q:
    """90 days at most: those asked for, those after the start or before the end, or the last ones."""
    start, end = read_instant(asked, "start_date"), read_instant(asked, "end_date")
    if start and end:
        if end < start:
            raise Invalid(_("The end lies before the start."), field="end_date")
        if end - start > SPAN + timedelta(days=1):  # a day of grace: three months of 31 days are asked for as well
            raise Invalid(_("At most 90 days may lie between start_date and end_date."), field="end_date")
        return Q(filed_at__gte=start, filed_at__lte=end)
    try:
        if start:
            return Q(filed_at__gte=start, filed_at__lte=start + SPAN)
        if end:
            return Q(filed_at__gte=end - SPAN, filed_at__lte=end)
    except OverflowError:
        raise Invalid(_("There is no such date or time."), field="start_date" if start else "end_date") from None
    if asked.get("updated_after", "").strip() or asked.get("updated_before", "").strip():
        return Q()
    return Q(filed_at__gte=clock.now() - SPAN)


def _updated_between(asked: Mapping[str, str]) -> Q:
    after, before = read_instant(asked, "updated_after"), read_instant(asked, "updated_before")
    if after and before and before < after:
        raise Invalid(_("The end lies before the start."), field="updated_before")
    found = Q(live__updated_at__gte=after) if after else Q()
    return found & Q(live__updated_at__lte=before) if before else found


def _of_services(asked: Mapping[str, str]) -> Q:
    codes = _list(asked, "service_code")
    for code in codes:
        get_category(code)
    return Q(live__category__in=codes) if codes else Q()


def _of_status(asked: Mapping[str, str]) -> Q:
    wanted = {word.lower() for word in _list(asked, "status")}
    if wanted - {"open", "closed"}:
        raise Invalid(_("A status is open or closed."), field="status")
    return Q(live__is_open="open" in wanted) if len(wanted) == 1 else Q()


def _in_box(asked: Mapping[str, str]) -> Q:
    text = asked.get("bbox", "").strip()
    if not text:
        return Q()
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        west = south = east = north = float("nan")
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise Invalid(_("Four degrees are expected: west,south,east,north."), field="bbox")
    return Q(place__intersects=Polygon.from_bbox((west, south, east, north)))


def _near(asked: Mapping[str, str]) -> Q:
    names = [name for name in ("lat", "long", "radius") if asked.get(name, "").strip()]
    if not names:
        return Q()
    lat, lon, radius = _number(asked, "lat", 90), _number(asked, "long", 180), _number(asked, "radius", FARTHEST_M)
    if radius <= 0:
        raise Invalid(_("A distance in metres is expected, at most %(most)d.") % {"most": FARTHEST_M}, field="radius")
    dy = radius / _METRES_A_DEGREE * 1.01
    dx = min(dy / max(cos(radians(lat)), 0.01), 180)
    box = Polygon.from_bbox((lon - dx, lat - dy, lon + dx, lat + dy))  # lets the spatial index find the few to be measured
    return Q(place__intersects=box, place__distance_lte=(Point(lon, lat, srid=4326), D(m=radius)))


def _number(asked: Mapping[str, str], name: str, most: float) -> float:
    try:
        value = float(asked.get(name, ""))
    except ValueError:
        value = float("nan")
    if not isfinite(value) or abs(value) > most:
        told = _("lat, long and radius go together: degrees with a point, and metres (at most %(most)d).")
        raise Invalid(told % {"most": FARTHEST_M}, field=name)
    return value


def _whole(asked: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = asked.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 8 and 1 <= int(text) <= most):
        raise Invalid(_("A whole number between 1 and %(most)d is expected.") % {"most": most}, field=name)
    return int(text)


def _truth(asked: Mapping[str, str], name: str) -> bool:
    text = asked.get(name, "").strip().lower()
    if text not in ("", "true", "false", "1", "0"):
        raise Invalid(_("true or false is expected."), field=name)
    return text in ("true", "1")


def _list(asked: Mapping[str, str], name: str) -> list[str]:
    """Values separated by commas, declared once or several times."""
    given = asked.getlist(name) if hasattr(asked, "getlist") else [asked.get(name, "")]
    return [part for part in (part.strip() for value in given for part in value.split(",")) if part]
