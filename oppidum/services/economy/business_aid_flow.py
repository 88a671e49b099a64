"""The way of an aid to a business: completeness, report, committee, vote, agreement, payment, jobs.

Whoever proposes or votes an amount is held against the ceiling of the day: what we gave, what others gave, and this.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    STAY,
    Action,
    Day,
    Flow,
    Ineligible,
    Money,
    Number,
    Text,
    answer,
    end,
    rule,
    step,
)
from oppidum.cases.declaration.opinions import joined
from oppidum.services.economy.business_aid_form import declared
from oppidum.services.shared import papers
from oppidum.services.shared.notes import internal_note

PAPERS = {"accounts": _("accounts of the last year"), "quotes": _("quotes"), "bank": _("bank details"), "aids": _("letters of the aids of three years"), "lease": _("lease or promise of sale")}
requested, threshold, ceiling = answer("requested"), rule("committee_above"), rule("ceiling")
REASONS = {"reasons": Text(_("Reasons, in law and in fact"), required=True, lines=4, longest=4000)}
PROPOSED = {"proposed": Money(_("Amount proposed"), required=True, minimum=1, fact=True, prefill="requested")}
GRANTED = {"granted": Money(_("Amount granted"), required=True, minimum=1, fact=True, prefill="proposed")}
PAID = {"paid": Money(_("Amount paid"), required=True, minimum=1), "paid_on": Day(_("Paid on"), latest=0, required=True, fact=True)}


def within(amount):
    """The ceiling of de minimis aid, for the amount that the act names (Regulation (EU) 2023/2831, art. 3)."""
    return (Ineligible(answer("had") + declared + answer(amount) > ceiling,
                       _("The European ceiling of de minimis aid over three years would be passed: the business had {had} from us, besides what it declares."),
                       _("Name a smaller amount, or wait until the oldest aid is three years old.")),)


complete = Action("complete", _("Declare the file complete"), by="act")
ask_papers = papers.ask_papers(PAPERS)
papers_in = papers.papers_in(required=True)
withdraw = Action("withdraw", _("Withdraw the request"), by=("resident", "act"))
propose_small = Action("propose_small", _("Propose to the bureau"), by="act", when=requested <= threshold, demands=PROPOSED, barred=within("proposed"))
propose = Action("propose", _("Propose to the committee"), by="act", asks=("finance", "committee"), when=requested > threshold, demands=PROPOSED, barred=within("proposed"))
to_council = Action("to_council", _("The committee has given its opinion"), by=("system", "act"), when=joined("finance", "committee"))
grant_bureau = Action("grant_bureau", _("Granted by the bureau"), by="body:bureau", demands=GRANTED, barred=within("granted"))
refuse_bureau = Action("refuse_bureau", _("Refused by the bureau"), by="body:bureau")
grant = Action("grant", _("Granted by the council"), by="body:council", demands=GRANTED, barred=within("granted"))
refuse = Action("refuse", _("Refused by the council"), by="body:council")
refuse_now = Action("refuse_now", _("Refuse without a vote: the conditions are not met"), by="assign", letter="refusal", demands=REASONS)
tell_refusal = Action("tell_refusal", _("Send the refusal"), by="act", letter="refusal", demands=REASONS)
act_enforceable = Action("act_enforceable", _("The deliberation binds"), by=("system", "assign"))
notify = Action("notify", _("Notify the aid"), by="act", letter="notification")
prepare_agreement = Action("prepare_agreement", _("Send the agreement to be signed"), by="act", letter="agreement")
sign_agreement = Action("sign_agreement", _("The agreement is signed by both"), by="act", letter="notification", demands={
    "signed_on": Day(_("Signed on"), latest=0, required=True, fact=True),
})
registered = Action("registered", _("Entered in the register of de minimis aid"), by="act", tells=False)
pay_part = Action("pay_part", _("Record a payment"), by=("act", "money"), demands=PAID)
pay_last = Action("pay_last", _("Record the last payment"), by=("act", "money"), demands=PAID)
jobs_unknown = Action("jobs_unknown", _("The three years are over: the jobs are asked for"), by="system", letter="jobs")
tell_jobs = Action("tell_jobs", _("Say how many jobs were made"), by=("resident", "act"), demands={
    "jobs_made": Number(_("Jobs made"), whole=True, minimum=0, maximum=5_000, required=True, fact=True),
})
announce = Action("announce_claim", _("Announce that the aid will be claimed back"), by="assign", letter="announcement", demands=REASONS | {
    "remarks_by": Day(_("Remarks of the business by"), earliest=15, required=True),
})
claim_back = Action("claim_back", _("Claim the aid back"), by="assign", letter="claim", demands=REASONS | {"claimed": Money(_("Amount claimed back"), required=True, minimum=1, fact=True)})
keep = Action("keep_aid", _("Leave the aid as it is"), by="assign")
note = internal_note()
STOP = (ask_papers >> "incomplete", withdraw >> "withdrawn")

FLOW = Flow(
    step("filed", complete >> "review", *STOP, refuse_now >> "refused", label=_("Completeness"), says=_("We check that your file is complete.")),
    papers.incomplete(papers_in >> "filed", papers.abandon >> "abandoned", withdraw >> "withdrawn"),
    step("review", propose_small >> "bureau", propose >> "committee", *STOP, refuse_now >> "refused", label=_("Review"), says=_("We examine your project with you and write the report.")),
    step("committee", to_council >> "council", joined="to_council", label=_("Before the committee"), says=_("The committee for economic commitments gives its opinion.")),
    step("bureau", grant_bureau >> "voted_small", refuse_bureau >> "refusing", label=_("Waits for the bureau"), says=_("The bureau votes on your request in its next sitting.")),
    step("council", grant >> "voted", refuse >> "refusing", label=_("Waits for the council"), says=_("The council votes on your request in its next sitting.")),
    step("refusing", tell_refusal >> "refused", label=_("Refused, to be notified"), says=_("Your request was refused; a letter follows.")),
    step("voted_small", act_enforceable >> STAY, registered >> STAY, notify >> "payment", label=_("Voted, to be notified"), says=_("Your aid was voted; the letter follows.")),
    step("voted", act_enforceable >> STAY, registered >> STAY, prepare_agreement >> "signing", label=_("Voted"), says=_("Your aid was voted. We prepare the agreement.")),
    step("signing", sign_agreement >> "payment", prepare_agreement >> STAY, registered >> STAY, label=_("Agreement to be signed"), says=_("Sign the agreement and send it back.")),
    step("payment", pay_part >> STAY, pay_last >> "working", registered >> STAY, announce >> "claiming", label=_("To be paid"), says=_("Your aid is paid as it was agreed.")),
    step("working", tell_jobs >> "closed", jobs_unknown >> STAY, registered >> STAY, announce >> "claiming",
         rests=True, label=_("Paid, jobs followed"), says=_("Tell us within three years how many jobs were made.")),
    step("claiming", claim_back >> "claimed", keep >> "working", jobs_unknown >> STAY, registered >> STAY, label=_("Claim announced"), says=_("You may send your remarks before we decide.")),
    end("closed", label=_("Closed")), end("refused", label=_("Refused")), end("withdrawn", label=_("Withdrawn")), end("claimed", label=_("Claimed back")),
    end("abandoned", label=_("Closed without papers")),
    always=(note >> STAY,),
)
DECIDED = ("grant", "grant_bureau", "refuse", "refuse_bureau", "refuse_now", "withdraw", "abandon")
