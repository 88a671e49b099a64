"""What happened to a report, in the words of those who wait for it: a sentence an action, a sentence a step."""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from oppidum.cases.declaration import Service
from oppidum.cases.declaration.recorded import CORRECT, FELL, LINK, SILENCE, SPLIT
from oppidum.core.clock import local_day
from oppidum.web.words import say_day


class Told(NamedTuple):
    """How an action looks in the timeline: its sentence, an icon, a tone (info, work, wait, done)."""

    sentence: Any
    icon: str
    tone: str = "info"


# What the author reads, and what everybody else does where that differs. Words between persons never stand here.
TOLD = {
    "file": Told(gettext_lazy("The report arrived"), "inbox", ""),
    "route": Told(gettext_lazy("Passed on to its team"), "users"),
    "qualify": Told(gettext_lazy("Read by an officer and passed on to its team"), "users"),
    "plan": Told(gettext_lazy("The work has a date"), "calendar-check"),
    "start": Told(gettext_lazy("The team has begun to work on it"), "wrench", "work"),
    "ask_resident": Told(gettext_lazy("The team asks the author a question"), "message-circle-question-mark", "wait"),
    "answer": Told(gettext_lazy("The author has answered"), "message-circle", "work"),
    "finish": Told(gettext_lazy("Solved"), "circle-check", "done"),
    "reject": Told(gettext_lazy("Closed without work"), "circle-x", ""),
    "no_answer": Told(gettext_lazy("Closed: the team's question had no answer"), "circle-x", ""),
    "mark_duplicate": Told(gettext_lazy("Already reported: joined to the earlier report"), "copy", ""),
    "transfer": Told(gettext_lazy("Passed on to another body"), "corner-up-right"),
    "object": Told(gettext_lazy("The author says that it is not solved: open again"), "rotate-ccw", "work"),
    "reopen": Told(gettext_lazy("Opened again by the team"), "rotate-ccw", "work"),
    "take_back": Told(gettext_lazy("Back with us: the other body has returned it"), "undo-2", "work"),
    "move_team": Told(gettext_lazy("Passed on to another team"), "users"),
    "recategorise": Told(gettext_lazy("Put into another category"), "tag", ""),
    "follow": Told(gettext_lazy("Somebody else reported the same problem"), "plus", ""),
    "message": Told(gettext_lazy("The team wrote to the author"), "mail"),
    "reply": Told(gettext_lazy("The author added a message"), "message-circle", ""),
    SILENCE: Told(gettext_lazy("Two months without a decision"), "scale", ""),
    CORRECT: Told(gettext_lazy("An officer corrected your answers"), "pencil"),
    SPLIT: Told(gettext_lazy("Two matters: the second one is now a case of its own"), "split"),
    LINK: Told(gettext_lazy("Part of an earlier case, handled for itself; the first day counts for both"), "link"),
}
# Filed where no remit names a team.
TO_NOBODY = Told(gettext_lazy("An officer looks for the right team"), "search", "")
TO_AUTHOR = {
    "file": gettext_lazy("Your report arrived"),
    "ask_resident": gettext_lazy("The team asks you a question"),
    "answer": gettext_lazy("You answered"),
    "no_answer": gettext_lazy("Closed: our question had no answer"),
    "object": gettext_lazy("You told us that it is not solved: open again"),
    "message": gettext_lazy("The team wrote to you"),
    "reply": gettext_lazy("You added a message"),
}
# Talk between the author and the team is theirs, and so is what silence means in law.
BETWEEN_THEM = frozenset({"message", "reply", SILENCE, CORRECT, SPLIT, LINK})

PUBLIC_SAYS = {
    "received": gettext_lazy("The report has arrived."),
    "waiting": gettext_lazy("The team has asked the author a question, and waits for the answer."),
    "reopened": gettext_lazy("The report is open again."),
    "assigned": gettext_lazy("The team has the report."),
    "duplicate": gettext_lazy("Somebody had already reported this: the earlier report stays open."),
    "rejected": gettext_lazy("We will not act on this report."),
}


def sentence_of(service: type[Service], action: str, to_author: bool, data: dict | None = None) -> Told:
    """The timeline's words for an action; a service's own actions are told by their label."""
    known = TO_NOBODY if action == "route" and data is not None and not data.get("team") else TOLD.get(action)
    if known is None:
        return Told(service.flow.actions[action].label if action in service.flow.actions else action, "circle-dot", "")
    return known._replace(sentence=TO_AUTHOR.get(action, known.sentence)) if to_author else known


# What the author of a request reads; the acts of its flow are told by their labels.
REQUEST_TOLD = {
    "file": Told(gettext_lazy("Your request arrived"), "inbox", ""),
    "route": Told(gettext_lazy("Passed on to its team"), "users"),
    "message": Told(gettext_lazy("The team wrote to you"), "mail"),
    "reply": Told(gettext_lazy("You added a message"), "message-circle", ""),
    SILENCE: Told(gettext_lazy("The time that the law gives is over"), "scale", ""),
    "forget": Told(gettext_lazy("Your personal data were removed"), "shield-check", ""),
    "quarantine": Told(
        gettext_lazy("A file holds a harmful program: it was put aside, please send it again"), "triangle-alert", "wait"
    ),
    "release": Told(gettext_lazy("A file that was put aside is harmless after all: it has arrived"), "circle-check", ""),
    CORRECT: TOLD[CORRECT],
    SPLIT: TOLD[SPLIT],
}


def request_told(service: type[Service], action: str, data: dict) -> Told | None:
    """How an entry of a request looks in its author's timeline; None for what the engine writes for itself."""
    if action == "route" and not data.get("team"):
        return None
    if action == LINK and data.get("kind") == SPLIT:
        return TOLD[LINK]
    if action in REQUEST_TOLD:
        return REQUEST_TOLD[action]
    declared = service.flow.actions.get(action)
    if declared is None:
        return None
    by_resident = "resident" in declared.by
    return Told(declared.label, "message-circle" if by_resident else "circle-dot", "" if by_resident else "info")


def says_of(service: type[Service], step: str, to_author: bool):
    """Where it is now, in a sentence."""
    said = service.flow.steps[step].says
    return said if to_author else PUBLIC_SAYS.get(step, said)


def details_of(service: type[Service], action: str, data: dict, teams: dict[int, str]) -> list[str]:
    """What the facts of an entry add, a line each; never what was written between persons."""
    lines = []
    if data.get("team") in teams and action in ("route", "qualify", "move_team"):
        lines.append(_("Team: %(team)s") % {"team": teams[data["team"]]})
    if "category" in data and action in ("qualify", "recategorise") and data["category"] in service.categories:
        lines.append(_("Category: %(category)s") % {"category": service.categories[data["category"]].name})
    if data.get("day"):
        lines.append(_("Planned for %(day)s") % {"day": say_day(date.fromisoformat(data["day"]))})
    if data.get("what_was_done"):
        lines.append(data["what_was_done"])
    if data.get("reason"):
        lines.append(service.flow.actions[action].demands["reason"].show(data["reason"]))
    if data.get("transferred_to"):
        lines.append(_("Passed on to: %(body)s") % {"body": data["transferred_to"]})
    if data.get("phone"):
        lines.append(_("Telephone: %(phone)s") % {"phone": data["phone"]})
    if FELL in data:
        lines.append(_("In law it counts from %(day)s.") % {"day": say_day(local_day(datetime.fromisoformat(data[FELL])))})
    if action == SILENCE:
        lines.append(
            _(
                "In law, two months without an answer count as a refusal, which you can contest before the administrative court within "
                "two months. Your report stays open, and we go on with it."
            )
        )
    return lines


def say_followers(count: int) -> str:
    """ "3 other people follow it"; nothing for nobody."""
    if not count:
        return ""
    return ngettext("%(n)s other person has the same problem", "%(n)s other people have the same problem", count) % {"n": count}
