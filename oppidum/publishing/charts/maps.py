"""Maps of communes shaded by a value, from the territory's outlines."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from oppidum.publishing.charts.chart import Chart, make_spec
from oppidum.publishing.charts.theme import INK, NO_VALUE, SEQUENCE, SIZE, WIDTH
from oppidum.publishing.charts.wording import say, tell_values

CLASSES = 5
NAMED = 8  # the largest communes get their name

_LEGEND = {
    "title": None,
    "orient": "bottom",
    "direction": "horizontal",
    "symbolType": "square",
    "symbolSize": 130,
    "columns": 3,
}


def choropleth(
    title: str,
    values: Mapping[str, float],
    outlines: Mapping[str, Any],
    *,
    unit: str = "",
    decimals: int | None = None,
    width: int = WIDTH,
) -> Chart:
    """Communes shaded by a value (code of commune: value). `outlines` is `territory.outlines.outlines_geojson`; those without a value
    stay the colour of the paper. Classes hold about as many communes each, their bounds said in the legend."""
    communes = [one for one in outlines["features"] if one["properties"].get("kind") == "commune"]
    bounds = class_bounds(list(values.values()))
    names = _class_names(bounds, unit, decimals)
    features = [_feature(one, values, bounds, names, unit, decimals) for one in communes]
    largest = sorted(communes, key=lambda one: -(one["properties"].get("population") or 0))[:NAMED]
    places = [{"lon": p["lon"], "lat": p["lat"], "name": p["name"]} for p in (one["properties"] for one in largest)]
    layer = _layers(names, places)
    spec = make_spec(features, width=width, height=round(width * 0.74), projection={"type": "mercator"}, layer=layer)
    ranked = sorted(((one["properties"]["name"], values.get(one["properties"]["code"])) for one in communes), key=_by_value)
    rows = tuple((name, say(value, unit, decimals)) for name, value in ranked)
    told = [(name, said) for (name, said), (_name, value) in zip(rows, ranked, strict=True) if value is not None]
    return Chart(
        title=title,
        spec=spec,
        columns=(_("Commune"), pgettext("chart", "Value")),
        rows=rows,
        alt=tell_values(title, _("Map"), told),
        kind="map",
    )


def _layers(names: Sequence[str], places: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Communes without a value, the shaded ones, and the names of the largest, each with a halo."""
    colour = {
        "field": "properties.class",
        "type": "nominal",
        "sort": None,
        "scale": {"domain": names, "range": _shades(len(names))},
        "legend": _LEGEND,
    }
    names_mark = {
        "type": "text",
        "fontSize": SIZE - 1,
        "stroke": "#FFFFFF",
        "strokeWidth": 3,
        "strokeJoin": "round",
        "fontWeight": 600,
    }
    where = {"longitude": {"field": "lon", "type": "quantitative"}, "latitude": {"field": "lat", "type": "quantitative"}}
    return [
        {
            "mark": {"type": "geoshape", "fill": NO_VALUE, "stroke": "#FFFFFF", "strokeWidth": 0.5},
            "transform": [{"filter": "!isValid(datum.properties.class)"}],
        },
        {
            "mark": {"type": "geoshape", "stroke": "#FFFFFF", "strokeWidth": 0.5},
            "transform": [{"filter": "isValid(datum.properties.class)"}],
            "encoding": {"color": colour},
        },
        {"data": {"values": places}, "mark": {**names_mark, "opacity": 0.92}, "encoding": {**where, "text": {"field": "name"}}},
        {
            "data": {"values": places},
            "mark": {"type": "text", "fontSize": SIZE - 1, "color": INK, "fontWeight": 600},
            "encoding": {**where, "text": {"field": "name"}},
        },
    ]


def class_bounds(values: Sequence[float]) -> list[float]:
    """Up to four bounds between classes of about as many values each; fewer where values repeat."""
    if not values:
        return []
    inner = np.quantile(np.asarray(values, float), np.linspace(0, 1, CLASSES + 1)[1:-1])
    rounded = dict.fromkeys(_round_two(float(one)) for one in inner)
    return [one for one in rounded if min(values) < one <= max(values)]


def _round_two(value: float) -> float:
    """Two significant digits: a bound that a legend can say."""
    return float(f"{value:.2g}")


def _class_of(value: float, bounds: Sequence[float]) -> int:
    return sum(value >= bound for bound in bounds)


def _class_names(bounds: Sequence[float], unit: str, decimals: int | None) -> list[str]:
    if not bounds:
        return [pgettext("chart", "all")]
    said = [say(bound, unit, decimals) for bound in bounds]
    between = [_("%(low)s to %(high)s") % {"low": low, "high": high} for low, high in zip(said, said[1:], strict=False)]
    return [_("under %(value)s") % {"value": said[0]}, *between, _("%(value)s and more") % {"value": said[-1]}]


def _shades(count: int) -> list[str]:
    """So many shades out of the sequence, the ends kept."""
    if count == 1:
        return [SEQUENCE[3]]
    return [SEQUENCE[round(n * (len(SEQUENCE) - 1) / (count - 1))] for n in range(count)]


def _feature(one: Mapping[str, Any], values: Mapping[str, float], bounds, names, unit: str, decimals: int | None) -> dict[str, Any]:
    code = one["properties"]["code"]
    properties: dict[str, Any] = {"name": one["properties"]["name"], "class": None}
    if code in values:
        properties |= {"class": names[_class_of(values[code], bounds)], "said": say(values[code], unit, decimals)}
    return {"type": "Feature", "properties": properties, "geometry": wound(one["geometry"])}


def wound(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """Rings turned as d3-geo wants them: outer ones clockwise, holes the other way (RFC 7946 says the reverse, and d3 would
    paint the rest of the Earth)."""
    is_one = geometry["type"] == "Polygon"
    polygons = [geometry["coordinates"]] if is_one else geometry["coordinates"]
    turned = [[_turned(ring, clockwise=number == 0) for number, ring in enumerate(polygon)] for polygon in polygons]
    return {"type": geometry["type"], "coordinates": turned[0] if is_one else turned}


def _turned(ring: Sequence[Sequence[float]], clockwise: bool) -> list[Sequence[float]]:
    return list(reversed(ring)) if (_area(ring) > 0) == clockwise else list(ring)


def _area(ring: Sequence[Sequence[float]]) -> float:
    """Twice the signed area: positive when the ring turns counterclockwise."""
    xy = np.asarray(ring, float)
    return float(np.dot(xy[:-1, 0], xy[1:, 1]) - np.dot(xy[1:, 0], xy[:-1, 1]))


def _by_value(pair: tuple[str, float | None]) -> tuple[bool, float, str]:
    name, value = pair
    return value is None, -(value or 0), name
