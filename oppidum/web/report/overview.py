"""The desk of the report: every chapter by directorate and where its text stands, what is left to do, publication."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from oppidum.core import clock
from oppidum.core.errors import Refusal
from oppidum.people.models import Right
from oppidum.publishing.models import ReportEdition, ReportFile, TextState
from oppidum.publishing.report.editions import facts_of
from oppidum.publishing.report.outline import LANGUAGES, outline
from oppidum.publishing.report.workflow import (
    PROPOSED,
    Standing,
    approve_all,
    compare_with,
    problems_of,
    publish,
    submit_all,
    texts_of,
)
from oppidum.web.report.entry import comparable_years, language, writers

TONES = {PROPOSED: "quiet", TextState.DRAFT: "soon", TextState.SUBMITTED: "info", TextState.APPROVED: "done"}


@dataclass(frozen=True)
class Line:
    """A chapter on the desk."""

    title: str
    text: Standing
    state: str
    tone: str
    faults: int
    warnings: int


@writers
@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """The edition that is being written: the newest, or last year's."""
    found = ReportEdition.objects.values_list("year", flat=True).first()
    return redirect("report-desk:edition", found or clock.today().year - 1)


@writers
@require_safe
def page(request: HttpRequest, year: int) -> HttpResponse:
    """The chapters of an edition in one language."""
    code = asked_language(request)
    edition = ReportEdition.objects.filter(year=year).first() or ReportEdition(year=year)
    figures, standing = facts_of(year, code, None, validated_only=False).figures, texts_of(year, code)
    parts = [
        {"title": part.titles[language()], "lines": [_line(one, standing[one.name], figures, year) for one in part.chapters]}
        for part in outline()
    ]
    lines = [line for part in parts for line in part["lines"]]
    context = {
        "edition": edition,
        "year": year,
        "code": code,
        "parts": parts,
        "stats": _stats(lines),
        "languages": [
            {"label": _("French") if one == "fr" else _("English"), "href": f"?language={one}", "current": one == code}
            for one in LANGUAGES
        ],
        "files": ReportFile.objects.filter(edition=year).order_by("-language"),
        "years": comparable_years(year),
        "owns": request.user.may(Right.REPORT),
        "submittable": sum(line.text.state in (PROPOSED, TextState.DRAFT) and not line.faults for line in lines),
        "approvable": sum(_is_approvable(line.text, request.user.pk) for line in lines),
        "has_figures": any(one.value is not None for one in figures.values()),
    }
    return render(request, "report/desk/edition.html", context)


@writers
@require_POST
def move_all(request: HttpRequest, year: int) -> HttpResponse:
    """Submit, or approve, all chapters that can be."""
    code = asked_language(request)
    try:
        if request.POST.get("what") == "approve":
            count = approve_all(year, code, request.user)
            said = ngettext("%(n)d text approved.", "%(n)d texts approved.", count)
        else:
            count = submit_all(year, code, request.user)
            said = ngettext("%(n)d text submitted.", "%(n)d texts submitted.", count)
        messages.success(request, said % {"n": count})
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return to_edition(year, code)


@writers
@require_POST
def compare(request: HttpRequest, year: int) -> HttpResponse:
    """Choose the year that stands beside each figure."""
    asked = request.POST.get("compared_with", "")
    try:
        compare_with(year, int(asked) if asked.isdigit() and int(asked) in comparable_years(year) else None, request.user)
        messages.success(request, _("The comparison is chosen."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return to_edition(year, asked_language(request))


@writers
@require_POST
def publish_it(request: HttpRequest, year: int) -> HttpResponse:
    """Open the edition to everybody."""
    try:
        publish(year, request.user)
        messages.success(request, _("The edition is published: everybody reads it. Its PDF is being made."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return to_edition(year, asked_language(request))


def asked_language(request: HttpRequest) -> str:
    """`language` of the address or the form; French otherwise."""
    asked = request.POST.get("language") or request.GET.get("language") or "fr"
    return asked if asked in LANGUAGES else "fr"


def to_edition(year: int, code: str) -> HttpResponse:
    answer = redirect("report-desk:edition", year)
    answer["Location"] += f"?language={code}"
    return answer


def say_state(state: str) -> str:
    """Where a text stands, in the reader's words."""
    return _("proposed by Oppidum") if state == PROPOSED else str(TextState(state).label)


def _line(plan, text: Standing, figures, year: int) -> Line:
    problems = problems_of(text.body, year, figures)
    # Sentences of a proposal that name figures which this authority hasn't are left out: no fault of anybody.
    faults = 0 if text.state == PROPOSED else sum(one.is_refused for one in problems)
    warnings = len(problems) - sum(one.is_refused for one in problems)
    return Line(plan.titles[language()], text, say_state(text.state), TONES[text.state], faults, warnings)


def _stats(lines: list[Line]) -> list[dict]:
    def count(*states: str) -> int:
        return sum(line.text.state in states for line in lines)

    return [
        {"label": _("chapters"), "value": len(lines)},
        {"label": _("to submit"), "value": count(PROPOSED, TextState.DRAFT), "tone": "soon"},
        {"label": _("to approve"), "value": count(TextState.SUBMITTED), "tone": "soon"},
        {"label": _("approved"), "value": count(TextState.APPROVED)},
    ]


def _is_approvable(text: Standing, officer: int) -> bool:
    return text.state == TextState.SUBMITTED and text.row is not None and text.row.author_id != officer
