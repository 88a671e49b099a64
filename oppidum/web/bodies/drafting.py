"""A draft from an officer of any directorate: the form of a service that only officers ask for and that a body decides."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from oppidum.bodies.waiting import is_decided_by_bodies
from oppidum.cases.declaration import Service, catalogue
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.preparing import actor_of
from oppidum.cases.rules.standing import Contact
from oppidum.core.errors import InvalidForm, NotFound
from oppidum.people.models import Officer
from oppidum.web.answering import changes_rows, faults_on_screen, read_answers, was_shown
from oppidum.web.desk.entry import officers_only, require_right
from oppidum.web.questions import draw_questions, named_faults

OFFICER = ("officer",)


def drafted() -> list[type[Service]]:
    """The services that officers alone ask for, and a body decides."""
    return [one for one in catalogue().values() if one.applicants == OFFICER and is_decided_by_bodies(one)]


def get_drafted(code: str) -> type[Service]:
    """One of them, or `NotFound`."""
    service = next((one for one in drafted() if one.code == code), None)
    if service is None:
        raise NotFound()
    return service


@officers_only
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The form on one page. A question that an answer only now calls for is shown, and is not at fault."""
    require_right(request, "act", "sittings")
    service, raw, faults = get_drafted(code), {}, []
    if request.method == "POST":
        raw, faults = read_answers(request, service.form)
        if not changes_rows(request):
            try:
                filed = file_case(prepared(service, raw, request.user))
                return redirect("desk:case", filed.code)
            except InvalidForm as wrong:
                faults = faults_on_screen([*faults, *wrong.errors], was_shown(request))
    return draw(request, service, raw, faults, 422 if faults else 200)


@officers_only
@require_POST
def look(request: HttpRequest, code: str) -> HttpResponse:
    """The form drawn anew after what was typed so far."""
    require_right(request, "act", "sittings")
    service = get_drafted(code)
    raw, faults = read_answers(request, service.form)
    return draw(request, service, raw, faults)


def prepared(service: type[Service], raw: dict, officer: Officer):
    """The case, its author the officer, who is told what becomes of it."""
    contact = Contact(str(officer), officer.email.lower(), "", get_language() or "fr")
    return prepare_case(service, raw, channel="desk", actor=actor_of(officer), contact=contact)


def draw(request: HttpRequest, service: type[Service], raw: dict, faults: list, status: int = 200) -> HttpResponse:
    """The page with what was typed and what is wrong."""
    context = {
        "service": service,
        "questions": draw_questions(service.form, raw, faults),
        "errors": named_faults(service.form, faults),
        "look": reverse("bodies:draft-look", args=[service.code]),
        "title": _("New: %(service)s") % {"service": service.name},
    }
    return render(request, "bodies/draft.html", context, status=status)
