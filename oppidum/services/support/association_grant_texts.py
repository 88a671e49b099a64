"""The form of the grant to associations, as the Cerfa 12156 asks for it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    DOCUMENTS,
    Address,
    Choice,
    Computed,
    Contact,
    Files,
    Form,
    Ineligible,
    Items,
    Money,
    Number,
    Page,
    Party,
    Period,
    Statement,
    Text,
    YesNo,
    answer,
    items,
)

FIELDS = {
    "sport": _("Sport"),
    "culture": _("Culture"),
    "environment": _("Environment, climate, coast"),
    "social": _("Solidarity, social cohesion, city policy"),
    "housing": _("Housing and homelessness"),
    "employment": _("Employment, economy, innovation"),
    "mobility": _("Mobility, bicycles"),
    "water": _("Access to water, international cooperation"),
    "other": _("Another field"),
}
PAPERS = {
    "statutes": _("statutes, signed"),
    "board": _("list of the members of the board"),
    "accounts": _("accounts of the last year"),
    "report": _("activity report of the last year"),
    "bank": _("bank details"),
    "budget": _("budget of the association"),
    "power": _("power given to the person who signs"),
}
AMOUNT = Money(_("Amount"), required=True, minimum=1)
expenses, income = items("expenses").sum(answer("amount")), items("income").sum(answer("amount"))

FORM = Form(
    Page("association", _("The association"),
         association=Party(_("Which association asks?"), kinds=("association",), hint=_("With its SIRET, or its RNA number (W and nine digits)."), required=True),
         seat=Address(_("Address of its seat"), required=True),
         contact=Contact(_("Who can we reach?"), needs=("email",), required=True),
         members=Number(_("Number of members"), whole=True, minimum=0, maximum=5_000_000)),
    Page("project", _("The project"),
         title=Text(_("Name of the project"), required=True, longest=256),
         field=Choice(_("In which field?"), FIELDS, required=True, fact=True),
         summary=Text(_("What will you do, for whom, where?"), required=True, lines=8, longest=6000),
         during=Period(_("From when to when?"), required=True),
         multi_year=YesNo(_("Do you ask for several years?"), required=True, fact=True),
         years=Number(_("For how many years?"), when=answer("multi_year").is_(True), whole=True, minimum=2, maximum=4, required=True)),
    Page("budget", _("The budget of the project"), hint=_("For one year. Expenses and income must be equal, the grant asked for included."),
         expenses=Items(_("Expenses"), fields={"what": Text(_("What for?"), required=True, longest=200), "amount": AMOUNT}, totals=("amount",), most=40, required=True),
         income=Items(_("Income"), fields={"from_whom": Text(_("From whom?"), required=True, longest=200), "amount": AMOUNT}, totals=("amount",), most=40, required=True),
         requested=Money(_("Of which asked from us, for a year"), required=True, minimum=1, fact=True),
         missing=Computed(_("Expenses without income"), value=expenses - income, as_="money"),
         left_over=Computed(_("Income without expenses"), value=income - expenses, as_="money"),
         public_money=Money(_("All public grants of the association this year"), hint=_("Above 153,000 EUR its accounts are certified and published (Code de commerce, art. L612-4)."))),
    Page("papers", _("The papers"),
         papers=Files(_("Statutes, board, accounts and activity report of the last year, bank details"), accept=DOCUMENTS, most=12, largest_mb=20, required=True),
         # Contract of republican commitment: compulsory since 2 January 2022 (loi 2000-321, art. 10-1; décret 2021-1947).
         commitment=Statement(_("The association keeps to the contract of republican commitment (décret 2021-1947 of 31 December 2021)."), required=True),
         honour=Statement(_("I certify that the association is up to date with its tax and social declarations, and that what I declare is true."), required=True)),
)

ELIGIBILITY = (
    Ineligible(answer("missing") > 0, _("The budget is not in balance: expenses exceed income by {missing}."), _("Add the income that is missing, or reduce the expenses.")),
    Ineligible(answer("left_over") > 0, _("The budget is not in balance: income exceeds expenses by {left_over}."), _("Add the expenses that are missing, or reduce the income.")),
    Ineligible(answer("requested") > income, _("You ask us for more than the whole income of the project."), _("Write the grant that you ask for among the income.")),
)


def balanced(drawn: dict[str, Any]) -> dict[str, Any]:
    """Answers drawn by chance, with a budget that the form takes: what isn't asked from the metropolis comes from others."""
    total = max(sum(line["amount"] for line in drawn["expenses"]), drawn["requested"] * 3 // 2)
    others = total - drawn["requested"]
    return drawn | {
        "expenses": [{"what": drawn["expenses"][0]["what"], "amount": total}],
        "income": [{"from_whom": "Métropole", "amount": drawn["requested"]}, {"from_whom": "Autres financeurs", "amount": others}],
        "missing": 0,
        "left_over": 0,
    }
