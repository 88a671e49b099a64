"""The metropolis shares documents with its communes: with one, or with all."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from oppidum.communes.documents import keeps_relations, share
from oppidum.communes.models import Document
from oppidum.core.errors import Invalid, NotAllowed
from oppidum.territory.models import Commune
from oppidum.web.desk.entry import officers_only

SHOWN = 60


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest):
    """What was shared, and a form to share more."""
    if not keeps_relations(request.user):
        raise NotAllowed()
    fault = _share(request) if request.method == "POST" else None
    if request.method == "POST" and fault is None:
        return redirect("communes:shared")
    context = {
        "documents": Document.objects.select_related("commune", "attachment", "shared_by")[:SHOWN],
        "communes": [("", _("every commune")), *Commune.objects.members().order_by("name").values_list("code", "name")],
        "typed": request.POST,
        "errors": [(fault.field or "", str(fault))] if fault else [],
        "faults": {fault.field: str(fault)} if fault else {},
    }
    return render(request, "communes/shared.html", context, status=422 if fault else 200)


def _share(request: HttpRequest) -> Invalid | None:
    """Share what was sent; the fault that stands in its way, if any."""
    code, file = request.POST.get("commune", ""), request.FILES.get("file")
    commune = Commune.objects.members().filter(code=code).first() if code else None
    if code and commune is None:
        return Invalid(_("This commune is not of our territory."), field="commune")
    try:
        share(request.POST.get("title", ""), commune, file, file.name if file else "", request.user)
    except Invalid as fault:
        fault.field = fault.field or "file"
        return fault
    messages.success(request, _("The document is shared."))
    return None
