"""What the two funds for people in need share: incomes and household of the means test, the first acts, and the law on silence.

Silence of two months refuses a request for money (CRPA, art. L231-4, 3°); an incomplete file suspends this time for as long as was given to
complete it (art. L114-5).
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    DOCUMENTS,
    STAY,
    Action,
    Choice,
    Clock,
    Day,
    Files,
    Items,
    Money,
    Since,
    Text,
    dated,
    months,
    step,
)

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
reasons = Text(_("Reasons, in law and in fact"), required=True, lines=4, longest=4000)

complete = Action("complete", _("Declare the file complete"), by="act")
ask_papers = Action("ask_papers", _("Ask for missing papers"), by="act", letter="papers", demands={
    "papers_missing": Choice(_("Which papers are missing?"), PAPERS, many=True, required=True), "papers_by": Day(_("To be sent by"), earliest=1, required=True)})
papers_in = Action("papers_in", _("Send the missing papers"), by=("resident", "act"), demands={
    "papers_more": Files(_("The missing papers"), accept=DOCUMENTS, most=12, private=True)})
refused_by_silence = Action("refused_by_silence", _("Refused by silence"), by="system")
refuse = Action("refuse", _("Refuse"), by="assign", letter="refusal", demands={"reasons": reasons})
withdraw = Action("withdraw", _("Withdraw the request"), by=("resident", "act"))
abandon = Action("abandon", _("Closed: the papers were not sent"), by="system")
note = Action("note", _("Add a note"), by=("note", "act"), tells=False, demands={"note": Text(_("Note"), lines=3, required=True, private=True)})

FILED = step("filed", complete >> "review", ask_papers >> "incomplete", withdraw >> "withdrawn", refused_by_silence >> STAY,
             label=_("Completeness"), says=_("We check that your file is complete."))
INCOMPLETE = step("incomplete", papers_in >> "filed", withdraw >> "withdrawn", abandon >> "abandoned", refused_by_silence >> STAY, waits=60, then="abandon", pauses=True,
                  label=_("Papers missing"), says=_("Papers are missing: send them from this page."))
SILENCE = dated(Since("2014-11-12", months(2), source="CRPA, art. L231-4, 3°", verified=True), label=_("Silence refuses"))
# Refused by silence, the request may still be granted: silence is no decision that ends it.
DECISION = Clock("decision", _("Decision"), lasts="silence", interrupted_by="ask_papers", interruption="papers_by", resumed_by="papers_in",
                 stopped_by=("award", "refuse", "withdraw", "abandon"), silence="refused_by_silence", means="refusal", warns=(20, 7), source="CRPA, art. L231-4, L114-5", verified=True)
