"""Fourth page: the description, and the category's own questions.

A question that depends on an answer appears at once with JavaScript. Without, it stays shut off (a disabled fieldset sends nothing)
and comes on the same page, shown again, once the answer that it depends on was sent. Each question that was on screen names itself
in `shown`, so the server knows which ones the reader could answer.
"""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from oppidum.cases.declaration import Category, Field, clean_form
from oppidum.cases.declaration.marks import REPORTS
from oppidum.cases.filing import prepare_case
from oppidum.core import clock
from oppidum.core.errors import Invalid, InvalidForm
from oppidum.web.portal.report_draft import Draft, keep
from oppidum.web.portal.report_steps import go, next_after, show_page, wants_back

LONGEST_KEPT = 20_000
KINDS = {"text": "text", "choice": "radios", "yes_no": "radios", "number": "number", "day": "date"}


def show(request, draft: Draft, errors=(), status: int = 200, typed: dict | None = None):
    """The words and the questions, with what was answered or typed."""
    typed = {"words": draft.words, **draft.answers} if typed is None else typed
    faults = {fault.field: str(fault) for fault in errors}
    category = draft.subject
    context = {
        "errors": [(fault.field, str(fault)) for fault in errors],
        "category": category,
        "words": typed.get("words", ""),
        "words_error": faults.get("words", ""),
        "words_required": needs_words(category),
        "questions": [_drawn(name, one, typed, faults) for name, one in category.questions.items()],
    }
    return show_page(request, draft, "details", context, status)


def take(request, draft: Draft):
    """Clean the answers; lead to the danger's page, to the questions that just came up, or on."""
    category = draft.subject
    typed = {name: _typed(request, name, one) for name, one in category.questions.items()}
    typed["words"] = request.POST.get("words", "")
    seen = set(request.POST.getlist("shown"))
    answers, errors = _clean(category, typed, seen)
    draft.words = typed["words"][:LONGEST_KEPT].replace("\x00", "").replace("\r\n", "\n").strip()
    draft.answers, draft.detailed = answers, False
    unseen = [name for name, one in category.questions.items() if name not in seen and one.asked(answers)]
    if draft.danger:
        keep(request, draft)
        return go_to_stop(draft)
    draft.detailed = not errors and not unseen
    keep(request, draft)
    if errors:
        return show(request, draft, errors, 422, typed)
    if unseen:
        response = go(draft, "details")
        response["Location"] += f"{'?back=check&' if wants_back(request) else '?'}more=1#id_{unseen[0]}"
        return response
    return go(draft, next_after(draft, "details", wants_back(request)))


def go_to_stop(draft: Draft):
    """Where life is at risk the form ends."""
    return HttpResponseRedirect(reverse("portal:report-stop", args=[draft.id]), status=303)


def needs_words(category: Category) -> bool:
    """Whether the description is all there is to go by."""
    return not category.questions


def _clean(category: Category, typed: dict, seen: set[str]) -> tuple[dict, list[Invalid]]:
    """The answers to the questions that were on screen, and every fault."""
    errors: list[Invalid] = []
    try:
        prepare_case(
            REPORTS.service, {"category": "other.other", "words": typed["words"]}, lon=0, lat=0, commune="", channel="portal"
        )
    except InvalidForm as wrong:
        errors += wrong.errors
    if needs_words(category) and not typed["words"].strip():
        errors.append(Invalid(_("Say in a few words what the problem is."), field="words"))
    today = clock.today()
    answers: dict = {}
    asked = {name: one for name, one in category.questions.items() if name in seen}
    try:
        answers = clean_form(asked, typed, today)
    except InvalidForm as wrong:
        errors += wrong.errors
        sound = {name: one for name, one in asked.items() if name not in {fault.field for fault in wrong.errors}}
        answers = clean_form(sound, typed, today)
    return answers, errors


def _typed(request, name: str, question: Field):
    return request.POST.getlist(name) if getattr(question, "many", False) else request.POST.get(name, "")


def _drawn(name: str, question: Field, typed: dict, faults: dict) -> dict:
    """A question as the template draws it."""
    value = typed.get(name, "")
    many, lines = getattr(question, "many", False), getattr(question, "lines", 1)
    kind = "checkboxes" if many else "textarea" if lines > 1 else KINDS[question.kind]
    drawn = {
        "name": name,
        "label": question.label,
        "hint": question.hint,
        "required": question.required,
        "kind": kind,
        "rows": lines,
        "error": faults.get(name, ""),
        "value": value,
        "choices": (),
        "unit": getattr(question, "unit", ""),
        "maxlength": getattr(question, "longest", None),
        "when": "",
        "values": "",
        "off": False,
    }
    if question.kind == "choice":
        drawn["choices"] = list(question.options.items())
    elif question.kind == "yes_no":
        drawn["choices"] = [("yes", _("Yes")), ("no", _("No"))]
        drawn["value"] = {True: "yes", False: "no"}.get(value, value)
    if question.when:
        known = {key: {"yes": True, "no": False}.get(one, one) if isinstance(one, str) else one for key, one in typed.items()}
        values = [{True: "yes", False: "no"}.get(one, one) if isinstance(one, bool) else one for one in question.when.values]
        drawn |= {"when": question.when.name, "values": " ".join(map(str, values))}
        drawn["off"] = not (question.when.holds(known) or question.when.holds(typed))
    return drawn
