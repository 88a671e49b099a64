"""Charts declared by name in `charts.toml`, drawn from the year's key figures; maps of communes."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oppidum.figures.key_figures import KeyFigureValue
from oppidum.publishing.charts import Chart, Datum, Point, choropleth, grouped_bars, path_to_target, ranked_bars, share_bars
from oppidum.publishing.report.choosing import as_float
from oppidum.publishing.report.outline import HERE, LANGUAGES

Figures = Mapping[str, KeyFigureValue]


@lru_cache(maxsize=1)
def chart_plans() -> Mapping[str, Mapping[str, Any]]:
    """The declared charts by name."""
    return tomllib.loads((HERE / "charts.toml").read_text(encoding="utf-8"))


def draw_declared(figures: Figures, year: int) -> dict[str, Chart]:
    """Every declared chart that the year's figures allow: one that lacks a figure is not drawn."""
    drawn = {name: _draw(plan, figures, year) for name, plan in chart_plans().items()}
    return {name: chart for name, chart in drawn.items() if chart is not None}


def _draw(plan: Mapping[str, Any], figures: Figures, year: int) -> Chart | None:
    names = _names(plan)
    if any(name not in figures or figures[name].value is None for name in names):
        return None
    title = _said(plan).format(year=year)
    match plan["kind"]:
        case "pairs":
            chart = _pairs(plan, figures, title)
        case "target":
            chart = _target(plan, figures, title, year)
        case "shares":
            chart = share_bars(title, [_datum(figures[name]) for name in names])
        case _:
            chart = ranked_bars(title, [_datum(figures[name]) for name in names])
    return chart.about(*names)


def _names(plan: Mapping[str, Any]) -> list[str]:
    if plan["kind"] == "pairs":
        return [name for pair in plan["pairs"] for name in pair["figures"]]
    return [plan["done"], plan["target"]] if plan["kind"] == "target" else list(plan["figures"])


def _datum(one: KeyFigureValue) -> Datum:
    return Datum(one.label, as_float(one.value), one.said)


def _pairs(plan: Mapping[str, Any], figures: Figures, title: str) -> Chart:
    series = _said(plan["series"])
    points = [
        Point(_said(pair), as_float(figures[name].value), said_series, figures[name].said)
        for pair in plan["pairs"]
        for said_series, name in zip(series, pair["figures"], strict=True)
    ]
    return grouped_bars(title, points, own=series[-1])


def _target(plan: Mapping[str, Any], figures: Figures, title: str, year: int) -> Chart:
    done, target = figures[plan["done"]], figures[plan["target"]]
    reached = [Point(str(year), as_float(done.value))]  # the title says the unit
    if done.previous is not None:
        reached.insert(0, Point(str(year - 1), as_float(done.previous)))
    aim = next((part for part in target.period.split("-") if part.isdigit()), str(year + 2))
    return path_to_target(title, reached, Point(aim, as_float(target.value)))


def _said(told: Mapping[str, Any]) -> Any:
    return told[LANGUAGES[0] if (get_language() or "fr").startswith("fr") else LANGUAGES[1]]


@dataclass(frozen=True)
class CommuneFacts:
    """What the territory itself says of a commune."""

    code: str
    population: int
    area_km2: float


MAPS = ("population", "density", "area")


def draw_territory_maps(communes: list[CommuneFacts], outlines: Mapping[str, Any]) -> dict[str, Chart]:
    """Population, density and area of the communes; none without outlines."""
    if not communes or not outlines.get("features"):
        return {}
    dense = {one.code: one.population / one.area_km2 for one in communes if one.area_km2}
    return {
        "population": choropleth(
            _("Inhabitants by commune"), {one.code: one.population for one in communes if one.population}, outlines, decimals=0
        ),
        "density": choropleth(_("Inhabitants per square kilometre, by commune"), dense, outlines, decimals=0),
        "area": choropleth(
            _("Area of the communes, in square kilometres"),
            {c.code: c.area_km2 for c in communes if c.area_km2},
            outlines,
            decimals=0,
        ),
    }
