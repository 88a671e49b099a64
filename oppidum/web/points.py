"""A point in words, for the faces that are given one without an address."""

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point, Polygon
from django.utils.translation import gettext as _

from oppidum.territory.locate import find_commune, find_zones
from oppidum.territory.models import Commune, Street, Zone

NEAR_DEGREES = 0.002  # some 150 to 220 metres


def describe(lon: float, lat: float) -> str:
    """The nearest street if there is one near, else the district or the commune."""
    here = Point(lon, lat, srid=4326)
    around = Polygon.from_bbox((lon - NEAR_DEGREES, lat - NEAR_DEGREES, lon + NEAR_DEGREES, lat + NEAR_DEGREES))
    around.srid = 4326
    code = find_commune(lon, lat)
    streets = Street.objects.filter(commune_id=code, place__within=around).annotate(away=Distance("place", here))
    street = streets.select_related("commune").order_by("away").first()
    if street:
        return _("Near %(street)s, %(commune)s") % {"street": street.name, "commune": street.commune.name}
    return _("Point shown on the map, %(commune)s") % {"commune": _area(lon, lat, code)}


def _area(lon: float, lat: float, code: str | None) -> str:
    """The commune's name, or its district's when that says the commune too: "Marseille 2e arrondissement"."""
    commune = Commune.objects.filter(code=code).values_list("name", flat=True).first() or ""
    for layer, zone in find_zones(lon, lat).items():
        name = Zone.objects.filter(layer=layer, code=zone).values_list("name", flat=True).first() or ""
        if commune and name.startswith(commune):
            return name
    return commune
