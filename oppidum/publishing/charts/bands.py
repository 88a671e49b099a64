"""Two courses of a year week by week, each with the band within which it lies: small panels, one for each thing that is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from oppidum.publishing.charts.chart import Chart, make_spec
from oppidum.publishing.charts.theme import AXIS_NUMBER, INK_SOFT, OCHRE, SEA, SIZE, WIDTH
from oppidum.publishing.charts.wording import say

HEIGHT = 92


@dataclass(frozen=True)
class Course:
    """A week of one side in one panel: its middle and the ends of its band. `week` as ISO 8601 writes it: "2023-W07"."""

    panel: str
    side: str
    week: str
    value: float
    low: float
    high: float


def compared_weeks(title: str, courses: Sequence[Course], *, before: str, after: str, across: int = 2, width: int = WIDTH) -> Chart:
    """Panels of the same height, each on its own scale from zero; `before` is the quiet line, `after` the strong one."""
    values = [_value(one) for one in courses]
    panels = list(dict.fromkeys(one.panel for one in courses))
    axis = {"title": None, "format": "%b", "grid": False, "domain": True, "tickCount": {"interval": "month", "step": 3}}
    x = {"field": "at", "type": "temporal", "axis": axis}
    y_axis = {"title": None, "tickCount": 3, "format": AXIS_NUMBER}
    colour = {"field": "side", "type": "nominal", "scale": {"domain": [before, after], "range": [OCHRE, SEA]}, "legend": None}
    dash = {"field": "side", "type": "nominal", "scale": {"domain": [before, after], "range": [[4, 3], [1, 0]]}, "legend": None}
    upright = {"field": "value", "type": "quantitative", "axis": y_axis, "scale": {"zero": True}}
    layer: list[dict[str, Any]] = [
        {"mark": {"type": "area", "opacity": 0.22}, "encoding": {"y": {**upright, "field": "low"}, "y2": {"field": "high"}}},
        {"mark": {"type": "line", "strokeWidth": 1.6}, "encoding": {"y": upright, "strokeDash": dash}},
    ]
    panel = {
        "width": (width - 44 * across) // across,
        "height": HEIGHT,
        "layer": layer,
        "encoding": {"x": x, "color": colour},
    }
    header = {"title": None, "labelFontSize": SIZE, "labelLimit": 230, "labelColor": INK_SOFT}
    facet = {"field": "panel", "type": "nominal", "sort": panels, "header": header}
    spec = make_spec(
        values,
        facet=facet,
        columns=across,
        spec=panel,
        spacing={"row": 16, "column": 26},
        resolve={"scale": {"y": "independent"}},
    )
    return Chart(
        title=title,
        spec=spec,
        columns=(_("Week"), "", before, after),
        rows=_rows(courses, before, after),
        alt=_told(title, courses, panels, before, after),
        kind="weeks",
    )


def _value(one: Course) -> dict[str, Any]:
    year, week = int(one.week[:4]), int(one.week[6:])
    monday = date.fromisocalendar(year, week, 1).isoformat()
    return {"panel": one.panel, "side": one.side, "at": monday, "value": one.value, "low": max(0, one.low), "high": one.high}


def _rows(courses: Sequence[Course], before: str, after: str) -> tuple[tuple[str, ...], ...]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for one in courses:
        found.setdefault((one.week, one.panel), {})[one.side] = say(round(one.value, 1))
    return tuple((week, panel, sides.get(before, "–"), sides.get(after, "–")) for (week, panel), sides in found.items())


def _told(title: str, courses: Sequence[Course], panels: Sequence[str], before: str, after: str) -> str:
    """The mean and the highest week of each side, panel by panel."""
    parts = [title + "."]
    for panel in panels:
        for side in (before, after):
            values = [one.value for one in courses if (one.panel, one.side) == (panel, side)]
            if values:
                told = {
                    "panel": panel,
                    "side": side,
                    "mean": say(round(sum(values) / len(values), 1)),
                    "most": say(round(max(values), 1)),
                }
                parts.append(_("%(panel)s, %(side)s: %(mean)s on average, %(most)s at most.") % told)
    return " ".join(parts)
