"""What the holder of a request's code takes away: its receipt, the files that were given with it, the letters that were sent by it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from oppidum.cases.declaration import get_service
from oppidum.cases.models import Attachment, Case, Entry
from oppidum.publishing.papers import content_of, mark_read, papers_for_applicant
from oppidum.web.files import hand_out
from oppidum.web.portal.finding import find_case
from oppidum.web.portal.receipts import next_steps


@require_safe
@never_cache
def receipt(request, code: str):
    """Accusé de réception, to keep or to print."""
    case = _case(request, code)
    service = get_service(case.service, case.live.definition)
    if service.categories:
        raise Http404
    context = {"service": service, "case": case, "live": case.live, "next": next_steps(service, case)}
    return render(request, "portal/follow/receipt.html", context)


@require_safe
@never_cache
def file(request, code: str, token: str):
    """A file that was given as an answer, or by an officer with an act that residents are told of."""
    case = _case(request, code)
    found = Attachment.objects.filter(case=case, token=token).first()
    if found is None or not _is_open_to_author(case, found):
        raise Http404
    return hand_out(found)


@require_safe
@never_cache
def letter(request, code: str, number: int):
    """A letter to the applicant, announced by e-mail or sent on paper; opened, it counts as read."""
    case = _case(request, code)
    paper = next((one for one in papers_for_applicant(case) if one.pk == number), None)
    if paper is None:
        raise Http404
    try:
        content = content_of(paper)
    except FileNotFoundError:
        raise Http404 from None
    if request.method == "GET":
        mark_read(paper)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{case.code}-{paper.letter}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _is_open_to_author(case: Case, attachment: Attachment) -> bool:
    entry = Entry.objects.filter(case_id=case.pk, seq=attachment.seq).first()
    action = entry and get_service(case.service, case.live.definition).flow.actions.get(entry.action)
    return bool(entry) and (action is None or action.tells)


def _case(request, code: str) -> Case:
    case = find_case(request, code)
    if case is None:
        raise Http404
    return case
