"""Targets and the way to each: where one stands, what is left, what a year has to bring."""

from django.db.models import Max
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oppidum.core.errors import NotFound
from oppidum.figures.models import Edition, Entry, State, Target
from oppidum.figures.overview import list_years
from oppidum.figures.targets import WayToTarget, list_targets
from oppidum.figures.wording import say_value
from oppidum.web.dashboards import recipes


@require_safe
def page(request):
    """`?year=`: by default the last one for which figures were declared."""
    years = sorted({*list_years(), *Edition.objects.values_list("year", flat=True)}, reverse=True)
    raw = request.GET.get("year", "")
    if raw and not (raw.isascii() and raw.isdigit() and int(raw) in years):
        raise NotFound()
    year = int(raw) if raw else _newest() or years[0]
    address = reverse("dashboards:targets")
    return render(
        request,
        "dashboards/targets.html",
        {
            "year": year,
            "years": [{"label": str(y), "href": f"{address}?year={y}", "current": y == year} for y in years],
            "ways": [(way, recipes.target(way.aim.name, year), say_way(way)) for way in list_targets(year) if way.points],
        },
    )


def _newest() -> int | None:
    """The last year whose aim was told and validated."""
    told = Entry.objects.filter(figure__in=Target.objects.values("aim"), is_current=True, state__in=(State.VALIDATED, State.LOCKED))
    return told.aggregate(last=Max("year"))["last"]


def say_way(way: WayToTarget) -> str:
    """How far it is, in a sentence."""
    if way.last is None or way.aim.value is None:
        return ""
    told = {
        "now": say_value(way.last[1], way.reached.unit),
        "at": way.last[0],
        "aim": say_value(way.aim.value, way.aim.unit),
        "year": way.year,
        "share": say_value(way.share, "%"),
    }
    if way.missing is None:
        return _("%(now)s at the end of %(at)d: the target of %(aim)s for %(year)d is reached.") % told
    said = _("%(now)s at the end of %(at)d, %(share)s of the target of %(aim)s for %(year)d.") % told
    if way.needed_a_year is None:
        return said
    return (
        said + " " + _("%(needed)s are needed each year until then.") % {"needed": say_value(way.needed_a_year, way.reached.unit)}
    )
