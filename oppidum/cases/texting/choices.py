"""What somebody is told by mail, by text message, both ways or not at all, for each kind of notice.

Three kinds are owed: that a request came in (CRPA, art. L112-3 and R112-5), what is missing or asked (art. L114-5), and what was decided
(art. L221-8): of these a resident chooses the way, not whether. How far it has come and reminders can be left out.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Move, Service
from oppidum.cases.declaration.service import ENGINE_NOTICES

RECEIPT, QUESTION, DECISION, STEP, REMINDER = "receipt", "question", "decision", "step", "reminder"
MAIL, SMS, BOTH, NOTHING = "mail", "sms", "both", "none"
KINDS = {
    RECEIPT: _("Your request has arrived"),
    QUESTION: _("Somebody writes to you or asks you something"),
    DECISION: _("It is decided, done or changed"),
    STEP: _("It goes on: each step"),
    REMINDER: _("The day before an appointment"),
}
OWED = frozenset({RECEIPT, QUESTION, DECISION})
WAYS = {MAIL: _("By e-mail"), SMS: _("By text message (SMS)"), BOTH: _("By both"), NOTHING: _("Don't tell me")}
# For who said nothing: mails, and a reminder both ways. Who left only a mobile number is spared the steps between.
_USUAL = {REMINDER: BOTH}


def ways_for(kind: str) -> list[str]:
    """What can be chosen for a kind."""
    return [way for way in WAYS if way != NOTHING or kind not in OWED]


def read_choices(given: Mapping[str, str]) -> dict[str, str]:
    """The choices among what was sent; what can't be chosen is left out, and so stays as usual."""
    return {kind: given[kind] for kind in KINDS if given.get(kind) in ways_for(kind)}


def usual(kind: str) -> str:
    """The way of a kind for who said nothing."""
    return _USUAL.get(kind, MAIL)


def kind_of(service: type[Service], action: str) -> str:
    """Of which kind the notice on an action is. What no declaration says to be a mere step is owed."""
    if action == "file":
        return RECEIPT
    if action in {booking.reminds for booking in service.bookings}:
        return REMINDER
    moves = [step.moves[action] for step in service.flow.steps.values() if action in step.moves]
    notice = service.find_notice(action)
    if (notice and notice.is_step) or (moves and all(move.action.by == ("resident",) for move in moves)):
        return STEP
    targets = {target for move in moves for target in move.targets} & service.flow.steps.keys()
    waits = any(service.flow.steps[target].pauses for target in targets)
    if action in ENGINE_NOTICES or waits or any("message" in move.action.demands and not _closes(service, move) for move in moves):
        return QUESTION
    return DECISION


def _closes(service: type[Service], move: Move) -> bool:
    return all(target in service.flow.steps and service.flow.steps[target].is_end for target in move.targets)


def choose_ways(kind: str, chosen: Mapping[str, str], has_mail: bool, has_mobile: bool) -> frozenset[str]:
    """By which ways a notice of that kind leaves: "mail", "sms", both, none. A way that isn't there is replaced by the other one, but for
    the steps between, of which nobody is told by text message who didn't ask for it."""
    said = chosen.get(kind) if chosen.get(kind) in ways_for(kind) else None
    way = said or usual(kind)
    if way == NOTHING:
        return frozenset()
    wanted = {MAIL, SMS} if way == BOTH else {way}
    there = {MAIL} if has_mail else set()
    if has_mobile:
        there.add(SMS)
    if wanted & there:
        return frozenset(wanted & there)
    return frozenset() if kind == STEP and MAIL in wanted else frozenset(there)
