"""The words, letters and figures of the housing solidarity fund (system S42 of the activity report: 10,000 files in 2023)."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Article, Column, Letter, Notice, Paragraph, Table, Visa, Word, answer
from oppidum.figures.declaration import Count, Quantile, Share, Stock
from oppidum.figures.sources import (
    DAYS_SINCE_FILING,
    FILED_CASES,
    JOURNAL_ENTRIES,
    MOVES,
    STANDING,
    action,
    actions,
    adding,
    of_service,
    standing,
)
from oppidum.services.planning_housing.social_funds import PAPERS_TOLD, REFUSAL_TOLD
from oppidum.services.shared.papers import papers_letter

AIDS = {
    "entry": _("Entering a dwelling: deposit, first rent, insurance, moving"),
    "keep": _("Keeping the dwelling: rent and charges owed"),
    "energy": _("Energy"),
    "water": _("Water"),
    "phone": _("Telephone and internet"),
}
STAGES = {"none": _("No"), "reminder": _("A reminder or a summons"), "order": _("A judgement, or an order to leave"), "cut": _("A cut is announced or made")}
TENURES = {"social": _("Tenant of a social landlord"), "private": _("Tenant of a private landlord"), "hostel": _("In a residence or a hostel"), "owner": _("Owner"), "none": _("I am about to move in")}

LAW = _("loi 90-449 of 31 May 1990, articles 6 and 6-1")
RULES = _("the rules of procedure of the housing solidarity fund")
HELP = Paragraph(_("A social worker can help you with this letter: ask at the house of solidarity near you, or at the housing advice desk."))

GRACE = Article(_("The first part is due after {grace} months of grace."), when=answer("grace") > 0)

LETTERS = (
    Letter("acknowledgement", kind="acknowledgement", at=("file",), subject=_("your request to the housing solidarity fund"), body=(
        _("You ask for {asked}: {aid}."), _("We may ask for papers; the committee of the fund then decides. Nothing is paid to you: your landlord or your supplier receives the help."), HELP,
    )),
    papers_letter(HELP),
    Letter("award", kind="grant", template="decision", signed_by="president", amount="granted", words={"gift": Word(answer("granted"), "money"), "loan": Word(answer("lent"), "money")},
           subject=_("Help of the housing solidarity fund"), body=(
        Visa(LAW), Visa(RULES),
        Article(_("The committee of {committee_on} gives {applicant} a grant of {gift}."), when=answer("granted") > 0),
        Article(_("The committee of {committee_on} lends {applicant} {loan} without interest, repaid in {instalments} months. The loan is signed within two months, failing which it is lost."), when=answer("lent") > 0),
        GRACE,
        Article(_("The help is paid to {payee}.")),
    )),
    # The loan itself, to be signed by both; no interest and no costs, ever.
    Letter("loan", kind="agreement", template="agreement", signed_by="president", amount="lent", at=("award",), when=answer("lent") > 0, words={"loan": Word(answer("lent"), "money")},
           title=_("LOAN WITHOUT INTEREST"), subject=_("Housing solidarity fund, request {code}"), body=(
        Visa(LAW), Visa(RULES),
        Article(_("The housing solidarity fund lends {applicant} {loan}. The sum is paid to {payee}."), title=_("The loan")),
        Article(_("It bears no interest, and costs nothing. It is repaid in equal monthly parts, {instalments} in number; the days and amounts are told when the sum is paid."), title=_("Repayment"), when=answer("lent") > 0),
        GRACE,
        Article(_("All that is left, or a part of it, may be repaid sooner at any time, at no cost."), title=_("Early repayment")),
        Article(_("A part that isn't paid on its day is reminded, then asked for by formal notice. Without an answer the debt is handed to the public accountant. Whoever can no longer pay asks the fund for a longer time or for a part to be remitted."), title=_("When a part can't be paid")),
    )),
    Letter("refusal", kind="refusal", template="decision", signed_by="president", law=(LAW, RULES), facts="reasons", subject=_("Your request to the housing solidarity fund"), body=(
        Article(_("The help that was asked for ({asked}) is refused.")), HELP,
    )),
    Letter("payment", to={"payee": "payee_address"}, words={"sum": Word(answer("paid"), "money")}, subject=_("payment by the housing solidarity fund"), body=(
        _("The housing solidarity fund pays you {sum} for {applicant}."), Paragraph(_("Your reference: {contract}."), optional=True),
        _("This sum is taken off the debt. By accepting it you give up, for what it covers, putting the person out or cutting the supply."),
    )),
    Letter("schedule", words={"loan": Word(answer("lent"), "money")}, subject=_("repayment of your loan {reference}"), when=answer("due_parts").given(), body=(
        _("Your landlord or your supplier has been paid. You repay the loan of {loan} without interest, by these days:"),
        Table("due_parts", (Column(_("To be paid on"), "{due_on}"), Column(_("Amount"), "{amount_cents}", money=True)), total=_("In all")),
        _("Pay each part on the page of your request, at the counter or by transfer with the reference {reference}: {link}"),
        _("You may pay all that is left at any time, at no cost. If you can't pay a part, tell us before its day: more time may be given, or a part be remitted."), HELP,
    )),
    Letter("written_off", subject=_("your loan of the housing solidarity fund"), body=(
        _("What is left of your loan could not be collected; the council admitted it as lost on {written_off_on}. Nobody will ask you for it on our behalf. The debt itself isn't cancelled: the public accountant may still ask for it if your means improve."), HELP,
    )),
    Letter("remission", kind="grant", template="decision", signed_by="president", words={"sum": Word(answer("remitted"), "money")}, subject=_("a part of your loan is remitted"), body=(
        Visa(RULES), Article(_("{sum} of the loan of the housing solidarity fund are remitted, and no longer to be repaid. What is left stands on the page of your request: {link}")),
    )),
)
NOTICES = (
    Notice("file", _("We have your request {code} to the housing solidarity fund"), _("Your request arrived on {received_on}. Its receipt, and what happens next, is on its page:\n{link}\n\n{authority}")),
    PAPERS_TOLD,
    Notice("award", _("Your request {code}: granted"), _("The committee helps you. The letter is on the page of your request:\n{link}\n\n{authority}")),
    REFUSAL_TOLD,
    Notice("pay_loan", _("Your request {code}: paid, and how you repay the loan"), _("Your landlord or your supplier has been paid. The days and amounts by which you repay the loan are on the page of your request:\n{link}\n\n{authority}")),
    Notice("remit", _("Your request {code}: a part of your loan is remitted"), _("The decision, and what is left to be repaid, are on the page of your request:\n{link}\n\n{authority}")),
    Notice("repay", _("Your request {code}: your loan is repaid"), _("Nothing is left to be repaid. Thank you.\n{link}\n\n{authority}")),
    Notice("pay", _("Your request {code}: paid"), _("Your landlord or your supplier has been paid.\n{link}\n\n{authority}")),
)

_OWNER, _SERVICE, _BY = "planning-housing", "housing-solidarity-fund", ("month", "commune")


def _entries(name, label, where, method, unit, **more):
    return Count(name, label, unit=unit, owner=_OWNER, counts=JOURNAL_ENTRIES, where=where, splits=_BY, method=method, **more)


FIGURES = (
    Count("solidarity-fund-requests", _("Requests to the housing solidarity fund"), unit=_("requests"), owner=_OWNER, counts=FILED_CASES, where=of_service(_SERVICE),
          splits=("month", "channel", "commune"), method=_("Each request counts once, on the day it was filed.")),
    _entries("solidarity-fund-handled", _("Files handled by the housing solidarity fund"), actions(_SERVICE, "award", "refuse"), _("Files on which the committee decided: granted or refused."), _("files"), states="housing-solidarity-fund-cases"),
    _entries("solidarity-fund-granted", _("Files granted by the housing solidarity fund"), action(_SERVICE, "award"), _("Files for which the committee gave a grant, a loan or both."), _("files")),
    _entries("solidarity-fund-grants", _("Grants of the housing solidarity fund"), action(_SERVICE, "award"), _("The sums granted by the committee."), "EUR", adds=adding("granted", cents=True)),
    _entries("solidarity-fund-loans", _("Loans of the housing solidarity fund"), action(_SERVICE, "award"), _("The sums lent by the committee."), "EUR", adds=adding("lent", cents=True)),
    _entries("solidarity-fund-paid", _("Paid by the housing solidarity fund"), actions(_SERVICE, "pay", "pay_loan"), _("The sums paid to landlords and suppliers."), "EUR", adds=adding("paid", cents=True)),
    _entries("solidarity-fund-repaid", _("Repaid to the housing solidarity fund"), action(_SERVICE, "paid"), _("The parts of loans that households repaid, on the day each was paid."), "EUR", adds=adding("amount_cents", cents=True)),
    _entries("solidarity-fund-remitted", _("Loans remitted by the housing solidarity fund"), action(_SERVICE, "remit"), _("The parts of loans that no longer need to be repaid."), "EUR", adds=adding("remitted", cents=True)),
    Stock("solidarity-fund-loans-open", _("Loans of the housing solidarity fund being repaid"), unit=_("loans"), owner=_OWNER, counts=STANDING, where=standing(_SERVICE, "repaying"), moves=MOVES, splits=_BY,
          method=_("Loans paid out of which something is left to be repaid at the end of the period.")),
    Stock("solidarity-fund-pending", _("Requests to the housing solidarity fund being examined"), unit=_("requests"), owner=_OWNER, counts=STANDING,
          where=standing(_SERVICE, "filed", "incomplete", "review", "committee"), moves=MOVES, splits=_BY, method=_("Requests without a decision by the end of the period.")),
    Quantile("solidarity-fund-days-median", _("Median days to a decision of the housing solidarity fund"), unit=_("days"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=actions(_SERVICE, "award", "refuse"), of=DAYS_SINCE_FILING,
             splits=_BY, method=_("Half of the decisions came within that many calendar days of the filing.")),
    Share("solidarity-fund-granted-share", _("Share of files granted by the housing solidarity fund"), unit="%", owner=_OWNER, part="solidarity-fund-granted", whole="solidarity-fund-handled",
          method=_("Granted, in the files on which the committee decided.")),
)
