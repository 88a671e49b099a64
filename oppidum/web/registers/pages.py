"""Registers as everybody reads them: which are open, coming and over; one of them with its file, its observations, its report."""

from django.core.paginator import Paginator
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from oppidum.cases.contests import list_calls
from oppidum.core.errors import NotFound
from oppidum.core.streaming import csv_lines
from oppidum.publishing.marks import OBSERVATION, REGISTER
from oppidum.publishing.register_paper import register_rows
from oppidum.publishing.registers import (
    Observation,
    Register,
    find_neighbours,
    find_register,
    list_documents,
    list_observations,
    list_registers,
)
from oppidum.web.files import hand_out

SIZE = 25


@require_safe
def overview(request):
    """Every register that can be read."""
    found = list_registers()
    groups = {step: [one for one in found if one.step == step] for step in ("open", "announced", "closed", "reported")}
    groups["suspended"] = [one for one in found if one.step in ("suspended", "to_resume")]
    return render(request, "registers/list.html", {"groups": groups, "is_empty": not found})


class _Pages:
    """The observations of a register as the paginator takes them: counted without being read, read a page at a time."""

    def __init__(self, register: Register) -> None:
        self.register = register

    def count(self) -> int:
        return self.register.counts.get("shown", 0) + self.register.counts.get("hidden", 0)

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[Observation]:
        return list_observations(self.register, first=part.start, most=part.stop - part.start)


@require_safe
@never_cache
def register(request, name: str):
    """What is planned, until when one can write, what others wrote; after the close the report and the conclusions."""
    found = _get(name)
    documents, report = list_documents(found)
    followed, follower = find_neighbours(found)
    context = {
        "register": found,
        "facts": [(label, found.said(fact)) for fact, label in _facts() if found.said(fact)],
        "documents": documents,
        "report": report,
        "page": Paginator(_Pages(found), SIZE).get_page(request.GET.get("page")),
        "is_open": any(call.code == found.code for call in list_calls(OBSERVATION.service)),
        "writes": OBSERVATION.code,
        "followed": followed,
        "follower": follower,
        "to_read": found.counts.get("received", 0),
    }
    return render(request, "registers/register.html", context)


@require_safe
def observations_csv(request, name: str):
    """What everybody reads, as a table."""
    found = _get(name)
    lines = csv_lines(register_rows(list_observations(found), whole=False))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="registre-{found.public_id}.csv"'
    return response


@require_safe
def document(request, name: str, token: str):
    """A piece of the file, or the report: for everybody, as long as the register can be read."""
    file = next((one for group in list_documents(_get(name)) for one in group if one.token == token), None)
    if file is None:
        raise Http404
    return hand_out(file)


def _get(name: str) -> Register:
    found = find_register(name)
    if found is None:
        raise NotFound()
    return found


def _facts() -> list[tuple[str, str]]:
    service = REGISTER.service
    asked = {**service.form, **service.flow.actions["announce"].demands}
    return [(name, str(asked[name].label)) for name in ("kind", "holder", "order", "places")]
