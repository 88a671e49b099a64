"""A request for the holder of its code: where it is, who has it, by when, what was done, what was written and sent, what can be done.

The page of any declared service; a report has its own (`following.py`). Everything on it comes from the declaration and the journal.
A dozen queries, however long the story.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from oppidum.cases.acting import act_on
from oppidum.cases.declaration import Action, Files, Service, get_service, pages_of
from oppidum.cases.models import Attachment, Case, Entry, Message, Party
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.decide import actions_open_to
from oppidum.cases.rules.errors import NotNow, Stale
from oppidum.cases.rules.standing import RESIDENT, Standing
from oppidum.core import clock, rates
from oppidum.core.addresses import client_address
from oppidum.core.errors import Invalid, InvalidForm, Refusal, TooMany
from oppidum.payments.statements import statement_of
from oppidum.people.models import Team
from oppidum.publishing.papers import papers_for_applicant
from oppidum.web.answering import changes_rows, read_answers
from oppidum.web.portal.follow_corrections import ties_of, told_to_author
from oppidum.web.portal.follow_words import request_told
from oppidum.web.portal.receipts import dues_of, standing_of
from oppidum.web.questions import draw_questions, named_faults
from oppidum.web.slots import offer_slots, places_held

ACTS_AN_HOUR = 60


@dataclass
class ActForm:
    """An action that the author can take now, with its questions."""

    action: Action
    questions: list[Any]
    address: str
    is_open: bool = False

    @property
    def has_files(self) -> bool:
        return any(isinstance(question, Files) for question in self.action.demands.values())


def show(request, case: Case, refusal: Refusal | None = None, about: str = "", raw: dict[str, Any] | None = None):
    """The page; `about` names the action whose form comes back with its faults."""
    service, standing = get_service(case.service, case.live.definition), standing_of(case)
    faults = refusal.errors if isinstance(refusal, InvalidForm) else [refusal] if refusal else []
    journal = list(Entry.objects.filter(case_id=case.pk).order_by("seq"))
    files = _files(case, service, journal)
    context = {
        "case": case,
        "service": service,
        "standing": standing,
        "live": case.live,
        "step": service.flow.steps[standing.step],
        "dues": dues_of(service, standing),
        "forms": _forms(case, service, standing, faults, about, raw or {}),
        "sections": _sections(case, service, files),
        "lines": _lines(case, service, journal, files),
        "letters": papers_for_applicant(case),
        "held": places_held(case, service),
        "money": statement_of(case.pk) if service.fees else None,
        "author": Party.objects.filter(case_id=case.pk, role=Party.AUTHOR).exclude(email="").first(),
        "errors": _errors(service, about, faults),
        "changed": isinstance(refusal, Stale | NotNow),
    }
    return render(request, "portal/follow/request.html", context, status=refusal.status if refusal else 200)


def act(request, case: Case, name: str):
    """Take an action of the flow with what its form asks; what was given comes back with whatever stood in its way."""
    service, standing = get_service(case.service, case.live.definition), standing_of(case)
    action = next((one for one in _offered(service, standing) if one.name == name), None)
    if action is None:
        return show(request, case, NotNow())
    if not rates.allow(f"acts:{client_address(request)}", ACTS_AN_HOUR, 3600):
        raise TooMany(_("Too many were sent from your connection within an hour. Send it again later."), retry_after=3600)
    raw, faults = read_answers(request, action.demands)
    if changes_rows(request) or faults:
        return show(request, case, InvalidForm(faults) if faults else None, name, raw)
    seen = request.POST.get("seen", "")
    try:
        known = service.known(standing, clock.today())
        command = prepare(service, name, raw, RESIDENT, seen=int(seen) if seen.isascii() and seen.isdigit() else None, known=known)
        act_on(case.pk, command)
    except Refusal as refusal:
        return show(request, case, refusal, name, raw)
    messages.success(request, _("Done: “%(action)s”. We have it.") % {"action": action.label})
    return redirect("portal:follow", case.code)


def _errors(service: type[Service], about: str, faults: list[Invalid]) -> list[tuple[str, str]]:
    action = service.flow.actions.get(about)
    named = named_faults(action.demands if action else {}, faults)
    return [(f"{about}-{path}" if path else "", message) for path, message in named]


def _offered(service: type[Service], standing: Standing) -> list[Action]:
    """What the author can do now; following is for others."""
    found = actions_open_to(service, standing, RESIDENT.kind, RESIDENT.rights, clock.today())
    return [action for action in found if not action.joins]


def _forms(
    case: Case, service: type[Service], standing: Standing, faults: list[Invalid], about: str, raw: dict[str, Any]
) -> list[ActForm]:
    known = service.known(standing, clock.today()) | case.answers
    forms = []
    for action in _offered(service, standing):
        mine = action.name == about
        typed, scope = raw if mine else {}, f"{action.name}-"
        slots = offer_slots(service, action.demands, {**case.answers, **known}, typed, scope=scope)
        questions = draw_questions(action.demands, typed, faults if mine else (), known=known, scope=scope, slots=slots)
        address = reverse("portal:follow-act", args=[case.code, action.name])
        # Where the case waits for the resident, what it waits for stands open.
        moves_on = service.flow.steps[standing.step].pauses and bool(questions) and action.name not in ("withdraw", "reply")
        forms.append(ActForm(action, questions, address, mine or moves_on))
    return forms


def _files(case: Case, service: type[Service], journal: list[Entry]) -> dict[int, list[dict[str, str]]]:
    """The files that the author sees, by entry: its own, and those of acts that residents are told of."""
    actions = service.flow.actions
    told = {entry.seq for entry in journal if entry.action not in actions or actions[entry.action].tells}
    found: dict[int, list[dict[str, str]]] = {}
    for one in Attachment.objects.filter(case=case).order_by("pk"):
        if one.seq in told:
            href = reverse("portal:follow-file", args=[case.code, one.token])
            found.setdefault(one.seq, []).append({"token": one.token, "name": one.name, "href": href, **_state(one)})
    return found


def _state(one: Attachment) -> dict[str, str]:
    """What the author is told of the file: nothing while it waits, for it can be used; how to mend it where it is harmful."""
    if one.verdict != Attachment.Verdict.INFECTED:
        return {}
    return {"harmful": _("This file holds a harmful program: it was put aside and has not arrived for us. Send it again.")}


def _sections(case: Case, service: type[Service], files: dict[int, list[dict[str, str]]]) -> list[dict[str, Any]]:
    """What was asked and answered, by page."""
    links = {file["token"]: file for held in files.values() for file in held}
    sections = []
    for page in pages_of(service.form):
        rows = []
        for name, question in page.questions.items():
            value = case.answers.get(name)
            if value is None:
                continue
            row = {"label": question.label, "value": question.show(value), "files": []}
            if isinstance(question, Files):
                row["files"] = [links[one["token"]] for one in value if one["token"] in links]
            rows.append(row)
        if rows:
            sections.append({"title": page.title or _("Your answers"), "rows": rows})
    return sections


def _lines(
    case: Case, service: type[Service], journal: list[Entry], files: dict[int, list[dict[str, str]]]
) -> list[dict[str, Any]]:
    """The timeline, newest first: what residents are told, with the words and the files beside each entry."""
    said = {m.seq: m.text for m in Message.objects.filter(case_id=case.pk).exclude(kind=Message.NOTE)}
    teams = dict(Team.objects.filter(pk__in={e.data["team"] for e in journal if e.data.get("team")}).values_list("pk", "name"))
    corrected, ties = told_to_author(case, service, journal), ties_of(journal)
    lines = []
    for entry in reversed(journal):
        action = service.flow.actions.get(entry.action)
        told = request_told(service, entry.action, entry.data)
        if told is None or (action and not action.tells):
            continue
        details = [teams[entry.data["team"]]] if entry.data.get("team") in teams else []
        details += corrected.get(entry.seq, [])
        for name, question in action.demands.items() if action else ():
            value = entry.data.get(name)
            if value not in (None, "", []) and question.kind != "reference" and not question.private:
                details.append(f"{str(question.label).rstrip(' ?:')} : {question.show(value)}")
        lines.append(
            {
                "at": entry.valid_at,
                "title": told.sentence,
                "icon": told.icon,
                "tone": told.tone,
                "text": "\n".join([*details, *([said[entry.seq]] if entry.seq in said else [])]),
                "files": [*(files.get(entry.seq, []) if entry.seq > 1 else []), *ties.get(entry.seq, [])],
            }
        )
    return lines
