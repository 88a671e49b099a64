"""The words, letters and figures of the youth fund (system S42 of the activity report: over 3,000 requests in 2023)."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Article, Letter, Notice, Paragraph, Visa, Word, answer
from oppidum.figures.declaration import Count, Quantile, Share
from oppidum.figures.sources import DAYS_SINCE_FILING, FILED_CASES, JOURNAL_ENTRIES, action, actions, adding, of_service
from oppidum.services.planning_housing.social_funds import PAPERS_TOLD, REFUSAL_TOLD
from oppidum.services.shared.papers import papers_letter

AIDS = {
    "living": _("Food and daily life"),
    "transport": _("Transport"),
    "training": _("Training, tools, clothes for work"),
    "licence": _("Driving licence"),
    "health": _("Health"),
    "roof": _("A roof"),
}
LIVES = {"family": _("With my family"), "own": _("In a dwelling of my own"), "hostel": _("In a residence or a hostel"), "friends": _("With friends, for a time"), "street": _("Nowhere: outside, in a car")}
LAW = _("the code of social action and families, article L263-3")
RULES = _("the rules of procedure of the youth fund")
HELP = Paragraph(_("Your mission locale can help you with this letter."))

LETTERS = (
    Letter("acknowledgement", kind="acknowledgement", at=("file",), subject=_("your request to the youth fund"), body=(
        _("You ask for {asked}: {aid}."), Paragraph(_("As you lack food or a roof today, we answer within two working days."), when=answer("urgent").is_(True)), HELP,
    )),
    papers_letter(HELP),
    Letter("award", kind="grant", template="decision", signed_by="president", amount="granted", words={"sum": Word(answer("granted"), "money")}, subject=_("Help of the youth fund"), body=(
        Visa(LAW), Visa(RULES), Article(_("{applicant} is given {sum}, paid {paid_how}.")), Article(_("The help is given for this alone: {aid}. Your adviser follows your project with you.")),
    )),
    Letter("refusal", kind="refusal", template="decision", signed_by="president", law=(LAW, RULES), facts="reasons", subject=_("Your request to the youth fund"), body=(
        Article(_("The help that was asked for ({asked}) is refused.")), HELP,
    )),
)
NOTICES = (
    Notice("file", _("We have your request {code} to the youth fund"), _("Your request arrived on {received_on}. Its receipt, and what happens next, is on its page:\n{link}\n\n{authority}")),
    PAPERS_TOLD,
    Notice("award", _("Your request {code}: granted"), _("The fund helps you. The letter is on the page of your request:\n{link}\n\n{authority}")),
    REFUSAL_TOLD,
)

_OWNER, _SERVICE, _BY = "planning-housing", "youth-fund", ("month", "channel")
_DECIDED = actions(_SERVICE, "award", "refuse")

FIGURES = (
    Count("youth-fund-filed", _("Requests to the youth fund"), unit=_("requests"), owner=_OWNER, counts=FILED_CASES, where=of_service(_SERVICE), splits=_BY, method=_("Each request counts once, on the day it was filed.")),
    Count("youth-fund-handled", _("Requests handled by the youth fund"), states="youth-aid-fund-requests", unit=_("requests"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=_DECIDED, splits=_BY, method=_("Requests that were decided: granted or refused.")),
    Count("youth-fund-granted", _("Requests granted by the youth fund"), unit=_("requests"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=action(_SERVICE, "award"), splits=_BY, method=_("Requests for which help was given.")),
    Count("youth-fund-grants", _("Help given by the youth fund"), unit="EUR", owner=_OWNER, counts=JOURNAL_ENTRIES, where=action(_SERVICE, "award"), adds=adding("granted", cents=True), splits=("month",), method=_("The sums granted in the period.")),
    Quantile("youth-fund-days-median", _("Median days to a decision of the youth fund"), unit=_("days"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=_DECIDED, of=DAYS_SINCE_FILING, splits=("month",),
             method=_("Half of the decisions came within that many calendar days of the filing.")),
    Share("youth-fund-granted-share", _("Share of requests granted by the youth fund"), unit="%", owner=_OWNER, part="youth-fund-granted", whole="youth-fund-handled", method=_("Granted, in the requests that were decided.")),
)
