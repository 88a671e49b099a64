"""The charts of the dashboards, each by a name and a few parameters, so that page, SVG, PNG, CSV and Parquet are one chart.

recipe("communes-map", {"figure": "reports-filed", "year": "2026", "per": "head"})  ->  Drawn
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.dates import MONTHS_AP
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from oppidum.core.errors import NotFound
from oppidum.figures.catalogue import all_figures
from oppidum.figures.communes import COUNTED, PER, PER_HEAD, PER_KM2, counted_in, list_grounds, local_figures, relate
from oppidum.figures.declaration import MONTH, PUBLIC, SPLIT_LABELS, Count, Figure
from oppidum.figures.naming import name_of
from oppidum.figures.overview import glance, list_years, value_of
from oppidum.figures.targets import list_targets
from oppidum.figures.trails import open_trail
from oppidum.publishing.charts import Chart, Datum, Point, choropleth, compared_months, path_to_target, ranked_bars, small_multiples
from oppidum.territory.outlines import outlines_geojson
from oppidum.web.words import say_number

BARS = 20
SIDE_BY_SIDE = 6
FORMS = ("svg", "png", "csv", "parquet", "json")


@dataclass(frozen=True)
class Drawn:
    """A chart with the numbers under it: `data` are rows of plain values under `head`. `query` is what asks for it again."""

    kind: str
    chart: Chart
    head: tuple[str, ...]
    data: tuple[tuple, ...]
    query: str

    def address(self, form: str) -> str:
        return f"{reverse('dashboards:chart', args=[self.kind, form])}?{self.query}"

    @property
    def svg(self) -> str:
        return self.address("svg")

    @property
    def downloads(self) -> list[tuple[str, str]]:
        """(what, address) of each form in which it leaves the page."""
        return [(form.upper() if form != "parquet" else "Parquet", self.address(form)) for form in FORMS if form != "json"]


def recipe(kind: str, raw: Mapping[str, str]) -> Drawn:
    """The chart of that name. Raises `NotFound` where a parameter names nothing."""
    if kind not in _RECIPES:
        raise NotFound()
    return _RECIPES[kind](raw)


def public_figure(name: str) -> Figure:
    """A figure that everybody may read, or `NotFound`."""
    figure = all_figures().get(name)
    if figure is None or figure.publication != PUBLIC:
        raise NotFound(figure=name)
    return figure


def recorded_year(raw: str) -> int:
    """A year that has records; the newest for none given. Raises `NotFound`."""
    years = list_years()
    if not raw:
        return years[0]
    if not (raw.isascii() and raw.isdigit() and int(raw) in years):
        raise NotFound()
    return int(raw)


def months(name: str, year: int, before: int | None = None) -> Drawn:
    """A figure month by month, beside the year before where that was recorded."""
    figure = public_figure(name)
    points, data = [], []
    for one in filter(None, (before, year)):
        for month, value in glance(one)[name].months.items():
            points.append(Point(str(MONTHS_AP[int(month[-2:])]), value, series=str(one)))
            data.append((month, value))
    title = _("%(figure)s by month, %(year)s") % {"figure": figure.label, "year": _years(year, before)}
    chart = compared_months(title, points, own=str(year), before=str(before) if before else "").about(name)
    query = urlencode({"figure": name, "year": year, **({"before": before} if before else {})})
    return Drawn("months", chart, ("month", name), tuple(data), query)


def communes_map(name: str, year: int, per: str = COUNTED) -> Drawn:
    """The communes shaded by a figure."""
    figure, values, decimals = local(name), relate(counted_in(name, year), per), 0 if per == COUNTED else 1
    title = _titled(figure, year, per)
    chart = choropleth(title, values, outlines_geojson(), decimals=decimals).about(name)
    return Drawn("communes-map", chart, ("code", "commune", name), _by_commune(values), _query(name, year, per))


def communes_bars(name: str, year: int, per: str = COUNTED, own: str = "") -> Drawn:
    """The communes that count most, and `own` among them."""
    figure, values, grounds = local(name), relate(counted_in(name, year), per), list_grounds()
    order = sorted(values, key=lambda code: (-values[code], grounds[code].name))
    shown = [code for code in order[:BARS] if values[code]]
    if own in values and own not in shown:
        shown = [*shown[: BARS - 1], own]
    decimals = 0 if per == COUNTED else 1
    bars = [
        Datum(grounds[code].name, values[code], say_number(values[code], decimals), "own" if code == own else "") for code in shown
    ]
    chart = ranked_bars(_titled(figure, year, per), bars, heading=str(SPLIT_LABELS["commune"])).about(name)
    query = _query(name, year, per) + (f"&own={own}" if own else "")
    return Drawn("communes-bars", chart, ("code", "commune", name), _by_commune(values), query)


def split(name: str, year: int, by: str) -> Drawn:
    """The parts of a figure, the largest first."""
    figure = public_figure(name)
    if not isinstance(figure, Count) or by not in figure.splits or by == MONTH:
        raise NotFound()
    counted = sorted(value_of(name, year).splits.get(by, {}).items(), key=lambda pair: (-pair[1], pair[0]))
    title = _("%(figure)s by %(split)s, %(year)s") % {
        "figure": figure.label,
        "split": str(SPLIT_LABELS[by]).lower(),
        "year": year,
    }
    bars = [Datum(name_of(by, key), value) for key, value in counted[:BARS]]
    chart = ranked_bars(title, bars, heading=str(SPLIT_LABELS[by])).about(name)
    data = tuple((key, name_of(by, key), value) for key, value in counted)
    return Drawn("split", chart, ("code", by, name), data, urlencode({"figure": name, "year": year, "by": by}))


def side_by_side(name: str, year: int, codes: tuple[str, ...]) -> Drawn:
    """A figure month by month in a few communes, a small panel each, all on one scale."""
    figure, grounds = local(name), list_grounds()
    codes = tuple(code for code in dict.fromkeys(codes) if code in grounds)[:SIDE_BY_SIDE]
    counted_at = value_of(name, year).splits.get("commune", {})
    points, data = [], []
    for code in codes:
        by_month = open_trail(name, year, "commune", code).months if counted_at.get(code) else {}
        for month in glance(year)[name].months:
            points.append(Point(str(MONTHS_AP[int(month[-2:])]), by_month.get(month, 0), series=grounds[code].name))
            data.append((code, grounds[code].name, month, by_month.get(month, 0)))
    title = _("%(figure)s by month, %(year)s") % {"figure": figure.label, "year": year}
    chart = small_multiples(title, points).about(name)
    query = urlencode({"figure": name, "year": year, "with": codes}, doseq=True)
    return Drawn("side-by-side", chart, ("code", "commune", "month", name), tuple(data), query)


def target(aim: str, year: int) -> Drawn:
    """The way to a target."""
    found = next((one for one in list_targets(year) if one.aim.name == aim), None)
    if found is None or not found.points:
        raise NotFound(figure=aim)
    title = _("%(figure)s and the target for %(year)s") % {"figure": found.reached.label, "year": found.year}
    points = [Point(str(at), float(value)) for at, value in found.points]
    chart = path_to_target(title, points, Point(str(found.year), float(found.aim.value or 0))).about(found.reached.name, aim)
    data = (*((at, float(value), "reached") for at, value in found.points), (found.year, float(found.aim.value or 0), "target"))
    return Drawn("target", chart, ("year", "value", "kind"), data, urlencode({"aim": aim, "year": year}))


def local(name: str) -> Count:
    """A public figure that is split by commune, or `NotFound`."""
    if name not in local_figures():
        raise NotFound(figure=name)
    return local_figures()[name]


def asked_per(raw: str) -> str:
    """How numbers are related; as counted for anything else."""
    return raw if raw in PER else COUNTED


def _titled(figure: Figure, year: int, per: str) -> str:
    if per == COUNTED:
        return _("%(figure)s, %(year)s") % {"figure": figure.label, "year": year}
    return _("%(figure)s %(per)s, %(year)s") % {"figure": figure.label, "per": PER[per], "year": year}


def _years(year: int, before: int | None) -> str:
    return pgettext("years", "%(before)d and %(year)d") % {"before": before, "year": year} if before else str(year)


def _by_commune(values: Mapping[str, float]) -> tuple[tuple, ...]:
    return tuple((code, ground.name, values.get(code)) for code, ground in list_grounds().items())


def _query(name: str, year: int, per: str) -> str:
    return urlencode({"figure": name, "year": year, **({"per": per} if per in (PER_HEAD, PER_KM2) else {})})


def _before(raw: Mapping[str, str]) -> int | None:
    return recorded_year(raw["before"]) if raw.get("before") else None


def _list(raw: Mapping[str, str], name: str) -> tuple[str, ...]:
    """All values given under a name, whether of an address or of a plain mapping."""
    return tuple(raw.getlist(name) if hasattr(raw, "getlist") else raw.get(name, ()))


_RECIPES: dict[str, Callable[[Mapping[str, str]], Drawn]] = {
    "months": lambda raw: months(raw.get("figure", ""), recorded_year(raw.get("year", "")), _before(raw)),
    "communes-map": lambda raw: communes_map(
        raw.get("figure", ""), recorded_year(raw.get("year", "")), asked_per(raw.get("per", ""))
    ),
    "communes-bars": lambda raw: communes_bars(
        raw.get("figure", ""), recorded_year(raw.get("year", "")), asked_per(raw.get("per", "")), raw.get("own", "")
    ),
    "split": lambda raw: split(raw.get("figure", ""), recorded_year(raw.get("year", "")), raw.get("by", "")),
    "side-by-side": lambda raw: side_by_side(raw.get("figure", ""), recorded_year(raw.get("year", "")), _list(raw, "with")),
    "target": lambda raw: target(raw.get("aim", ""), int(raw["year"]) if raw.get("year", "").isdecimal() else 0),
}
