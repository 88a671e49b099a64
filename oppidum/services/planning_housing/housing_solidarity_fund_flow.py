"""The way of a request to the housing solidarity fund: examined, before the committee, paid to the landlord or supplier, a loan repaid."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import STAY, Action, Branch, Day, Flow, Money, Number, answer, end, step
from oppidum.services.planning_housing.social_funds import (
    FILED,
    INCOMPLETE,
    PAID,
    ask_papers,
    note,
    propose,
    refuse,
    refused_by_silence,
    withdraw,
)

granted, lent = answer("granted"), answer("lent")
ask_social = Action("ask_social", _("Ask the social services"), by="act", asks=("social",), when=answer("heard").is_(True))
award = Action("award", _("Granted by the committee"), by="assign", letter="award", when=~((granted + lent) <= 0), demands={
    "committee_on": Day(_("Committee of"), latest=0, required=True), "granted": Money(_("As a grant"), minimum=0, required=True, fact=True, prefill="proposed"),
    "lent": Money(_("As a loan without interest"), minimum=0, required=True, fact=True), "instalments": Number(_("Repaid in how many months?"), minimum=1, maximum=36, whole=True, when=answer("lent") > 0, required=True, fact=True)})
sign_contract = Action("sign_contract", _("The loan is signed"), by=("resident", "act"), demands={"signed_on": Day(_("Signed on"), latest=0, required=True, fact=True)})
not_signed = Action("not_signed", _("Closed: the loan was not signed"), by=("system", "act"))
pay = Action("pay", _("Record the payment to the landlord or supplier"), by=("act", "money"), letter="payment", demands=PAID)
repay = Action("repay", _("The loan is repaid"), by=("act", "money"))
remit = Action("remit", _("Remit what is left of the loan"), by="assign", letter="remission", demands={"remitted": Money(_("Amount remitted"), minimum=1, required=True, fact=True)})

FLOW = Flow(
    FILED, INCOMPLETE,
    step("review", propose >> "committee", ask_social >> STAY, ask_papers >> "incomplete", withdraw >> "withdrawn", refused_by_silence >> STAY,
         label=_("Under examination"), says=_("We examine your request.")),
    step("committee", award >> Branch((lent > 0, "contract"), "payment"), refuse >> "refused", withdraw >> "withdrawn", refused_by_silence >> STAY,
         label=_("Before the committee"), says=_("The committee of the fund decides in its next sitting.")),
    step("contract", sign_contract >> "payment", not_signed >> "abandoned", waits=60, then="not_signed", label=_("Loan to be signed"), says=_("Sign the loan that we sent you and send it back.")),
    step("payment", pay >> Branch((lent > 0, "repaying"), "paid"), label=_("To be paid"), says=_("We pay your landlord or your supplier.")),
    step("repaying", repay >> "repaid", remit >> "repaid", rests=True, label=_("Loan being repaid"), says=_("You pay the loan back, month by month.")),
    end("paid", label=_("Paid")), end("repaid", label=_("Loan settled")), end("refused", label=_("Refused")), end("withdrawn", label=_("Withdrawn")), end("abandoned", label=_("Closed")),
    always=(note >> STAY,),
)
