"""Coming into my space with an account elsewhere. What a provider says of an e-mail address proves no mailbox: the first time, the link
that is mailed there does, and from then on the account alone opens the space.
"""

from django.conf import settings
from django.contrib import messages as told
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from oppidum.cases.links import request_link
from oppidum.core import clock, rates
from oppidum.core.addresses import client_address
from oppidum.core.errors import TooMany
from oppidum.interfaces import oidc
from oppidum.people.models import Identity, Resident

VISIT, PENDING, THERE = "identity_visit", "identity_pending", "identity_there"
GOOD_SECONDS = 900
STARTED_AN_HOUR = 30


@require_safe
@never_cache
def begin(request, code: str):
    """Away to the provider."""
    provider = _find(code)
    if not rates.allow(f"identity:{client_address(request)}", STARTED_AN_HOUR, 3600):
        raise TooMany(_("Many links were asked for from your connection. Wait a little, then try again."), retry_after=3600)
    address, visit = oidc.begin(provider, _back_to(code))
    request.session[VISIT] = oidc.as_kept(visit) | {"code": code, "at": _now()}
    return redirect(address)


@require_safe
@never_cache
def back(request, code: str):
    """Back from there: into my space, or to the mailbox that has to be proven once."""
    provider, held = _find(code), request.session.pop(VISIT, None) or {}
    if held.get("code") != code or _now() - held.get("at", 0) > GOOD_SECONDS or "error" in request.GET:
        raise oidc.IdentityRefused()
    visit = oidc.Visit(held["state"], held["nonce"], held["verifier"])
    claims = oidc.finish(provider, visit, request.GET, _back_to(code))
    there = {"code": code, "id_token": claims.id_token}
    known = Identity.objects.filter(provider=code, subject=claims.subject).select_related("resident").first()
    if known is None and claims.is_proven and _is_email(claims.email):
        known = _bind(claims.email, code, claims.subject)
    if known:
        return enter(request, known.resident.email, there)
    if not _is_email(claims.email):
        told.info(request, _("This account names no e-mail address. Write yours: the link that we send you opens your space."))
    request.session[PENDING] = {"provider": code, "subject": claims.subject, "at": _now()} | there
    if not _is_email(claims.email):
        return redirect("portal:my-reports")
    request_link(claims.email, get_language() or "fr", welcome=True)
    return render(request, "portal/mine/asked.html", {"email": claims.email, "provider": provider.name})


def bind_pending(request, email: str) -> None:
    """Whoever proved `email` in the session in which they came from a provider comes in with that account from now on."""
    pending = request.session.pop(PENDING, None)
    if pending and _now() - pending["at"] < 3600 and pending["provider"] in oidc.providers():
        _bind(email, pending["provider"], pending["subject"])
        request.session[THERE] = {"code": pending["code"], "id_token": pending["id_token"]}
        name = oidc.providers()[pending["provider"]].name
        told.success(request, _("From now on you come in with %(provider)s, without a link.") % {"provider": name})


def enter(request, email: str, there: dict):
    """The space of that address is open on this device."""
    from oppidum.web.portal.my_reports import open_for

    open_for(request, email)
    request.session[THERE] = there
    return redirect("portal:my-reports")


def way_out(request) -> str:
    """Where to sign out at the provider too, if somebody came from one."""
    there = request.session.get(THERE) or {}
    provider = oidc.providers().get(there.get("code", ""))
    return oidc.leave_address(provider, there["id_token"], settings.PUBLIC_URL + reverse("portal:home")) if provider else ""


def _bind(email: str, provider: str, subject: str) -> Identity:
    now = clock.now()
    resident, _made = Resident.objects.get_or_create(email=email, defaults={"created_at": now, "language": get_language() or "fr"})
    wanted = {"resident": resident, "created_at": now}
    return Identity.objects.update_or_create(provider=provider, subject=subject, defaults=wanted)[0]


def _find(code: str) -> oidc.Provider:
    provider = oidc.providers().get(code)
    if provider is None:
        raise Http404
    return provider


def _back_to(code: str) -> str:
    return settings.PUBLIC_URL + reverse("portal:my-with-back", args=[code])


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _now() -> float:
    return clock.now().timestamp()
