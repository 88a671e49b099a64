"""The words, letters and figures of the home renovation grant (system S43 of the activity report: over 3,300 homes with Anah in 2023)."""

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
    adding_answer,
    of_service,
    standing,
)
from oppidum.services.shared.papers import papers_letter

OWNERS = {"occupier": _("I live in the dwelling that I own"), "landlord": _("I let the dwelling"), "co_ownership": _("I act for a co-ownership")}
WORKS = {
    "insulation": _("Insulation of walls, roof, floors"), "windows": _("Windows"), "heating": _("Heating, hot water"), "air": _("Ventilation"), "solar": _("Solar energy"),
    "bath": _("Bathroom, access, stair lift"), "safety": _("Electricity, gas, lead, structure"), "common": _("Common parts, lift, roof"), "study": _("Audit, project management"),
}
AIMS = {"energy": _("Saving energy"), "age": _("Age or disability"), "unfit": _("A dwelling that is unfit or very degraded")}
MEANS = {"very_modest": _("Very modest"), "modest": _("Modest"), "above": _("Above")}
STAGES = {"begun": _("Works begun"), "third": _("A third"), "two_thirds": _("Two thirds"), "received": _("Works received")}
FUNDERS = {"anah": _("Anah"), "metropolis": _("The metropolis"), "region": _("Region"), "department": _("Département"), "town": _("Commune")}
PAPERS = {
    "quotes": _("detailed quotes of each company"), "rge": _("proof that the company is qualified (RGE)"), "audit": _("energy audit or evaluation"), "tax": _("last tax assessment"), "title": _("title of property"),
    "assembly": _("minutes of the general assembly that votes the works"), "register": _("number in the national register of co-ownerships"), "mandate": _("mandate, if somebody files for you"),
}
CODE, RULES = _("the code of construction and housing, articles L321-1 to L321-2 and R321-12 to R321-22"), _("the rules of renovation aid that the metropolis voted")
CENTS = {name: Word(answer(name), "money") for name in FUNDERS}
WORDS = {f"{name}_sum": word for name, word in CENTS.items()} | {"total": Word(answer("in_all"), "money")}
FUNDING = tuple(Paragraph(text, when=answer(name) > 0) for name, text in (
    ("anah", _("Anah: {anah_sum}.")), ("metropolis", _("The metropolis: {metropolis_sum}.")), ("region", _("The region: {region_sum}.")),
    ("department", _("The département: {department_sum}.")), ("town", _("The commune: {town_sum}."))))
QUOTES = Table("quotes", (Column(_("Company"), "{company}"), Column(_("Works"), "{work}"), Column(_("Amount"), "{amount}", money=True)), title=_("Quotes"), total=_("Total"))

LETTERS = (
    Letter("acknowledgement", kind="acknowledgement", at=("file",), subject=_("your renovation project at {dwelling}"), body=(
        _("You tell us of a project of {cost} at {dwelling}."), _("Don't begin the works before the decision: works that have begun are not helped."), QUOTES)),
    papers_letter(),
    Letter("award", kind="grant", template="decision", signed_by="president", amount="in_all", words=WORDS, subject=_("Funding of your renovation at {dwelling}"), body=(
        Visa(CODE), Visa(RULES), Article(_("On the opinion of the local committee of {committee_on}, {applicant} receives up to {total} for the works at {dwelling}, from:")), *FUNDING,
        Article(_("The works are completed within three years. Payments are asked for from the page of the request: an advance, parts, then the balance on the invoices.")),
        Article(_("The dwelling stays a main home, or is let under the agreement, for the years that the code sets. Failing that, the aid is paid back.")), QUOTES)),
    Letter("changed", kind="grant", template="decision", signed_by="president", amount="in_all", words=WORDS, subject=_("Changed funding of your renovation at {dwelling}"), body=(
        Visa(CODE), Visa(RULES), Article(_("The funding of the works at {dwelling} becomes {total}, from:")), *FUNDING)),
    Letter("refusal", kind="refusal", template="decision", signed_by="president", law=(CODE, RULES), facts="reasons", subject=_("Your renovation project at {dwelling}"), body=(Article(_("The aid that was asked for is refused.")),)),
    Letter("payment", words={"sum": Word(answer("paid"), "money"), "so_far": Word(answer("paid_in_all"), "money")}, subject=_("payment for your renovation at {dwelling}"), body=(
        _("{sum} are paid to you on {paid_on} for the works at {dwelling}."), Paragraph(_("That makes {so_far} in all.")))),
    Letter("no_payment", kind="refusal", template="decision", signed_by="president", law=(CODE, RULES), facts="reasons", subject=_("Payment refused for the works at {dwelling}"), body=(Article(_("The payment that was asked for is refused. You may ask for it anew.")),)),
    Letter("more_time", subject=_("more time for the works at {dwelling}"), body=(_("You have a year more to complete the works at {dwelling}: {reason_time}"),)),
    Letter("lapsed", kind="lapse", subject=_("the aid for the works at {dwelling} has lapsed"), body=(_("The works at {dwelling} were not completed in time: the aid has lapsed, and what was paid may be claimed back."),)),
    Letter("claimed", kind="refusal", template="decision", signed_by="president", registered=True, law=(CODE, RULES), facts="reasons", words={"back": Word(answer("claimed"), "money")}, subject=_("Withdrawal of the aid for {dwelling}"), body=(
        Article(_("The aid for the works at {dwelling} is withdrawn; {back} are to be paid back.")),)),
)
NOTICES = (
    Notice("file", _("We have your renovation project {code}"), _("Your request arrived on {received_on}. Its receipt, and what happens next, is on its page:\n{link}\n\n{authority}")),
    Notice("ask_papers", _("Your request {code}: papers are missing"), _("The list is on the page of your request; send them from there:\n{link}\n\n{authority}")),
    Notice("award", _("Your request {code}: granted"), _("Your works are funded. The letter is on the page of your request:\n{link}\n\n{authority}")),
    Notice("refuse", _("Your request {code}: refused"), _("The decision, with its reasons and how to contest it, is on the page of your request:\n{link}\n\n{authority}")),
    Notice("pay", _("Your request {code}: paid"), _("A payment was made. The letter is on the page of your request:\n{link}\n\n{authority}")),
    Notice("pay_balance", _("Your request {code}: paid"), _("The balance was paid: your renovation is complete.\n{link}\n\n{authority}")),
)

_OWNER, _SERVICE, _BY = "planning-housing", "home-renovation-grant", ("month", "commune")


def _sum(name, label, where, method, adds, unit="EUR", **more):
    return Count(name, label, unit=unit, owner=_OWNER, counts=JOURNAL_ENTRIES, where=where, adds=adds, splits=_BY, method=method, **more)


FIGURES = (
    Count("renovation-requests", _("Renovation projects"), unit=_("requests"), owner=_OWNER, counts=FILED_CASES, where=of_service(_SERVICE), splits=("month", "channel", "commune"), method=_("Each request counts once, on the day it was filed.")),
    Count("renovation-awards", _("Renovation projects funded"), unit=_("files"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=action(_SERVICE, "award"), splits=_BY, method=_("Files for which funding was granted.")),
    _sum("renovation-homes-funded", _("Homes whose renovation is funded"), action(_SERVICE, "award"), _("Homes of the projects funded in the period; of a co-ownership, all of its dwellings."), adding_answer("homes"), _("homes"), states="anah-dwellings-renovated"),
    _sum("renovation-homes-completed", _("Homes renovated"), action(_SERVICE, "pay_balance"), _("Homes of the projects whose balance was paid in the period."), adding_answer("homes"), _("homes")),
    *(_sum(f"renovation-granted-{name}", label, action(_SERVICE, "award"), _("What this funder granted in the period, changes of funding apart."), adding(name, cents=True)) for name, label in (
        ("anah", _("Granted by Anah to renovations")), ("metropolis", _("Granted by the metropolis to renovations")), ("region", _("Granted by the region to renovations")),
        ("department", _("Granted by the département to renovations")), ("town", _("Granted by communes to renovations")))),
    _sum("renovation-paid", _("Paid to renovations"), actions(_SERVICE, "pay", "pay_balance"), _("Advances, parts and balances paid in the period."), adding("paid", cents=True)),
    _sum("renovation-cost", _("Cost of the renovations funded"), action(_SERVICE, "award"), _("The quotes of the projects funded in the period, VAT included."), adding_answer("cost", cents=True)),
    Stock("renovation-under-way", _("Renovations funded and under way"), unit=_("files"), owner=_OWNER, counts=STANDING, where=standing(_SERVICE, "works", "to_pay"), moves=MOVES, splits=_BY, method=_("Files that are funded and not completed by the end of the period.")),
    Quantile("renovation-days-median", _("Median days to the funding of a renovation"), unit=_("days"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=actions(_SERVICE, "award", "refuse"), of=DAYS_SINCE_FILING, splits=_BY,
             method=_("Half of the decisions came within that many calendar days of the filing.")),
    Share("renovation-metropolis-share", _("Share of the metropolis in the cost of renovations"), unit="%", owner=_OWNER, part="renovation-granted-metropolis", whole="renovation-cost", method=_("What the metropolis granted, in the cost of the same projects.")),
)
