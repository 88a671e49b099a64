"""Filing for somebody: at the front desk, on the telephone, by letter; or a case that the authority opens itself.

The officer goes through the same pages as a resident: the same questions, the same checks, the same receipt to hand over.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from oppidum.cases import drafts
from oppidum.cases.declaration import Form, Service, catalogue
from oppidum.core.errors import NotAllowed, NotFound
from oppidum.people.models import Right
from oppidum.web.desk.entry import officers_only, require_right
from oppidum.web.portal.offered import is_askable, may_open

WAYS = {"front_desk": _("Front desk"), "phone": _("Telephone"), "letter": _("Letter"), "email": _("E-mail")}


@officers_only
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The services that this officer may file for somebody, and those that the authority opens itself."""
    require_right(request, Right.INTAKE, Right.ACT)
    services = sorted(catalogue().values(), key=lambda one: str(one.name).casefold())
    return render(
        request,
        "desk/file.html",
        {
            "for_residents": [one for one in services if is_askable(one)] if may_file(request.user) else [],
            "quick": [one for one in services if one.quick] if may_file(request.user) else [],
            "own": [one for one in services if may_open(one, request.user)],
            "ways": list(WAYS.items()),
        },
    )


def may_file(officer) -> bool:
    return officer.may(Right.INTAKE) or officer.may(Right.ACT)


@officers_only
@require_POST
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Open the form, in the officer's name."""
    require_right(request, Right.INTAKE, Right.ACT)
    service = catalogue().get(code)
    if service is None or not isinstance(service.form, Form):
        raise NotFound()
    if may_open(service, request.user):
        channel = "desk"
    elif is_askable(service):
        channel = request.POST.get("way", "")
        channel = channel if channel in WAYS else "front_desk"
    else:
        raise NotAllowed()
    draft = drafts.start_draft(service, request.user, channel)
    drafts.save(draft)
    return redirect(reverse("portal:ask-page", args=[code, draft.token, first_page(service)]))


def first_page(service: type[Service]) -> str:
    return service.form.pages[0].name
