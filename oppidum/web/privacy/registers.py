"""The register of processings: a short form for everybody, the full one for officers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from oppidum.core import clock
from oppidum.privacy.controller import controller
from oppidum.privacy.looking import RIGHT
from oppidum.privacy.papers import register_pdf, rights
from oppidum.privacy.register import kept_in_words, register, register_csv
from oppidum.web.desk.entry import officers_only, require_right


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What each service does with personal data, in short (GDPR, art. 13, 14): anybody may read it."""
    told = controller()
    entries = [{"entry": entry, "kept": [kept_in_words(kept) for kept in entry.retention]} for entry in register()]
    return render(request, "privacy/register.html", {"entries": entries, "controller": told, "rights": rights(told)})


@officers_only
@require_safe
def pdf(request: HttpRequest) -> HttpResponse:
    """The full register on paper, as the CNIL asks for it (GDPR, art. 30(4))."""
    require_right(request, RIGHT)
    response = HttpResponse(register_pdf(), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="registre-{clock.today()}.pdf"'
    return response


@officers_only
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The full register as a table."""
    require_right(request, RIGHT)
    response = HttpResponse(register_csv(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="registre-{clock.today()}.csv"'
    return response
