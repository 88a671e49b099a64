"""A public service in numbers: what came in month by month, by which way, in which communes."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from oppidum.cases.declaration import catalogue
from oppidum.core.errors import NotFound
from oppidum.figures.communes import COUNTED, PER_HEAD
from oppidum.figures.declaration import MONTH, Count
from oppidum.figures.overview import glance
from oppidum.web.dashboards import recipes
from oppidum.web.dashboards.asking import years_of
from oppidum.web.figures.asking import may_read
from oppidum.web.figures.glancing import make_tile, year_tabs

MOST_CHARTS = 6


@require_safe
def page(request, code: str):
    """`?year=&before=`: by default the newest year beside the one before."""
    service = catalogue().get(code)
    if service is None or not service.figures:
        raise NotFound()
    year, before = years_of(request)
    readable = [one for one in service.figures if may_read(request.user, one)]
    at = glance(year)
    return render(
        request,
        "dashboards/service.html",
        {
            "service": service,
            "year": year,
            "years": year_tabs(reverse("dashboards:service", args=[code]), year),
            "tiles": [make_tile(at[one.name], year) for one in readable],
            "charts": _charts(readable, at, year, before),
        },
    )


def _charts(figures, at, year: int, before: int | None) -> list[recipes.Drawn]:
    """The first count by month, by its ways of coming in and by commune; then the months of the others."""
    counted = [one for one in figures if isinstance(one, Count) and one.publication == "public" and at[one.name].value]
    if not counted:
        return []
    first, drawn = counted[0], []
    if MONTH in first.splits:
        drawn.append(recipes.months(first.name, year, before))
    drawn += [recipes.split(first.name, year, by) for by in first.splits if by not in (MONTH, "commune")][:2]
    if "commune" in first.splits:
        drawn.append(recipes.communes_map(first.name, year, PER_HEAD))
        drawn.append(recipes.communes_bars(first.name, year, COUNTED))
    return (drawn + [recipes.months(one.name, year, before) for one in counted[1:] if MONTH in one.splits])[:MOST_CHARTS]
