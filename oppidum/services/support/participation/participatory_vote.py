"""A project that residents propose and put to their vote (S07): answers an open call, studied, voted on, chosen within the budget or not."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    DOCUMENTS,
    PUBLIC_TASK,
    STAY,
    Action,
    Branch,
    Choice,
    Contact,
    Contest,
    Files,
    Flow,
    Form,
    Kept,
    Money,
    Number,
    Page,
    Party,
    Place,
    Privacy,
    Profile,
    Reference,
    Service,
    Text,
    YesNo,
    answer,
    end,
    step,
)
from oppidum.services.shared.notes import internal_note
from oppidum.services.support.participation.participatory_texts import FIGURES, NOTICES, THEMES, UNFIT
from oppidum.voting.marks import PROPOSAL

retain = Action("retain", _("It can be done: retain it for the vote"), by="act", bulk=False, demands={
    "cost": Money(_("What does it cost, all in?"), minimum=100, required=True, fact=True),
    "ballot_text": Text(_("The project in a few sentences, as voters read it"), hint=_("Agreed with who proposed it. Name no private person."), required=True, lines=5, longest=1200),
})
refuse = Action("refuse", _("It can't be put to the vote"), by="act", demands={
    "unfit": Choice(_("Why?"), UNFIT, required=True, fact=True),
    "reasons": Text(_("Reasons, for who proposed it"), required=True, lines=3, longest=2000),
})
put_to_vote = Action("put_to_vote", _("It is put to the vote"), by="system")
# The room `voting` says the count; the result follows from it and the budget.
counted = Action("counted", _("Enter its votes, counted on paper"), by=("system", "act"), bulk=False, demands={
    "votes": Number(_("Votes"), whole=True, minimum=0, required=True, fact=True),
    "is_chosen": YesNo(_("Chosen within the budget?"), required=True, fact=True),
})
proclaimed = Action("proclaimed", _("The result is proclaimed"), by="system")
given_up = Action("given_up", _("The call is given up"), by="system")
withdraw = Action("withdraw", _("Withdraw the project"), by=("resident", "act"))
note = internal_note()


class ParticipatoryVote(Service):
    """Projet proposé par des habitants et soumis à leur vote (budget participatif)."""

    code = "participatory-vote"
    name = _("Participatory budget: propose and vote")
    owner = "support"
    says = _("Propose a project for your neighbourhood while a call is open, and vote for those of others: each resident votes once, in secret, and everybody can count again.")
    words = _("participatory budget, vote, project, neighbourhood, idea, ballot, result")
    icon, minutes = "vote", 8
    applicants = ("person", "association")
    marks = (PROPOSAL,)
    notices, figures = NOTICES, FIGURES
    contest = Contest("participatory-call", step="proposals", question="call", until="proposals_until", opened_by="open_call", shows=("title", "subject", "budget", "least_age"))

    form = Form(
        Page("project", _("Your project"),
             call=Reference(_("For which call?"), to="case", required=True, hint=_("Its code stands on the page of the call: ten signs.")),
             title=Text(_("Its name"), hint=_("A few words, as voters will read them."), required=True, longest=90, fact=True),
             theme=Choice(_("What is it about?"), THEMES, required=True, fact=True),
             project=Text(_("What would change, and for whom?"), required=True, lines=7, longest=3000),
             where=Place(_("Where?"), hint=_("Nothing if it is for everywhere.")),
             papers=Files(_("Photographs, sketches"), accept=DOCUMENTS, most=4, largest_mb=15)),
        Page("who", _("Who proposes it?"),
             proposer=Party(_("Who proposes it?"), kinds=("person", "association"), required=True, prefill="applicant"),
             contact=Contact(_("How do we reach you?"), needs=("email",), required=True, prefill="contact")),
    )
    flow = Flow(
        step("received", retain >> "retained", refuse >> "unfit", given_up >> "given_up", put_to_vote >> "not_ready", withdraw >> "withdrawn",
             label=_("Under study"), says=_("The departments look at whether it can be done, and at what cost.")),
        step("retained", refuse >> "unfit", given_up >> "given_up", put_to_vote >> "on_ballot", withdraw >> "withdrawn",
             rests=True, label=_("Retained for the vote"), says=_("It can be done; residents will vote on it.")),
        step("on_ballot", counted >> STAY, proclaimed >> Branch((answer("is_chosen").is_(True), "chosen"), "not_chosen"), given_up >> "given_up",
             waits=400, then="given_up", rests=True, label=_("Put to the vote"), says=_("Residents vote on it with the others.")),
        end("chosen", label=_("Chosen"), says=_("Residents chose it: it is done.")),
        end("not_chosen", label=_("Not chosen"), says=_("Other projects had more votes, or it no longer fitted the budget.")),
        end("unfit", label=_("Not put to the vote"), says=_("It can't be done as it is; the reasons stand here.")),
        end("not_ready", label=_("Not ready for this vote"), says=_("Its study was not done when the vote was announced.")),
        end("given_up", label=_("Call given up"), says=_("The call was given up.")),
        end("withdrawn", label=_("Withdrawn"), says=_("You have withdrawn it.")),
        always=(note >> STAY,),
    )
    privacy = Privacy(
        purpose=_("Let residents propose projects and decide by their vote"), basis=PUBLIC_TASK, source="CGCT, art. L5217-2",
        persons=(_("who proposes a project"),), categories=(_("identity and contact"), _("the project")), recipients=(_("everybody, for the project"), _("the departments that study it")),
        retention={"*": Kept("P5Y", reason=_("the account of the vote"), verified=False)},
    )
    rehearsal = Profile(
        90, source="assumption: three calls with some thirty projects each, the last of them in late summer",
        months=(1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0),
        shares={"received.retain": 0.6, "received.refuse": 0.38, "received.withdraw": 0.02, "retained.withdraw": 0.01},
        days={"received": 30, "retained": 40, "on_ballot": 40},
        answers={"where": {None: 1.0}}, typical={"cost": (4_000_000, 2.0)},
    )
