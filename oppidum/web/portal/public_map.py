"""The public map and list of reports: two views of one filter, of equal rank, without a person in either.

Points are asked by `bbox` after each move of the map. An answer is kept for a few seconds for everybody who looks at about the same
piece: the box is widened to a grid, so that small moves ask for the same thing.
"""

import hashlib
import json
import math

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oppidum.cases.declaration import get_service
from oppidum.cases.declaration.marks import REPORTS
from oppidum.cases.files.photos import thumbnail_url
from oppidum.cases.models import Photo
from oppidum.cases.public import case_id_of, public_id
from oppidum.cases.public_reports import DONE_DAYS, PublicFilter, PublicReport, Spot, count_reports, list_reports, list_spots
from oppidum.core import clock
from oppidum.territory.models import Commune
from oppidum.web.errors import problem
from oppidum.web.words import say_age, say_number

FRESH_SECONDS = 20
GATHERED_SECONDS = 120  # A wide view costs most and changes least: one report more among thousands.
NAMES_SECONDS = 600


@require_safe
def page(request):
    """The map, the filters and a page of the list."""
    wanted = PublicFilter.parse(request.GET)
    after = case_id_of(request.GET.get("after", ""))
    reports, more = list_reports(wanted, after)
    communes = commune_names()
    count = count_reports(wanted)
    context = {
        "wanted": wanted,
        "count": count,
        "count_in_words": say_number(count),
        "rows": [_row(report, communes) for report in reports],
        "next": f"?{wanted.query(after=reports[-1].public_id)}" if more else "",
        "first": f"?{wanted.query()}" if after else "",
        "groups": [("", _("All subjects")), *((group.code, group.name) for group in REPORTS.service.groups)],
        "communes": [("", _("All communes")), *sorted(communes.items(), key=lambda pair: pair[1])],
        "states": [
            ("open", _("Open")),
            ("late", _("Late")),
            ("planned", _("Planned or in progress")),
            ("done", _("Solved in the last %(days)s days") % {"days": DONE_DAYS}),
        ],
    }
    return render(request, "portal/map/page.html", context)


@require_safe
def points(request):
    """The reports in view as GeoJSON (RFC 7946); a feature with `gathers` stands for that many."""
    box = read_box(request.GET.get("bbox", ""))
    if box is None:
        detail = _("“bbox” takes four numbers in degrees: west,south,east,north, as in bbox=5.2,43.2,5.6,43.4.")
        return problem(400, "bbox", detail, field="bbox")
    wanted = PublicFilter.parse(request.GET)
    body = _points(wanted, widen(box))
    etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    fresh = etag in known or f"W/{etag}" in known
    response = HttpResponse(b"" if fresh else body, status=304 if fresh else 200, content_type="application/geo+json")
    response["ETag"] = etag
    patch_cache_control(response, private=True, max_age=FRESH_SECONDS)
    patch_vary_headers(response, ["Cookie"])
    return response


def read_box(text: str) -> tuple[float, float, float, float] | None:
    """West, south, east, north, or None for anything else."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    # A map zoomed far out shows the world more than once: what lies beyond its edges is cut off. NaN fails every comparison.
    if not (west < east and south < north and all(math.isfinite(number) for number in (west, south, east, north))):
        return None
    west, east, south, north = max(west, -180), min(east, 180), max(south, -90), min(north, 90)
    return (west, south, east, north) if west < east and south < north else None


def widen(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """The box out to a grid of an eighth of its size, rounded to a power of two."""
    west, south, east, north = box
    step = 2.0 ** math.floor(math.log2(max(east - west, north - south, 1e-4) / 8))
    return (
        max(-180.0, math.floor(west / step) * step),
        max(-90.0, math.floor(south / step) * step),
        min(180.0, math.ceil(east / step) * step),
        min(90.0, math.ceil(north / step) * step),
    )


def _points(wanted: PublicFilter, box: tuple[float, float, float, float]) -> bytes:
    """The answer for a filter and a box in the reader's language, kept by this process for a while."""
    asked = f"{get_language()}|{wanted.query()}|{box}"
    key = f"map:{hashlib.blake2b(asked.encode(), digest_size=16).hexdigest()}"
    body = cache.get(key)
    if body is None:
        spots = list_spots(wanted, box)
        features = _features(spots)
        body = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":")).encode()
        cache.set(key, body, GATHERED_SECONDS if any(spot.case_id is None for spot in spots) else FRESH_SECONDS)
    return body


def _features(spots: list[Spot]) -> list[dict]:
    """The points as features; labels are translated once for each category and step, not for each point."""
    communes, today, labels, ages = commune_names(), clock.today(), {}, {}
    stem = reverse("portal:public-report", args=["x"])[:-1]
    features = []
    for spot in spots:
        if spot.case_id is None:
            told = {"gathers": spot.count}
        else:
            kind = spot.service, spot.category, spot.step
            if kind not in labels:
                labels[kind] = _labels(*kind)
            if spot.filed_on not in ages:
                ages[spot.filed_on] = say_age(spot.filed_on)
            title, step = labels[kind]
            name = public_id(spot.case_id)
            told = {
                "id": name,
                "title": title,
                "href": stem + name,
                "text": f"{step} · {communes.get(spot.commune, '')} · {ages[spot.filed_on]}",
            }
            if tone := "done" if spot.step == "done" else "late" if spot.due_on and spot.due_on < today else "":
                told["tone"] = tone
        place = {"type": "Point", "coordinates": [round(spot.lon, 6), round(spot.lat, 6)]}
        features.append({"type": "Feature", "geometry": place, "properties": told})
    return features


def _labels(service_code: str, category: str, step: str) -> tuple[str, str]:
    service = get_service(service_code)
    found = service.categories.get(category)
    return str(found.name) if found else category, str(service.flow.steps[step].label)


def commune_names() -> dict[str, str]:
    """The names of the communes served, by code, kept for some minutes."""
    names = cache.get("portal:communes")
    if not names:
        names = dict(Commune.objects.filter(intercommunality__isnull=False).values_list("code", "name"))
        cache.set("portal:communes", names, NAMES_SECONDS)
    return names


def _row(report: PublicReport, communes: dict[str, str]) -> dict:
    """A report as the list shows it."""
    photo = thumbnail_url(Photo(token=report.photo)) if report.photo else ""
    commune = communes.get(report.commune, "")
    place = report.address if commune.lower() in report.address.lower() else f"{report.address}, {commune}".lstrip(", ")
    return {"report": report, "photo": photo, "place": place}
