"""The commune's officers: its administrators invite, give roles of communes, end accounts; who is invited chooses a password."""

from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oppidum.communes import officers
from oppidum.communes.models import Change
from oppidum.core import rates
from oppidum.core.addresses import client_address
from oppidum.core.errors import Invalid, InvalidForm, NotFound, TooMany
from oppidum.people.models import Right
from oppidum.territory.models import Commune
from oppidum.web.communes.entry import of_commune, show

CHANGES, LINKS_AN_HOUR, JOINS_AN_HOUR = 20, 20, 60


@of_commune(Right.SPACE)
@require_safe
def page(request: HttpRequest, commune: Commune):
    """Who they are, the form to invite one more, and what was changed."""
    return _show(request, commune)


def _show(request: HttpRequest, commune: Commune, wrong: InvalidForm | None = None):
    faults = {fault.field: str(fault) for fault in wrong.errors} if wrong else {}
    context = {
        "members": officers.members(commune),
        "roles": list(officers.roles().values_list("code", "name")),
        "changes": Change.objects.filter(commune=commune).select_related("by", "officer")[:CHANGES],
        "typed": request.POST if wrong else {},
        "errors": list(faults.items()),
        "faults": faults,
    }
    return show(request, commune, "officers", context, 422 if wrong else 200)


@of_commune(Right.SPACE)
@require_POST
def invite(request: HttpRequest, commune: Commune):
    """Make an account, and send the link to choose its password."""
    _within_limit(request)
    try:
        made = officers.invite(commune, request.POST, request.user)
    except InvalidForm as wrong:
        return _show(request, commune, wrong)
    messages.success(request, _("%(name)s is invited: a link went to %(email)s.") % {"name": made, "email": made.email})
    return redirect("communes:officers", commune.pk)


@of_commune(Right.SPACE)
@require_POST
def role(request: HttpRequest, commune: Commune, pk: int):
    """Another role of communes."""
    try:
        changed = officers.give_role(commune, pk, request.POST.get("role", ""), request.user)
        messages.success(request, _("%(name)s now has the role “%(role)s”.") % {"name": changed, "role": changed.role.name})
    except Invalid as fault:
        messages.warning(request, str(fault))
    return redirect("communes:officers", commune.pk)


@of_commune(Right.SPACE)
@require_POST
def account(request: HttpRequest, commune: Commune, pk: int):
    """End an account (`open=0`), or open it again."""
    try:
        changed = officers.set_active(commune, pk, request.POST.get("open") == "1", request.user)
        said = _("The account of %(name)s is open again.") if changed.is_active else _("The account of %(name)s is ended.")
        messages.success(request, said % {"name": changed})
    except Invalid as fault:
        messages.warning(request, str(fault))
    return redirect("communes:officers", commune.pk)


@of_commune(Right.SPACE)
@require_POST
def link(request: HttpRequest, commune: Commune, pk: int):
    """A new link, for who lost the first one or forgot the password."""
    _within_limit(request)
    officer = officers.members(commune).filter(pk=pk, is_active=True).exclude(email="").first()
    if officer is None:
        raise NotFound()
    officers.send_link(officer, commune)
    messages.success(request, _("A link to choose a password went to %(email)s.") % {"email": officer.email})
    return redirect("communes:officers", commune.pk)


def _within_limit(request: HttpRequest) -> None:
    if not rates.allow(f"invites:{request.user.pk}", LINKS_AN_HOUR, 3600):
        raise TooMany(_("Many invitations were sent within an hour. Wait a little, then go on."), retry_after=3600)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join(request: HttpRequest, uid: str, token: str):
    """Who was invited chooses a password; the link is the key, and works once."""
    if not rates.allow(f"join:{client_address(request)}", JOINS_AN_HOUR, 3600):
        raise TooMany(_("Too many tries in a short time. Wait a little, then open the link again."), retry_after=3600)
    officer = officers.invited_by_link(uid[:40], token[:80])
    if officer is None:
        return render(request, "communes/join.html", {"gone": True}, status=410)
    form = SetPasswordForm(officer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your password is set. Sign in with your user name and it."))
        return redirect("desk:login")
    response = render(request, "communes/join.html", {"officer": officer, "form": form}, status=422 if form.errors else 200)
    response["Referrer-Policy"] = "no-referrer"
    return response
