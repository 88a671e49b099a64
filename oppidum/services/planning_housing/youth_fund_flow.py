"""The way of a request to the youth fund: an emergency is decided at once, a project goes before the committee."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import STAY, Action, Choice, Flow, Money, end, step
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

ask_mission = Action("ask_mission", _("Ask the mission locale"), by="act", asks=("mission",))
award = Action("award", _("Grant the help"), by="assign", letter="award", demands={
    "granted": Money(_("Amount granted"), minimum=1, required=True, fact=True, prefill="most"),
    "paid_how": Choice(_("How is it paid?"), {"transfer": _("by transfer"), "vouchers": _("in vouchers"), "third": _("to whom it is owed")}, required=True, fact=True)})
pay = Action("pay", _("Record the payment"), by=("act", "money"), demands=PAID)

FLOW = Flow(
    FILED, INCOMPLETE,
    step("review", propose >> "committee", award >> "payment", ask_mission >> STAY, ask_papers >> "incomplete", refuse >> "refused", withdraw >> "withdrawn", refused_by_silence >> STAY,
         label=_("Under examination"), says=_("We examine your request.")),
    step("committee", award >> "payment", refuse >> "refused", withdraw >> "withdrawn", refused_by_silence >> STAY,
         label=_("Before the committee"), says=_("The committee of the fund decides in its next sitting.")),
    step("payment", pay >> "paid", label=_("To be paid"), says=_("The help is being paid.")),
    end("paid", label=_("Paid")), end("refused", label=_("Refused")), end("withdrawn", label=_("Withdrawn")), end("abandoned", label=_("Closed")),
    always=(note >> STAY,),
)
