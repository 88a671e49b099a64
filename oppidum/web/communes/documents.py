"""What the commune may read: documents shared with it or with all, and those of the answers to its requests."""

from django.db.models import F
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from oppidum.cases.models import Attachment, Case, Entry
from oppidum.communes.documents import shared_with
from oppidum.communes.marks import RELATIONS
from oppidum.people.models import Officer
from oppidum.territory.models import Commune
from oppidum.web.communes.entry import of_commune, show
from oppidum.web.files import hand_out

# The acts by which the metropolis hands documents to a commune.
HANDED = ("give_answer", "message")
MOST = 100


@of_commune()
@require_safe
def page(request: HttpRequest, commune: Commune):
    """Both lists, newest first."""
    return show(
        request, commune, "documents", {"shared": shared_with(commune)[:MOST], "answers": answer_files(request.user, commune)}
    )


@of_commune()
@require_safe
def file(request: HttpRequest, commune: Commune, pk: int):
    """One that was shared with this commune, or with all."""
    return hand_out(get_object_or_404(shared_with(commune), pk=pk).attachment)


def answer_files(officer: Officer, commune: Commune) -> list[Attachment]:
    """The files that the metropolis gave with its answers."""
    cases = Case.objects.visible_to(officer).filter(service=RELATIONS.code, commune=commune).values("pk")
    acts = Entry.objects.filter(case_id__in=cases, action__in=HANDED, actor_kind="officer").values_list("case_id", "seq")
    handed = set(acts)
    found = Attachment.objects.filter(case__in=cases).annotate(code=F("case__code"), title=F("case__answers__title"))
    return [one for one in found.order_by("-uploaded_at", "-pk") if (one.case_id, one.seq) in handed][:MOST]
