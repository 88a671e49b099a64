"""Charts for page and paper: one Vega-Lite theme, direct labels, a zero baseline, a table twin and a description in words.

Each function is pure: plain values in, a `Chart` out, in the active language. `render_svg` and `render_png` draw it, offline.
"""

from oppidum.publishing.charts.bands import Course, compared_weeks
from oppidum.publishing.charts.bars import columns, grouped_bars, ranked_bars, share_bars
from oppidum.publishing.charts.chart import Chart, Datum, Point
from oppidum.publishing.charts.lines import compared_months, path_to_target, small_multiples, years
from oppidum.publishing.charts.maps import choropleth
from oppidum.publishing.charts.rendering import render_all, render_png, render_svg, spec_json

__all__ = [
    "Chart",
    "Course",
    "Datum",
    "Point",
    "choropleth",
    "columns",
    "compared_months",
    "compared_weeks",
    "grouped_bars",
    "path_to_target",
    "ranked_bars",
    "render_all",
    "render_png",
    "render_svg",
    "share_bars",
    "small_multiples",
    "spec_json",
    "years",
]
