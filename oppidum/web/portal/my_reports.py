"""My requests and reports, of all services (mes démarches): an e-mail address proves itself by the link that is mailed to it; no account, no password.

The proof stays in the visitor's session for a day, or until "forget me on this device".
"""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oppidum.cases.declaration import get_service
from oppidum.cases.links import LinkBroken, LinkOver, my_cases, read_link, request_link
from oppidum.cases.models import Case, Party
from oppidum.cases.public import public_id
from oppidum.core import clock, rates
from oppidum.core.addresses import client_address
from oppidum.core.errors import TooMany
from oppidum.interfaces.oidc import providers
from oppidum.web.portal.my_identity import PENDING, bind_pending, way_out

SLOT = "my_reports"
KEPT_SECONDS = 24 * 3600
ASKED_AN_HOUR = 20
SHOWN = 100
# What a line of the list doesn't say: documents of a thousand answers among it.
UNREAD = ("search", "words", "answers", "place", "live__facts", "live__clocks", "commune__outline", "commune__centre")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def page(request):
    """My requests, or the way to them. Whether an address is known to us is never told."""
    if request.method == "POST":
        return _ask(request)
    if email := known_email(request):
        rows = _rows(email)
        return render(request, "portal/mine/list.html", {"email": email, "rows": rows, "more": len(rows) == SHOWN})
    return render(request, "portal/mine/ask.html", {"providers": providers().values()})


def _ask(request):
    email = request.POST.get("email", "").strip()[:254]
    try:
        validate_email(email)
    except ValidationError:
        error = _("Write the whole address, like name@example.fr.")
        context = {"email": email, "errors": [("email", error)], "error": error, "providers": providers().values()}
        return render(request, "portal/mine/ask.html", context, status=422)
    if not rates.allow(f"my-reports:{client_address(request)}", ASKED_AN_HOUR, 3600):
        raise TooMany(_("Many links were asked for from your connection. Wait a little, then try again."), retry_after=3600)
    request_link(email, get_language() or "fr", welcome=PENDING in request.session)
    return render(request, "portal/mine/asked.html", {"email": email})


@require_safe
@never_cache
def open_link(request, token: str):
    """The link of the mail: the address is proven, and leaves the browser's address line."""
    try:
        email = read_link(token)
    except (LinkOver, LinkBroken) as refusal:
        context = {"errors": [("", str(refusal))], "over": True, "providers": providers().values()}
        return render(request, "portal/mine/ask.html", context, status=refusal.status)
    open_for(request, email)
    bind_pending(request, email)
    return redirect("portal:my-reports")


def open_for(request, email: str) -> None:
    """This device proved the address: for a day its space is open here."""
    request.session.cycle_key()
    request.session[SLOT] = {"email": email, "since": int(clock.now().timestamp())}


@require_POST
@never_cache
def forget(request):
    """Forget the visitor on this device: the address, the drafts, what was followed; who came from a provider leaves there too."""
    address = way_out(request)
    request.session.flush()
    return redirect(address or "portal:my-reports")


def known_email(request) -> str:
    """The e-mail that this visitor proved within a day, or nothing."""
    held = request.session.get(SLOT) or {}
    return held.get("email", "") if clock.now().timestamp() - held.get("since", 0) < KEPT_SECONDS else ""


def _rows(email: str) -> list[dict]:
    """The cases of an address in two queries: what it asked for or reported opens by its code, what it follows by its public page."""
    cases = list(my_cases(email).select_related("live__team", "commune").defer(*UNREAD)[:SHOWN])
    mine = set(
        Party.objects.filter(case_id__in=[case.pk for case in cases], email__iexact=email, role=Party.AUTHOR).values_list(
            "case_id", flat=True
        )
    )
    return [_row(case, case.pk in mine) for case in cases]


def _row(case: Case, is_mine: bool) -> dict:
    live = case.live
    service = get_service(case.service, live.definition)
    commune = case.commune.name if case.commune else ""
    category, step = service.categories.get(live.category), service.flow.steps[live.step]
    return {
        "case": case,
        "live": live,
        "is_mine": is_mine,
        "public_id": public_id(case.pk),
        "title": category.name if category else live.category or service.name,
        "is_request": not service.categories,
        "step_label": _("Waiting for your answer") if is_mine and live.step == "waiting" else step.label,
        "place": case.address if commune.lower() in case.address.lower() else f"{case.address}, {commune}".strip(", "),
    }
