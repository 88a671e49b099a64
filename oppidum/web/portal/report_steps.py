"""The order of the form, and the frame around each of its pages."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oppidum.web.portal.report_draft import Draft


@dataclass(frozen=True)
class Step:
    """One page of the form; `number` is the one told, `title` the step's name in two words."""

    name: str
    number: int
    title: Any


ORDER = (
    Step("photo", 1, _("Photo")),
    Step("what", 2, _("What")),
    Step("where", 3, _("Where")),
    Step("details", 4, _("Details")),
    Step("nearby", 4, _("Already reported?")),
    Step("contact", 5, _("Staying in touch")),
    Step("check", 6, _("Check")),
)
STEPS = {step.name: step for step in ORDER} | {"same": Step("same", 5, _("Staying in touch"))}
TOTAL = 6


def is_done(draft: Draft, name: str) -> bool:
    """Whether a page has its answer. Photos are never owed; a danger keeps its question open."""
    match name:
        case "what":
            return draft.subject is not None and not draft.subject.find_danger({})
        case "where":
            return draft.is_placed
        case "details":
            return draft.detailed and draft.danger is None
        case "nearby":
            return draft.compared == draft.comparison
        case "contact":
            return draft.contacted
    return name == "photo"


# Where "back" leads: past the neighbours, which are shown only when there are some.
BEFORE = {
    "what": "photo",
    "where": "what",
    "details": "where",
    "nearby": "details",
    "same": "nearby",
    "contact": "details",
    "check": "contact",
}

OWED = ("what", "where", "details")


def find_owed(draft: Draft, before: str = "check") -> str | None:
    """The first page before `before` that still has to be answered."""
    names = [step.name for step in ORDER]
    # Following a report that exists asks for less than filing one.
    until = names.index("nearby" if before == "same" else before)
    return next((name for name in names[:until] if name in OWED and not is_done(draft, name)), None)


def next_after(draft: Draft, name: str, back: bool = False) -> str:
    """The page that follows: the first one without an answer, or the summary for who came from there."""
    if back:
        return find_owed(draft) or "check"
    names = [step.name for step in ORDER]
    return next((one for one in names[names.index(name) + 1 :] if not is_done(draft, one)), "check")


def address_of(draft: Draft, name: str, **query: str) -> str:
    """The address of a page of this draft."""
    found = reverse("portal:report-step", args=[draft.id, name])
    return f"{found}?{'&'.join(f'{key}={value}' for key, value in query.items())}" if query else found


def go(draft: Draft, name: str) -> HttpResponseRedirect:
    """Lead to a page; 303, so that a reload doesn't send the form again."""
    response = redirect(address_of(draft, name))
    response.status_code = 303
    return response


def wants_back(request) -> bool:
    """Whether the reader came from the summary and returns to it."""
    return (request.POST.get("back") or request.GET.get("back")) == "check"


def show_page(request, draft: Draft, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of the form, with where one is, the way back, and the errors on top."""
    step = STEPS[name]
    back = wants_back(request)
    before = BEFORE.get(name, "")
    frame = {
        "draft": draft,
        "step": step,
        "total": TOTAL,
        "back": "check" if back else "",
        "way_back": address_of(draft, "check" if back else before) if before else "",
        "action": address_of(draft, name),
        "lost": request.GET.get("lost") == "1",
    }
    response = render(request, f"portal/report/{name}.html", frame | context, status=status)
    response["Cache-Control"] = "no-store"
    return response
