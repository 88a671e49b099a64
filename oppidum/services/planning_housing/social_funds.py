"""What the two funds for people in need share: incomes and household of the means test, the first acts, what they tell, and the law on silence.

Silence of two months refuses a request for money (CRPA, art. L231-4, 3°); an incomplete file suspends this time for as long as was given to
complete it (art. L114-5).
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    STAY,
    Action,
    Choice,
    Clock,
    Day,
    Items,
    Money,
    Notice,
    Since,
    Text,
    dated,
    months,
    step,
)
from oppidum.services.shared import papers
from oppidum.services.shared.notes import short_note

INCOMES = {
    "wages": _("Wages"),
    "unemployment": _("Unemployment benefit"),
    "rsa": _("RSA (minimum income)"),
    "activity": _("Prime d'activité"),
    "family": _("Family allowances"),
    "disability": _("Disability allowance, invalidity pension"),
    "pension": _("Retirement pension"),
    "maintenance": _("Maintenance payments"),
    "other": _("Another income"),
}
PAPERS = {
    "identity": _("proof of identity or of lawful stay"),
    "income": _("proof of all income of the last three months"),
    "tax": _("last tax assessment"),
    "lease": _("lease, or promise of a dwelling"),
    "bill": _("bill, reminder or statement of the debt"),
    "bank": _("bank details of who is to be paid"),
    "plan": _("plan for paying back that was agreed"),
    "project": _("project signed with the adviser"),
}
INCOME = Items(_("Income of the household, a month"), row=_("Income"), private=True, required=True, most=12, totals=("amount",), fields={
    "source": Choice(_("Which?"), INCOMES, required=True), "amount": Money(_("Amount a month"), minimum=0, required=True)})
PAID = {"paid": Money(_("Amount paid"), minimum=1, required=True, fact=True, prefill="granted"), "paid_on": Day(_("Paid on"), latest=0, required=True)}
reasons = Text(_("Reasons, in law and in fact"), required=True, lines=4, longest=4000)

complete = Action("complete", _("Declare the file complete"), by="act")
ask_papers = papers.ask_papers(PAPERS)
papers_in = papers.papers_in(private=True)
refused_by_silence = Action("refused_by_silence", _("Refused by silence"), by="system")
propose = Action("propose", _("Bring before the committee"), by="act", demands={
    "assessment": Text(_("Assessment: the situation, and what the help changes"), required=True, lines=5, longest=4000, private=True),
    "proposed": Money(_("Amount proposed"), minimum=0, required=True, fact=True, prefill="most")})
refuse = Action("refuse", _("Refuse"), by="assign", letter="refusal", demands={"reasons": reasons})
withdraw = Action("withdraw", _("Withdraw the request"), by=("resident", "act"))
note = short_note()

FILED = step("filed", complete >> "review", ask_papers >> "incomplete", withdraw >> "withdrawn", refused_by_silence >> STAY,
             label=_("Completeness"), says=_("We check that your file is complete."))
INCOMPLETE = papers.incomplete(papers_in >> "filed", withdraw >> "withdrawn", papers.abandon >> "abandoned", refused_by_silence >> STAY)
SILENCE = dated(Since("2014-11-12", months(2), source="CRPA, art. L231-4, 3°", verified=True), label=_("Silence refuses"))
# Refused by silence, the request may still be granted: silence is no decision that ends it.
DECISION = Clock("decision", _("Decision"), lasts="silence", interrupted_by="ask_papers", interruption="papers_by", resumed_by="papers_in",
                 stopped_by=("award", "refuse", "withdraw", "abandon"), silence="refused_by_silence", means="refusal", warns=(20, 7), source="CRPA, art. L231-4, L114-5", verified=True)
PAPERS_TOLD = Notice("ask_papers", _("Your request {code}: papers are missing"), _("The list is on the page of your request; send them from there:\n{link}\n\n{authority}"))
REFUSAL_TOLD = Notice("refuse", _("Your request {code}: refused"), _("The decision, with its reasons and how to contest it, is on the page of your request:\n{link}\n\n{authority}"))
