"""What the commune asks of the metropolis, with the answers. The exchange itself stands on the case's page."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from oppidum.cases import drafts
from oppidum.cases.declaration import Service, catalogue, get_service
from oppidum.cases.models import Attachment, Case
from oppidum.communes.marks import RELATIONS
from oppidum.people.models import Officer, Right
from oppidum.territory.models import Commune
from oppidum.web.communes.entry import of_commune, show
from oppidum.web.portal.offered import is_of_communes

CHANNEL, MOST = "desk", 200


@dataclass(frozen=True)
class Asked:
    """A request as the list shows it."""

    code: str
    title: str
    subject: str
    step: str
    step_label: str
    is_open: bool
    due_on: date | None
    is_paused: bool
    filed_at: datetime
    files: int


@of_commune()
@require_safe
def page(request: HttpRequest, commune: Commune):
    """All of them, those that wait for the commune first."""
    found = requests_of(request.user, commune)
    waiting = [one for one in found if one.step == "asked"]
    return show(
        request,
        commune,
        "requests",
        {
            "waiting": waiting,
            "open": [one for one in found if one.is_open and one not in waiting],
            "closed": [one for one in found if not one.is_open],
            "others": other_services(),
        },
    )


@of_commune(Right.ASK)
@require_POST
def begin(request: HttpRequest, commune: Commune):
    """Open the form in the commune's name: of a request, or of another service that communes ask for (`service`)."""
    if (code := request.POST.get("service")) in (service.code for service in other_services()):
        return start_form(request, commune, {"side": "commune"}, get_service(code))
    return start_form(request, commune, {"wants": "request"})


def other_services() -> list[type[Service]]:
    """What communes ask for beside requests and training, each with a form of its own."""
    return [service for service in catalogue().values() if is_of_communes(service) and service is not RELATIONS.service]


def start_form(request: HttpRequest, commune: Commune, raw: dict[str, Any], service: type[Service] | None = None):
    """A draft with the town hall as its place, to go on with at its first page; of a request, where no other service is named."""
    service = service or RELATIONS.service
    draft = drafts.start_draft(service, request.user, CHANNEL)
    draft.raw = raw | ({"place": hall_of(commune)} if commune.centre else {})
    drafts.save(draft)
    return redirect("portal:ask-page", service.code, draft.token, service.form.pages[0].name)


def hall_of(commune: Commune) -> dict[str, Any]:
    """The town hall as a place: its address, and the commune's centre."""
    address = " ".join((commune.hall_address or commune.hall_name or commune.name).split())
    return {"address": address, "lon": round(commune.centre.x, 6), "lat": round(commune.centre.y, 6)}


def requests_of(officer: Officer, commune: Commune) -> list[Asked]:
    """The commune's requests, newest first."""
    cases = of_kind(officer, commune, "request")
    papers = Attachment.objects.filter(case__in=[case.pk for case in cases]).values_list("case_id", flat=True)
    counted: dict[int, int] = {}
    for case_id in papers:
        counted[case_id] = counted.get(case_id, 0) + 1
    return [_told(case, counted.get(case.pk, 0)) for case in cases]


def of_kind(officer: Officer, commune: Commune, wants: str) -> list[Case]:
    """The commune's cases of the service, within sight: requests, or places at sessions."""
    found = Case.objects.visible_to(officer).filter(service=RELATIONS.code, commune=commune, answers__wants=wants)
    return list(found.select_related("live").defer("search", "words").order_by("-filed_at", "-pk")[:MOST])


def _told(case: Case, files: int) -> Asked:
    service = get_service(case.service, case.live.definition)
    return Asked(
        case.code,
        str(case.answers.get("title") or service.name),
        service.form["subject"].show(case.answers["subject"]) if case.answers.get("subject") else "",
        case.live.step,
        str(service.flow.steps[case.live.step].label),
        case.live.is_open,
        case.live.due_on,
        case.live.paused_on is not None,
        case.filed_at,
        files,
    )
