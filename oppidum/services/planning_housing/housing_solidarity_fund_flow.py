"""The way of a request to the housing solidarity fund: examined, before the committee, paid to the landlord or supplier, a loan repaid.

A loan bears no interest. Once the landlord or supplier is paid it is billed to the household in equal monthly parts, after the months of grace that the
committee gave: paid, reminded and, in the end, given notice of as every bill is (`payments/`). All that is left may be paid at once, at no cost.
"""

from collections.abc import Mapping
from random import Random
from typing import Any

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    STAY,
    Action,
    Branch,
    Day,
    Fee,
    FeeLine,
    Flow,
    Ineligible,
    Instalments,
    Money,
    Number,
    Text,
    answer,
    end,
    greatest,
    money_moves,
    step,
)
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
remitted = greatest(answer("remitted_in_all"), 0)
ask_social = Action("ask_social", _("Ask the social services"), by="act", asks=("social",), when=answer("heard").is_(True))
award = Action("award", _("Granted by the committee"), by="assign", letter="award", when=~((granted + lent) <= 0), demands={
    "committee_on": Day(_("Committee of"), latest=0, required=True), "granted": Money(_("As a grant"), minimum=0, required=True, fact=True, prefill="proposed"),
    "lent": Money(_("As a loan without interest"), minimum=0, required=True, fact=True), "instalments": Number(_("Repaid in how many months?"), minimum=1, maximum=36, whole=True, when=answer("lent") > 0, required=True, fact=True),
    "grace": Number(_("Months of grace before the first"), minimum=0, maximum=6, whole=True, when=answer("lent") > 0, fact=True, hint=_("Leave it empty where the repayment begins the month after the payment."))})
sign_contract = Action("sign_contract", _("The loan is signed"), by=("resident", "act"), demands={"signed_on": Day(_("Signed on"), latest=0, required=True, fact=True)})
not_signed = Action("not_signed", _("Closed: the loan was not signed"), by=("system", "act"))
pay = Action("pay", _("Record the payment to the landlord or supplier"), by=("act", "money"), letter="payment", demands=PAID, when=~(lent > 0))
pay_loan = Action("pay_loan", _("Record the payment: the loan begins"), by=("act", "money"), letter="payment", demands=PAID, charges="loan", when=lent > 0)
repay = Action("repay", _("The loan is repaid"), by="system")
write_off = Action("write_off", _("Close: the debt can't be collected"), by="assign", letter="written_off", demands={
    "written_off_on": Day(_("Admitted as lost by the council on"), latest=0, required=True)})
remit = Action("remit", _("Remit a part of the loan"), by="assign", letter="remission", charges="remitted", adds={"remitted_in_all": "remitted"}, demands={
    "remitted": Money(_("Amount remitted"), minimum=1, required=True, fact=True),
    "remitted_why": Text(_("Why: what changed in the household"), required=True, longest=500, private=True)}, barred=(
    Ineligible(remitted + answer("remitted") > lent, _("With {remitted} more than the loan of {lent} would be remitted."), _("Remit what is left of it at most.")),))


def agreeing_payment(action: str, said: dict[str, Any], known: Mapping[str, Any], rng: Random) -> dict[str, Any]:
    """In a rehearsal what is paid is what was granted and lent."""
    return said | {"paid": known["granted"] + known["lent"]} if action in ("pay", "pay_loan") else said


LOAN = _("Loan of the housing solidarity fund, without interest")
FEES = (
    Fee("loan", LOAN, account="2744", lines=(FeeLine(LOAN, amount=lent),), foretold=False, on_paid="repay",
        instalments=Instalments(every_month=answer("instalments"), grace=answer("grace"), agreed=True)),
    # What the committee remits is taken off what is left; of what was paid already, it is given back.
    Fee("remitted", _("Part of the loan remitted"), replaces="loan", foretold=False, lines=(FeeLine(LOAN, amount=lent - remitted),)),
)

FLOW = Flow(
    FILED, INCOMPLETE,
    step("review", propose >> "committee", ask_social >> STAY, ask_papers >> "incomplete", withdraw >> "withdrawn", refused_by_silence >> STAY,
         label=_("Under examination"), says=_("We examine your request.")),
    step("committee", award >> Branch((lent > 0, "contract"), "payment"), refuse >> "refused", withdraw >> "withdrawn", refused_by_silence >> STAY,
         label=_("Before the committee"), says=_("The committee of the fund decides in its next sitting.")),
    step("contract", sign_contract >> "payment", not_signed >> "abandoned", waits=60, then="not_signed", label=_("Loan to be signed"), says=_("Sign the loan that we sent you and send it back.")),
    step("payment", pay >> "paid", pay_loan >> "repaying", label=_("To be paid"), says=_("We pay your landlord or your supplier.")),
    step("repaying", repay >> "repaid", remit >> STAY, write_off >> "written_off", rests=True, label=_("Loan being repaid"), says=_("You pay the loan back, month by month.")),
    end("paid", label=_("Paid")), end("repaid", label=_("Loan settled")), end("refused", label=_("Refused")), end("withdrawn", label=_("Withdrawn")), end("abandoned", label=_("Closed")), end("written_off", label=_("Debt given up")),
    always=(note >> STAY, *money_moves(bill="schedule")),
)
