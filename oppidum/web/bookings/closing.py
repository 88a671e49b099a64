"""Closing a resource on some days: first what that does to whom, then, confirmed, it is done and everybody is told."""

from datetime import date

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from oppidum.bookings.closing import list_affected, open_days
from oppidum.bookings.models import Resource
from oppidum.bookings.words import say_place
from oppidum.cases.booking.times import close
from oppidum.cases.preparing import actor_of
from oppidum.core import clock
from oppidum.core.errors import Invalid
from oppidum.web.bookings.weeks import codes_in_sight
from oppidum.web.desk.entry import officers_only, require_right

LONGEST_DAYS = 92


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def page(request, code: str):
    """What a closing would do; sent with `confirm`, it is done."""
    require_right(request, "act")
    resource = get_object_or_404(Resource.objects.visible_to(request.user), code=code)
    raw = request.POST if request.method == "POST" else request.GET
    reason = raw.get("reason", "").strip()[:200]
    context = {
        "resource": resource,
        "first": raw.get("first", ""),
        "last": raw.get("last") or raw.get("first", ""),
        "reason": reason,
    }
    try:
        first, last = read_days(context["first"], context["last"])
        if request.method == "POST" and not reason:
            raise Invalid(_("Say why: those who are moved read it."), field="reason")
    except Invalid as fault:
        return render(request, "bookings/close.html", context | {"errors": [(fault.field, str(fault))]}, status=422)
    if request.method == "POST":
        return _close(request, resource, first, last, reason)
    affected = list_affected(resource, first, last)
    seen = codes_in_sight(request.user, [one.held.reference for one in affected])
    rows = [
        {
            "code": one.held.reference if one.held.reference in seen else "",
            "now": say_place(one.held.place),
            "then": say_place(one.instead) if one.instead else "",
        }
        for one in affected
    ]
    return render(request, "bookings/close.html", context | {"rows": rows, "days": (first, last), "ready": True})


@officers_only
@require_POST
def reopen(request, code: str):
    """Open again what was closed; nobody is moved back."""
    require_right(request, "act")
    resource = get_object_or_404(Resource.objects.visible_to(request.user), code=code)
    try:
        first, last = read_days(request.POST.get("first", ""), request.POST.get("last") or request.POST.get("first", ""))
    except Invalid as fault:
        messages.error(request, str(fault))
        return redirect("places:week", resource.code)
    count = open_days(resource, first, last)
    messages.success(request, ngettext("%(n)d slot is open again.", "%(n)d slots are open again.", count) % {"n": count})
    return redirect(f"{reverse('places:week', args=[resource.code])}?day={first.isoformat()}")


def _close(request, resource: Resource, first: date, last: date, reason: str):
    done = close(resource, first, last, reason, actor_of(request.user))
    moved = ngettext("%(n)d booking was moved.", "%(n)d bookings were moved.", len(done.moved)) % {"n": len(done.moved)}
    left = len(done.unplaced)
    without = ngettext("%(n)d has no other place yet.", "%(n)d have no other place yet.", left) % {"n": left} if left else ""
    messages.success(request, " ".join(filter(None, (_("It is closed."), moved, without))))
    return redirect(f"{reverse('places:week', args=[resource.code])}?day={first.isoformat()}")


def read_days(first: str, last: str) -> tuple[date, date]:
    """The two days (ISO), in order, from today on; raises `Invalid`."""
    try:
        days = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise Invalid(_("Give the first and the last day."), field="first") from None
    if days[1] < days[0]:
        raise Invalid(_("The last day comes before the first one."), field="last")
    if days[0] < clock.today():
        raise Invalid(_("What is over can't be closed: begin today or later."), field="first")
    if (days[1] - days[0]).days > LONGEST_DAYS:
        raise Invalid(_("At most three months can be closed at once."), field="last")
    return days
