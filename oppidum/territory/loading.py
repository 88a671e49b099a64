"""Load an intercommunality by its SIREN: its communes, the communes around, and the arrondissements of its large cities.

One transaction, set-based, and idempotent: loading again brings the tables up to date. A commune that has left the authority
becomes a neighbour; no commune is ever deleted, for cases may have happened there.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from django.db import transaction

from oppidum.core.sql import rows, server_cursor
from oppidum.territory import hours, names, place_names
from oppidum.territory.models import Commune, Intercommunality, Stamp, Zone
from oppidum.territory.source import Authority, Place, Source

# Outlines are simplified: two communes that touch on the ground may stand some metres apart in the file.
_TOUCHING_DEGREES = 0.005
_KINDS = {
    "CC": Intercommunality.Kind.COMMUNITY_OF_COMMUNES,
    "CA": Intercommunality.Kind.AGGLOMERATION_COMMUNITY,
    "CU": Intercommunality.Kind.URBAN_COMMUNITY,
    "ME": Intercommunality.Kind.METROPOLIS,
}

_STAGE = """
    create temporary table staged_commune (
        code text, name text, siren text, population int, outline geometry(multipolygon, 4326),
        hall geometry(point, 4326), postcodes text[],
        hall_name text, hall_address text, hall_phone text, hall_email text, hall_website text, hall_hours jsonb
    ) on commit drop
"""
_COPY = "copy staged_commune from stdin"
# Lambert-93 (EPSG:2154) is the legal projection of metropolitan France; overseas the ellipsoid itself is measured.
_MEASURE = """
    case when st_x(st_centroid({0})) between -6 and 11 and st_y(st_centroid({0})) between 41 and 52
         then st_area(st_transform({0}, 2154)) else st_area({0}::geography) end / 1e6
"""
_MERGE = f"""
    insert into territory_commune (code, name, intercommunality_id, population, area_km2, outline, centre, postcodes,
        hall_name, hall_address, hall_phone, hall_email, hall_website, hall_hours)
    select code, name, nullif(siren, ''), population, coalesce({_MEASURE.format("outline")}, 0), outline,
        case when hall is not null and (outline is null or st_intersects(outline, hall)) then hall
             else st_pointonsurface(outline) end,
        postcodes, hall_name, hall_address, hall_phone, hall_email, hall_website, hall_hours
    from staged_commune
    on conflict (code) do update set
        name = excluded.name, intercommunality_id = excluded.intercommunality_id, population = excluded.population,
        area_km2 = excluded.area_km2, outline = excluded.outline, centre = excluded.centre,
        postcodes = excluded.postcodes, hall_name = excluded.hall_name, hall_address = excluded.hall_address,
        hall_phone = excluded.hall_phone, hall_email = excluded.hall_email, hall_website = excluded.hall_website,
        hall_hours = excluded.hall_hours
"""


@dataclass(frozen=True)
class Loaded:
    """What a load brought, measured in the database."""

    name: str
    communes: int
    area_km2: float
    population: int
    neighbours: int
    arrondissements: int


def load(authority: Authority, source: Source) -> Loaded:
    """Load `authority` and make it the installation's one."""
    members = {code for code, place in source.communes.items() if place.siren == authority.siren}
    neighbours = _around(members, source)
    with transaction.atomic():
        intercommunality, _ = Intercommunality.objects.update_or_create(
            siren=authority.siren, defaults={"name": authority.name, "kind": _KINDS[authority.kind]}
        )
        Commune.objects.members().exclude(code__in=members).update(intercommunality=None)
        Intercommunality.objects.exclude(siren=authority.siren).delete()
        _merge(_staged(source.communes[code], authority.siren) for code in sorted(members | neighbours))
        zones = _load_arrondissements(members, source)
        _sum_up(intercommunality)
        place_names.index()
        Stamp.touch()
    return Loaded(authority.name, len(members), intercommunality.area_km2, intercommunality.population, len(neighbours), zones)


def _around(members: set[str], source: Source) -> set[str]:
    """The other communes of the members' départements, and those of the départements that touch these."""
    departments = {source.communes[code].department for code in members}
    places = [place for place in source.communes.values() if place.outline]
    outlines = shapely.from_wkb([place.outline for place in places])
    inside = np.array([place.department in departments for place in places])
    tree = shapely.STRtree(outlines)
    _, touching = tree.query(outlines[inside], predicate="dwithin", distance=_TOUCHING_DEGREES)
    wanted = departments | {places[index].department for index in np.unique(touching)}
    return {place.code for place in places if place.department in wanted} - members


def _staged(place: Place, siren: str) -> tuple:
    name = names.with_article(place.name, place.name_type)
    hall = place.hall
    return (
        place.code,
        name,
        siren if place.siren == siren else "",
        place.population,
        place.outline or None,
        place.hall_point or None,
        place.postcodes,
        f"Mairie {names.of_name(name)}",
        hall["adresse"],
        hall["telephone"],
        hall["email"],
        hall["site"],
        json.dumps(hours.read(hall["horaires"])),
    )


def _merge(staged: Iterable[tuple]) -> None:
    with server_cursor() as cursor:
        cursor.execute(_STAGE)
        with cursor.copy(_COPY) as copy:
            for row in staged:
                copy.write_row(row)
        cursor.execute(_MERGE)
        cursor.execute("drop table staged_commune")


def _load_arrondissements(members: set[str], source: Source) -> int:
    """Municipal arrondissements (Paris, Lyon, Marseille) as the zones of a layer."""
    zones = list(_arrondissement_zones(members, source))
    Zone.objects.filter(layer=Zone.ARRONDISSEMENTS).exclude(code__in=[zone.code for zone in zones]).delete()
    Zone.objects.bulk_create(
        zones,
        update_conflicts=True,
        unique_fields=["layer", "code"],
        update_fields=["name", "commune", "population", "postcodes", "outline"],
    )
    return len(zones)


def _arrondissement_zones(members: set[str], source: Source) -> Iterator[Zone]:
    for parent in sorted(members & source.arrondissements.keys()):
        for part in source.arrondissements[parent]:
            if part.outline:
                yield Zone(
                    layer=Zone.ARRONDISSEMENTS,
                    code=part.code,
                    name=part.name.replace("Arrondissement", "arrondissement"),
                    commune_id=parent,
                    population=part.population,
                    postcodes=part.postcodes,
                    outline=f"SRID=4326;{shapely.from_wkb(part.outline).wkt}",
                )


def _sum_up(intercommunality: Intercommunality) -> None:
    [(population, area_km2)] = rows(
        "select sum(population)::int, sum(area_km2) from territory_commune where intercommunality_id = %s",
        [intercommunality.siren],
    )
    intercommunality.population, intercommunality.area_km2 = population, area_km2
    intercommunality.save()
