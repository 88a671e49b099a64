"""The way of a renovation grant: examined, before the local committee, funded by several, paid by stages of the works, accounted for."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    PDF,
    STAY,
    Action,
    Choice,
    Computed,
    Day,
    Files,
    Flow,
    Ineligible,
    Items,
    Money,
    Text,
    answer,
    end,
    greatest,
    items,
    least,
    rounded,
    rule,
    step,
)
from oppidum.services.planning_housing.home_renovation_texts import FUNDERS, PAPERS, STAGES, WORKS
from oppidum.services.planning_housing.social_funds import (
    complete,
    note,
    papers_in,
    reasons,
    refuse,
    refused_by_silence,
    withdraw,
)
from oppidum.services.shared import papers

in_all, paid, so_far = answer("in_all"), answer("paid"), greatest(answer("paid_in_all"), 0)
FUNDING = {
    **{name: Money(label, minimum=0, required=True, fact=True) for name, label in FUNDERS.items()},
    # Public aid is cut to what the rules allow of the cost (écrêtement).
    "in_all": Computed(_("All public aid, cut to what the rules allow of the cost"), as_="money", value=least(
        answer("anah") + answer("metropolis") + answer("region") + answer("department") + answer("town"), rounded(answer("cost") * rule("most_public") / 100))),
}
NOT_MORE = Ineligible(so_far + paid > in_all, _("That is more than was granted."), _("Pay what is left, or change the funding first."))
PAID = {"paid": Money(_("Amount paid"), minimum=1, required=True), "paid_on": Day(_("Paid on"), latest=0, required=True)}

ask_papers = papers.ask_papers(PAPERS)
visit = Action("visit", _("Record the visit before the works"), by="act", demands={"visited_on": Day(_("Day of the visit"), latest=0, required=True), "visit_report": Text(_("What was seen"), lines=4, required=True, private=True)})
propose = Action("propose", _("Bring before the local committee (CLAH)"), by="act", demands={"assessment": Text(_("Assessment: the works, and what they change"), lines=5, longest=4000, required=True, private=True)})
award = Action("award", _("Grant the funding"), by="assign", letter="award", demands={"committee_on": Day(_("Committee of"), latest=0, required=True)} | FUNDING)
change_funding = Action("change_funding", _("Change the funding"), by="assign", letter="changed", demands=FUNDING)
begin = Action("begin", _("Declare that the works have begun"), by=("resident", "act"), demands={"begun_on": Day(_("Works begun on"), latest=0, required=True)})
reach = Action("reach", _("Record a stage of the works"), by=("resident", "act"), photo=True, demands={
    "stage": Choice(_("Which stage is reached?"), STAGES, required=True, fact=True), "reached_on": Day(_("Reached on"), latest=0, required=True)})
ask_payment = Action("ask_payment", _("Ask for a payment"), by=("resident", "act"), demands={
    "request": Choice(_("Which payment?"), {"advance": _("An advance, before the works"), "part": _("A part, as works go on"), "balance": _("The balance, works complete")}, required=True, fact=True),
    "invoices": Items(_("Invoices"), row=_("Invoice"), most=30, totals=("amount",), required=~answer("request").is_("advance"), fields={
        "company": Text(_("Company"), required=True, longest=120), "work": Choice(_("Works"), WORKS, required=True), "amount": Money(_("Amount with VAT"), minimum=1, required=True)}),
    "invoiced": Computed(_("Invoiced"), value=items("invoices").sum(answer("amount")), as_="money"),
    "invoice_files": Files(_("The invoices"), accept=PDF, most=30, private=True, required=~answer("request").is_("advance"))})
pay = Action("pay", _("Pay an advance or a part"), by=("act", "money"), letter="payment", demands=PAID, adds={"paid_in_all": "paid"}, when=~answer("request").is_("balance"), barred=(
    NOT_MORE, Ineligible((so_far + paid) * 100 > in_all * rule("advance"), _("Before the works are complete no more than the share of the rules is paid."), _("Pay less now, and the rest with the balance."))))
pay_balance = Action("pay_balance", _("Pay the balance"), by=("act", "money"), letter="payment", demands=PAID | {
    "final_cost": Money(_("Cost of the works in the end"), minimum=1, required=True, fact=True)}, adds={"paid_in_all": "paid"}, when=answer("request").is_("balance"), barred=(NOT_MORE,))
no_payment = Action("no_payment", _("Refuse the payment"), by="act", letter="no_payment", demands={"reasons": reasons})
more_time = Action("more_time", _("Give more time for the works"), by="assign", letter="more_time", demands={"reason_time": Text(_("Why?"), required=True, longest=300)})
lapse = Action("lapse", _("Lapsed: the works were not completed in time"), by="system", letter="lapsed")
claim_back = Action("claim_back", _("Withdraw the grant and claim it back"), by="assign", letter="claimed", demands={"claimed": Money(_("Amount claimed back"), minimum=0, required=True, fact=True), "reasons": reasons})

FLOW = Flow(
    step("filed", complete >> "review", ask_papers >> "incomplete", withdraw >> "withdrawn", refused_by_silence >> STAY, label=_("Completeness"), says=_("We check that your file is complete.")),
    papers.incomplete(papers_in >> "filed", withdraw >> "withdrawn", papers.abandon >> "abandoned", refused_by_silence >> STAY, waits=90),
    step("review", propose >> "committee", visit >> STAY, ask_papers >> "incomplete", refuse >> "refused", withdraw >> "withdrawn", refused_by_silence >> STAY,
         label=_("Under examination"), says=_("We examine your project and look for all of its funding. Don't begin the works.")),
    step("committee", award >> "works", refuse >> "refused", withdraw >> "withdrawn", refused_by_silence >> STAY,
         label=_("Before the local committee"), says=_("The local committee for housing gives its opinion, then the funding is decided.")),
    step("works", begin >> STAY, reach >> STAY, ask_payment >> "to_pay", change_funding >> STAY, more_time >> STAY, claim_back >> "claimed", lapse >> "lapsed", withdraw >> "withdrawn",
         rests=True, sleeps_through=("begin", "reach"), label=_("Works"), says=_("Have the works done, and ask for each payment from this page.")),
    step("to_pay", pay >> "works", pay_balance >> "completed", no_payment >> "works", change_funding >> STAY, lapse >> "lapsed",
         label=_("Payment asked for"), says=_("We check the invoices and pay.")),
    end("completed", claim_back >> "claimed", label=_("Completed and paid")), end("refused", label=_("Refused")), end("lapsed", label=_("Lapsed")),
    end("claimed", label=_("Grant withdrawn")), end("withdrawn", label=_("Withdrawn")), end("abandoned", label=_("Closed without papers")),
    always=(note >> STAY,),
)
