"""Answering a call for a place in a harbour (candidature): sealed until the last day is over, marked by the call's criteria, answered with reasons."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    DOCUMENTS,
    STAY,
    Action,
    Contest,
    Files,
    Flow,
    Form,
    Items,
    Kept,
    Money,
    Number,
    Page,
    Party,
    Privacy,
    Profile,
    Service,
    Statement,
    Text,
    answer,
    end,
    step,
)
from oppidum.cases.declaration.privacy import PUBLIC_TASK
from oppidum.services.ecology_culture_sport.marina.application_letters import LETTERS, NOTICES
from oppidum.services.ecology_culture_sport.marina.figures import APPLICATION_FIGURES
from oppidum.services.shared.calls import CALL, CONTACT, SEALED, agreeing_marks
from oppidum.services.shared.notes import internal_note

REASONS = {"reasons": Text(_("Reasons: its marks, and those of the application that is chosen"), required=True, lines=5, longest=3000)}

opened = Action("opened", _("Open the application"), by="system")
score = Action("score", _("Record its marks"), by="act", bulk=False, tells=False, demands={
    "marks": Items(_("Marks"), row=_("Criterion"), least=1, most=8, required=True, totals=("mark",), fields={
        "criterion": Text(_("Criterion"), required=True, longest=120),
        "mark": Number(_("Weighted mark"), minimum=0, maximum=100, required=True),
        "why": Text(_("Why?"), required=True, longest=1000)}),
})
# One place, one choice: once the call has its choice, no second application can be chosen.
choose = Action("choose", _("Choose"), by="act", bulk=False, letter="chosen", when=~answer("decided").given(), demands=REASONS)
decided = Action("decided", _("The call has its choice"), by="system", tells=False, sets={"decided": True})
refuse = Action("refuse", _("Refuse"), by="act", letter="refused", demands=REASONS)
not_followed = Action("not_followed", _("The call ended without a choice"), by="system", letter="not_followed")
withdraw = Action("withdraw", _("Withdraw the application"), by=("resident", "act"))
note = internal_note()


class MarinaApplication(Service):
    """Candidature à une mise en concurrence du domaine public portuaire (CG3P, art. L2122-1-1)."""

    code = "marina-application"
    name = _("Answer a call for a place in a marina")
    owner = "ecology-culture-sport"
    says = _("A place for business in a harbour is given after a public call. See the open calls, and answer one: nobody opens your application before the last day is over.")
    words = _("call, competition, tender, candidature, AOT, place for a shop, harbour, marina")
    icon = "file-signature"
    minutes = 20
    applicants = ("company", "association", "person")
    contest = Contest("marina-occupancy", step="published", question="call", until="closes_on", opened_by="publish",
                      shows=("harbour", "where", "surface_m2", "use", "criteria"), sealed=("project", "yearly_fee", "investment", "papers"),
                      goes_on={"chosen": "choose"})
    notices, letters, figures = NOTICES, LETTERS, APPLICATION_FIGURES

    form = Form(
        Page("applicant", _("Who applies?"),
             call=CALL,
             applicant=Party(_("Applicant"), kinds=("company", "association", "person"), required=True, prefill="applicant"),
             contact=CONTACT),
        Page("offer", _("Your offer"), hint=SEALED,
             project=Text(_("Your project, criterion by criterion"), lines=8, longest=6000, required=True, private=True),
             yearly_fee=Money(_("Yearly fee that you offer"), minimum=1, required=True, private=True),
             investment=Money(_("Investment that you plan"), private=True),
             papers=Files(_("The papers that the call asks for"), accept=DOCUMENTS, most=12, largest_mb=20, required=True, private=True)),
        Page("sign", _("Confirm"),
             sincere=Statement(_("I certify that what I declare is true, and that the applicant's tax and social declarations are up to date."), required=True)),
    )
    flow = Flow(
        step("sealed", opened >> "open", not_followed >> "unanswered", withdraw >> "withdrawn", rests=True, label=_("Sealed"),
             says=_("We have your application. It is sealed until the call closes.")),
        step("open", score >> STAY, decided >> STAY, choose >> "chosen", refuse >> "refused", not_followed >> "unanswered", withdraw >> "withdrawn",
             label=_("Compared"), says=_("The applications are compared by the criteria of the call.")),
        end("chosen", label=_("Chosen"), says=_("Your application is chosen. The harbour office writes the title with you.")),
        end("refused", label=_("Not chosen"), says=_("Another application is chosen. A letter says why.")),
        end("unanswered", label=_("Without a choice"), says=_("The call ended without a choice.")),
        end("withdrawn", label=_("Withdrawn"), says=_("You have withdrawn your application.")),
        always=(note >> STAY,),
    )
    privacy = Privacy(
        purpose=_("Give places for business in the marinas after competition"), basis=PUBLIC_TASK, source="CG3P, art. L2122-1-1",
        persons=(_("applicants and their agents"),), categories=(_("identity and contact"), _("the project")),
        recipients=(_("the harbour office"),),
        retention={"chosen": Kept("P5Y", reason=_("claims on the contract")), "*": Kept("P2Y", reason=_("a refused competitor may go to court"))},
    )
    rehearsal = Profile(
        260, source="assumption: some three applications to each call (activity report 2023: 81 competitive procedures completed)",
        shares={"open.score": 0.5, "open.choose": 0.34, "open.refuse": 0.15, "open.withdraw": 0.01}, days={"open": 9},
        typical={"yearly_fee": (900_000, 2.0), "investment": (2_500_000, 2.5)}, agrees=agreeing_marks,
    )
