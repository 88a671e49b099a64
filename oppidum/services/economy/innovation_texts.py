"""The words of innovation calls and of their answers, and what is counted (system S47 of the activity report: 113 calls published)."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Letter, Notice
from oppidum.figures.declaration import Count
from oppidum.figures.sources import FILED_CASES, JOURNAL_ENTRIES, action, of_service

THEMES = {
    "mobility": _("Mobility"), "energy": _("Energy, climate"), "water": _("Water, coast, ports"), "waste": _("Waste, circular economy"),
    "health": _("Health, care"), "digital": _("Digital services, data"), "other": _("Something else"),
}
MATURITY = {"idea": _("an idea"), "prototype": _("a prototype"), "tried": _("tried on the ground"), "sold": _("sold already")}
FOLLOW = _("Follow your request: {link}\nIts code, also by telephone: {code}\n\n{authority}")
ANSWERED = _("You have answered our call for innovation; your answer arrived on {received_on}.")


def _notice(act, subject, text):
    return Notice(act, subject, format_lazy("{}\n\n{}", text, FOLLOW))


CALL_NOTICES = (
    _notice("file", _("We have your need for an innovation"), _("We read it, and prepare its publication with you.")),
    _notice("publish", _("Your need is published"), _("The call is open: firms can answer until its last day. Their answers stay sealed until then.")),
    _notice("turn_down", _("Your need is not published"), _("We don't publish it, and say why on its page.")),
    _notice("close_call", _("Your call is closed: the jury scores the answers"), _("The last day is over. The jury scores the answers by the criteria of the call.")),
    _notice("invite", _("You meet the firms on {day}"), _("The jury has chosen whom you meet, on {day}. Where, and at what time, stands on the page of your call.")),
    _notice("agreed", _("A trial is agreed"), _("A trial was agreed with one of the firms that you met.")),
    _notice("no_follow", _("Your call ended without a choice"), _("The call ended without a choice; the reasons stand on its page.")),
)

ANSWER_NOTICES = (
    _notice("file", _("We have your answer"), _("Your answer arrived on {received_on} at {received_time}, in time. It stays sealed until the call closes.")),
    _notice("opened", _("The call is closed, your answer is open"), _("The call is closed. The jury scores the answers by its criteria.")),
    _notice("choose", _("The jury has chosen your answer"), _("You meet who has the need. We write to you with the day.")),
    _notice("invited", _("You meet who has the need on {day}"), _("The meeting is on {day}. The letter on the page of your answer says where, and at what time.")),
    _notice("agree", _("A trial of your solution is agreed"), _("A trial is agreed. A letter says more.")),
    _notice("decline", _("Your answer is not chosen"), _("Another solution is tried. A letter says why.")),
    _notice("left_over", _("The call went to another solution"), _("The call went to another solution. A letter says more.")),
    _notice("not_followed", _("The call ended without a choice"), _("The call ended without a choice. A letter says more.")),
    _notice("withdraw", _("Your answer is withdrawn"), _("We have noted it.")),
)

ANSWER_LETTERS = (
    Letter("invitation", subject=_("meeting on {day}"), body=(
        ANSWERED, _("The jury has chosen it. You meet who has the need on {day}: {meeting_where}."),
        _("You have twenty minutes to show your solution, and twenty for questions. Nothing is bought that day: both sides see whether a trial makes sense."),
    )),
    Letter("agreed", subject=_("a trial of your solution is agreed"), body=(ANSWERED, _("A trial is agreed. Our team writes its terms with you: ground, length, price, what is measured."))),
    Letter("declined", subject=_("your answer {code} is not chosen"), body=(ANSWERED, _("It was scored by the jury with the others, and is not chosen."), _("Why: {reasons}"))),
    Letter("left_over", subject=_("your answer {code}: the call went to another solution"), body=(ANSWERED, _("After the meetings the call went to another solution. Thank you for the time that you gave us; other needs are open on the page of the calls."))),
    Letter("not_followed", subject=_("your answer {code}: the call ended without a choice"), body=(ANSWERED, _("The call ended without a choice. A new one may follow: it is published on the page of the open calls."))),
)

_OWNER = "economy"
CALL_FIGURES = (
    Count("innovation-calls-published", _("Innovation calls published"), states="innovation-platform-calls-published", unit=_("calls"), owner=_OWNER, counts=JOURNAL_ENTRIES,
          where=action("innovation-call", "publish"), splits=("month",), method=_("Each call counts once, on the day it was published.")),
    Count("innovation-trials", _("Trials agreed after an innovation call"), unit=_("trials"), owner=_OWNER, counts=JOURNAL_ENTRIES,
          where=action("innovation-call", "agreed"), splits=("month",), method=_("Each solution with which a trial is agreed.")),
)
ANSWER_FIGURES = (
    Count("innovation-answers", _("Answers to innovation calls"), unit=_("answers"), owner=_OWNER, counts=FILED_CASES, where=of_service("innovation-answer"),
          splits=("month", "channel"), method=_("Each answer counts once, on the day it was filed.")),
)
