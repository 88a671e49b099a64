"""The acts on a notice of intended sale, and the steps to which they lead."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import PDF, STAY, Action, Choice, Day, Files, Flow, Money, Text, answer, end, rule, step
from oppidum.cases.declaration.opinions import joined
from oppidum.services.planning_housing.intended_sale_texts import DOCUMENTS, PURPOSES
from oppidum.services.planning_housing.receipts import received
from oppidum.services.shared.notes import short_note

SERIES = "preemption"
OWNER = ("resident", "act")             # The notary or the owner answers online; an officer enters what comes by post.

reasons = Text(_("Reasons in fact: the project, and why this property serves it"), required=True, lines=4, longest=2000, hint=_("They are printed in the decision."))
purpose = Choice(_("Purpose"), PURPOSES, required=True, fact=True)
offered = Money(_("Price offered"), minimum=1, required=True, fact=True)

# One request for documents, from a closed list, and one to visit (L213-2): each suspends the time from its receipt by the owner.
ask_documents = Action("ask_documents", _("Ask for documents"), by="act", letter="documents", when=~answer("documents_asked").given(), sets={"documents_asked": True},
                       demands={"documents": Choice(_("Which documents?"), DOCUMENTS, many=True, required=True)})
documents_asked_for = received("documents_request_received", _("The owner has the request for documents"))
documents_in = received("documents_in", _("The documents are here"), by=OWNER, when=answer("documents_asked").given(), demands={"documents_sent": Files(_("The documents"), accept=PDF, most=12)})
ask_visit = Action("ask_visit", _("Ask to visit"), by="act", letter="visit", when=~answer("visit_asked").given(), sets={"visit_asked": True})
visit_asked_for = received("visit_request_received", _("The owner has the request to visit"))
visit_accepted = received("visit_accepted", _("The visit is accepted"), by=OWNER, when=answer("visit_asked").given())
visit_refused = received("visit_refused", _("The visit is refused"), by=OWNER, when=answer("visit_asked").given())
visited = Action("visited", _("Record the visit"), by="act", demands={
    "visited_on": Day(_("Day of the visit"), latest=0, required=True),
    "visit_report": Text(_("Report, signed by both"), lines=4, required=True, private=True),
})
no_visit_answer = Action("no_visit_answer", _("Visit refused by silence"), by="system")
no_visit = Action("no_visit", _("The visit was not held"), by="system")
# The proof of receipt may come after the end: what was received in time had suspended the time, and no silence was born.
late_receipt = received("late_receipt", _("A request was received in time: take the silence back"), when=answer("how").is_("silence"))
ask_valuation = Action("ask_valuation", _("Ask the tax office for its valuation"), by="act", asks="valuation")

waive = Action("waive", _("Waive"), by="act", letter="waiver", sets={"how": "decision"})
waived_by_silence = Action("waived_by_silence", _("Waived by silence"), by="system", sets={"how": "silence"})
# Above the threshold no purchase is decided before the tax office has given its valuation, or was silent for a month (art. R213-21).
valued = ~(answer("price") > rule("valuation_above")) | joined("valuation")
buy = Action("buy", _("Buy at the price"), by="act", when=valued, letter="purchase", numbers=SERIES, demands={"purpose": purpose, "grounds": reasons})
offer = Action("offer", _("Offer another price"), by="act", when=valued, letter="offer", numbers=SERIES, demands={"purpose": purpose, "offered": offered, "grounds": reasons})
not_subject = Action("not_subject", _("The sale is not subject to pre-emption"), by="act", letter="not_subject", demands={
    "not_subject_reason": Text(_("Why?"), required=True, longest=500)})
give_up_sale = Action("give_up_sale", _("The owner gives up the sale"), by=OWNER)

offer_received = received("offer_received", _("The owner has the offer"))
accept_price = received("accept_price", _("The owner accepts the price"), by=OWNER)
keep_price = received("keep_price", _("The owner keeps the price and leaves it to the judge"), by=OWNER)
sale_given_up = Action("sale_given_up", _("The sale is given up by silence"), by="system")
seize_judge = Action("seize_judge", _("Seize the judge"), by="act", demands={"seized_day": Day(_("Seized on"), latest=0, required=True)})
no_judge = Action("no_judge", _("Waived: the judge was not seized"), by="system", sets={"how": "silence"})
deposit = Action("deposit", _("The deposit is proved to the judge and the owner"), by="act")
no_deposit = Action("no_deposit", _("Waived: no proof of the deposit"), by="system", sets={"how": "silence"})
price_set = Action("price_set", _("The price is set by the judge"), by="act", demands={
    "judged": Money(_("Price set"), minimum=1, required=True, fact=True), "final_day": Day(_("Final on"), latest=0, required=True)})
deed_signed = Action("deed_signed", _("The deed is signed"), by="act", demands={"deed_day": Day(_("Signed on"), latest=0, required=True)})
pay = Action("pay", _("The price is paid or deposited"), by="act", letter="paid", demands={
    "paid_day": Day(_("Paid on"), latest=0, required=True), "paid": Money(_("Amount"), minimum=1, required=True, fact=True)})
not_paid = Action("not_paid", _("Not paid in time: the owner is free to sell"), by="system", letter="free")
record_use = Action("record_use", _("Record the real use"), by="act", demands={"real_use": Text(_("What the property is used for"), required=True, longest=300, hint=_("It stands in the public register."))})
note = short_note()

EXAMINING = (ask_documents, documents_asked_for, documents_in, ask_visit, visit_asked_for, visit_accepted, visit_refused, visited, no_visit_answer, no_visit, ask_valuation)

FLOW = Flow(
    step("examined", *(action >> STAY for action in EXAMINING), waive >> "waived", buy >> "buying", offer >> "offered",
         not_subject >> "not_subject", give_up_sale >> "given_up", waived_by_silence >> "waived",
         label=_("Under examination"), says=_("The metropolis examines whether it buys.")),
    step("offered", offer_received >> STAY, accept_price >> "buying", keep_price >> "disputed", give_up_sale >> "given_up", waive >> "waived", sale_given_up >> "given_up",
         label=_("Offer at another price"), says=_("The owner has two months to answer the offer; silence gives up the sale.")),
    step("disputed", seize_judge >> "before_judge", waive >> "waived", no_judge >> "waived",
         label=_("Price in dispute"), says=_("The metropolis has fifteen days to seize the judge.")),
    step("before_judge", deposit >> STAY, price_set >> "buying", waive >> "waived", give_up_sale >> "given_up", no_deposit >> "waived",
         label=_("Before the judge"), says=_("The judge sets the price.")),
    step("buying", deed_signed >> STAY, pay >> "acquired", not_paid >> "free",
         label=_("Purchase under way"), says=_("The deed is signed within three months, the price paid within four.")),
    end("waived", late_receipt >> "examined", label=_("Waived"), says=_("The property may be sold at the declared price for three years.")),
    end("acquired", record_use >> STAY, label=_("Acquired"), says=_("The metropolis has bought the property.")),
    end("free", label=_("Owner free to sell"), says=_("The price was not paid in time: the owner is free to sell.")),
    end("given_up", label=_("Sale given up"), says=_("The owner no longer sells.")),
    end("not_subject", label=_("Not subject to pre-emption"), says=_("The sale needs no answer.")),
    always=(note >> STAY,),
)
