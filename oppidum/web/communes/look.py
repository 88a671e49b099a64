"""The colour and the texts of a commune on its residents' pages: tried, checked, kept."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from oppidum.communes.looks import LONGEST, save_look
from oppidum.communes.models import Look
from oppidum.core.errors import InvalidForm
from oppidum.people.models import Right
from oppidum.territory.models import Commune
from oppidum.web.communes.entry import of_commune, show


@of_commune(Right.SPACE)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, commune: Commune):
    """The form; sent, the same with what is wrong, or the page as residents see it."""
    faults: dict[str, str] = {}
    if request.method == "POST":
        try:
            save_look(commune, request.POST, request.user)
        except InvalidForm as wrong:
            faults = {fault.field: str(fault) for fault in wrong.errors}
        else:
            messages.success(request, _("Kept: residents see it from now on."))
            return redirect("communes:look", commune.pk)
    look = Look.objects.filter(commune=commune).first()
    typed = request.POST if faults else {name: getattr(look, name, "") for name in ("colour", "welcome", "news")}
    context = {"look": look, "typed": typed, "faults": faults, "errors": list(faults.items()), "longest": LONGEST}
    return show(request, commune, "look", context, 422 if faults else 200)
