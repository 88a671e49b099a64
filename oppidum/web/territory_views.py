"""What maps and address fields ask of the territory: the communes' outlines, and places by their name."""

from django.http import JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import condition, require_safe

from oppidum.core import rates
from oppidum.core.addresses import client_address
from oppidum.core.errors import TooMany
from oppidum.territory.gazetteer import Place, names_a_way, search_places
from oppidum.territory.locate import ground
from oppidum.territory.outlines import outlines_geojson
from oppidum.territory.words import tokens
from oppidum.web.surroundings import land_around

LONGEST_QUERY = 200
SEARCHES_A_MINUTE = 300
DAY_SECONDS = 24 * 3600

KINDS = {"commune": _("commune"), "zone": _("district"), "street": _("street")}


@require_safe
@condition(etag_func=lambda request: f'"{ground().version}"')
def outlines(request):
    """The ground of every map: outlines and names of the communes as GeoJSON, kept a day by browsers."""
    drawn = outlines_geojson()
    drawn = {**drawn, "features": [*land_around(ground().version), *drawn["features"]]}
    response = JsonResponse(drawn, content_type="application/geo+json")
    patch_cache_control(response, public=True, max_age=DAY_SECONDS)
    return response


@require_safe
def place_search(request):
    """Suggestions for an address field: JSON, or a list of links for htmx."""
    if not rates.allow(f"places:{client_address(request)}", SEARCHES_A_MINUTE):
        raise TooMany(retry_after=60)
    words = request.GET.get("q", "")[:LONGEST_QUERY].strip()
    places = [as_answer(place, words) for place in search_places(words, near=near(request))] if words else []
    if getattr(request, "htmx", False):
        return render(request, "web/_places.html", {"places": places, "words": words})
    count = ngettext("%(n)s place found", "%(n)s places found", len(places)) % {"n": len(places)}
    if not places:
        count = gettext("No place found: try the commune's name, or show it on the map.")
        if names_a_way(words):
            count = gettext("We don't know this street: go on with what you wrote, or show the place on the map.")
    response = JsonResponse({"places": places, "count_in_words": count})
    patch_vary_headers(response, ["Cookie", "HX-Request"])
    return response


def as_answer(place: Place, words: str = "") -> dict:
    """A place as the browser needs it. A street that no register knows stays written before the commune chosen for it."""
    address = place.label
    if place.kind != "street" and names_a_way(words):
        address = words if set(tokens(place.label)) <= set(tokens(words)) else f"{words}, {place.label}"
    return {
        "label": place.label,
        "address": address,
        "kind": place.kind,
        "kind_label": str(KINDS.get(place.kind, "")),
        "commune": place.commune_code,
        "lon": round(place.lon, 6),
        "lat": round(place.lat, 6),
        "point": f"{place.lon:.6f},{place.lat:.6f}",
    }


def near(request) -> tuple[float, float] | None:
    """Where the reader is or looks, when the page says so; anything unreadable is as if unsaid."""
    try:
        lon, lat = float(request.GET["lon"]), float(request.GET["lat"])
    except (KeyError, ValueError):
        return None
    return (lon, lat) if -180 <= lon <= 180 and -90 <= lat <= 90 else None
