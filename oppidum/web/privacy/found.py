"""The dossier of a person who was looked up: on the page, on paper, as data. Each time it is opened the access log says so."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from oppidum.core.errors import NotFound
from oppidum.privacy.dossiers import make_dossier
from oppidum.privacy.looking import chosen, open_lookup, record, require_identity, sought_of, traces_of
from oppidum.privacy.papers import dossier_pdf, dossier_words
from oppidum.web.desk.entry import officers_only


@officers_only
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """What will be handed out, to be read before it is."""
    dossier = open_dossier(request, pk, "dossier")
    return render(request, "privacy/dossier.html", {"words": dossier_words(dossier), "pk": pk, "query": request.GET.urlencode()})


@officers_only
@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """For the person, on paper (GDPR, art. 15(3))."""
    response = HttpResponse(dossier_pdf(open_dossier(request, pk, "pdf")), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="dossier-{pk}.pdf"'
    return response


@officers_only
@require_safe
def data(request: HttpRequest, pk: int) -> HttpResponse:
    """For machines (GDPR, art. 20)."""
    response = JsonResponse(open_dossier(request, pk, "json"), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="dossier-{pk}.json"'
    return response


def open_dossier(request: HttpRequest, pk: int, did: str) -> dict[str, Any]:
    """The dossier over the cases that were ticked; identity is demanded, and the opening written down first."""
    lookup = open_lookup(request.user, pk)
    require_identity(lookup)
    cases = chosen(lookup, case_ids(request.GET.getlist("case")))
    if not cases and not any(trace.case_id is None for trace in traces_of(lookup)):
        raise NotFound()
    record(lookup, did, cases)
    return make_dossier(sought_of(lookup), traces_of(lookup), cases)


def case_ids(given: list[str]) -> list[int]:
    """The numbers among what an address holds."""
    return [int(one) for one in given if one.isascii() and one.isdigit() and len(one) < 19]
