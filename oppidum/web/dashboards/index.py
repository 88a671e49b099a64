"""Where dashboards begin: the question box, directorates, services, communes, targets."""

from django.db.models import Count as Counting
from django.shortcuts import render
from django.views.decorators.http import require_safe

from oppidum.cases.declaration import catalogue
from oppidum.figures.catalogue import all_figures
from oppidum.figures.communes import list_grounds
from oppidum.figures.models import KeyFigure
from oppidum.web.figures.asking import asked_year
from oppidum.web.figures.said import owner_names


@require_safe
def page(request):
    """All dashboards, by name."""
    owners = owner_names()
    declared = dict(KeyFigure.objects.values_list("directorate").annotate(n=Counting("id")).order_by())
    counted: dict[str, int] = {}
    for figure in all_figures().values():
        counted[figure.owner] = counted.get(figure.owner, 0) + 1
    names = sorted({*declared, *counted}, key=lambda code: owners.get(code, code))
    return render(
        request,
        "dashboards/index.html",
        {
            "year": asked_year(request),
            "directorates": [(code, owners.get(code, code), declared.get(code, 0) + counted.get(code, 0)) for code in names],
            "services": sorted(((s.code, s.name) for s in catalogue().values() if s.figures), key=lambda pair: str(pair[1])),
            "communes": list_grounds().values(),
        },
    )
