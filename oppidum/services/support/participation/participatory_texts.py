"""The words of projects put to residents' vote, and what is counted (activity report, lines 7330-7340)."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import Count
from oppidum.figures.sources import FILED_CASES, JOURNAL_ENTRIES, action, adding, of_service
from oppidum.services.support.participation.words import told

THEMES = {
    "green": _("Nature, shade, water"), "street": _("Streets, squares, cycling"), "solidarity": _("Solidarity, neighbours"),
    "sport": _("Sport, play"), "culture": _("Culture, heritage"), "waste": _("Waste, repair"), "other": _("Something else"),
}
UNFIT = {
    "competence": _("not the metropolis' task"), "ground": _("the ground isn't public, or isn't free"), "law": _("the law forbids it"),
    "cost": _("dearer than the whole budget"), "running": _("its running can't be paid for"), "exists": _("it is planned or done already"),
}

NOTICES = (
    told("file", _("We have your project"), _("It arrived on {received_on}. We look at whether it can be done, and at what it costs.")),
    told("retain", _("Your project can be put to the vote"), _("It can be done. Residents will vote on it with the others; we tell you the days.")),
    told("refuse", _("Your project can't be put to the vote"), _("It can't be done as it is; the page of your project says why.")),
    told("put_to_vote", _("Your project is put to the vote"), _("It stands on the page of the vote with the others. Tell your neighbours: each resident votes once.")),
    told("proclaimed", _("The vote on your project: the result"), _("The result is proclaimed. The page of the vote shows the count, which everybody can do again.")),
    told("given_up", _("The call for projects is given up"), _("The call is given up; its page says why.")),
    told("withdraw", _("Your project is withdrawn"), _("We have noted it.")),
)

_OWNER = "institution"
FIGURES = (
    Count("participatory-projects", _("Projects proposed by residents"), unit=_("projects"), owner=_OWNER, counts=FILED_CASES, where=of_service("participatory-vote"),
          splits=("month", "channel", "commune"), method=_("Each project counts once, on the day it was filed.")),
)
CALL_FIGURES = (
    Count("participatory-votes", _("Votes of residents on projects"), unit=_("votes"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=action("participatory-call", "close_vote"),
          splits=("month",), method=_("Each vote counts once, on the day it closed.")),
    Count("participatory-ballots", _("Ballots in votes of residents"), unit=_("ballots"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=action("participatory-call", "count_vote"),
          adds=adding("ballots"), splits=("month",), method=_("The ballots of each vote, on the day they were counted: as many as voters.")),
)
