"""The one theme of all charts, on page and paper: colours of the house, quiet lines, Atkinson Hyperlegible.

The colours are those of `web/static/web/tokens.css`; a page repaints them by night through their attribute values.
"""

from typing import Any

from django.utils.dates import MONTHS, MONTHS_3

from oppidum.publishing.charts.wording import in_french

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
VERSION = "6.4"

INK, INK_SOFT, LINE, MUTED = "#1B2430", "#4F5965", "#DDD8CE", "#B9B2A4"
SEA, SEA_DEEP, SEA_PALE = "#0B5C7A", "#083F55", "#8FB8C8"
PINE, OCHRE, TERRACOTTA, LAVENDER = "#2F6B3C", "#B45309", "#B42318", "#6B5CA5"
NO_VALUE = "#F3F0E9"
CATEGORIES = (SEA, OCHRE, PINE, LAVENDER, TERRACOTTA, SEA_PALE)
SEQUENCE = ("#E3EEF2", "#B5D2DD", "#7DB0C3", "#3F86A1", SEA, SEA_DEEP)

FONT = "Atkinson Hyperlegible Next, Atkinson Hyperlegible Next Variable, DejaVu Sans, sans-serif"
SIZE = 11  # px; 8.25 pt on paper, where a pixel is three quarters of a point
AXIS_NUMBER = ",.9~g"  # never 1e+4
WIDTH = 430  # px of the plot with its labels: the measure of the report's text column

HEADLINE = {"anchor": "start", "fontSize": 14, "fontWeight": 600, "color": INK, "offset": 12, "subtitleColor": INK_SOFT}

_AXIS = {
    "labelColor": INK_SOFT,
    "labelFontSize": SIZE,
    "titleColor": INK_SOFT,
    "titleFontSize": SIZE,
    "titleFontWeight": 400,
    "gridColor": LINE,
    "gridWidth": 0.6,
    "domainColor": MUTED,
    "tickColor": MUTED,
    "tickSize": 4,
    "labelPadding": 5,
}

CONFIG: dict[str, Any] = {
    "font": FONT,
    "aria": False,
    "background": None,
    "padding": 0,
    "view": {"stroke": None},
    "axis": _AXIS,
    "axisBand": {"grid": False, "ticks": False, "domain": False},
    "axisQuantitative": {"domain": False, "ticks": False, "tickCount": 5},
    "bar": {"color": SEA},
    "line": {"color": SEA, "strokeWidth": 2, "strokeCap": "round", "strokeJoin": "round"},
    "text": {"color": INK, "fontSize": SIZE},
    "rule": {"color": MUTED},
    "header": {"labelColor": INK, "labelFontSize": SIZE, "labelFontWeight": 600, "labelAnchor": "start", "title": None},
    "legend": {
        "labelColor": INK_SOFT,
        "titleColor": INK_SOFT,
        "labelFontSize": SIZE,
        "titleFontSize": SIZE,
        "titleFontWeight": 400,
        "symbolStrokeWidth": 0,
    },
    "range": {"category": list(CATEGORIES), "ramp": list(SEQUENCE), "heatmap": list(SEQUENCE)},
}


def locale() -> dict[str, Any]:
    """How axes write numbers and months in the active language (d3-format's and d3-time-format's terms)."""
    french = in_french()
    months, short = [str(MONTHS[n]) for n in range(1, 13)], [str(MONTHS_3[n]) for n in range(1, 13)]
    weekdays = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"]
    english = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    days = weekdays if french else english
    return {
        "number": {
            "decimal": "," if french else ".",
            "thousands": "\u202f" if french else ",",
            "grouping": [3],
            "currency": ["", "\u00a0€"] if french else ["€", ""],
            "percent": "\u00a0%" if french else "%",
        },
        "time": {
            "dateTime": "%A %e %B %Y à %X" if french else "%A %e %B %Y, %X",
            "date": "%d/%m/%Y",
            "time": "%H:%M:%S",
            "periods": ["AM", "PM"],
            "days": days,
            "shortDays": [day[:3] for day in days],
            "months": months,
            "shortMonths": short,
        },
    }
