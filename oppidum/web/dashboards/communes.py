"""The communes side by side: one figure on a map and as a ranking, a few of them month by month; and one commune in all its figures."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oppidum.core.errors import NotFound
from oppidum.figures.communes import (
    PER,
    PER_HEAD,
    Standing,
    counted_here,
    counted_in,
    list_grounds,
    local_figures,
    relate,
    stand_among,
)
from oppidum.figures.declaration import Figure
from oppidum.figures.overview import glance
from oppidum.web.dashboards import recipes
from oppidum.web.dashboards.asking import year_choices
from oppidum.web.figures.asking import asked_year
from oppidum.web.figures.glancing import year_tabs
from oppidum.web.words import say_number

BESIDE = 6


@dataclass(frozen=True)
class Line:
    """A figure of one commune: as counted, related to its people, and where that stands among all."""

    figure: Figure
    value: str
    per_head: str
    median: str
    rank: str
    opens: str
    chart: str


@require_safe
def page(request):
    """`?figure=&year=&per=&with=`: which figure, of which year, related to what, which communes beside each other."""
    figures, raw = local_figures(), request.GET
    if not figures:
        raise NotFound()
    year = asked_year(request)
    name = raw.get("figure") or max(figures, key=lambda one: glance(year)[one].value or 0)
    per, grounds = recipes.asked_per(raw.get("per", PER_HEAD)), list_grounds()
    figure = recipes.local(name)
    beside = [code for code in raw.getlist("with") if code in grounds][:BESIDE] or _largest()
    has_records = any(counted_in(name, year).values())
    return render(
        request,
        "dashboards/communes.html",
        {
            "figure": figure,
            "year": year,
            "per": per,
            "beside": beside,
            "has_records": has_records,
            "figures": [(key, str(one.label)) for key, one in figures.items()],
            "years": year_choices(),
            "pers": [(key, str(label)) for key, label in PER.items()],
            "communes": [(code, one.name) for code, one in grounds.items()],
            "map": recipes.communes_map(name, year, per) if has_records else None,
            "ranking": recipes.communes_bars(name, year, per) if has_records else None,
            "panels": recipes.side_by_side(name, year, tuple(beside)) if has_records else None,
        },
    )


@require_safe
def one(request, code: str):
    """All figures of one commune in a year."""
    grounds, year = list_grounds(), asked_year(request)
    if code not in grounds:
        raise NotFound()
    return render(
        request,
        "dashboards/commune.html",
        {
            "ground": grounds[code],
            "year": year,
            "years": year_tabs(reverse("dashboards:commune", args=[code]), year),
            "lines": lines_of(code, year),
            "among": len(grounds),
        },
    )


def lines_of(code: str, year: int) -> list[Line]:
    """A commune's figures of a year, each beside those of all communes; those of which nothing was counted anywhere are left out."""
    figures = local_figures()
    return [line for name, counted in counted_here(year).items() if (line := _line(figures[name], counted, code, year))]


def _line(figure: Figure, counted: Mapping[str, int], code: str, year: int) -> Line | None:
    """A figure's row; none where nothing was counted anywhere in that year."""
    if not any(counted.values()):
        return None
    related = stand_among(code, relate(counted, PER_HEAD))
    return Line(
        figure,
        say_number(counted[code]),
        _tenth(related.value),
        _tenth(related.median),
        _rank(related),
        f"{reverse('figures:trail', args=[figure.name])}?year={year}&commune={code}" if counted[code] else "",
        f"{reverse('dashboards:communes')}?figure={figure.name}&year={year}&with={code}",
    )


def _tenth(value: float | None) -> str:
    return "—" if value is None else say_number(value, 1)


def _rank(standing: Standing) -> str:
    if standing.rank is None:
        return "—"
    return _("%(rank)d of %(among)d") % {"rank": standing.rank, "among": standing.among}


def _largest() -> list[str]:
    """The communes with the most people."""
    return [one.code for one in sorted(list_grounds().values(), key=lambda one: -one.population)[:BESIDE]]
