"""All that the report of a year tells, read from the database in a few queries: figures, comparisons, maps, months, highlights."""

from collections.abc import Iterable

from django.utils.dates import MONTHS_3
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oppidum.figures.declaration import Count
from oppidum.figures.key_figures import KeyFigureValue, list_key_figures
from oppidum.figures.overview import glance, list_years, value_of
from oppidum.people.models import Directorate
from oppidum.publishing.charts import Chart, Point, choropleth, columns, compared_months
from oppidum.publishing.report.declared import CommuneFacts, draw_declared, draw_territory_maps
from oppidum.publishing.report.facts import Facts
from oppidum.publishing.report.highlights import list_highlights
from oppidum.territory.models import Commune, Intercommunality
from oppidum.territory.outlines import outlines_geojson

TOLERANCE_M = 180  # a map of a page's width shows no more
MAPPED = 7  # so many computed figures have a map
DRAWN = 24  # so many have their months drawn
PER = 1000  # inhabitants


def gather(year: int, *, compared_with: int | None = None, validated_only: bool = False) -> Facts:
    """The facts of a year, said in the active language."""
    figures = {one.name: one for one in list_key_figures(year, validated_only=validated_only) if _is_worth_telling(one)}
    compared = {one.name: one for one in list_key_figures(compared_with, validated_only=validated_only)} if compared_with else {}
    communes = [CommuneFacts(*row) for row in Commune.objects.members().values_list("code", "population", "area_km2")]
    outlines = outlines_geojson(TOLERANCE_M) if communes else {"features": []}
    return Facts(
        year=year,
        language=(get_language() or "fr")[:2],
        authority=Intercommunality.objects.values_list("name", flat=True).first() or "Oppidum",
        figures=figures,
        compared_with=compared_with,
        compared=compared,
        charts=draw_declared(figures, year),
        maps=draw_territory_maps(communes, outlines),
        series=_series(year, compared_with or year - 1, figures.values(), communes, outlines),
        highlights=list_highlights(year),
        directorates=dict(Directorate.objects.values_list("code", "name")),
    )


def _is_worth_telling(one: KeyFigureValue) -> bool:
    """Not a count of nothing that nobody declared: a service that was not in use yet."""
    return one.declared is not None or one.value is None or bool(one.value)


def _series(
    year: int, before: int, figures: Iterable[KeyFigureValue], communes: list[CommuneFacts], outlines: dict
) -> dict[str, list[Chart]]:
    """What the records of the year say of computed figures: their months beside those of the year before, their communes."""
    if year not in list_years():
        return {}
    glances, earlier = glance(year), glance(before) if before in list_years() else {}
    drawn: dict[str, list[Chart]] = {}
    counted = [one for one in figures if one.computed and one.computed_by in glances]
    for one in sorted(counted, key=lambda one: -one.computed)[:DRAWN]:
        months = glances[one.computed_by].months
        if sum(1 for value in months.values() if value) >= 3:
            past = earlier[one.computed_by].months if one.computed_by in earlier else {}
            drawn.setdefault(one.name, []).append(_draw_months(one, year, months, before, past))
    people = {one.code: one.population for one in communes if one.population}
    split = [one for one in counted if _is_by_commune(glances[one.computed_by].figure)]
    for one in sorted(split, key=lambda one: -one.computed)[:MAPPED]:
        counts = value_of(one.computed_by, year).splits.get("commune", {})
        rates = {code: PER * count / people[code] for code, count in counts.items() if code in people}
        if len(rates) >= 3:
            title = _("%(label)s, per 1,000 inhabitants, %(year)s") % {"label": one.label, "year": year}
            drawn.setdefault(one.name, []).append(choropleth(title, rates, outlines).about(one.name))
    return drawn


def _is_by_commune(figure: object) -> bool:
    """A number of records that can be shared out to inhabitants: neither a sum, nor a median, nor a day's stock."""
    return type(figure) is Count and "commune" in figure.splits and not figure.adds


def _draw_months(one: KeyFigureValue, year: int, months: dict, before: int, past: dict) -> Chart:
    """A line where there is a year to compare with, columns where there is none."""
    points = [Point(str(MONTHS_3[int(name[-2:])]), value, str(year)) for name, value in months.items()]
    if any(past.values()):
        points += [Point(str(MONTHS_3[int(name[-2:])]), value, str(before)) for name, value in past.items()]
        title = _("%(label)s by month, %(before)s and %(year)s") % {"label": one.label, "year": year, "before": before}
        return compared_months(title, points, own=str(year), before=str(before)).about(one.name)
    title = _("%(label)s by month, %(year)s") % {"label": one.label, "year": year}
    return columns(title, points, own=str(year)).about(one.name)
