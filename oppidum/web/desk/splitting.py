"""Making two cases of one that holds two matters: what goes is picked on one page, and both ways are shown when it is done."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from oppidum.cases.completing import complete_one
from oppidum.cases.corrections.correcting import correctable
from oppidum.cases.corrections.splitting import Part, split
from oppidum.cases.declaration import Field, Files, Items, Place, clean_form, get_service, survey
from oppidum.cases.declaration.recorded import SPLIT
from oppidum.cases.declaration.rulebook import labels_of
from oppidum.cases.histories import CaseFile, read_case_file, read_lines
from oppidum.cases.intake import rules_in_force
from oppidum.cases.models import Case
from oppidum.cases.rules.errors import NotNow, Stale
from oppidum.core import clock
from oppidum.core.errors import InvalidForm, NotAllowed, Refusal
from oppidum.web.answering import read_answers, was_shown
from oppidum.web.desk import choices
from oppidum.web.desk.acting import seen_version
from oppidum.web.desk.entry import officers_only
from oppidum.web.desk.file_acts import may_split
from oppidum.web.desk.reading import entry_of, title_of_case
from oppidum.web.questions import as_kept, draw_questions, named_faults

# Names that no question can have.
CATEGORY, WORDS, PLACE, PHOTO, FILE, LINES = (
    "split-category",
    "split-words",
    "splitplace",
    "split-photo",
    "split-file",
    "split-lines",
)
MESSAGE, KEY, SHOWN_CATEGORY = "split-message", "split-key", "split-shown-category"
WHERE = {PLACE: Place(gettext_lazy("Where is the second matter?"), required=True)}


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, code: str) -> HttpResponse:
    """What goes; then the new case."""
    found = read_case_file(request.user, code)
    if "act" not in found.rights:
        raise NotAllowed(action=SPLIT)
    if request.method != "POST":
        return _show(request, found) if may_split(found, request.user) else _too_late(request, code)
    if found.service.categories and request.POST.get(CATEGORY) != request.POST.get(SHOWN_CATEGORY):
        return _show(request, found)  # another category asks other questions
    try:
        part = _read(request, found)
        filed = split(found.case, request.user, part, seen_version(request), request.POST.get(KEY, "")[:32])
    except InvalidForm as wrong:
        return _show(request, found, errors=wrong, status=422)
    except Refusal as refusal:
        return _show_refused(request, code, refusal)
    messages.success(request, _("Two cases: %(first)s, and %(second)s.") % {"first": found.case.code, "second": filed.code})
    # The second matter may be another team's, out of this officer's sight.
    seen = Case.objects.visible_to(request.user).filter(pk=filed.case_id).exists()
    return redirect("desk:case", filed.code if seen else found.case.code)


def _too_late(request: HttpRequest, code: str) -> HttpResponse:
    messages.warning(request, str(NotNow()))
    return redirect("desk:case", code)


def _read(request: HttpRequest, found: CaseFile) -> Part:
    """What was picked, checked as far as a page can."""
    sent = request.POST
    more = {"photos": tuple(sent.getlist(PHOTO)), "message": sent.get(MESSAGE, "")}
    if found.service.categories:
        category = found.service.categories.get(sent.get(CATEGORY, ""))
        raw, faults = read_answers(request, category.questions if category else {})
        if faults:
            raise InvalidForm(faults)
        place = clean_form(WHERE, complete_one(WHERE, read_answers(request, WHERE)[0]), clock.today())[PLACE]
        lies = {part: place[part] for part in ("lon", "lat", "commune", "address")}
        return Part(raw=raw | {"category": sent.get(CATEGORY, ""), "words": sent.get(WORDS, "")}, place=lies, **more)
    raw, faults = read_answers(request, _asked(found, request.user))
    if faults:
        raise InvalidForm(faults)
    shown = {path.partition("-")[0] for path in was_shown(request)}
    lines: dict[str, set[int]] = {}
    for one in sent.getlist(LINES):
        name, _colon, number = one.partition(":")
        if number.isascii() and number.isdigit() and len(number) < 5:
            lines.setdefault(name, set()).add(int(number))
    typed = {name: value for name, value in raw.items() if name in shown}
    going = {name: frozenset(numbers) for name, numbers in lines.items()}
    return Part(raw=typed, lines=going, files=frozenset(sent.getlist(FILE)), **more)


def _asked(found: CaseFile, officer: Any) -> dict[str, Field]:
    """What can be written anew for the second case; lists are picked from, line by line."""
    open_ = correctable(found.service, found.case.filed_category, officer.rights)
    return {name: question for name, question in open_.items() if not isinstance(question, Items)}


def _show_refused(request: HttpRequest, code: str, refusal: Refusal) -> HttpResponse:
    found, seen = read_case_file(request.user, code), seen_version(request)
    stale = isinstance(refusal, Stale) and seen
    changes = [entry_of(line) for line in read_lines(found.case, after=seen, rights=request.user.rights)] if stale else []
    status = refusal.status if refusal.status in (403, 409) else 409 if isinstance(refusal, Stale | NotNow) else 422
    return _show(request, found, refusal=refusal, changes=changes, status=status)


def _show(
    request: HttpRequest, found: CaseFile, *, errors: InvalidForm | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    sent, case, standing = request.POST, found.case, found.standing
    by_category = bool(found.service.categories)
    drawn = _draw_report(request, found, errors) if by_category else _draw_request(request, found, errors)
    fresh = request.method != "POST"
    context = {
        "case": case,
        "title": title_of_case(found),
        "by_category": by_category,
        "photos": found.photos,
        "picked_photos": sent.getlist(PHOTO),
        "message": sent.get(MESSAGE, ""),
        "key": sent.get(KEY) or secrets.token_hex(8),
        "seen": standing.version if fresh or "refusal" in more else seen_version(request) or standing.version,
        "back": reverse("desk:case", args=[case.code]),
        "notified": standing.contactable,
        "faults": {fault.field: str(fault) for fault in errors.errors} if errors else {},
    }
    return render(request, "desk/split.html", context | drawn | more, status=status)


def _draw_report(request: HttpRequest, found: CaseFile, errors: InvalidForm | None) -> dict[str, Any]:
    sent, case = request.POST, found.case
    chosen = sent.get(CATEGORY, found.standing.category)
    category = found.service.categories.get(chosen)
    questions = category.questions if category else {}
    typed = read_answers(request, questions)[0] if request.method == "POST" else {}
    lies = {"address": case.address} | ({"lon": case.place.x, "lat": case.place.y} if case.place else {})
    place = read_answers(request, WHERE)[0] if request.method == "POST" else {PLACE: lies}
    faults = errors.errors if errors else []
    named = {"category": CATEGORY, "words": WORDS}
    return {
        "category": chosen,
        "categories": [("", "—"), *choices.only_categories()],
        "words": sent.get(WORDS, ""),
        "place": draw_questions(WHERE, place, faults),
        "questions": draw_questions(questions, typed, faults),
        "errors": [(named.get(path, path), said) for path, said in named_faults({**questions, **WHERE}, faults)],
        "category_fault": next((str(one) for one in faults if one.field == "category"), ""),
        "words_fault": next((str(one) for one in faults if one.field == "words"), ""),
    }


def _draw_request(request: HttpRequest, found: CaseFile, errors: InvalidForm | None) -> dict[str, Any]:
    service, answers, sent = get_service(found.case.service, found.standing.definition), found.case.answers, request.POST
    asked = _asked(found, request.user)
    raw = answers | (read_answers(request, asked)[0] if request.method == "POST" else {})
    known = rules_in_force(service, found.standing.filed_on)
    states = survey(service.form, raw, found.standing.filed_on, known).states
    faults = errors.errors if errors else []
    shown = {name: question for name, question in asked.items() if states.get(name) != "unasked"}
    known |= {name: value for name, value in answers.items() if name not in asked}
    return {
        "lists": [_list(name, question, answers[name], sent) for name, question in _lists(found, request.user)],
        "papers": [_papers(name, question, answers[name], request) for name, question in _files(found, request.user)],
        "questions": draw_questions(
            shown, as_kept(shown, raw), faults, known=known, today=found.standing.filed_on, labels=labels_of(service)
        ),
        "errors": named_faults(service.form, faults),
    }


def _lists(found: CaseFile, officer: Any) -> list[tuple[str, Items]]:
    open_ = correctable(found.service, found.case.filed_category, officer.rights)
    return [(name, one) for name, one in open_.items() if isinstance(one, Items) and len(found.case.answers.get(name) or ()) > 1]


def _files(found: CaseFile, officer: Any) -> list[tuple[str, Files]]:
    may = officer.may("persons")
    return [
        (name, one) for name, one in found.service.form.items() if isinstance(one, Files) and may and found.case.answers.get(name)
    ]


def _list(name: str, question: Items, rows: list[dict[str, Any]], sent: Mapping[str, Any]) -> dict[str, Any]:
    picked = sent.getlist(LINES)
    lines = [(f"{name}:{n}", question.show_row(row), f"{name}:{n}" in picked) for n, row in enumerate(rows)]
    return {"name": name, "label": question.label, "lines": lines}


def _papers(name: str, question: Files, held: list[dict[str, Any]], request: HttpRequest) -> dict[str, Any]:
    picked, fresh = request.POST.getlist(FILE), request.method != "POST"
    return {
        "name": name,
        "label": question.label,
        "lines": [(one["token"], one["name"], fresh or one["token"] in picked) for one in held],
    }
