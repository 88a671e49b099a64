"""The commune's figures against all communes': counted, per thousand inhabitants, the median commune, the rank."""

from django.http import HttpRequest
from django.urls import reverse
from django.views.decorators.http import require_safe

from oppidum.figures.communes import list_grounds
from oppidum.territory.models import Commune
from oppidum.web.communes.entry import of_commune, show
from oppidum.web.dashboards.communes import lines_of
from oppidum.web.figures.asking import asked_year
from oppidum.web.figures.glancing import year_tabs


@of_commune()
@require_safe
def page(request: HttpRequest, commune: Commune):
    """`?year=`."""
    year = asked_year(request)
    return show(
        request,
        commune,
        "figures",
        {
            "ground": commune,
            "year": year,
            "years": year_tabs(reverse("communes:figures", args=[commune.pk]), year),
            "lines": lines_of(commune.pk, year),
            "among": len(list_grounds()),
        },
    )
