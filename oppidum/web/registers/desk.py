"""The register for the commissioner: all of it, whole, for officers who may see persons' words."""

from django.http import HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from oppidum.cases.models import Case
from oppidum.core.errors import NotFound
from oppidum.core.streaming import csv_lines
from oppidum.publishing.marks import REGISTER
from oppidum.publishing.register_paper import register_pdf, register_rows
from oppidum.publishing.registers import Register, find_register_of, list_observations
from oppidum.web.desk.entry import officers_only, require_right
from oppidum.web.spreadsheets import safe


@officers_only
@require_safe
def whole_csv(request, code: str):
    found = _get(request, code)
    rows = register_rows(list_observations(found, whole=True), whole=True)
    lines = csv_lines(([safe(cell) for cell in row] for row in rows), delimiter=";")
    response = StreamingHttpResponse(("\ufeff", *lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="registre-{code}.csv"'
    return response


@officers_only
@require_safe
def whole_pdf(request, code: str):
    found = _get(request, code)
    response = HttpResponse(register_pdf(found, list_observations(found, whole=True)), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="registre-{code}.pdf"'
    return response


def _get(request, code: str) -> Register:
    require_right(request, "persons")
    case = Case.objects.visible_to(request.user).filter(code=code.upper(), service=REGISTER.code).first()
    found = find_register_of(case.pk) if case else None
    if found is None:
        raise NotFound()
    return found
