"""Answering an innovation call: sealed until the last day is over, scored by each juror, met by the one who has the need."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    DOCUMENTS,
    PUBLIC_TASK,
    STAY,
    Action,
    Choice,
    Computed,
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
    Since,
    Statement,
    Text,
    answer,
    dated,
    end,
    items,
    rule,
    step,
)
from oppidum.services.economy.innovation_call import MEETING
from oppidum.services.economy.innovation_data import agreeing_scores, agreeing_solution
from oppidum.services.economy.innovation_texts import ANSWER_FIGURES, ANSWER_LETTERS, ANSWER_NOTICES, MATURITY
from oppidum.services.shared.calls import CALL, CONTACT, SEALED
from oppidum.services.shared.notes import internal_note

marks = items("marks")
opened = Action("opened", _("Open the answer"), by="system")
score = Action("score", _("Record the scores of the jury"), by="act", bulk=False, tells=False, demands={
    "marks": Items(_("Scores"), row=_("Juror"), least=2, most=15, required=True, fields={
        "juror": Text(_("Juror"), required=True, longest=80, private=True),
        "mark": Number(_("Score"), unit="/ 20", minimum=0, maximum=20, required=True),
        "why": Text(_("Why?"), required=True, longest=600),
    }),
    "score": Computed(_("Mean of the jury"), value=marks.sum(answer("mark")) / marks.count(), fact=True),
})
choose = Action("choose", _("Invite it to meet"), by="act", when=answer("score") >= rule("least_score"))
invited = Action("invited", _("The meeting has its day"), by="system", letter="invitation", demands=MEETING)
agree = Action("agree", _("A trial is agreed"), by="act", bulk=False, letter="agreed")
decline = Action("decline", _("Not chosen"), by="act", letter="declined", demands={"reasons": Text(_("Why? The firm reads it."), required=True, lines=4, longest=3000)})
left_over = Action("left_over", _("The call went to another solution"), by="system", letter="left_over")
not_followed = Action("not_followed", _("The call ended without a choice"), by="system", letter="not_followed")
withdraw = Action("withdraw", _("Withdraw the answer"), by=("resident", "act"))
note = internal_note()
OVER = (not_followed >> "unanswered", withdraw >> "withdrawn")


class InnovationAnswer(Service):
    """Réponse à un appel à solutions de la plateforme de l'innovation."""

    code = "innovation-answer"
    name = _("Answer an innovation call")
    owner = "economy"
    says = _("See the needs that are open now, and propose your solution. Nobody reads it before the call closes; a jury scores it, and you meet who has the need.")
    words = _("innovation, solution, start-up, call, challenge, pitch, trial")
    icon = "lightbulb"
    minutes = 15
    applicants = ("company", "association", "person")
    contest = Contest("innovation-call", step="published", question="call", until="closes_on", opened_by="publish",
                      shows=("title", "theme", "need", "ground", "budget", "criteria"), sealed=("solution", "price", "papers"), goes_on={"agreed": "agreed"})
    letters, notices, figures = ANSWER_LETTERS, ANSWER_NOTICES, ANSWER_FIGURES
    rules = {
        "least_score": dated(Since("2023-01-01", 10, source="Règlement de la plateforme de l'innovation"), own=True, label=_("Least mean of the jury to be invited"), unit="/ 20"),
    }

    form = Form(
        Page("firm", _("Who answers?"),
             call=CALL,
             firm=Party(_("Who answers?"), kinds=("company", "association", "person"), required=True, prefill="applicant"),
             contact=CONTACT),
        Page("solution", _("Your solution"), hint=SEALED,
             solution=Text(_("Your solution, criterion by criterion"), lines=8, longest=6000, required=True, private=True),
             maturity=Choice(_("How far is it?"), MATURITY, required=True, fact=True),
             price=Money(_("Price of a trial, without VAT"), minimum=0, required=True, private=True),
             papers=Files(_("Presentation, references"), accept=DOCUMENTS, most=6, largest_mb=20, private=True)),
        Page("sign", _("Confirm"), sincere=Statement(_("I certify that what I declare is true, and that the solution is ours to offer."), required=True)),
    )
    flow = Flow(
        step("sealed", opened >> "open", *OVER, rests=True, label=_("Sealed"), says=_("We have your answer. It is sealed until the call closes.")),
        step("open", score >> STAY, choose >> "chosen", decline >> "declined", left_over >> "declined", *OVER,
             label=_("Before the jury"), says=_("The jury scores the answers by the criteria of the call.")),
        step("chosen", invited >> STAY, agree >> "agreed", decline >> "declined", left_over >> "declined", *OVER,
             label=_("Chosen to meet"), says=_("The jury chose your answer: you meet who has the need on the day that you are told.")),
        end("agreed", label=_("Trial agreed"), says=_("A trial of your solution is agreed.")),
        end("declined", label=_("Not chosen"), says=_("Another solution is tried. A letter says why.")),
        end("unanswered", label=_("Without a choice"), says=_("The call ended without a choice.")),
        end("withdrawn", label=_("Withdrawn"), says=_("You have withdrawn your answer.")),
        always=(note >> STAY,),
    )
    privacy = Privacy(
        purpose=_("Publish needs for innovation and bring them together with solutions"), basis=PUBLIC_TASK, source="CGCT, art. L5217-2",
        persons=(_("those who follow a need or an answer"), _("jurors")), categories=(_("identity and contact"), _("the solution"), _("scores")),
        recipients=(_("the innovation team"), _("the jury"), _("who has the need")),
        retention={"*": Kept("P5Y", reason=_("the account of the calls"), verified=False)},
    )
    rehearsal = Profile(
        560, source="assumption: some five answers to each of the 113 calls (activity report 2023, line 1762)",
        shares={"open.score": 0.96, "open.choose": 0.45, "open.decline": 0.3, "open.withdraw": 0.01, "chosen.agree": 0.4, "chosen.decline": 0.2},
        days={"open": 9, "chosen": 30}, answers={"maturity": {"idea": 0.2, "prototype": 0.35, "tried": 0.3, "sold": 0.15}}, typical={"price": (1_800_000, 1.7)},
        fits=agreeing_solution, agrees=agreeing_scores,
    )
