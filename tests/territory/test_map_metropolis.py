"""The map's ground for the real metropolis."""

import json

import numpy as np
import shapely

from oppidum.territory import locate
from oppidum.territory.outlines import outlines_geojson


def outlines() -> dict[str, shapely.Geometry]:
    return {
        one["properties"]["code"]: shapely.geometry.shape(one["geometry"])
        for one in outlines_geojson()["features"]
        if one["properties"]["kind"] == "commune"
    }


def test_the_ground_of_92_communes_weighs_under_400_kb(metropolis):
    assert len(json.dumps(outlines_geojson())) < 400_000
    assert len(outlines()) == 92


def test_simplified_outlines_are_valid_and_do_not_overlap(metropolis):
    drawn = np.array(list(outlines().values()))
    assert shapely.is_valid(drawn).all()
    whole = shapely.unary_union(drawn).area
    assert abs(whole - shapely.area(drawn).sum()) < 1e-4 * whole


def test_simplified_outlines_stay_where_the_communes_are(metropolis):
    here = locate.ground()
    for code, drawn in outlines().items():
        true = here.outlines[here.codes.tolist().index(code)]
        assert drawn.symmetric_difference(true).area < 0.03 * true.area
