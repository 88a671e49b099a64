"""Data breaches: any officer declares one, data protection sees them all."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.preparing import actor_of
from oppidum.cases.rules.standing import Contact
from oppidum.core import clock
from oppidum.core.errors import InvalidForm
from oppidum.privacy.breaches import list_breaches, register_of_breaches
from oppidum.privacy.looking import RIGHT
from oppidum.privacy.marks import BREACH
from oppidum.web.answering import read_answers
from oppidum.web.desk.entry import officers_only, require_right
from oppidum.web.questions import draw_questions


@officers_only
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The register of breaches."""
    require_right(request, RIGHT)
    return render(request, "privacy/breaches.html", {"breaches": list_breaches()})


@officers_only
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The register as a table."""
    require_right(request, RIGHT)
    response = HttpResponse(register_of_breaches(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="violations-{clock.today()}.csv"'
    return response


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest) -> HttpResponse:
    """The form, in one page: whoever notices a breach says so at once."""
    service, raw, faults = BREACH.service, {}, []
    if request.method == "POST":
        raw, faults = read_answers(request, service.form)
        try:
            officer = request.user
            contact = Contact(str(officer), officer.email.lower(), "", get_language() or "fr")
            case = prepare_case(service, raw, channel="desk", actor=actor_of(officer), contact=contact)
            filed = file_case(case)
        except InvalidForm as wrong:
            faults += wrong.errors
        else:
            messages.success(request, _("Declared under %(code)s: data protection has it.") % {"code": filed.code})
            return redirect("privacy:breaches" if officer.may(RIGHT) else "desk:inbox")
    drawn = draw_questions(service.form, raw, faults)
    errors = [(fault.field, str(fault)) for fault in faults]
    return render(
        request,
        "privacy/declare.html",
        {"questions": drawn, "errors": errors, "back": reverse("desk:inbox"), "service": service},
        status=422 if faults else 200,
    )
