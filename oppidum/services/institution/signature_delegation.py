"""An order that delegates the president's signature to an officer (S51): drafted from the directory, signed, sent, published, repealed.

CGCT, art. L5211-9 (the president delegates by order, under supervision and responsibility) and L2131-1 (an order binds once it is published
and sent). Who holds which post, and what a post signs, is the directory's word (`publishing/delegating.py`); this flow says what happens
to one order.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    STAY,
    Action,
    Branch,
    Choice,
    Clock,
    Computed,
    Day,
    Flow,
    Form,
    Kept,
    Money,
    Number,
    Page,
    Privacy,
    Profile,
    Service,
    Since,
    Text,
    answer,
    dated,
    days,
    end,
    step,
)
from oppidum.cases.declaration.expressions import as_expression
from oppidum.cases.declaration.privacy import ARCHIVE, LEGAL_OBLIGATION
from oppidum.figures.declaration import Count
from oppidum.figures.sources import JOURNAL_ENTRIES, action
from oppidum.publishing.marks import DELEGATION
from oppidum.services.institution.acts import OWN_TIME
from oppidum.services.shared.notes import internal_note

TASKS = {"give": _("It gives a delegation"), "repeal": _("It only repeals one")}
SIGNS = {"president": _("letters that the president signs"), "acts": _("acts of the president: orders, decisions")}

legal_visa = Action("legal_visa", _("Legal visa"), by="act")
rewrite = Action("rewrite", _("Mend the text"), by="act", bulk=False, demands={"decision": Text(_("Text of the order"), required=True, lines=12, longest=50_000)})
sign_order = Action("sign_order", _("Sign the order"), by="body:president", sets={"series": "order"})
decline = Action("decline", _("Not signed: back to the lawyers"), by="body:president", sets={"series": ""})
abandon = Action("abandon", _("Abandon the draft"), by=("act", "system"))
act_sent = Action("act_sent", _("Sent to the prefect"), by="system")
act_received = Action("act_received", _("Received by the prefect"), by="system")
act_published = Action("act_published", _("Published"), by="system")
# From here the order counts: whoever asks who may sign is answered with it, and the order that it replaces is over on the day.
act_enforceable = Action("act_enforceable", _("Binding"), by=("system", "assign"), hands_to="delegation")
repeal = Action("repeal", _("Repealed by another order"), by="system", demands={
    "repealed_by": Text(_("By which order?"), required=True, longest=60, fact=True), "until": Day(_("It counts no longer from"), required=True, fact=True),
})
leave = Action("leave", _("The holder left the post"), by="act", hands_to="delegation", demands={"left_on": Day(_("From which day?"), required=True, latest=0, fact=True)})
run_out = Action("run_out", _("Its time is over"), by="system")
note = internal_note()


class SignatureDelegation(Service):
    """Arrêté de délégation de signature: who may sign what, from which day to which."""

    code = "signature-delegation"
    marks = (DELEGATION,)
    splits = False
    name = _("Delegation of signature")
    says = _("Ask that somebody may sign for the president: for what, up to which amount, from when. The order is drafted, signed, sent and published.")
    words = _("delegation of signature, who may sign, order, deputy, signing limit")
    owner, icon, minutes = "institution", "file-signature", 8
    applicants = ("officer",)
    form = Form(
        Page("who", _("Who signs?"),
             task=Choice(_("What is the order for?"), TASKS, required=True, fact=True),
             officer=Text(_("Account of who receives it"), hint=_("The user name at the desk."), required=True, longest=150, fact=True),
             holder=Text(_("First name and name"), required=True, longest=160, fact=True),
             quality=Text(_("Quality, as it stands above the name"), required=True, longest=160, fact=True),
             post=Text(_("Post of the directory"), hint=_("Nothing for a delegation outside the posts."), longest=80, fact=True)),
        Page("what", _("What?"),
             function=Choice(_("What may be signed?"), SIGNS, required=True, fact=True),
             services=Text(_("Codes of the services, separated by commas"), hint=_("Nothing: all."), longest=1000, fact=True),
             kinds=Text(_("Kinds of letters or series of acts, separated by commas"), hint=_("Nothing: all."), longest=300, fact=True),
             matters=Text(_("Matters of acts, as 3 or 5.4, separated by commas"), hint=_("Nothing: all."), longest=200, fact=True),
             ceiling=Money(_("Up to which amount?"), minimum=0, fact=True),
             rank=Number(_("Rank (1 signs first, 2 when the first is away)"), whole=True, minimum=1, maximum=9, required=True, fact=True),
             starts_on=Day(_("From which day?"), required=True, fact=True),
             ends_on=Day(_("Until and with"), fact=True),
             replaces=Text(_("Which order does it repeal?"), hint=_("Its number; nothing if none."), longest=60, fact=True)),
        Page("text", _("The order"),
             title=Text(_("Title"), required=True, longest=500),
             decision=Text(_("Text of the order"), required=True, lines=12, longest=50_000),
             # Delegations are regulatory orders of matter 5.5, published and sent (CGCT, art. L2131-2).
             matter=Computed(_("Matter (ACTES classification)"), value=as_expression("5.5"), as_="text"),
             is_individual=Computed(_("Does it concern named persons only?"), value=as_expression(False), as_="yes_no"),
             needs_sending=Computed(_("Is it sent to the prefect?"), value=as_expression(True), as_="yes_no")),
    )
    rules = {
        # The law sets a time for individual decisions alone (CGCT, art. L2131-1): a delegation is none.
        "sending": dated(Since("1996-02-24", days(15), source=OWN_TIME), own=True, label=_("Sent to the prefect")),
    }
    clocks = (
        Clock("sending", _("Sending to the prefect"), lasts="sending", starts="sign_order", stopped_by=("act_sent", "act_enforceable"), warns=(5, 1), source=OWN_TIME),
        Clock("term", _("End of the delegation"), lasts=days(0), when=answer("ends_on").given(), starts="act_enforceable", starts_from="ends_on", stopped_by=("repeal", "leave", "run_out"),
              silence="run_out", is_due=False, source="CGCT, art. L5211-9", verified=False),
    )
    flow = Flow(
        step("drafted", legal_visa >> "signature", rewrite >> STAY, abandon >> "abandoned", label=_("Drafted"), says=_("The lawyers read the order.")),
        step("signature", sign_order >> "signed", decline >> "drafted", abandon >> "abandoned", label=_("Waits for the president's signature"), says=_("The order is in the signature book.")),
        step("signed", act_enforceable >> Branch((answer("task").is_("repeal"), "done"), "in_force"), label=_("Signed and numbered"), says=_("The order is signed; it binds once it is published and sent.")),
        step("in_force", repeal >> "repealed", leave >> "ended", run_out >> "ended", rests=True, label=_("Delegation in force"), says=_("The holder may sign.")),
        end("repealed", label=_("Repealed"), says=_("Another order took its place.")),
        end("ended", label=_("Over"), says=_("Its time is over, or the holder left the post.")),
        end("done", label=_("Repeal in force"), says=_("The order that it repeals counts no longer.")),
        end("abandoned", label=_("Abandoned"), says=_("The draft was abandoned.")),
        always=(act_sent >> STAY, act_received >> STAY, act_published >> STAY, note >> STAY),
    )
    figures = (
        Count("signature-delegations-signed", _("Orders of delegation signed"), states="signature-delegation-orders", unit=_("orders"), owner="institution", counts=JOURNAL_ENTRIES,
              where=action("signature-delegation", "sign_order"), splits=("month",), method=_("Each order that gives or repeals a delegation of signature counts once, on the day of its signature.")),
    )
    privacy = Privacy(
        purpose=_("Say who may sign for the president, and publish it"), basis=LEGAL_OBLIGATION, source="CGCT, art. L5211-9, L2131-1",
        persons=(_("officers who sign"),), categories=(_("name and quality"), _("what they may sign")), recipients=(_("everybody"), _("the prefect")),
        retention={"*": Kept("P10Y", then=ARCHIVE, reason=_("the registers of acts are archives"), verified=False), "abandoned": "P2Y"},
    )
    rehearsal = Profile(
        400, source="activity report 2023, line 6402: 400 new orders written for the reorganisation",
        shares={"drafted.legal_visa": 0.98, "drafted.abandon": 0.02, "signature.sign_order": 0.99, "signature.decline": 0.01, "signed.act_enforceable": 1.0, "in_force.leave": 0.02},
        days={"drafted": 3, "signature": 2, "signed": 3, "in_force": 900},
        answers={"task": {"give": 0.9, "repeal": 0.1}, "ends_on": {None: 1.0}, "rank": {1: 0.8, 2: 0.2}}, ahead=6,
    )
