"""Bars: a ranking, parts of a hundred, months beside the year before. They always begin at zero."""

import json
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from oppidum.publishing.charts.chart import Chart, Datum, Point, make_spec
from oppidum.publishing.charts.theme import AXIS_NUMBER, INK, LINE, OCHRE, SEA, SEA_PALE, SIZE, WIDTH
from oppidum.publishing.charts.wording import say, tell_values

BAND, LEADING = 22, 13  # px that a bar takes with its gap, and that each further line of its name adds
LABELS = 176  # px for the names at the left
LETTER = 6.1  # px of an average letter


def ranked_bars(title: str, data: Sequence[Datum], *, unit: str = "", heading: str = "", width: int = WIDTH) -> Chart:
    """Horizontal bars in the order given, each with its name at the left and its value at its end."""
    data = [one for one in data if one.value is not None]
    values = [{"label": one.label, "value": one.value, "said": one.said or say(one.value, unit), "tone": one.tone} for one in data]
    x = {
        "field": "value",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": _domain(values, width - LABELS), "nice": False},
    }
    colour = {"condition": {"test": "datum.tone === 'own'", "value": OCHRE}, "value": SEA}
    layer: list[dict[str, Any]] = [
        {"mark": {"type": "bar", "cornerRadiusEnd": 1.5}, "encoding": {"color": colour}},
        *_end_labels(any(row["value"] < 0 for row in values)),
    ]
    y, step = _names(row["label"] for row in values)
    spec = make_spec(values, width=width - LABELS, height={"step": step}, layer=layer, encoding={"y": y, "x": x})
    pairs = tuple((row["label"], row["said"]) for row in values)
    heads = (heading or pgettext("chart", "Item"), pgettext("chart", "Value"))
    return Chart(title=title, spec=spec, columns=heads, rows=pairs, alt=tell_values(title, pgettext("chart", "Bars"), pairs))


def _names(labels: Iterable[str], field: str = "label") -> tuple[dict[str, Any], int]:
    """The axis of names, long ones on two or three lines, and the step that the longest of them needs."""
    lines = {one: textwrap.wrap(one, int(LABELS / LETTER) + 2, break_long_words=False)[:3] for one in labels}
    axis = {
        "title": None,
        "labelExpr": f"split({json.dumps({one: '|'.join(said) for one, said in lines.items()}, ensure_ascii=False)}[datum.value], '|')",
        "labelColor": INK,
        "labelLimit": LABELS + 20,
        "labelLineHeight": LEADING,
        "labelPadding": 7,
        "minExtent": LABELS - 10,
        "maxExtent": LABELS - 10,
    }
    step = BAND + LEADING * (max((len(said) for said in lines.values()), default=1) - 1)
    thin = BAND / step
    scale = {"paddingInner": round(1 - 0.68 * thin, 3), "paddingOuter": 0.12}
    return {"field": field, "type": "nominal", "sort": None, "axis": axis, "scale": scale}, step


def _domain(values: Sequence[Mapping[str, Any]], width: int) -> list[float]:
    """From zero or below to the highest, and beyond them the room that the numbers written at the bars' ends take."""
    lowest, highest = (f([0, *(row["value"] for row in values)]) for f in (min, max))
    right, left = (
        max((LETTER * len(row["said"]) + 10 for row in values if (row["value"] < 0) == is_left), default=0)
        for is_left in (False, True)
    )
    each = (highest - lowest or 1) / max(width - left - right, 40)
    return [lowest - left * each, highest + right * each]


def _end_labels(has_negative: bool) -> list[dict[str, Any]]:
    def text(align: str, dx: int) -> dict[str, Any]:
        return {"type": "text", "align": align, "baseline": "middle", "dx": dx}

    up = {"mark": text("left", 5), "encoding": {"text": {"field": "said"}}}
    if not has_negative:
        return [up]
    down = {"mark": text("right", -5), "encoding": {"text": {"field": "said"}}}
    return [
        {**up, "transform": [{"filter": "datum.value >= 0"}]},
        {**down, "transform": [{"filter": "datum.value < 0"}]},
    ]


def share_bars(title: str, data: Sequence[Datum], *, heading: str = "", width: int = WIDTH) -> Chart:
    """Parts of a hundred: each bar stands in the pale bar of the whole. Values are per cent, 0 to 100."""
    data = [one for one in data if one.value is not None]
    values = [{"label": one.label, "value": one.value, "said": one.said or say(one.value, "%"), "whole": 100} for one in data]
    x = {"field": "value", "type": "quantitative", "axis": None, "scale": {"domain": [0, 118], "nice": False}}
    layer = [
        {"mark": {"type": "bar", "color": LINE, "opacity": 0.75}, "encoding": {"x": {**x, "field": "whole"}}},
        {"mark": {"type": "bar"}, "encoding": {"x": x, "color": {"value": SEA}}},
        {
            "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 6, "fontWeight": 600},
            "encoding": {"x": {**x, "field": "whole"}, "text": {"field": "said"}},
        },
    ]
    y, step = _names(row["label"] for row in values)
    spec = make_spec(values, width=width - LABELS, height={"step": step}, layer=layer, encoding={"y": y})
    pairs = tuple((row["label"], row["said"]) for row in values)
    form = _("Parts of a hundred")
    return Chart(
        title=title,
        spec=spec,
        columns=(heading or pgettext("chart", "Item"), pgettext("chart", "Share")),
        rows=pairs,
        alt=tell_values(title, form, pairs),
        kind="shares",
    )


def grouped_bars(title: str, points: Sequence[Point], *, own: str, heading: str = "", width: int = WIDTH) -> Chart:
    """Two values for each name, one above the other: `own` is the series that the page is about, the other stands back."""
    points = [one for one in points if one.value is not None]
    values = [{"at": p.at, "value": p.value, "series": p.series, "said": p.said or say(p.value)} for p in points]
    names = list(dict.fromkeys(p.series for p in points))
    highest = max((p.value for p in points), default=0)
    x = {"field": "value", "type": "quantitative", "axis": None, "scale": {"domain": [0, highest * 1.3 or 1], "nice": False}}
    colour = {"condition": {"test": f"datum.series === {own!r}", "value": SEA}, "value": SEA_PALE}
    offset = {"field": "series", "type": "nominal", "sort": names}
    y, step = _names((p["at"] for p in values), field="at")
    layer = [
        {"mark": {"type": "bar", "cornerRadiusEnd": 1.5}, "encoding": {"color": colour}},
        {
            "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 5, "fontSize": SIZE - 1},
            "transform": [{"calculate": "datum.said + '  ·  ' + datum.series", "as": "label"}],
            "encoding": {"text": {"field": "label"}},
        },
    ]
    spec = make_spec(
        values,
        width=width - LABELS,
        height={"step": step + 14, "for": "position"},
        layer=layer,
        encoding={"y": y, "x": x, "yOffset": offset},
    )
    found = {(p["at"], p["series"]): p["said"] for p in values}
    rows = tuple((at, *(found.get((at, name), "–") for name in names)) for at in dict.fromkeys(p.at for p in points))
    pairs = [(f"{p['at']} ({p['series']})", p["said"]) for p in values]
    return Chart(
        title=title,
        spec=spec,
        columns=(heading or pgettext("chart", "Item"), *names),
        rows=rows,
        alt=tell_values(title, pgettext("chart", "Bars"), pairs),
        kind="pairs",
    )


def columns(title: str, points: Sequence[Point], *, own: str, before: str = "", heading: str = "", width: int = WIDTH) -> Chart:
    """Upright bars over months or years; the series `before`, if any, is a mark across each, as a level to pass."""
    points = [one for one in points if one.value is not None]
    values = [{"at": p.at, "value": p.value, "series": p.series, "said": p.said or say(p.value)} for p in points]
    x = {
        "field": "at",
        "type": "ordinal",
        "sort": None,
        "axis": {"title": None, "labelAngle": 0, "domain": True},
        "scale": {"paddingInner": 0.28},
    }
    y = {"field": "value", "type": "quantitative", "axis": {"title": None, "format": AXIS_NUMBER}, "scale": {"zero": True}}
    current = [{"filter": f"datum.series === {own!r}"}]
    layer: list[dict[str, Any]] = [{"mark": {"type": "bar", "cornerRadiusEnd": 1.5}, "transform": current}]
    if before:
        layer.append(
            {
                "mark": {"type": "tick", "thickness": 2, "color": OCHRE, "bandSize": 22},
                "transform": [{"filter": f"datum.series === {before!r}"}],
            }
        )
    spec = make_spec(values, width=width - 60, height=150, layer=layer, encoding={"x": x, "y": y})
    names = [own, before] if before else [own]
    found = {(p["at"], p["series"]): p["said"] for p in values}
    rows = tuple((at, *(found.get((at, name), "–") for name in names)) for at in dict.fromkeys(p.at for p in points))
    pairs = [(p["at"], p["said"]) for p in values if p["series"] == own]
    note = _("Bars: %(own)s. Marks: %(before)s.") % {"own": own, "before": before} if before else ""
    alt = tell_values(title, pgettext("chart", "Columns"), pairs)
    return Chart(title=title, spec=spec, columns=(heading or _("Month"), *names), rows=rows, alt=alt, note=note, kind="columns")
