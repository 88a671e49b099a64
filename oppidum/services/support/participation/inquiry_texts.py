"""The words of public inquiries, of their observations, and what is counted (activity report, lines 2323 and 2340)."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import Count
from oppidum.figures.sources import FILED_CASES, JOURNAL_ENTRIES, action, filed_with, of_service
from oppidum.services.support.participation.words import told

KINDS = {
    "assessed": _("Public inquiry, with an environmental assessment"),
    "inquiry": _("Public inquiry, without an environmental assessment"),
    "complementary": _("Complementary inquiry (code de l'environnement, art. L123-14)"),
    "electronic": _("Electronic participation (code de l'environnement, art. L123-19)"),
    "consultation": _("Consultation on a plan or a project (code de l'urbanisme, art. L103-2)"),
}
CONCLUSIONS = {
    "favourable": _("favourable"), "reserves": _("favourable with reserves"), "unfavourable": _("unfavourable"),
    "balance": _("balance of a consultation, without an opinion"),
}
ABOUT = {"observation": _("An observation"), "proposal": _("A counter-proposal"), "question": _("A question")}
# Nothing else may be hidden: a register is public, and an opinion is no reason.
HIDDEN = {
    "unlawful": _("insults, defamation, incitement to hatred: unlawful"),
    "personal": _("personal data of somebody else"),
    "advertising": _("advertising without a link to the inquiry"),
    "twice": _("the same text from the same person once more"),
}

NOTICES = (
    told("file", _("Your observation is in the register"), _("It arrived on {received_on} at {received_time}. It is read once, for unlawful words and personal data alone, then everybody can read it.")),
    told("publish", _("Everybody can read your observation"), _("It stands in the register, without your address.")),
    told("shorten", _("Everybody can read your observation, without one passage"), _("A passage with personal data or unlawful words is left out; the commissioner has the whole text.")),
    told("hide", _("Your observation isn't shown"), _("The public page doesn't show it; the commissioner has the whole text, and answers to it in the report. The page of your observation says why.")),
    told("reply", _("We answer your observation"), _("The answer stands under it in the register.")),
    told("stands_still", _("The inquiry in which you wrote is suspended"), _("The project is being modified. Your observation stays in the register; we tell you when the inquiry goes on, and you can then write again.")),
    told("goes_on", _("The inquiry in which you wrote goes on"), _("Its new days are set. The page of the inquiry says from when to when the register is open again, and what was modified; you can then write once more.")),
    told("withdraw", _("Your observation is withdrawn"), _("We have noted it.")),
)

_OWNER = "planning-housing"
REGISTER_FIGURES = (
    Count("registers-opened", _("Registers of inquiries and consultations opened"), states="planning-online-registers", unit=_("registers"), owner=_OWNER, counts=JOURNAL_ENTRIES,
          where=action("inquiry-register", "open_register"), splits=("month",), method=_("Each register counts once, on its first day.")),
)
FIGURES = (
    Count("inquiry-observations", _("Observations in registers"), unit=_("observations"), owner=_OWNER, counts=FILED_CASES, where=of_service("public-inquiry"),
          splits=("month", "channel"), method=_("Each observation counts once, on the day it arrived, shown or not.")),
    Count("planning-questions", _("Questions on planning put online"), states="planning-website-questions", unit=_("questions"), owner=_OWNER, counts=FILED_CASES,
          where=filed_with("public-inquiry", "about", "question"), splits=("month", "channel"), method=_("Each question put in a register counts once, on the day it arrived.")),
)
