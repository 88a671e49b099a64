"""Load the zones of a layer from GeoJSON: quarters, low-emission zone, collection sectors.

The file is the truth for its layer: zones that it no longer has are removed. All of it is loaded or nothing.
"""

import json
from pathlib import Path

import shapely
from django.db import transaction
from django.utils.text import slugify

from oppidum.territory import locate, place_names
from oppidum.territory.models import Commune, Stamp, Zone
from oppidum.territory.tables import UNREADABLE, Unreadable, open_text, plain

_CODES = ("code", "id", "code_insee", "code_zone", "num", "numero")
_NAMES = ("name", "nom", "libelle", "label", "nom_zone", "nom_quartier", "title")
_COMMUNES = ("commune", "code_commune", "code_insee_commune", "insee_commune")


def load_zones(layer: str, path: Path) -> int:
    """Replace the zones of `layer` by the file's; returns how many there are."""
    if not layer or slugify(layer) != layer:
        raise Unreadable(f"A layer is named in small letters, digits and hyphens: '{slugify(layer) or 'quarters'}'.")
    zones = read_zones(layer, path)
    with transaction.atomic():
        Zone.objects.filter(layer=layer).exclude(code__in=[zone.code for zone in zones]).delete()
        Zone.objects.bulk_create(
            zones,
            update_conflicts=True,
            unique_fields=["layer", "code"],
            update_fields=["name", "commune", "outline"],
        )
        place_names.index()
        Stamp.touch()
    return len(zones)


def read_zones(layer: str, path: Path) -> list[Zone]:
    """The zones that the file holds, checked; every fault is told."""
    features = _features(path)
    members = set(Commune.objects.members().values_list("code", flat=True))
    zones, problems = {}, []
    for rank, feature in enumerate(features, start=1):
        try:
            zone = _zone(layer, feature, members)
            if zone.code in zones:
                raise ValueError(f"the code {zone.code} is used twice")
            zones[zone.code] = zone
        except ValueError as error:
            problems.append(f"\n  feature {rank}: {error}")
    if problems:
        shown = "".join(problems[:20])
        raise Unreadable(f"{path.name}: {len(problems)} of {len(features)} features can't be used.{shown}")
    return list(zones.values())


def _features(path: Path) -> list[dict]:
    try:
        with open_text(path) as text:
            content = json.load(text)
    except (ValueError, RecursionError, *UNREADABLE) as error:
        raise Unreadable(f"{path.name} is not GeoJSON: {error}.") from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not features:
        raise Unreadable(f"{path.name} is not a GeoJSON FeatureCollection with features.")
    crs = json.dumps(content.get("crs") or "")
    if content.get("crs") and "CRS84" not in crs and "4326" not in crs:
        raise Unreadable(f"{path.name} is in another reference system: export it in WGS 84 (EPSG:4326).")
    return features


def _zone(layer: str, feature: dict, members: set[str]) -> Zone:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    properties = {str(key).lower(): value for key, value in (properties or {}).items()}
    name = _first(properties, _NAMES)
    code = _first(properties, _CODES) or plain(str(feature.get("id") or "")) or name
    if not code:
        raise ValueError("no code, id or name")
    outline = _outline(feature.get("geometry"))
    commune = _first(properties, _COMMUNES)
    commune = commune if commune in members else _commune_of(outline)
    return Zone(
        layer=layer,
        code=code[:60],
        name=(name or code)[:200],
        commune_id=commune,
        outline=f"SRID=4326;{outline.wkt}",
    )


def _first(properties: dict, names: tuple[str, ...]) -> str:
    return next((plain(str(properties[name])) for name in names if properties.get(name) not in (None, "")), "")


def _outline(geometry: dict | None) -> shapely.MultiPolygon:
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise ValueError("not a polygon")
    try:
        shape = shapely.from_geojson(json.dumps(geometry))
    except shapely.GEOSException as error:
        raise ValueError(f"not a geometry ({error})") from error
    if shape is None or shape.is_empty:
        raise ValueError("the polygon is empty")
    shape = shapely.force_2d(shape)
    west, south, east, north = shape.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError("coordinates are not degrees of longitude and latitude (WGS 84)")
    if not shape.is_valid:
        shape = shapely.make_valid(shape)
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    parts += [part for more in shapely.get_parts(shape) if more.geom_type == "MultiPolygon" for part in more.geoms]
    if not parts:
        raise ValueError("the polygon has no surface")
    return shapely.MultiPolygon(parts)


def _commune_of(outline: shapely.MultiPolygon) -> str | None:
    """The commune that holds most of the zone, None if it spreads over several (a tenth or more outside)."""
    west, south, east, north = outline.bounds
    grid = [(west + (east - west) * (i + 0.5) / 20, south + (north - south) * (j + 0.5) / 20)
            for i in range(20) for j in range(20)]  # fmt: skip
    inside = [point for point in grid if shapely.contains_xy(outline, *point)]
    inside = inside or [outline.representative_point().coords[0]]
    codes = locate.locate(*zip(*inside, strict=True)).tolist()
    best = max(sorted(set(codes)), key=codes.count)
    return best if best and codes.count(best) >= 0.9 * len(codes) else None
