"""An act of the assembly (S50): a report drafted by a directorate, seen by the lawyers and the general director, decided by the council or
the bureau, or signed by the president by delegation; then numbered, sent, published. CGCT, art. L2121-10 ff, L2131-1 ff, L5211-9, L5211-10.

The body's votes, numbers and transmissions are the room `bodies`; this flow says what happens to the draft around them.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from oppidum.bodies.matters import MATTERS
from oppidum.cases.declaration import (
    PAPERS,
    Action,
    Branch,
    Choice,
    Clock,
    Files,
    Flow,
    Form,
    Kept,
    Page,
    Privacy,
    Service,
    Since,
    Text,
    YesNo,
    answer,
    dated,
    end,
    step,
)
from oppidum.cases.declaration.privacy import ARCHIVE, LEGAL_OBLIGATION
from oppidum.cases.declaration.profile import Profile
from oppidum.core.calendar import days
from oppidum.services.institution.acts_figures import FIGURES

KINDS = {"deliberation": _("Deliberation"), "decision": _("Decision of the president, by delegation"), "order": _("Order of the president")}
BODIES = {"council": _("Council"), "bureau": _("Bureau")}
kind, body = answer("kind"), answer("body")
OWN_TIME = "Délai interne"

NOTE = Text(_("Report: what is proposed, why, at what cost"), hint=_("Becomes the explanatory note (CGCT, art. L2121-12)."), required=True, lines=10, longest=8000)
DECISION = Text(_("Text of the decision"), hint=_("Article by article, as it will be signed."), required=True, lines=8, longest=50_000)
REMARKS = Text(_("What has to be changed?"), required=True, lines=3, longest=2000, private=True)

# The way of the draft.
resubmit = Action("resubmit", _("Submit again"), by="act", demands={"note": NOTE, "decision": DECISION})
legal_visa = Action("legal_visa", _("Legal visa"), by="act")
legal_remarks = Action("legal_remarks", _("Back to the author"), by="act", demands={"remarks": REMARKS})
dgs_visa = Action("dgs_visa", _("Visa of the general director"), by="assign")
dgs_remarks = Action("dgs_remarks", _("Back to the author"), by="assign", demands={"remarks": REMARKS})
abandon = Action("abandon", _("Abandon the draft"), by="assign")

# The decision. The first action of a body is taken when the item is carried, the second when it is rejected.
adopt = Action("adopt", _("Adopted by the council"), by="body:council")
reject = Action("reject", _("Rejected by the council"), by="body:council")
adopt_bureau = Action("adopt_bureau", _("Adopted by the bureau"), by="body:bureau")
reject_bureau = Action("reject_bureau", _("Rejected by the bureau"), by="body:bureau")
sign_decision = Action("sign_decision", _("Sign the decision"), by="body:president", when=kind.is_("decision"), sets={"series": "decision"})
sign_order = Action("sign_order", _("Sign the order"), by="body:president", when=kind.is_("order"), sets={"series": "order"})
decline = Action("decline", _("Not signed: back to the author"), by="body:president", sets={"series": ""})
take_back = Action("take_back", _("Take it back before the vote"), by="assign")

# What becomes of the act: the room of the bodies takes these by itself.
act_sent = Action("act_sent", _("Sent to the prefect"), by="system")
act_received = Action("act_received", _("Received by the prefect"), by="system")
act_published = Action("act_published", _("Published"), by="system")
act_notified = Action("act_notified", _("Notified"), by="system")
act_enforceable = Action("act_enforceable", _("Binding"), by=("system", "assign"))
note = Action("note", _("Add an internal note"), by=("act", "note"), tells=False, demands={
    "note_on_it": Text(_("Internal note"), required=True, lines=3, longest=5000, private=True),
})

FLOW = Flow(
    step("legal_review", legal_visa >> "general_review", legal_remarks >> "draft", abandon >> "abandoned",
         label=_("Legal review"), says=_("The lawyers read the draft.")),
    step("draft", resubmit >> "legal_review", abandon >> "abandoned",
         label=_("To be mended by its author"), says=_("The draft is back with its author.")),
    step("general_review", dgs_visa >> Branch((kind.is_("deliberation") & body.is_("bureau"), "bureau"), (kind.is_("deliberation"), "council"), "signature"),
         dgs_remarks >> "draft", abandon >> "abandoned",
         label=_("Visa of the general director"), says=_("The general director reads the draft.")),
    step("council", adopt >> "decided", reject >> "rejected", take_back >> "draft",
         label=_("Waits for the council"), says=_("The draft waits for the agenda of the council.")),
    step("bureau", adopt_bureau >> "decided", reject_bureau >> "rejected", take_back >> "draft",
         label=_("Waits for the bureau"), says=_("The draft waits for the agenda of the bureau.")),
    step("signature", sign_decision >> "decided", sign_order >> "decided", decline >> "draft", take_back >> "draft",
         label=_("Waits for the president's signature"), says=_("The draft is in the signature book.")),
    step("decided", act_enforceable >> "in_force",
         label=_("Signed and numbered"), says=_("The act is signed; it binds once it is published and sent.")),
    end("in_force", label=_("Binding"), says=_("The act is published and binding.")),
    end("rejected", label=_("Rejected"), says=_("The assembly did not adopt it.")),
    end("abandoned", label=_("Abandoned"), says=_("The draft was abandoned.")),
    always=(act_sent >> "<stay>", act_received >> "<stay>", act_published >> "<stay>", act_notified >> "<stay>", note >> "<stay>"),
)


class AssemblyAct(Service):
    """Acte de l'assemblée: délibération, décision, arrêté, from its draft to the day from which it binds."""

    code = "assembly-act"
    splits = False  # an act is numbered for itself
    name = _("Act of the assembly")
    says = _("Draft a deliberation, a decision or an order: it is read, put on an agenda, voted or signed, numbered, sent and published.")
    words = _("deliberation, order, decision, report, council, bureau, signature")
    owner, icon, minutes = "institution", "scale", 15
    applicants = ("officer",)
    flow, figures = FLOW, FIGURES
    form = Form(
        Page("act", _("The act"),
             kind=Choice(_("What is it?"), KINDS, required=True),
             body=Choice(_("Who decides?"), BODIES, when=kind.is_("deliberation"), required=True),
             delegation=Text(_("Which deliberation delegates it to the president?"), hint=_("Number and article (CGCT, art. L5211-10)."), when=kind.is_("decision"), required=True, longest=200),
             title=Text(_("Title"), required=True, longest=500),
             directorate=Text(_("Directorate that drafts it"), required=True, longest=200),
             matter=Choice(_("Matter (ACTES classification)"), {code: f"{code} {name}" for code, name in MATTERS.items()}, required=True),
             is_individual=YesNo(_("Does it concern named persons only?"), hint=_("It is then notified to them, not published."), required=True),
             needs_sending=YesNo(_("Is it one of the acts sent to the prefect?"), hint=_("Deliberations are, but road and parking tariffs; orders of traffic police are not (CGCT, art. L2131-2)."), required=True)),
        Page("text", _("The text"), note=NOTE, decision=DECISION,
             annexes=Files(_("Annexes"), hint=_("PDF or pictures: they are printed with the act and sent to the prefect with it."), accept=PAPERS, most=20, largest_mb=20)),
        Page("budget", _("The budget"),
             budget_year=Text(_("Budget year"), hint=_("2027, or 2027/2028; nothing if it costs nothing."), longest=9),
             budget_name=Text(_("Budget"), when=answer("budget_year").given(), required=True, longest=120)),
    )
    rules = {
        # The law sets a time for individual decisions alone; the others bind once they are published and sent, whenever that is.
        "sending": dated(Since("1996-02-24", days(15), source="CGCT, art. L2131-1", verified=True), label=_("Sending of an individual decision to the prefect")),
        "sending_others": dated(Since("1996-02-24", days(15), source=OWN_TIME), own=True, label=_("Sending of another act to the prefect")),
    }
    clocks = (
        SENDING := Clock("sending", _("Sending to the prefect"), lasts="sending", when=answer("is_individual").is_(True), starts=("sign_decision", "sign_order"),
                         stopped_by=("act_sent", "act_enforceable"), warns=(5, 1), source="CGCT, art. L2131-1", verified=True),
        replace(SENDING, name="sending_others", lasts="sending_others", when=~answer("is_individual").is_(True), source=OWN_TIME, verified=False),
    )
    retention = "P10Y"
    privacy = Privacy(
        purpose=_("Prepare, decide and publish the acts of the authority"), basis=LEGAL_OBLIGATION, source="CGCT, art. L2121-9 ff, L2131-1",
        persons=(_("councillors"), _("officers"), _("persons named in individual acts")), categories=(_("identity"), _("votes"), _("content of the act")),
        recipients=(_("the prefect"), _("everybody, for acts of general scope")),
        # Deliberations and orders are kept for ever: the registers are public archives.
        retention={"in_force": Kept("P10Y", then=ARCHIVE, reason=_("the registers of acts are archives"), verified=False), "*": "P2Y"},
    )
    rehearsal = Profile(
        per_year=3118, source="Rapport d'activité 2023: 2 410 délibérations (dont celles des aides et subventions), 489 arrêtés, 1 324 décisions; 5 conseils, 7 bureaux. "
        "Hypothèses: quelque 710 délibérations naissent des aides et subventions, comme dans l'année vécue; 392 des arrêtés sont des délégations de signature (signature-delegation)",
        months=(0.6, 1.0, 1.4, 0.9, 1.0, 1.5, 0.7, 0.3, 1.2, 1.3, 1.2, 0.9),
        shares={"draft.resubmit": 1.0, "legal_review.legal_visa": 0.88, "legal_review.legal_remarks": 0.12, "general_review.dgs_visa": 0.95, "general_review.dgs_remarks": 0.05,
                "council.adopt": 0.99, "council.reject": 0.01, "bureau.adopt_bureau": 0.99, "bureau.reject_bureau": 0.01,
                "signature.decline": 0.01, "signature.sign_decision": 0.72, "signature.sign_order": 0.27},
        days={"legal_review": 4, "draft": 3, "general_review": 2, "council": 18, "bureau": 14, "signature": 3, "decided": 3},
        answers={"kind": {"deliberation": 1697, "decision": 1324, "order": 97}, "body": {"council": 0.55, "bureau": 0.45},
                 "is_individual": {"yes": 0.02, "no": 0.98}, "needs_sending": {"yes": 1.0}}, ahead=48,
    )
