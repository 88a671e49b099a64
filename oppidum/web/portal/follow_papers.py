"""What the holder of a request's code takes away: its receipt, the files that were given with it, the letters that were sent by it."""

from django.http import FileResponse, Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from oppidum.cases.declaration import get_service
from oppidum.cases.models import Attachment, Case, Entry
from oppidum.core import clock
from oppidum.publishing.keeping import path_of
from oppidum.publishing.models import Paper
from oppidum.web.files import hand_out
from oppidum.web.portal.finding import find_case
from oppidum.web.portal.receipts import next_steps

# Letters that were told to the author by e-mail, and are read here; those on paper went to whom they are addressed.
TOLD = (Paper.Fate.MAILED, Paper.Fate.READ)


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
    """A letter that was announced to the author; opened, it counts as read."""
    case = _case(request, code)
    paper = Paper.objects.filter(pk=number, case=case, fate__in=TOLD).exclude(file="").first()
    path = paper and path_of(paper.file)
    if not path or not path.exists():
        raise Http404
    if paper.fate == Paper.Fate.MAILED and request.method == "GET":
        Paper.objects.filter(pk=paper.pk, fate=Paper.Fate.MAILED).update(fate=Paper.Fate.READ, read_at=clock.now())
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=f"{case.code}-{paper.letter}.pdf", content_type="application/pdf"
    )
    response["Cache-Control"] = "private, no-store"
    return response


def list_letters(case: Case) -> list[Paper]:
    """The letters that its author reads here, newest first."""
    found = Paper.objects.filter(case=case, fate__in=TOLD).exclude(file="")
    return list(found.only("pk", "subject", "number", "made_at", "fate", "case_id").order_by("-pk"))


def _is_open_to_author(case: Case, attachment: Attachment) -> bool:
    entry = Entry.objects.filter(case_id=case.pk, seq=attachment.seq).first()
    action = entry and get_service(case.service, case.live.definition).flow.actions.get(entry.action)
    return bool(entry) and (action is None or action.tells)


def _case(request, code: str) -> Case:
    case = find_case(request, code)
    if case is None:
        raise Http404
    return case
