"""What leaves the screen: pictures and files as officers may see them, and a case on paper."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from oppidum.cases.contests import refuse_sealed
from oppidum.cases.files.photos import path_of
from oppidum.cases.histories import read_case_file
from oppidum.cases.models import Attachment, Case, Photo
from oppidum.cases.persons.masking import sees_persons
from oppidum.core.errors import NotAllowed
from oppidum.publishing.case_paper import case_pdf
from oppidum.web.desk.entry import officers_only
from oppidum.web.desk.said import title_of
from oppidum.web.files import hand_out, is_doubtful


@officers_only
@require_safe
def photo(request, token: str, size: str):
    """A picture of a case within sight, also where it is hidden from the public; or one just uploaded, known by its token."""
    found = get_object_or_404(Photo, token=token)
    if found.case_id and not Case.objects.visible_to(request.user).filter(pk=found.case_id).exists():
        raise Http404
    path = path_of(found, "full" if size == "full" else "thumb")
    if not path.exists():
        raise Http404
    response = FileResponse(path.open("rb"), content_type="image/jpeg")
    patch_cache_control(response, private=True, max_age=3600)
    return response


@officers_only
@require_safe
def file(request, code: str, token: str):
    """A file that was given with a case within sight, for those who may see its persons. One that nobody examined yet is opened
    with a warning, and by a second press."""
    case = get_object_or_404(Case.objects.visible_to(request.user).select_related("live"), code=code)
    if not sees_persons(request.user, case):
        raise NotAllowed
    refuse_sealed(case)
    found = get_object_or_404(Attachment, case=case, token=token)
    if is_doubtful(found) and request.GET.get("anyway") != "1":
        return render(
            request, "desk/unexamined.html", {"case": case, "file": found, "back": reverse("desk:case", args=[case.code])}
        )
    return hand_out(found)


@officers_only
@require_safe
def pdf(request, code: str):
    """The case as a PDF, with personal data only for those who may see it."""
    found = read_case_file(request.user, code)
    response = HttpResponse(case_pdf(found.case, request.user, found, title_of), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.case.code}.pdf"'
    return response
