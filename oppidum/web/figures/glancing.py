"""All figures of a year, grouped by who owns them."""

from dataclasses import dataclass

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from oppidum.core import clock
from oppidum.figures.declaration import Figure
from oppidum.figures.overview import Glance, glance, list_years
from oppidum.web.figures.asking import asked_year, may_read
from oppidum.web.figures.charts import Trend, draw_trend
from oppidum.web.figures.said import owner_names, say_comparison, say_value


@dataclass(frozen=True)
class Tile:
    """A figure as the overview shows it."""

    figure: Figure
    value: str
    compared: str
    trend: Trend | None
    opens: str
    definition: str


@require_safe
def page(request):
    """`?year=`: by default the newest."""
    year = asked_year(request)
    owners = owner_names()
    glances = {name: one for name, one in glance(year).items() if may_read(request.user, one.figure)}
    groups: dict[str, list[Tile]] = {}
    for one in glances.values():
        groups.setdefault(owners.get(one.figure.owner, one.figure.owner), []).append(make_tile(one, year))
    return render(
        request,
        "figures/overview.html",
        {
            "year": year,
            "years": year_tabs(reverse("figures:overview"), year),
            "groups": sorted(groups.items()),
            "has_records": any(one.value for one in glances.values()),
            "computed_at": next(iter(glances.values())).computed_at if glances else clock.now(),
            "today": clock.today(),
            "is_running": year == clock.today().year,
        },
    )


def make_tile(one: Glance, year: int) -> Tile:
    """A glance, in words and bars."""
    today, name = clock.today(), one.figure.name
    return Tile(
        one.figure,
        say_value(one.figure, one.value),
        say_comparison(one, today),
        draw_trend(one.figure, one.months, f"{today:%Y-%m}"),
        f"{reverse('figures:trail', args=[name])}?year={year}" if one.value else "",
        f"{reverse('figures:figure', args=[name])}?year={year}",
    )


def year_tabs(address: str, year: int) -> list[dict]:
    """The years that have records, as links."""
    return [{"label": str(one), "href": f"{address}?year={one}", "current": one == year} for one in list_years()]
