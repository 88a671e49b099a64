"""Locking a year and reopening it, or one of its figures."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from oppidum.core.errors import Refusal
from oppidum.figures.declared.locking import lock_year, reopen_figure, reopen_year
from oppidum.people.models import Right
from oppidum.web.desk.entry import officers_only, require_right
from oppidum.web.key_figures.asking import asked_edition, check_year, clean


@officers_only
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Close the year."""
    require_right(request, Right.REPORT)
    year = asked_edition(request, request.POST.get("year", ""))
    try:
        count = lock_year(year, request.user)
        said = ngettext("The year is locked with %(n)d value.", "The year is locked with %(n)d values.", count)
        messages.success(request, said % {"n": count})
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect(f"{reverse('key-figures:progress')}?year={year}")


@officers_only
@require_POST
def reopen(request: HttpRequest) -> HttpResponse:
    """Open the year again, with a reason."""
    require_right(request, Right.REPORT)
    year = asked_edition(request, request.POST.get("year", ""))
    try:
        reopen_year(year, request.user, clean(request.POST.get("reason", ""), 2000))
        messages.success(request, _("The year is open again; the reason stays in the history."))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect(f"{reverse('key-figures:progress')}?year={year}")


@officers_only
@require_POST
def reopen_one(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Open one figure of a locked year, with a reason."""
    require_right(request, Right.REPORT)
    try:
        reopen_figure(name, check_year(year), request.user, clean(request.POST.get("reason", ""), 2000))
        messages.success(request, _("The value may change again; the reason stays in its history."))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("key-figures:entry", year=year, name=name)
