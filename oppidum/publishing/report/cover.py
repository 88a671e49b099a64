"""The cover's drawing: the territory's communes as fine lines, from their outlines."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

SIDE = 1000  # px of the drawing's width


def territory_svg(outlines: Mapping[str, Any], line: str = "#FFFFFF", fill: str = "none") -> str:
    """The communes in one SVG path, Mercator, as wide as `SIDE`; blank without outlines."""
    rings = [np.asarray(ring, float) for ring in _rings(outlines)]
    if not rings:
        return ""
    drawn = [np.column_stack((np.radians(ring[:, 0]), _mercator(ring[:, 1]))) for ring in rings]
    every = np.concatenate(drawn)
    (left, bottom), (right, top) = every.min(axis=0), every.max(axis=0)
    scale = SIDE / (right - left)
    height = math.ceil((top - bottom) * scale)
    path = "".join(_path((ring - (left, top)) * (scale, -scale)) for ring in drawn)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 {SIDE + 4} {height + 4}" width="{SIDE + 4}" height="{height + 4}">'
        f'<path d="{path}" fill="{fill}" stroke="{line}" stroke-width="1.6" stroke-linejoin="round"/></svg>'
    )


def _rings(outlines: Mapping[str, Any]) -> Iterator[Any]:
    for feature in outlines.get("features", ()):
        if feature["properties"].get("kind") == "commune":
            shape = feature["geometry"]
            polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
            for polygon in polygons:
                yield polygon[0]


def _mercator(latitude: np.ndarray) -> np.ndarray:
    return np.log(np.tan(np.pi / 4 + np.radians(latitude) / 2))


def _path(ring: np.ndarray) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z"
