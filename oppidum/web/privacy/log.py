"""Who looked whom up: the access log, for everybody who answers for it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from oppidum.privacy.looking import RIGHT
from oppidum.privacy.models import Access
from oppidum.web.desk.entry import officers_only, require_right

SIZE = 100
DONE = {
    "search": _("looked up"),
    "dossier": _("dossier read"),
    "pdf": _("PDF taken"),
    "json": _("data taken"),
    "rectify": _("corrected"),
    "erase": _("erasure"),
}


@officers_only
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The newest first; whom it was about isn't shown here, for the log must not become a second file of persons."""
    require_right(request, RIGHT)
    found = Access.objects.select_related("lookup", "officer").order_by("-pk")
    page = Paginator(found, SIZE).get_page(request.GET.get("page", "1"))
    lines = [{"one": one, "did": DONE.get(one.did, one.did), "count": len(one.cases)} for one in page.object_list]
    return render(request, "privacy/log.html", {"page": page, "lines": lines})
