"""What the draft contradicts itself in, on a page of the desk: read before the edition is published."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from oppidum.publishing.report.findings import find_contradictions
from oppidum.web.report.entry import writers
from oppidum.web.report.overview import asked_language


@writers
@require_safe
def page(request: HttpRequest, year: int) -> HttpResponse:
    """Each finding with its sentence and both places."""
    code = asked_language(request)
    found = find_contradictions(year, code)
    errors = sum(one.is_error for one in found)
    context = {"year": year, "code": code, "found": found, "errors": errors, "warnings": len(found) - errors}
    return render(request, "report/desk/contradictions.html", context)
