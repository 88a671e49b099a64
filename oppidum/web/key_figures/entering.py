"""One key figure of a year at the desk: its value, entering it, its evidence, its history."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from oppidum.cases.declaration.fields.files import CONTENT_TYPES
from oppidum.cases.files.attachments import FileRefused
from oppidum.cases.models import Attachment
from oppidum.core.errors import Invalid, InvalidForm, Refusal
from oppidum.figures.declared.access import Reach, reach_of
from oppidum.figures.declared.entering import EVIDENCE, Given, Meant, enter, keep_evidence, read_given, units_for
from oppidum.figures.declared.histories import DeclaredTrail, open_declared
from oppidum.figures.declared.locking import find_edition
from oppidum.figures.declared.requesting import move_period
from oppidum.figures.declared.sanity import warn
from oppidum.figures.key_figures import get_key_figure
from oppidum.figures.models import Entry, State
from oppidum.figures.models.entry import Precision
from oppidum.figures.wording import say_unit, say_value
from oppidum.people.models import Right
from oppidum.web.desk.entry import officers_only, require_right
from oppidum.web.files import hand_out
from oppidum.web.key_figures.asking import check_year, clean
from oppidum.web.key_figures.said import make_changes, plain_number


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """The figure; a POST enters a value, after its warnings have been confirmed."""
    require_right(request, Right.FIGURES, Right.REPORT)
    opened, reach = open_declared(name, check_year(year)), reach_of(request.user)
    given, errors, warnings = _typed_before(opened), [], []
    if request.method == "POST":
        given, errors = _read(request)
        try:
            meant = read_given(opened.figure, given)
            warnings = [] if errors else _warnings(opened, meant)
            if not errors and (not warnings or request.POST.get("confirmed")):
                enter(name, year, meant, request.user, clean(request.POST.get("reason", ""), 2000))
                messages.success(request, _("The value is kept. A second person validates it."))
                return redirect("key-figures:entry", year=year, name=name)
        except InvalidForm as wrong:
            errors = [*errors, *wrong.errors]
        except Refusal as refusal:
            errors = [refusal]
    status = 422 if errors or warnings else 200
    return render(request, "key_figures/entry.html", _context(opened, reach, given, errors, warnings), status=status)


def _read(request: HttpRequest) -> tuple[Given, list[Refusal]]:
    """What was typed; a file is kept at once, so that it outlives a mistake beside it."""
    token, faults = clean(request.POST.get("evidence", ""), 60), []
    if file := request.FILES.get("file"):
        try:
            token = keep_evidence(file, file.name or "").token
        except FileRefused as refused:
            faults.append(Invalid(refused.message, field="file"))
    elif request.POST.get("no_evidence"):
        token = ""
    given = Given(
        value=clean(request.POST.get("value", ""), 60),
        unit=clean(request.POST.get("unit", ""), 40),
        period=clean(request.POST.get("period", "")),
        precision=clean(request.POST.get("precision", ""), 20),
        note=clean(request.POST.get("note", ""), 6000),
        evidence=token,
        is_evidence_public=bool(request.POST.get("is_evidence_public")),
    )
    return given, faults


def _typed_before(opened: DeclaredTrail) -> Given:
    """The form as it is first shown: what the entry holds, or what the last edition suggests."""
    entry, figure = opened.current, opened.figure
    if entry is None:
        return Given(value="", unit=figure.unit, period=_usual_period(opened), precision="exact")
    return Given(
        value=plain_number(entry.value),
        unit=entry.unit,
        period=entry.period or _usual_period(opened),
        precision=entry.precision,
        note=entry.note,
        evidence=entry.evidence.token if entry.evidence else "",
        is_evidence_public=entry.is_evidence_public,
    )


def _usual_period(opened: DeclaredTrail) -> str:
    """The period of the newest earlier edition, moved to this year."""
    last = Entry.objects.filter(figure=opened.figure, is_current=True, year__lt=opened.year).order_by("-year").first()
    return move_period(last.period, last.year, opened.year) if last else str(opened.year)


def _warnings(opened: DeclaredTrail, meant: Meant) -> list[str]:
    return warn(meant.value, opened.figure.unit, opened.figure.kind, opened.last)


def _context(opened: DeclaredTrail, reach: Reach, given: Given, errors: list[Refusal], warnings: list[str]) -> dict:
    figure, entry, edition = opened.figure, opened.current, find_edition(opened.year)
    is_locked = bool(entry and entry.state == State.LOCKED) or bool(
        edition and edition.locked_at and (entry is None or entry.value is None)
    )
    waits = entry is not None and entry.state == State.ENTERED
    evidence = Attachment.objects.filter(token=given.evidence).first() if given.evidence else None
    return {
        "figure": figure,
        "value": get_key_figure(figure.name, opened.year),
        "entry": entry,
        "year": opened.year,
        "given": given,
        "errors": [(one.field or "", str(one)) for one in errors],
        "faults": {one.field: str(one) for one in errors if one.field},
        "warnings": warnings,
        "units": [(unit, say_unit(unit)) for unit in units_for(figure)],
        "precisions": Precision.choices,
        "kept_evidence": evidence,
        "accept": ",".join(CONTENT_TYPES[kind] for kind in EVIDENCE.accept),
        "largest": EVIDENCE.largest_mb,
        "last_year": opened.last[0] if opened.last else None,
        "last_value": say_value(opened.last[1], figure.unit) if opened.last else "",
        "may_enter": reach.may_enter(figure) and not is_locked,
        "is_correction": entry is not None and entry.is_validated,
        "may_validate": waits and reach.may_validate(figure) and not reach.entered(entry),
        "is_own": waits and reach.entered(entry),
        "may_send_back": waits and reach.may_validate(figure),
        "may_reopen": bool(entry and entry.state == State.LOCKED and reach.owns_report),
        "is_locked": is_locked,
        "changes": make_changes(opened),
        "superseded": [one for one in opened.entries if not one.is_current],
    }


@officers_only
@require_safe
def evidence(request: HttpRequest, year: int, name: str, pk: int) -> HttpResponse:
    """The paper behind an entry, public or not."""
    require_right(request, Right.FIGURES, Right.REPORT)
    entry = next((one for one in open_declared(name, check_year(year)).entries if one.pk == pk), None)
    if entry is None or entry.evidence is None:
        raise Http404
    return hand_out(entry.evidence)
