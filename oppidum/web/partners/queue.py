"""What waits for partners, what came and doesn't fit, links of third parties: in sight, with a button for each way on."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oppidum.cases.public import public_id
from oppidum.core import clock
from oppidum.interfaces.partners import receiving, sending, thirds
from oppidum.interfaces.partners.models import Endpoint, Message, ThirdLink
from oppidum.web.desk.entry import officers_only, require_right

RIGHTS = ("setup", "privacy")
SIZE, LINKS_SHOWN = 50, 50
Fate = Message.Fate
TROUBLED = (Fate.HELD, Fate.PARKED)
VIEWS = {
    "trouble": TROUBLED,
    "waiting": (Fate.WAITING, Fate.FOLLOWED),
    "done": (Fate.SENT, Fate.ENDED, Fate.TAKEN, Fate.DISMISSED),
}


@officers_only
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """One of three views, and the links that are still open."""
    require_right(request, *RIGHTS)
    view = request.GET.get("view", "trouble")
    if view not in VIEWS:
        raise Http404
    found = Message.objects.filter(fate__in=VIEWS[view]).select_related("case").order_by("-pk")
    shown = Paginator(found, SIZE).get_page(request.GET.get("page", "1"))
    context = {
        "view": view,
        "page": shown,
        "lines": [{"one": one, "reference": public_id(one.case_id) if one.case_id else one.body.get("case", "")} for one in shown],
        "tabs": _tabs(view),
        "old": sending.too_old(),
        "endpoints": Endpoint.objects.order_by("code"),
        "links": ThirdLink.objects.filter(revoked_at=None, expires_at__gt=clock.now())
        .select_related("case")
        .order_by("-pk")[:LINKS_SHOWN],
    }
    return render(request, "partners/queue.html", context)


def _tabs(view: str) -> list[dict[str, Any]]:
    labels = {"trouble": _("To be looked at"), "waiting": _("Under way"), "done": _("Done")}
    counts = {name: Message.objects.filter(fate__in=fates).count() for name, fates in VIEWS.items() if name != "done"}
    return [
        {"label": label, "href": f"?view={name}", "current": name == view, "count": counts.get(name)}
        for name, label in labels.items()
    ]


@officers_only
@require_POST
def settle(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """`release` what is held, `retry` what is parked, `dismiss` what was seen to otherwise."""
    require_right(request, *RIGHTS)
    if what == "release":
        sending.release(pk, request.user)
        messages.success(request, _("It leaves again within a minute."))
    elif what == "retry" and Message.objects.filter(pk=pk).exists():
        found = receiving.try_parked(pk)
        taken = found.fate == Fate.TAKEN
        messages.success(request, _("Now it fits: done.")) if taken else messages.warning(request, found.error)
    elif what == "dismiss":
        sending.dismiss(pk, request.user)
    else:
        raise Http404
    return redirect("partner-desk:queue")


@officers_only
@require_POST
def revoke_link(request: HttpRequest, pk: int) -> HttpResponse:
    """The link opens nothing any more."""
    require_right(request, *RIGHTS)
    thirds.revoke(pk)
    messages.success(request, _("The link is revoked."))
    return redirect("partner-desk:queue")
