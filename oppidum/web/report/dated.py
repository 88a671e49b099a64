"""Highlights at the desk: dated events that officers write down, beside the milestones that projects tell by themselves."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from oppidum.publishing.models import ReportEdition, ReportHighlight
from oppidum.publishing.report.highlights import list_highlights
from oppidum.publishing.report.outline import outline
from oppidum.web.report.entry import language, writers

LONGEST = 200


@writers
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, year: int) -> HttpResponse:
    """The highlights of a year, and a form for one more."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = _add(request, year)
        if not errors:
            messages.success(request, _("The highlight is added."))
            return redirect("report-desk:highlights", year)
    context = {
        "year": year,
        "written": ReportHighlight.objects.filter(on__year=year).order_by("on", "pk"),
        "told": [one for one in list_highlights(year) if one.address.startswith("/projects/")],
        "directorates": [("", _("The whole authority")), *((part.directorate, part.titles[language()]) for part in outline())],
        "errors": errors,
        "raw": request.POST,
        "is_closed": _is_closed(year),
    }
    return render(request, "report/desk/highlights.html", context, status=422 if errors else 200)


@writers
@require_POST
def remove(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Take one away; a published edition keeps its own."""
    if not _is_closed(year):
        ReportHighlight.objects.filter(pk=pk, on__year=year).delete()
        messages.success(request, _("The highlight is removed."))
    return redirect("report-desk:highlights", year)


def _add(request: HttpRequest, year: int) -> dict[str, str]:
    """Keep what was typed, or say what is wrong with it, by field."""
    if _is_closed(year):
        return {"title_fr": _("This edition is published: its texts don't change any more.")}
    title, other = request.POST.get("title_fr", "").strip(), request.POST.get("title_en", "").strip()
    errors: dict[str, str] = {}
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
    except ValueError:
        on = None
    if on is None or on.year != year:
        errors["on"] = _("Give a day of %(year)s.") % {"year": year}
    if not title or max(len(title), len(other)) > LONGEST:
        errors["title_fr"] = _("Say what happened, in 200 characters at most.")
    known = {part.directorate for part in outline()}
    directorate = request.POST.get("directorate", "")
    if not errors:
        ReportHighlight.objects.create(
            on=on,
            title_fr=title,
            title_en=other,
            directorate=directorate if directorate in known else "",
            project=request.POST.get("project", "").strip()[:LONGEST],
        )
    return errors


def _is_closed(year: int) -> bool:
    return ReportEdition.objects.filter(year=year, published_at__isnull=False).exists()
