"""Lines: months beside the year before, years on the way to a target, small multiples that share one scale."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from oppidum.publishing.charts.chart import Chart, Point, make_spec
from oppidum.publishing.charts.theme import AXIS_NUMBER, INK_SOFT, MUTED, OCHRE, SEA, SEA_PALE, SIZE, WIDTH
from oppidum.publishing.charts.wording import say, tell_series

ROOM = 84  # px at the right for the names of the lines


def compared_months(title: str, points: Sequence[Point], *, own: str, before: str = "", width: int = WIDTH) -> Chart:
    """The months of a year as a line, the year before as a pale one, each named at its end."""
    points = [one for one in points if one.value is not None]
    values = _values(points)
    axis = {"title": None, "labelAngle": 0, "domain": True, "tickSize": 3, "grid": False}
    x = {"field": "at", "type": "ordinal", "sort": None, "axis": axis, "scale": {"type": "point", "padding": 0.3}}
    colour = {"condition": {"test": f"datum.series === {own!r}", "value": SEA}, "value": SEA_PALE}
    encoding = {"x": x, "y": _height(), "color": colour, "detail": {"field": "series"}}
    layer: list[dict[str, Any]] = [
        {"mark": {"type": "line"}},
        {
            "mark": {"type": "point", "filled": True, "size": 26, "opacity": 1},
            "transform": [{"filter": f"datum.series === {own!r}"}],
        },
        *_end_names(values, own),
    ]
    spec = make_spec(values, width=width - ROOM - 30, height=150, layer=layer, encoding=encoding)
    return _chart(title, spec, values, [own, *([before] if before else [])], "months", _("Month"))


def years(title: str, points: Sequence[Point], *, width: int = WIDTH) -> Chart:
    """A value over the years, each point with its number."""
    points = [one for one in points if one.value is not None]
    values = _values(points)
    layer: list[dict[str, Any]] = [
        {"mark": {"type": "line"}},
        {"mark": {"type": "point", "filled": True, "size": 34, "opacity": 1, "color": SEA}},
        {"mark": {"type": "text", "dy": -11}, "encoding": {"text": {"field": "said"}}},
    ]
    encoding = {"x": _years_axis(), "y": _height(max((p.value for p in points), default=None))}
    spec = make_spec(values, width=width - 60, height=140, layer=layer, encoding=encoding)
    return _chart(title, spec, values, list(dict.fromkeys(p.series for p in points)), "years", _("Year"))


def path_to_target(title: str, done: Sequence[Point], target: Point, *, width: int = WIDTH) -> Chart:
    """Where one stands, where one should be, and the straight path between: years are `at`, whole line what is done."""
    done = [one for one in done if one.value is not None]
    values = [{**row, "kind": "done"} for row in _values(done)]
    aim = {
        "at": target.at,
        "value": target.value,
        "said": target.said or say(target.value),
        "series": target.series,
        "kind": "target",
    }
    path = [values[-1], aim] if values else [aim]
    x = {
        "field": "at",
        "type": "quantitative",
        "axis": {"title": None, "format": "d", "grid": False, "domain": True, "tickMinStep": 1},
        "scale": {"zero": False, "nice": False, "padding": 34},
    }
    layer = _target_layers(path, aim)
    numbers = [{**row, "at": int(row["at"])} for row in values]
    path[:] = [{**row, "at": int(row["at"])} for row in path]
    aim["at"] = int(aim["at"])
    spec = make_spec(
        numbers, width=width - 60, height=140, layer=layer, encoding={"x": x, "y": _height(max(row["value"] for row in path))}
    )
    rows = tuple((row["at"], row["said"], pgettext("chart", "reached")) for row in values) + (
        (target.at, aim["said"], pgettext("chart", "target")),
    )
    told = [("", [(row["at"], row["value"], row["said"]) for row in values])]
    alt = tell_series(title, told) + " " + _("Target for %(year)s: %(value)s.") % {"year": target.at, "value": aim["said"]}
    return Chart(title=title, spec=spec, columns=(_("Year"), pgettext("chart", "Value"), ""), rows=rows, alt=alt, kind="target")


def _target_layers(path: Sequence[dict[str, Any]], aim: dict[str, Any]) -> list[dict[str, Any]]:
    """The path as a broken line, what is done as a whole one, the target as a diamond."""
    return [
        {"data": {"values": path}, "mark": {"type": "line", "color": OCHRE, "strokeDash": [4, 4], "strokeWidth": 1.5}},
        {"mark": {"type": "line"}},
        {"mark": {"type": "point", "filled": True, "size": 60, "opacity": 1, "color": SEA}},
        {"mark": {"type": "text", "dy": -13, "fontWeight": 600}, "encoding": {"text": {"field": "said"}}},
        {
            "data": {"values": [aim]},
            "mark": {
                "type": "point",
                "size": 90,
                "color": OCHRE,
                "strokeWidth": 2,
                "shape": "diamond",
                "fill": "#FFFFFF",
                "opacity": 1,
            },
        },
        {
            "data": {"values": [aim]},
            "mark": {"type": "text", "dy": -15, "fontWeight": 600, "color": OCHRE},
            "encoding": {"text": {"field": "said"}},
        },
    ]


def small_multiples(title: str, points: Sequence[Point], *, across: int = 3, width: int = WIDTH) -> Chart:
    """One small panel a series, all on one scale, so that they compare: months or years from left to right."""
    points = [one for one in points if one.value is not None]
    values = _values(points)
    ats = list(dict.fromkeys(p.at for p in points))
    ends = [ats[0], ats[-1]] if ats else []
    axis = {"title": None, "labelAngle": 0, "grid": False, "values": ends, "domain": True, "ticks": False}
    x = {"field": "at", "type": "ordinal", "sort": None, "axis": axis, "scale": {"type": "point"}}
    y = {
        "field": "value",
        "type": "quantitative",
        "axis": {"title": None, "tickCount": 3, "format": AXIS_NUMBER},
        "scale": {"zero": True},
    }
    panel = {
        "width": (width - 40 - 18 * across) // across,
        "height": 64,
        "layer": [
            {"mark": {"type": "area", "color": SEA_PALE, "opacity": 0.45}},
            {"mark": {"type": "line", "strokeWidth": 1.6}},
        ],
        "encoding": {"x": x, "y": y},
    }
    facet = {
        "field": "series",
        "type": "nominal",
        "sort": None,
        "header": {"title": None, "labelFontSize": SIZE, "labelLimit": 180},
    }
    spec = make_spec(values, facet=facet, columns=across, spec=panel, spacing={"row": 14, "column": 18})
    return _chart(title, spec, values, list(dict.fromkeys(p.series for p in points)), "multiples", _("Period"))


def _values(points: Sequence[Point]) -> list[dict[str, Any]]:
    return [{"at": p.at, "value": p.value, "series": p.series, "said": p.said or say(p.value)} for p in points]


def _height(highest: float | None = None) -> dict[str, Any]:
    """The upright axis from zero; `highest` leaves room above it for its number."""
    scale = {"zero": True, "nice": True, **({"domainMax": 1.15 * highest} if highest else {})}
    return {
        "field": "value",
        "type": "quantitative",
        "axis": {"title": None, "format": AXIS_NUMBER, "labelColor": INK_SOFT},
        "scale": scale,
    }


def _years_axis() -> dict[str, Any]:
    axis = {"title": None, "labelAngle": 0, "domain": True, "domainColor": MUTED, "grid": False}
    return {"field": "at", "type": "ordinal", "sort": None, "axis": axis, "scale": {"type": "point", "padding": 0.4}}


def _end_names(values: Sequence[dict[str, Any]], own: str) -> list[dict[str, Any]]:
    """The name of each series beside its last point; two that would touch are moved apart."""
    lasts = sorted({row["series"]: row for row in values}.values(), key=lambda row: -row["value"])
    highest = max((row["value"] for row in values), default=0) or 1
    is_close = len(lasts) == 2 and lasts[0]["value"] - lasts[1]["value"] < 0.1 * highest
    shifts = (-7, 7) if is_close else (0,) * len(lasts)
    return [
        {
            "data": {"values": [row]},
            "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 8, "dy": dy, "fontWeight": 600},
            # The pale line's own colour would be too faint for letters.
            "encoding": {"text": {"field": "series"}, "color": {"value": SEA if row["series"] == own else INK_SOFT}},
        }
        for row, dy in zip(lasts, shifts, strict=True)
    ]


def _chart(title: str, spec: dict, values: Sequence[dict[str, Any]], names: list[str], kind: str, heading: str) -> Chart:
    found = {(row["at"], row["series"]): row for row in values}
    ats = list(dict.fromkeys(row["at"] for row in values))
    rows = tuple((at, *(found[at, name]["said"] if (at, name) in found else "–" for name in names)) for at in ats)
    told = [(name, [(row["at"], row["value"], row["said"]) for at in ats if (row := found.get((at, name)))]) for name in names]
    return Chart(
        title=title,
        spec=spec,
        columns=(heading, *(name or pgettext("chart", "Value") for name in names)),
        rows=rows,
        alt=tell_series(title, told),
        kind=kind,
    )
