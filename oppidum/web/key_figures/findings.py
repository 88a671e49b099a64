"""Contradictions of a year's key figures: what they are, accepting one with a reason, taking an acceptance back."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oppidum.core.errors import NotFound
from oppidum.figures.contradictions.accepting import NoReason, accept, list_accepted, reopen
from oppidum.figures.contradictions.findings import Finding
from oppidum.figures.contradictions.key_figures import check_key_figures
from oppidum.figures.contradictions.wording_of_findings import kind_name, severity_name
from oppidum.figures.models import AcceptedFinding
from oppidum.people.models import Right
from oppidum.web.desk.entry import officers_only, require_right
from oppidum.web.key_figures.asking import asked_edition, clean
from oppidum.web.key_figures.progress import year_tabs


@dataclass(frozen=True)
class Line:
    """A finding as its reader sees it; `figures` are (name, address) of the key figures that it cites."""

    finding: Finding
    kind: str
    severity: str
    figures: list[tuple[str, str]]
    accepted: AcceptedFinding | None


@officers_only
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`?year=`: those that are open by severity, then those that somebody has accepted."""
    require_right(request, Right.FIGURES, Right.REPORT)
    year = asked_edition(request)
    found = check_key_figures(year)
    kept = list_accepted(found)
    lines = [make_line(finding, year, kept.get(finding.fingerprint)) for finding in found]
    shown = {
        "year": year,
        "years": year_tabs(year, reverse("key-figures:findings")),
        "open": [line for line in lines if line.accepted is None],
        "accepted": [line for line in lines if line.accepted],
    }
    return render(request, "key_figures/findings.html", shown)


def make_line(finding: Finding, year: int, accepted: AcceptedFinding | None) -> Line:
    addresses = [(name, reverse("key-figures:entry", args=[year, name])) for name in finding.figures]
    return Line(finding, kind_name(finding.kind), severity_name(finding.severity), addresses, accepted)


@officers_only
@require_POST
def accept_one(request: HttpRequest) -> HttpResponse:
    """Let a finding stand, with a reason."""
    require_right(request, Right.FIGURES, Right.REPORT)
    year = asked_edition(request, request.POST.get("year", ""))
    named = clean(request.POST.get("fingerprint", ""), 16)
    finding = next((one for one in check_key_figures(year) if one.fingerprint == named), None)
    if finding is None:
        raise NotFound()
    try:
        accept(finding, clean(request.POST.get("reason", ""), 2000), request.user)
        messages.success(request, _("The contradiction is accepted; the reason is kept with it."))
    except NoReason as refusal:
        messages.warning(request, str(refusal))
    return redirect(f"{reverse('key-figures:findings')}?year={year}")


@officers_only
@require_POST
def reopen_one(request: HttpRequest) -> HttpResponse:
    """Take an acceptance back."""
    require_right(request, Right.FIGURES, Right.REPORT)
    year = asked_edition(request, request.POST.get("year", ""))
    if not reopen(clean(request.POST.get("fingerprint", ""), 16)):
        raise NotFound()
    messages.success(request, _("The contradiction is open again."))
    return redirect(f"{reverse('key-figures:findings')}?year={year}")
