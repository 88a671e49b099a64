"""What is written to the parties of a report, one notice an action that a resident should hear of.

A line that holds a word without a value is left out (`Notice.render`), so what may be missing stands on its own line.
Routing gets no notice: it follows filing in the same instant, and the acknowledgement names the team.
"""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Notice

FOLLOW = _("Follow your report, add a message or a photo: {link}\nIts code, also by telephone: {code}\n\n{authority}")

# The same days as OBJECTION_DAYS in report.py; a test holds them together.
OBJECT = _("It is not solved, or you don't agree? Tell us within 14 days: your report is then open again.")

# Code des relations entre le public et l'administration, art. L112-3, R112-5 (acknowledgement) and L231-4, 1° (silence);
# code de justice administrative, art. R421-2 (two months to contest it).
SILENCE = _(
    "What the law says: if you have no answer two months after your report arrived, your request counts as refused, and "
    "you have two more months to contest that before the administrative court. In practice your report stays open, and we "
    "go on with it."
)


# What is told of how far it is, and may be left untold.
STEPS = frozenset({"qualify", "plan", "start", "move_team"})


def _notice(action: str, subject: Any, *paragraphs: Any) -> Notice:
    """A notice that ends, as all do, with how to follow the report."""
    body = format_lazy("\n\n".join(["{}"] * (len(paragraphs) + 1)), *paragraphs, FOLLOW)
    return Notice(action, subject, body, is_step=action in STEPS)


NOTICES = (
    _notice(
        "file",
        _("We have your report {code}: {category}"),
        _("Your report arrived on {received_on}. Thank you."),
        _("What: {category}\nWhere: {place}\nWho has it: {team}\nTo be solved by {due_on}"),
        _("We write to you at each step."),
        SILENCE,
    ),
    _notice(
        "qualify",
        _("Your report {code} has found its team"),
        _("We have read your report and passed it on."),
        _("What: {category}\nWhere: {place}\nWho has it: {team}\nTo be solved by {due_on}"),
    ),
    _notice(
        "plan",
        _("Your report {code}: planned for {day}"),
        _("The work has a date: {day}."),
        _("What: {category}\nWhere: {place}\nWho comes: {team}"),
    ),
    _notice(
        "start",
        _("Your report {code}: the work has begun"),
        _("The team is working on your report."),
        _("What: {category}\nWhere: {place}\nWho: {team}"),
    ),
    _notice(
        "ask_resident",
        _("Your report {code}: we need an answer from you"),
        _("To go on with your report “{category}”, we need an answer from you:"),
        "{message}",
        _("Answer on the page of your report, within 15 days; after that it is closed: {link}"),
    ),
    _notice(
        "finish",
        _("Your report {code} is solved"),
        _("The problem is solved."),
        _("What: {category}\nWhere: {place}\nWho solved it: {team}"),
        _("What was done: {what_was_done}"),
        OBJECT,
    ),
    _notice(
        "reject",
        _("Your report {code} will not be acted on"),
        _("We have looked at your report “{category}” and will not act on it."),
        _("Why: {reason}"),
        "{message}",
        OBJECT,
    ),
    _notice(
        "no_answer",
        _("Your report {code} is closed, for want of an answer"),
        _("We asked you a question about your report “{category}” and had no answer, so we can't go on with it. It is closed."),
        _("You can still answer? Tell us within 14 days: your report is then open again."),
    ),
    _notice(
        "mark_duplicate",
        _("Your report {code}: already known to us"),
        _(
            "Somebody had already told us about this problem. It is the report {original}: you now follow it, and we write to "
            "you at each of its steps."
        ),
        _("What: {category}\nWhere: {place}"),
    ),
    _notice(
        "transfer",
        _("Your report {code} is now with {transferred_to}"),
        _("This is not ours to solve, so we have passed your report “{category}” on."),
        _("Who has it now: {transferred_to}\nTheir telephone: {phone}"),
        "{message}",
    ),
    _notice(
        "object",
        _("Your report {code} is open again"),
        _("You told us that the problem is not solved. Your report is open again."),
        _("What: {category}\nWhere: {place}\nWho has it: {team}\nTo be solved by {due_on}"),
    ),
    _notice(
        "reopen",
        _("Your report {code} is open again"),
        _("We have opened your report again: there is more to do."),
        _("What: {category}\nWhere: {place}\nWho has it: {team}\nTo be solved by {due_on}"),
    ),
    _notice(
        "take_back",
        _("Your report {code} is with us again"),
        _("The body to which we had passed your report has given it back: we go on with it."),
        _("What: {category}\nWhere: {place}\nWho has it: {team}\nTo be solved by {due_on}"),
    ),
    _notice(
        "move_team",
        _("Your report {code} has gone to another team"),
        _("Another team is better placed to solve it. Nothing is asked of you."),
        _("Who has it: {team}\nTo be solved by {due_on}"),
    ),
    _notice(
        "message",
        _("Your report {code}: a message for you"),
        _("About your report “{category}”:"),
        "{message}",
    ),
)
