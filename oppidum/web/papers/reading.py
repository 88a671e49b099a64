"""A paper of a case, as it was sent."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from oppidum.cases.models import Case
from oppidum.cases.persons.masking import sees_persons
from oppidum.core.errors import NotAllowed
from oppidum.publishing import printing
from oppidum.publishing.models import Paper
from oppidum.publishing.papers import content_of
from oppidum.web.desk.entry import officers_only, require_right


@officers_only
@require_safe
def paper(request, pk: int):
    """The file, of a case within sight. One that still waits for the printer is shown as it will be."""
    found = _find(request, pk)
    if not sees_persons(request.user, found.case):
        raise NotAllowed
    response = HttpResponse(content_of(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.case.code}-{found.letter}.pdf"'
    return response


@officers_only
@require_POST
def returned(request, pk: int):
    """The post brought it back."""
    require_right(request, "persons")
    found = _find(request, pk)
    printing.mark_returned(found)
    return redirect("desk:case", found.case.code)


def _find(request, pk: int) -> Paper:
    visible = Case.objects.visible_to(request.user)
    return get_object_or_404(Paper.objects.select_related("case__live").exclude(recipient=""), pk=pk, case__in=visible)
