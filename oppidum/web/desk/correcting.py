"""Correcting the answers of a case: the form as it was asked with what was answered, the change shown before it counts, the reason."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from oppidum.cases.corrections import correcting
from oppidum.cases.corrections.correcting import REASONS, Correction, correctable, form_of
from oppidum.cases.corrections.told import say_correction
from oppidum.cases.declaration import Address, Field, Place, survey
from oppidum.cases.declaration.recorded import CORRECT
from oppidum.cases.declaration.rulebook import labels_of
from oppidum.cases.histories import CaseFile, read_case_file, read_lines
from oppidum.cases.intake import rules_in_force
from oppidum.cases.rules.errors import NotNow, Stale
from oppidum.core.errors import InvalidForm, NotAllowed, Refusal
from oppidum.web.answering import changes_rows, read_answers, was_shown
from oppidum.web.desk.acting import seen_version
from oppidum.web.desk.entry import officers_only
from oppidum.web.desk.file_acts import may_correct
from oppidum.web.desk.reading import entry_of, title_of_case
from oppidum.web.questions import as_kept, draw_questions, named_faults

CONFIRM = "confirm"
# Names that no question can have.
WHY, MESSAGE = "correction-why", "correction-message"


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The form; sent, what would change; confirmed, what changed."""
    found = read_case_file(request.user, code)
    if "act" not in found.rights:
        raise NotAllowed(action=CORRECT)
    if not may_correct(found, request.user):
        messages.warning(request, str(NotNow()))
        return redirect("desk:case", code)
    if request.method != "POST":
        return _show(request, found, found.case.answers)
    open_ = correctable(found.service, found.case.filed_category, found.rights)
    typed, faults = _read(request, found, open_)
    if changes_rows(request):
        return _show(request, found, found.case.answers | typed)
    try:
        if faults:
            raise InvalidForm(faults)
        if CONFIRM in request.POST:
            return _correct(request, found, typed)
        foreseen = correcting.foresee(found.case, found.standing, typed, request.user.rights)
        correcting.check_reason(request.POST.get(WHY, ""), request.POST.get(MESSAGE, ""))
    except InvalidForm as wrong:
        return _show(request, found, found.case.answers | typed, errors=wrong, status=422)
    except Refusal as refusal:
        return _refused(request, code, typed, refusal)
    return _show(request, found, found.case.answers | typed, foreseen=foreseen)


def _read(request: HttpRequest, found: CaseFile, open_: Mapping[str, Field]) -> tuple[dict[str, Any], list]:
    """What was typed, of the questions that were on screen. An address written anew lies where the register says, not where the old one lay."""
    raw, faults = read_answers(request, open_)
    shown = {path.partition("-")[0] for path in was_shown(request)}
    typed = {name: value for name, value in raw.items() if name in shown}
    for name, value in typed.items():
        old = found.case.answers.get(name)
        if isinstance(open_[name], Place | Address) and isinstance(value, dict) and isinstance(old, dict):
            text = "address" if isinstance(open_[name], Place) else "text"
            same_point = all(f"{old.get(part) or 0:.6f}" == str(value.get(part) or "") for part in ("lon", "lat"))
            if same_point and str(old.get(text) or "") != str(value.get(text) or ""):
                typed[name] = {part: one for part, one in value.items() if part not in ("lon", "lat")}
    return typed, faults


def _correct(request: HttpRequest, found: CaseFile, typed: Mapping[str, Any]) -> HttpResponse:
    why, message = request.POST.get(WHY, ""), request.POST.get(MESSAGE, "")
    done = correcting.correct(found.case, request.user, typed, why, message, seen_version(request))
    said = _("The answers are corrected; the applicant reads it on the page of the file.") if done else _("Nothing was different.")
    messages.success(request, said)
    return redirect("desk:case", found.case.code)


def _refused(request: HttpRequest, code: str, typed: Mapping[str, Any], refusal: Refusal) -> HttpResponse:
    """What happened meanwhile, and everything that was typed, to be looked at again."""
    found, seen = read_case_file(request.user, code), seen_version(request)
    stale = isinstance(refusal, Stale) and seen
    changes = [entry_of(line) for line in read_lines(found.case, after=seen, rights=request.user.rights)] if stale else []
    more = {"refusal": refusal, "changes": changes, "status": refusal.status if refusal.status in (403, 409) else 409}
    return _show(request, found, found.case.answers | dict(typed), **more)


def _show(
    request: HttpRequest,
    found: CaseFile,
    raw: Mapping[str, Any],
    *,
    errors: InvalidForm | None = None,
    foreseen: Correction | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    case, standing, service = found.case, found.standing, found.service
    form, open_ = form_of(service, case.filed_category), correctable(service, case.filed_category, request.user.rights)
    known = rules_in_force(service, standing.filed_on)
    asked = survey(form, raw, standing.filed_on, known).states
    drawn = draw_questions(
        {name: question for name, question in open_.items() if asked.get(name) != "unasked"},
        as_kept(open_, raw),
        errors.errors if errors else (),
        known=known | {name: value for name, value in case.answers.items() if name not in open_},
        today=standing.filed_on,
        labels=labels_of(service),
    )
    told = {"fields": list(foreseen.changed), "changed": foreseen.changed} if foreseen else None
    faults = {fault.field: str(fault) for fault in errors.errors} if errors else {}
    context = {
        "case": case,
        "title": title_of_case(found),
        "questions": drawn,
        "errors": named_faults(form, errors.errors) if errors else [],
        "why_fault": faults.get(WHY, ""),
        "message_fault": faults.get(MESSAGE, ""),
        "reasons": [("", "—"), *((key, str(label)) for key, label in REASONS.items())],
        "why": request.POST.get(WHY, ""),
        "message": request.POST.get(MESSAGE, "")[: 2 * correcting.LONGEST_MESSAGE],
        "seen": standing.version if "refusal" in more else seen_version(request) or standing.version,
        "foreseen": foreseen,
        "previewed": foreseen is not None,
        "lines": say_correction(service, case.filed_category, told, {}, request.user.rights) if told else [],
        "back": reverse("desk:case", args=[case.code]),
        "notified": standing.contactable,
    }
    return render(request, "desk/correct.html", context | more, status=status)
