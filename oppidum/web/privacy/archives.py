"""Lists of files to be destroyed: proposed here, given the archives' visa, carried out at night, kept for ever."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oppidum.cases.declaration import get_service
from oppidum.privacy import archives
from oppidum.privacy.looking import RIGHT
from oppidum.privacy.models import DestructionList
from oppidum.web.desk.entry import officers_only, require_right

LISTS_SHOWN = 50
CASES_SHOWN = 200


@officers_only
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All lists, and the kinds of files that can be proposed."""
    require_right(request, RIGHT)
    context = {"lists": [_told(one) for one in archives.lists_with_counts()[:LISTS_SHOWN]], "kinds": _kinds()}
    return render(request, "privacy/archives.html", context)


def _kinds() -> list[tuple[str, str]]:
    return [(f"{code} {outcome}", " · ".join(_named(code, outcome))) for code, outcome in archives.destroyable()]


def _named(code: str, outcome: str) -> tuple[str, str]:
    service = get_service(code)
    return str(service.name), str(service.flow.steps[outcome].label)


def _told(found: DestructionList) -> dict:
    service, outcome = _named(found.service, found.outcome)
    return {"list": found, "service": service, "outcome": outcome}


@officers_only
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """A new list of what is due."""
    require_right(request, RIGHT)
    code, _space, outcome = request.POST.get("kind", "").partition(" ")
    if (code, outcome) not in archives.destroyable():
        messages.warning(request, _("Choose what to propose."))
        return redirect("privacy:archives")
    try:
        found = archives.propose(request.user, code, outcome)
    except archives.NothingDue as refused:
        messages.warning(request, str(refused))
        return redirect("privacy:archives")
    return redirect("privacy:archives-visa", pk=found.pk)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def visa(request: HttpRequest, pk: int) -> HttpResponse:
    """One list; the archives' visa is written down here, with what they want to keep."""
    require_right(request, RIGHT)
    found = get_object_or_404(archives.lists_with_counts(), pk=pk)
    if request.method == "POST":
        given = {name: request.POST.get(name, "").replace("\x00", "").strip() for name in ("by", "reference", "keep")}
        if not given["by"] or not given["reference"]:
            messages.warning(request, _("Say who gave the visa, and its reference."))
        else:
            archives.give_visa(request.user, pk, given["by"], given["reference"], keep=given["keep"].upper().split())
            messages.success(request, _("The visa is written down; the files go tonight."))
        return redirect("privacy:archives-visa", pk=pk)
    return render(request, "privacy/visa.html", _told(found) | {"cases": found.cases.order_by("case_id")[:CASES_SHOWN]})


@officers_only
@require_safe
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as a table, for the archives."""
    require_right(request, RIGHT)
    found = get_object_or_404(DestructionList, pk=pk)
    response = HttpResponse(archives.list_csv(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.number}.csv"'
    return response
