"""Words of the desk: what an entry of the journal is called once it has happened, channels, and looks that rows share."""

from dataclasses import replace
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from oppidum.cases.filters import unrouted_steps
from oppidum.cases.histories import FILE, Line
from oppidum.web import promises, steps
from oppidum.web.words import say_day

CHANNELS = {
    "portal": _("Website"),
    "phone": _("Telephone"),
    "open311": _("Other application"),
    "letter": _("Letter"),
    "api": _("Another program"),
    "case": _("Another case"),
    "import": _("File of many requests"),
    "partner": _("Partner's system"),
    "desk": _("Officer"),
    "email": _("E-mail"),
    "front_desk": _("Front desk"),
}
# Buttons are verbs; the journal tells what happened. An action that isn't named here is told by the step it led to, or its label.
HAPPENED = {
    "file": _("Reported"),
    "route": _("Sent to the team in charge"),
    "qualify": _("Qualified"),
    "plan": _("Planned"),
    "start": _("Work has started"),
    "ask_resident": _("Question to the resident"),
    "answer": _("The resident's answer"),
    "finish": _("Done"),
    "reject": _("Will not be done"),
    "no_answer": _("Closed without an answer"),
    "mark_duplicate": _("Marked as a duplicate"),
    "transfer": _("Transferred outside"),
    "object": _("The resident objects"),
    "reopen": _("Opened again"),
    "take_back": _("Taken back"),
    "move_team": _("Moved to another team"),
    "give_to": _("Given to an officer"),
    "recategorise": _("Category changed"),
    "message": _("Message to the resident"),
    "note": _("Internal note"),
    "reply": _("Message from the resident"),
    "follow": _("Somebody else follows this report"),
    "hide": _("Text and photos hidden from the public"),
    "show": _("Text and photos shown to the public"),
    "silence": _("Silence of the authority, at its legal date"),
    "forget": _("Personal data removed: their time is over"),
    "opinion": _("Opinion given"),
    "escalate": _("Escalated: a date is near"),
    "link": _("Tied to another case"),
    "quarantine": _("A harmful file was put aside; the applicant is asked to send it again"),
    "remind_payment": _("Late payment: reminder, notice, or dispute"),
    "release": _("A file that was put aside is harmless, and can be opened again"),
    "correct": _("Answers corrected"),
    "split": _("A second matter made a case of its own"),
    "rectify": _("Personal data corrected"),
}
ICONS = {
    "file": "inbox",
    "route": "users",
    "qualify": "tag",
    "plan": "calendar-check",
    "start": "wrench",
    "ask_resident": "message-circle-question-mark",
    "answer": "message-circle",
    "finish": "circle-check",
    "reject": "circle-x",
    "mark_duplicate": "copy",
    "transfer": "corner-up-right",
    "object": "thumbs-down",
    "reopen": "rotate-ccw",
    "take_back": "undo-2",
    "move_team": "users",
    "give_to": "user-check",
    "recategorise": "tag",
    "message": "send",
    "note": "sticky-note",
    "reply": "message-circle",
    "follow": "user",
    "hide": "lock",
    "show": "eye",
    "silence": "scale",
    "forget": "eraser",
    "opinion": "message-circle",
    "escalate": "triangle-alert",
    "link": "link",
    "quarantine": "triangle-alert",
    "release": "circle-check",
    "correct": "pencil",
    "split": "split",
    "remind_payment": "receipt-euro",
}
TONES = {
    "finish": "done",
    "start": "work",
    "object": "wait",
    "reopen": "work",
    "ask_resident": "wait",
    "plan": "info",
    "file": "info",
}
LINKS = {
    ("part", "up"): _("Part of"),
    ("part", "down"): _("Has the part"),
    ("split", "up"): _("Split from"),
    ("split", "down"): _("Split into"),
    ("follows", "up"): _("Follows"),
    ("follows", "down"): _("Followed by"),
    ("related", "up"): _("Goes with"),
    ("related", "down"): _("Goes with"),
}
PRIORITY_LABELS = {"low": _("low"), "normal": _("normal"), "high": _("high"), "urgent": _("urgent")}
# How a person was reached whom a mail did not reach.
REACHED = {"phone": _("reached by telephone"), "letter": _("written to by letter"), "works": _("the address works again")}
BY = {"resident": _("by telephone, for the resident"), "system": _("automatically"), "partner": _("partner")}


def title_of(line: Line) -> str:
    """What happened, in the past. A case that no remit covers was sent to nobody: the journal doesn't say otherwise."""
    if line.action == "route" and line.step in unrouted_steps():
        return gettext("No team in charge: to be qualified")
    if line.action == FILE and line.action_label != FILE:
        return line.action_label
    return str(HAPPENED.get(line.action) or line.step_label or line.action_label)


def who_of(line: Line) -> str:
    """Who did it: a resident's act may have come by way of an officer, and then both are told."""
    if line.by == "resident":
        return f"{_('Resident')} ({line.who})" if line.who else str(_("Resident"))
    return line.who or str(BY.get(line.by, ""))


def draw_status(step: str, label: str) -> str:
    """The `status` component, drawn once for each step and language: a list shows it fifty times."""
    return _draw_status(step, label, get_language() or "")


@lru_cache(maxsize=256)
def _draw_status(step: str, label: str, language: str) -> str:
    return render_to_string("web/components/status.html", {"look": steps.look(step), "label": label})


def draw_promise(due_on, paused: bool, today) -> str:
    """The promise in two or three words, as a line of a list has room for; drawn once a day for each date and language."""
    return _draw_promise(due_on, paused, today, get_language() or "")


@lru_cache(maxsize=2048)
def _draw_promise(due_on, paused: bool, today, language: str) -> str:
    promise = promises.put_in_words(due_on, None, paused)
    left = (due_on - today).days if due_on and not paused else None
    return render_to_string("web/components/promise.html", {"promise": replace(promise, words=_in_short(due_on, left))})


def _in_short(due_on, left: int | None) -> str:
    if left is None:
        return gettext("clock stopped")
    if left < 0:
        return ngettext("%(n)s day late", "%(n)s days late", -left) % {"n": -left}
    if left < 2:
        return gettext("due tomorrow") if left else gettext("due today")
    return gettext("by %(day)s") % {"day": say_day(due_on, weekday=False)}


def place_of(address: str, commune: str) -> str:
    """The address with its commune, which is not said twice; nothing where a case has no place."""
    return address if commune.lower() in address.lower() else f"{address}, {commune}" if address else commune


def fact_of(label: str, value: str) -> str:
    """A fact of the journal: "Why? On private land"."""
    if not label:
        return value
    return f"{label} {value}" if label.endswith("?") else gettext("%(label)s: %(value)s") % {"label": label, "value": value}
