"""The order of a declared form, and the frame around each of its pages."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from oppidum.cases import drafts
from oppidum.cases.declaration import Page, Service, Survey, find_ineligible, pages_of, survey
from oppidum.cases.declaration.eligibility import Ineligible
from oppidum.cases.intake import rules_in_force
from oppidum.cases.models import Draft
from oppidum.core import clock

CHECK, STOP, SENT = "check", "stop", "sent"


@dataclass(frozen=True)
class Asking:
    """A request being written: its service, its draft, and what a pass over the answers finds."""

    service: type[Service]
    draft: Draft
    found: Survey

    @property
    def pages(self) -> list[Page]:
        """The pages that are asked with the answers given so far."""
        return [page for page in pages_of(self.service.form) if page.asked(self.found.known)]

    def page(self, name: str) -> Page | None:
        return next((page for page in self.pages if page.name == name), None)

    def is_done(self, page: Page) -> bool:
        """Gone through, and nothing on it is missing or wrong: an answer elsewhere may ask for more, or make it wrong."""
        return page.name in self.draft.pages and not self.found.faults_of(page)

    def find_owed(self, before: str = CHECK) -> str | None:
        """The first page before `before` that still has to be answered."""
        for page in self.pages:
            if page.name == before:
                return None
            if not self.is_done(page):
                return page.name
        return None

    def next_after(self, name: str, back: bool = False) -> str:
        """The page that follows: the next one, or the check page for who came from there."""
        if back:
            return self.find_owed() or CHECK
        names = [page.name for page in self.pages]
        return names[names.index(name) + 1] if name in names[:-1] else self.find_owed() or CHECK

    @property
    def barred(self) -> Ineligible | None:
        """Why who answers so can't ask, told as soon as it is sure: the answers on pages that were gone through decide."""
        seen = {name for page in pages_of(self.service.form) if page.name in self.draft.pages for name in page.questions}
        seen |= {name for name, state in self.found.states.items() if state == "given"}
        return find_ineligible(self.service.eligibility, self.found.known, self.found.settled() & seen)


def look_at(service: type[Service], draft: Draft) -> Asking:
    """The draft as it stands today, with the rules in force today."""
    today = clock.today()
    return Asking(service, draft, survey(service.form, draft.raw, today, rules_in_force(service, today)))


def address_of(asking: Asking, name: str, back: bool = False) -> str:
    """The address of a page of this draft."""
    if name == SENT:
        return reverse("portal:ask-sent", args=[asking.service.code, asking.draft.token])
    found = reverse("portal:ask-page", args=[asking.service.code, asking.draft.token, name])
    return f"{found}?back={CHECK}" if back else found


def go(asking: Asking, name: str, back: bool = False, at: str = "") -> HttpResponseRedirect:
    """Lead to a page; 303, so that a reload doesn't send the form again."""
    return HttpResponseRedirect(address_of(asking, name, back) + (f"#{at}" if at else ""), status=303)


def wants_back(request) -> bool:
    """Whether the reader came from the check page and returns to it."""
    return (request.POST.get("back") or request.GET.get("back")) == CHECK


def show_page(request, asking: Asking, name: str, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of the form with where one is and the way back."""
    names = [*(page.name for page in asking.pages), CHECK]
    position = names.index(name) if name in names else 0
    before = CHECK if wants_back(request) else names[position - 1] if position else ""
    frame = {
        "service": asking.service,
        "draft": asking.draft,
        "form_title": _("Check, then send")
        if name == CHECK
        else asking.page(name).title
        if asking.page(name)
        else asking.service.name,
        "number": position + 1,
        "total": len(names),
        "back": CHECK if wants_back(request) else "",
        "way_back": address_of(asking, before) if before else reverse("portal:service", args=[asking.service.code]),
        "action": address_of(asking, name),
        "kept_days": drafts.KEPT_DAYS,
    }
    response = render(request, template, frame | context, status=status)
    response["Cache-Control"] = "no-store"
    return response
