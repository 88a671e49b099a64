"""The second person's word on entered values."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from oppidum.core.errors import Refusal
from oppidum.figures.declared.validating import send_back, validate
from oppidum.people.models import Right
from oppidum.web.desk.entry import officers_only, require_right
from oppidum.web.key_figures.asking import asked_edition, check_year, clean

MOST = 500


@officers_only
@require_POST
def validate_many(request: HttpRequest) -> HttpResponse:
    """Those that were ticked in the list; each refusal is told."""
    require_right(request, Right.FIGURES, Right.REPORT)
    year = asked_edition(request, request.POST.get("year", ""))
    names = [clean(name, 80) for name in request.POST.getlist("name")[:MOST]]
    if not names:
        messages.warning(request, _("Tick the values that you have checked."))
    else:
        _say(request, validate(names, year, request.user))
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return redirect(back if safe else f"{reverse('key-figures:list')}?year={year}")


@officers_only
@require_POST
def validate_one(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """One, from its page."""
    require_right(request, Right.FIGURES, Right.REPORT)
    _say(request, validate([name], check_year(year), request.user))
    return redirect("key-figures:entry", year=year, name=name)


@officers_only
@require_POST
def back(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Back to the department, with a reason."""
    require_right(request, Right.FIGURES, Right.REPORT)
    try:
        send_back(name, check_year(year), request.user, clean(request.POST.get("reason", ""), 2000))
        messages.success(request, _("Sent back: the author reads why."))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("key-figures:entry", year=year, name=name)


def _say(request: HttpRequest, done) -> None:
    if done.done:
        count = len(done.done)
        messages.success(request, ngettext("%(n)d value is validated.", "%(n)d values are validated.", count) % {"n": count})
    for name, refusal in list(done.refused.items())[:10]:
        messages.warning(request, f"{name} — {refusal}")
