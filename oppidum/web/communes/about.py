"""Works and cases about the commune: what the metropolis builds there, and what is asked for on its ground, by service."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.views.decorators.http import require_safe

from oppidum.cases.declaration import Service, catalogue, get_service
from oppidum.cases.declaration.marks import REPORTS
from oppidum.cases.filters import Filter
from oppidum.cases.models import Case
from oppidum.cases.models.case import services_for_communes
from oppidum.communes.marks import RELATIONS
from oppidum.publishing.marks import PROJECT
from oppidum.territory.models import Commune
from oppidum.web.communes.entry import of_commune, show

# Each of these has a page of its own.
NEWEST = 6


@dataclass(frozen=True)
class Line:
    """A case about the commune."""

    code: str
    title: str
    place: str
    step: str
    step_label: str
    is_open: bool
    due_on: date | None
    filed_at: datetime


@dataclass(frozen=True)
class Subject:
    """A service with its newest cases here; `all_open` leads to the desk's list."""

    service: type[Service]
    open: int
    total: int
    lines: list[Line]
    all_open: str


@of_commune()
@require_safe
def page(request: HttpRequest, commune: Commune):
    """The projects first, then the other services by their number of open cases."""
    subjects = sorted(
        _subjects(request, commune), key=lambda one: (one.service is not PROJECT.service, -one.open, str(one.service.name))
    )
    return show(request, commune, "about", {"subjects": subjects})


def _subjects(request: HttpRequest, commune: Commune):
    codes = [code for code in services_for_communes() if code not in (REPORTS.code, RELATIONS.code)]
    cases = Case.objects.visible_to(request.user).filter(commune=commune, service__in=codes)
    counted = (
        cases.values("service").annotate(total=Count("pk"), open=Count("pk", filter=Q(live__is_open=True))).order_by("service")
    )
    for one in counted:
        newest = cases.filter(service=one["service"]).select_related("live").defer("search", "words").order_by("-filed_at", "-pk")
        wanted = Filter(view="all", service=one["service"], commune=commune.pk)
        lines = [_line(case) for case in newest[:NEWEST]]
        yield Subject(catalogue()[one["service"]], one["open"], one["total"], lines, f"{reverse('desk:inbox')}?{wanted.query()}")


def _line(case: Case) -> Line:
    service = get_service(case.service, case.live.definition)
    # What a case is called where its form asks so; a project has a title that everybody reads.
    title = str(case.answers.get("title") or "") if case.service == PROJECT.code else ""
    step = service.flow.steps[case.live.step]
    return Line(
        case.code,
        title or str(service.name),
        case.address,
        case.live.step,
        str(step.label),
        case.live.is_open,
        case.live.due_on,
        case.filed_at,
    )
