"""A directorate's figures of a year: its themes, what moved, its targets, its counts month by month."""

from dataclasses import dataclass
from itertools import groupby

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from oppidum.core.errors import NotFound
from oppidum.figures.catalogue import all_figures
from oppidum.figures.declaration import Count
from oppidum.figures.key_figures import KeyFigureValue, list_key_figures
from oppidum.figures.models import Edition
from oppidum.figures.overview import glance, list_years
from oppidum.figures.targets import list_targets
from oppidum.figures.wording import say_change
from oppidum.web.dashboards import recipes
from oppidum.web.dashboards.recipes import Drawn
from oppidum.web.figures.asking import may_read
from oppidum.web.figures.said import owner_names

LEADING, CHARTS = 6, 4


@dataclass(frozen=True)
class Line:
    """A key figure in its theme's table."""

    figure: KeyFigureValue
    change: str


@require_safe
def page(request, code: str):
    """`?year=`: a year that was recorded, or for which figures were declared."""
    owners = owner_names()
    years = sorted({*list_years(), *Edition.objects.values_list("year", flat=True)}, reverse=True)
    raw = request.GET.get("year", "")
    if raw and not (raw.isascii() and raw.isdigit() and int(raw) in years):
        raise NotFound()
    # A year without any record of its own is read for what was declared.
    year = int(raw) if raw else years[0]
    found = [one for one in list_key_figures(year, directorate=code, validated_only=True) if _is_public(one, request.user)]
    if not found and code not in owners:
        raise NotFound()
    told = [one for one in found if one.value is not None]
    themes = [(theme, [_line(one) for one in group]) for theme, group in groupby(told, key=lambda one: one.theme)]
    address = reverse("dashboards:directorate", args=[code])
    return render(
        request,
        "dashboards/directorate.html",
        {
            "name": owners.get(code, code),
            "year": year,
            "years": [{"label": str(y), "href": f"{address}?year={y}", "current": y == year} for y in years],
            "leading": _leading(told),
            "themes": themes,
            "count": len(told),
            "missing": len(found) - len(told),
            "charts": _charts(code, year),
            "targets": [(way, recipes.target(way.aim.name, year)) for way in list_targets(year, code) if way.points],
        },
    )


def _is_public(one: KeyFigureValue, reader) -> bool:
    figure = all_figures().get(one.computed_by)
    return figure is None or may_read(reader, figure)


def _line(one: KeyFigureValue) -> Line:
    compared = one.previous is not None and one.value is not None
    return Line(one, say_change(one.value, one.previous, one.unit) if compared else "")


def _leading(told: list[KeyFigureValue]) -> list[KeyFigureValue]:
    """The figures with a trail to records first, then the first of each theme: what a reader should see at once."""
    computed = [one for one in told if one.computed is not None and one.computed]
    firsts = [next(group) for _, group in groupby(told, key=lambda one: one.theme)]
    return list({one.name: one for one in (*computed, *firsts)}.values())[:LEADING]


def _charts(code: str, year: int) -> list[Drawn]:
    if year not in list_years():
        return []
    at = glance(year)
    own = [
        name for name, one in all_figures().items() if one.owner == code and isinstance(one, Count) and one.publication == "public"
    ]
    busiest = sorted((name for name in own if at[name].value), key=lambda name: -(at[name].value or 0))[:CHARTS]
    before = year - 1 if year - 1 in list_years() else None
    return [recipes.months(name, year, before) for name in busiest]
