"""Where the key figures of a year stand, by directorate; asking for them."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from oppidum.core import clock
from oppidum.core.errors import Refusal
from oppidum.figures.declared.access import reach_of
from oppidum.figures.declared.locking import find_edition
from oppidum.figures.declared.progress import Progress, list_editions, list_progress
from oppidum.figures.declared.requesting import request_figures, usual_due_date
from oppidum.people.models import Right
from oppidum.web.desk.entry import officers_only, require_right
from oppidum.web.key_figures.asking import asked_edition
from oppidum.web.words import say_day


@officers_only
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`?year=`: the state of an edition."""
    require_right(request, Right.FIGURES, Right.REPORT)
    year, today = asked_edition(request), clock.today()
    found, reach, edition = list_progress(year, today), reach_of(request.user), find_edition(year)
    own = [one for one in found if one.code in reach.directorates]
    return render(
        request,
        "key_figures/progress.html",
        {
            "year": year,
            "years": year_tabs(year),
            "own": own,
            "others": [one for one in found if one not in own],
            "stats": stats_of(found, year),
            "edition": edition,
            "is_locked": bool(edition and edition.locked_at),
            "owns_report": reach.owns_report,
            "due_on": (edition.due_on if edition and edition.due_on else usual_due_date(year)).isoformat(),
        },
    )


def year_tabs(year: int, address: str = "") -> list[dict]:
    """The editions as links."""
    address = address or reverse("key-figures:progress")
    years = sorted({year, *list_editions(clock.today())}, reverse=True)
    return [{"label": str(one), "href": f"{address}?year={one}", "current": one == year} for one in years]


def stats_of(found: list[Progress], year: int) -> list[dict]:
    """The numbers on top, each leading to its list."""
    address = reverse("key-figures:list")
    return [
        {
            "label": label,
            "value": sum(getattr(one, name) for one in found),
            "href": f"{address}?year={year}&view={name}",
            "tone": "late" if name == "late" else "",
        }
        for name, label in (
            ("requested", _("to enter")),
            ("late", _("late")),
            ("entered", _("to validate")),
            ("validated", _("validated")),
        )
    ]


@officers_only
@require_POST
def request_year(request: HttpRequest) -> HttpResponse:
    """Ask the departments for a year's figures."""
    require_right(request, Right.REPORT)
    year = asked_edition(request, request.POST.get("year", ""))
    back = redirect(f"{reverse('key-figures:progress')}?year={year}")
    try:
        due_on = date.fromisoformat(request.POST.get("due_on", ""))
    except ValueError:
        messages.warning(request, _("Choose the day until which the figures are wanted."))
        return back
    try:
        done = request_figures(year, request.user, due_on)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return back
    said = ngettext("%(n)d figure is newly asked for", "%(n)d figures are newly asked for", done.asked) % {"n": done.asked}
    mails = ngettext("%(n)d mail leaves", "%(n)d mails leave", done.mails) % {"n": done.mails}
    messages.success(request, _("%(asked)s until %(day)s; %(mails)s.") % {"asked": said, "day": say_day(due_on), "mails": mails})
    if done.unreachable:
        named = {"codes": ", ".join(done.unreachable)}
        messages.warning(
            request,
            _("Nobody can be asked in these directorates: %(codes)s. Give an officer the right “figures” and an address.") % named,
        )
    return back
