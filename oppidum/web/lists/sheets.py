"""Spreadsheets of lists: the empty one to fill in, and the rows that are to be mended."""

import csv
import re
from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oppidum.cases.lists.columns import columns_for
from oppidum.cases.lists.reading import TO_MEND
from oppidum.cases.lists.uploads import open_table
from oppidum.cases.models import ListFault, ListUpload
from oppidum.web.desk.entry import officers_only
from oppidum.web.lists.access import get_own_list, get_service_to_import
from oppidum.web.spreadsheets import safe

# A telephone number or a coordinate is no formula: it goes back as it came.
_NUMBER = re.compile(r"[+-]?[\d .,()]+")


class _Echo:
    """A file for the csv module that gives back each line."""

    def write(self, line: str) -> str:
        return line


@officers_only
@require_safe
def empty(request: HttpRequest, code: str) -> HttpResponse:
    """The header alone, as French spreadsheets expect it."""
    service = get_service_to_import(request, code)
    response = HttpResponse("\ufeff" + ";".join(columns_for(service)) + "\r\n", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(service.code)}.csv"'
    return response


@officers_only
@require_safe
def faults(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows with a fault, each with what is to be mended in a column of its own: mended, this file is sent alone."""
    upload = get_own_list(request, pk)
    if not upload.file:
        raise Http404
    response = StreamingHttpResponse(_faulty_rows(upload), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_("to-mend")}-{upload.pk}.csv"'
    return response


def _faulty_rows(upload: ListUpload) -> Iterator[str]:
    says: dict[int, list[str]] = {}
    for row, column, told in ListFault.objects.filter(upload=upload).order_by("row", "pk").values_list("row", "column", "says"):
        says.setdefault(row, []).append(f"{column}: {told}" if column else told)
    table = open_table(upload)
    header = [name for name in table.header if name and name != TO_MEND]
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow([TO_MEND, *header])
    for row in table.rows:
        if row.number in says:
            cells = [row.cells.get(name, "") for name in header]
            yield writer.writerow([safe(" | ".join(says[row.number])), *(_cell(one) for one in cells)])


def _cell(text: str) -> str:
    return text if _NUMBER.fullmatch(text) else safe(text)
