"""The way of a grant to an association: from its completeness to its account. Loi 2000-321, art. 9-1, 10 and 10-1.

Above the threshold of the agreement the committee gives its opinion and the council decides; up to it the bureau decides on the report
alone. What is voted above the threshold is paid under an agreement signed by both.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Action, Branch, Day, Files, Flow, Money, Number, Text, answer, end, rule, step
from oppidum.cases.declaration.fields import DOCUMENTS
from oppidum.cases.declaration.opinions import joined
from oppidum.services.shared import papers
from oppidum.services.shared.notes import internal_note
from oppidum.services.support.association_grant_texts import PAPERS

requested, granted, threshold = answer("requested"), answer("granted"), rule("agreement_above")
REASONS = {"reasons": Text(_("Reasons, in law and in fact"), required=True, lines=4, longest=4000)}
GRANTED = {"granted": Money(_("Amount granted, for a year"), required=True, minimum=1, fact=True, prefill="proposed")}
PAID = {"paid": Money(_("Amount paid"), required=True, minimum=1), "paid_on": Day(_("Paid on"), latest=0, required=True, fact=True)}

complete = Action("complete", _("Declare the file complete"), by="act")
ask_papers = papers.ask_papers(PAPERS)
papers_in = papers.papers_in(required=True)
withdraw = Action("withdraw", _("Withdraw the request"), by=("resident", "act"))
ask_opinions = Action("ask_opinions", _("Ask for the opinions"), by="act", asks=("directorate", "territory", "finance"))
opinions_in = Action("opinions_in", _("The opinions are in"), by=("system", "act"), when=joined("directorate", "territory", "finance"))
propose_small = Action("propose_small", _("Propose to the bureau"), by="act", when=requested <= threshold, demands={
    "proposed": Money(_("Amount proposed, for a year"), required=True, minimum=1, fact=True),
})
propose = Action("propose", _("Propose to the committee and the council"), by="act", asks=("committee",), when=requested > threshold, demands={
    "proposed": Money(_("Amount proposed, for a year"), required=True, minimum=1, fact=True),
})
to_council = Action("to_council", _("Opinion of the committee given"), by=("system", "act"), when=joined("committee"))
grant_bureau = Action("grant_bureau", _("Granted by the bureau"), by="body:bureau", demands=GRANTED)
refuse_bureau = Action("refuse_bureau", _("Refused by the bureau"), by="body:bureau")
grant = Action("grant", _("Granted by the council"), by="body:council", demands=GRANTED)
refuse = Action("refuse", _("Refused by the council"), by="body:council")
refuse_now = Action("refuse_now", _("Refuse without a vote: the conditions are not met"), by="assign", letter="refusal", demands=REASONS)
tell_refusal = Action("tell_refusal", _("Send the refusal"), by="act", letter="refusal", demands=REASONS)

act_enforceable = Action("act_enforceable", _("The deliberation binds"), by=("system", "assign"))
notify = Action("notify", _("Notify the grant"), by="act", letter="notification", demands={
    "instalments": Number(_("In how many payments?"), required=True, whole=True, minimum=1, maximum=6, fact=True),
    "pay_from": Day(_("First payment on"), required=True, fact=True), "pay_until": Day(_("Last payment on"), required=True, fact=True),
})
prepare_agreement = Action("prepare_agreement", _("Send the agreement to be signed"), by="act", letter="agreement", demands=notify.demands)
sign_agreement = Action("sign_agreement", _("The agreement is signed by both"), by="act", letter="notification", demands={
    "signed_on": Day(_("Signed on"), latest=0, required=True, fact=True),
})
pay_part = Action("pay_part", _("Record a payment"), by=("act", "money"), demands=PAID)
pay_last = Action("pay_last", _("Record the last payment"), by=("act", "money"), demands=PAID | {
    "year_ends_on": Day(_("Last day of the year for which it was granted"), required=True, fact=True),
})
remind_report = Action("remind_report", _("Remind the association of its financial report"), by="system")
report_late = Action("report_late", _("The financial report is late"), by="system", letter="reminder")
send_report = Action("send_report", _("Send the financial report"), by=("resident", "act"), demands={
    "report": Files(_("Financial report (Cerfa 15059) and activity report"), accept=DOCUMENTS, most=6, required=True),
    "spent": Money(_("Spent on the project"), required=True, minimum=0),
})
accept_report = Action("accept_report", _("The grant was used as agreed"), by="act")
next_year = Action("next_year", _("Go on with the next year"), by="act", when=answer("multi_year").is_(True))
announce = Action("announce_withdrawal", _("Announce that the grant will be claimed back"), by="assign", letter="announcement", demands=REASONS | {
    "remarks_by": Day(_("Remarks of the association by"), earliest=15, required=True),
})
claim_back = Action("claim_back", _("Withdraw the grant"), by="assign", letter="withdrawal", demands=REASONS | {
    "claimed": Money(_("Amount claimed back"), required=True, minimum=1, fact=True),
})
keep = Action("keep_grant", _("Leave the grant as it is"), by="assign")
note = internal_note()
BACK_TO_CLAIM = (announce >> "withdrawing",)

FLOW = Flow(
    step("filed", complete >> "review", ask_papers >> "incomplete", withdraw >> "withdrawn",
         label=_("Completeness"), says=_("We check that your file is complete.")),
    step("incomplete", papers_in >> "filed", papers.abandon >> "closed", waits=60, then="abandon",
         label=_("Papers missing"), says=_("Papers are missing: send them from this page."), pauses=True),
    step("review", ask_opinions >> "opinions", ask_papers >> "incomplete", refuse_now >> "refused", withdraw >> "withdrawn",
         label=_("Review"), says=_("We examine your request.")),
    step("opinions", opinions_in >> "report", joined="opinions_in",
         label=_("Opinions asked for"), says=_("The departments concerned give their opinions.")),
    step("report", propose_small >> "bureau", propose >> "committee", refuse_now >> "refused",
         label=_("Report to be written"), says=_("We write the report on your request.")),
    step("committee", to_council >> "council", joined="to_council",
         label=_("Before the committee"), says=_("The committee for grants gives its opinion.")),
    step("bureau", grant_bureau >> "voted", refuse_bureau >> "refusing",
         label=_("Waits for the bureau"), says=_("The bureau votes on your request in its next sitting.")),
    step("council", grant >> "voted", refuse >> "refusing",
         label=_("Waits for the council"), says=_("The council votes on your request in its next sitting.")),
    step("refusing", tell_refusal >> "refused", label=_("Refused, to be notified"), says=_("Your request was refused; a letter follows.")),
    step("voted", act_enforceable >> Branch((granted > threshold, "agreement"), "granted"),
         label=_("Voted"), says=_("Your grant was voted. It can be paid once the deliberation is published and sent to the prefect.")),
    step("agreement", prepare_agreement >> "signing", label=_("Agreement to be prepared"), says=_("We prepare the agreement.")),
    step("signing", sign_agreement >> "payment", prepare_agreement >> "signing", label=_("Agreement to be signed"), says=_("Sign the agreement and send it back.")),
    step("granted", notify >> "payment", label=_("To be notified"), says=_("Your grant is voted; the letter follows.")),
    step("payment", pay_part >> "<stay>", pay_last >> "report_due", *BACK_TO_CLAIM,
         label=_("To be paid"), says=_("Your grant will be paid within sixty days, or on the days that were agreed.")),
    step("report_due", send_report >> "report_in", remind_report >> "<stay>", report_late >> "report_missing", *BACK_TO_CLAIM,
         label=_("Financial report awaited"), says=_("Send the financial report within six months of the end of the year.")),
    step("report_missing", send_report >> "report_in", remind_report >> "<stay>", *BACK_TO_CLAIM, label=_("Financial report late"), says=_("Your financial report is late: send it now.")),
    step("report_in", accept_report >> "closed", next_year >> "payment", *BACK_TO_CLAIM, label=_("Financial report received"), says=_("We read your financial report.")),
    step("withdrawing", claim_back >> "claimed", keep >> "report_due", remind_report >> "<stay>", report_late >> "<stay>", label=_("Withdrawal announced"), says=_("You may send your remarks before we decide.")),
    end("closed", label=_("Closed")), end("refused", label=_("Refused")), end("withdrawn", label=_("Withdrawn")), end("claimed", label=_("Grant withdrawn")),
    always=(note >> "<stay>",),
)
DECIDED = ("grant", "grant_bureau", "refuse", "refuse_bureau", "refuse_now", "withdraw", "abandon")
