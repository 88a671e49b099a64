"""Outlines for a map's quiet ground: communes and arrondissements, simplified together so that they still fit each other."""

import threading
from typing import Any

import numpy as np
import shapely

from oppidum.core.sql import rows
from oppidum.territory.ground import Ground
from oppidum.territory.locate import ground
from oppidum.territory.models import Zone

_METRES_A_DEGREE = 111_195.0
# Five decimals of a degree are about a metre.
_DECIMALS = 5
_LOCK = threading.Lock()
_drawn: dict[tuple[str | None, float], dict[str, Any]] = {}


def outlines_geojson(tolerance_m: float = 60) -> dict[str, Any]:
    """A GeoJSON FeatureCollection of the communes and of the arrondissements of large cities.

    Each feature has `kind` ("commune" or "zone"), `code`, `name`, `lon` and `lat` (where to write the name), and for a zone its
    `layer`. Kept per process for each version of the territory: don't change what is returned.
    """
    here = ground()
    with _LOCK:
        for key in [key for key in _drawn if key[0] != here.version]:
            del _drawn[key]
        if (here.version, tolerance_m) not in _drawn:
            features = _communes(here, tolerance_m) + _divisions(here, tolerance_m)
            _drawn[here.version, tolerance_m] = {"type": "FeatureCollection", "features": features}
        return _drawn[here.version, tolerance_m]


def outlines_version() -> str:
    """Changes when the outlines do: for ETags."""
    return ground().version or "none"


def _communes(here: Ground, tolerance_m: float) -> list[dict]:
    told = {
        code: {"kind": "commune", "code": code, "name": name, "population": population, "lon": lon, "lat": lat}
        for code, name, population, lon, lat in rows("""
            select code, name, population, round(st_x(centre)::numeric, 5)::float8, round(st_y(centre)::numeric, 5)::float8
            from territory_commune where intercommunality_id is not null and outline is not null
        """)
    }
    codes = here.codes[:-1].tolist()
    return [
        {"type": "Feature", "id": code, "properties": told[code], "geometry": outline}
        for code, outline in zip(codes, _simplified(here.outlines[: here.members], tolerance_m), strict=True)
        if code in told
    ]


def _divisions(here: Ground, tolerance_m: float) -> list[dict]:
    layer, features = Zone.ARRONDISSEMENTS, []
    zones = here.layers.get(layer)
    if zones:
        parts = [number for number, commune in enumerate(zones.communes) if commune in zones.divided]
        names = dict(rows("select code, name from territory_zone where layer = %s", [layer]))
        outlines = _simplified(zones.outlines[parts], tolerance_m)
        for number, outline in zip(parts, outlines, strict=True):
            code = zones.codes[number]
            point = shapely.point_on_surface(zones.outlines[number])
            told = {
                "kind": "zone", "layer": layer, "code": code, "name": names.get(code, code),
                "commune": zones.communes[number], "lon": round(point.x, _DECIMALS), "lat": round(point.y, _DECIMALS),
            }  # fmt: skip
            features.append({"type": "Feature", "id": f"{layer}-{code}", "properties": told, "geometry": outline})
    return features


def _simplified(outlines: np.ndarray, tolerance_m: float) -> list[dict]:
    """The outlines as GeoJSON geometries; borders that two of them share stay shared."""
    if not len(outlines):
        return []
    stretch = np.array([np.cos(np.radians(shapely.get_coordinates(outlines)[:, 1].mean())), 1.0])
    flat = shapely.transform(outlines, lambda xy: xy * stretch)
    flat = shapely.coverage_simplify(flat, tolerance_m / _METRES_A_DEGREE)
    simple = shapely.transform(flat, lambda xy: np.round(xy / stretch, _DECIMALS))
    return [_geometry(outline) for outline in simple]


def _geometry(outline: shapely.Geometry) -> dict:
    return dict(shapely.geometry.mapping(outline))
