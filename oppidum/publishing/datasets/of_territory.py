"""The ground as open data: communes with their town halls, outlines, zones."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from oppidum.publishing.datasets.declaration import REGIONS, YEARLY, Chart, Column, Dataset, Export, Query
from oppidum.territory.outlines import outlines_geojson

OWNER = "support"
INSEE = r"[0-9AB]{5}"
_FINE_M = 20


def _outlines() -> Iterator[tuple[Any, ...]]:
    """Each commune with its outline, simplified together to 20 metres so that neighbours still fit."""
    for feature in outlines_geojson(_FINE_M)["features"]:
        told = feature["properties"]
        if told["kind"] == "commune":
            yield told["code"], told["name"], told["population"], feature["geometry"]


COMMUNES = Dataset(
    "communes",
    _("Communes and their town halls"),
    says=_("The member communes with population, area, and the address, telephone and place of the town hall."),
    owner=OWNER,
    theme=REGIONS,
    frequency=YEARLY,
    keywords=(_("communes"), _("town hall"), _("population")),
    source=Query("""
        select code, name, population, round(area_km2::numeric, 2) as area_km2, array_to_string(postcodes, ' ') as postcodes,
            hall_address, hall_phone, hall_email, hall_website,
            round(st_x(centre)::numeric, 5) as longitude, round(st_y(centre)::numeric, 5) as latitude
        from territory_commune where intercommunality_id is not null order by code
    """),
    columns=(
        Column("code", _("INSEE code"), required=True, unique=True, pattern=INSEE, example="13055"),
        Column("name", _("Name"), required=True),
        Column("population", _("Population"), "integer", minimum=0),
        Column("area_km2", _("Area (km²)"), "number", minimum=0),
        Column("postcodes", _("Postcodes"), says=_("Several are parted by a space.")),
        Column("hall_address", _("Address of the town hall")),
        Column("hall_phone", _("Telephone of the town hall")),
        Column("hall_email", _("E-mail of the town hall")),
        Column("hall_website", _("Website of the town hall")),
        Column("longitude", _("Longitude"), "number", minimum=-180, maximum=180, says=_("WGS 84, of the commune's centre.")),
        Column("latitude", _("Latitude"), "number", minimum=-90, maximum=90),
    ),
    key=("code",),
    geometry=("longitude", "latitude"),
    chart=Chart("bar", "name", "population", _("Population of the communes")),
)

OUTLINES = Dataset(
    "commune-outlines",
    _("Outlines of the communes"),
    says=_("The outlines of the member communes, simplified together to some twenty metres: neighbours share their line."),
    owner=OWNER,
    theme=REGIONS,
    frequency=YEARLY,
    keywords=(_("communes"), _("outline"), _("map")),
    source=Export(_outlines),
    columns=(
        Column("code", _("INSEE code"), required=True, unique=True, pattern=INSEE),
        Column("name", _("Name"), required=True),
        Column("population", _("Population"), "integer", minimum=0),
        Column("outline", _("Outline"), "geojson", says=_("A geometry of GeoJSON (RFC 7946), in WGS 84.")),
    ),
    key=("code",),
    geometry="outline",
    # Administrative units are high-value data (Implementing Regulation (EU) 2023/138, annex, geospatial).
    high_value="c_ac64a52d",
)

ZONES = Dataset(
    "zones",
    _("Zones: districts and regulated areas"),
    says=_("Districts (arrondissements) and the areas in which a rule holds, such as the permit to let a dwelling."),
    owner=OWNER,
    theme=REGIONS,
    frequency=YEARLY,
    keywords=(_("zones"), _("district"), _("map")),
    source=Query("""
        select layer, code, name, commune_id as commune, st_asgeojson(st_simplifypreservetopology(outline, 0.0001), 5) as outline
        from territory_zone order by layer, code
    """),
    columns=(
        Column("layer", _("Layer"), required=True, says=_("Which kind of zone: arrondissements, rental-permit...")),
        Column("code", _("Code"), required=True),
        Column("name", _("Name"), required=True),
        Column("commune", _("INSEE code of the commune")),
        Column("outline", _("Outline"), "geojson"),
    ),
    key=("layer", "code"),
    geometry="outline",
)

DATASETS = (COMMUNES, OUTLINES, ZONES)
