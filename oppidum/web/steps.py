"""How a case's step looks: an icon, a word and a tone. The colour never stands alone.

Tones: neutral (nothing done yet), info (someone has it), work (it moves), wait (the resident's turn), done, refused.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Look:
    """The face of one step; `label` is said when the service doesn't name the step itself."""

    icon: str
    tone: str
    label: str


LOOKS = {
    "received": Look("inbox", "neutral", _("Received")),
    "to-qualify": Look("circle-question-mark", "neutral", _("To qualify")),
    "assigned": Look("users", "info", _("Assigned")),
    "planned": Look("calendar-check", "info", _("Planned")),
    "in-progress": Look("wrench", "work", _("In progress")),
    "waiting": Look("message-circle-question-mark", "wait", _("Waiting for your answer")),
    "done": Look("circle-check", "done", _("Done")),
    "not-done": Look("circle-x", "refused", _("Will not be done")),
    "duplicate": Look("copy", "refused", _("Already reported")),
    "transferred": Look("corner-up-right", "info", _("Transferred")),
    "reopened": Look("rotate-ccw", "work", _("Reopened")),
}
UNKNOWN = Look("circle-dot", "neutral", "")

# Services may name a step a little differently; the look follows the meaning.
ALIASES = {
    "qualify": "to-qualify",
    "waiting-for-resident": "waiting",
    "waiting-resident": "waiting",
    "wont-do": "not-done",
    "will-not-be-done": "not-done",
    "refused": "not-done",
    "closed": "done",
    "duplicate-of": "duplicate",
}


def look(step: str) -> Look:
    """The look of a step by its code, whichever way its words are joined."""
    code = str(step).replace("_", "-")
    return LOOKS.get(ALIASES.get(code, code), UNKNOWN)
