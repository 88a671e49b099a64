"""A call for projects that residents decide by their vote (S07, budget participatif): proposals, study, vote, result, each on its days.

No law governs it: the rules are those that the council sets (CGCT, art. L1112-15 ff govern referendums and the consultation of electors,
which this is not). The ballots are the room `voting`; this flow says what happens around them.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    DOCUMENTS,
    PUBLIC_TASK,
    STAY,
    Action,
    Clock,
    Computed,
    Day,
    Files,
    Flow,
    Form,
    Ineligible,
    Kept,
    Money,
    Number,
    Page,
    Privacy,
    Profile,
    Service,
    Text,
    answer,
    days,
    end,
    eve_of,
    step,
)
from oppidum.services.shared.notes import internal_note
from oppidum.services.support.participation.participatory_texts import CALL_FIGURES
from oppidum.services.support.participation.words import ABANDONED
from oppidum.voting.marks import VOTE

RULES = "Règlement du budget participatif"

open_call = Action("open_call", _("Open the call for projects"), by="act", bulk=False, demands={
    "proposals_until": Day(_("Projects until"), required=True, fact=True, earliest=15, latest=180),
    "documents": Files(_("Rules of the vote, for everybody"), accept=DOCUMENTS, most=5),
})
close_call = Action("close_call", _("The call is closed"), by="system")
announce = Action("announce", _("Put the retained projects to the vote"), by="act", bulk=False, parts="put_to_vote", demands={
    "vote_opens_on": Day(_("First day of the vote"), required=True, fact=True, earliest=1, latest=90),
    "vote_closes_on": Day(_("Last day of the vote"), required=True, fact=True, earliest=1, latest=150),
    "vote_eve": Computed(_("Eve of the vote"), value=eve_of(answer("vote_opens_on")), as_="day", fact=True),
    "most_choices": Number(_("For how many projects may each voter vote?"), whole=True, minimum=1, maximum=10, required=True, fact=True),
}, barred=(Ineligible(answer("vote_closes_on") < answer("vote_opens_on"), _("The last day comes before the first one.")),))
open_vote = Action("open_vote", _("The vote opens"), by="system")
close_vote = Action("close_vote", _("The vote closes"), by="system")
# The room `voting` counts the ballots that were cast online; an officer enters the count of a vote that was held on paper.
count_vote = Action("count_vote", _("Enter the count of a vote on paper"), by=("system", "act"), bulk=False, demands={
    "voters": Number(_("Voters"), whole=True, minimum=0, required=True, fact=True),
    "ballots": Number(_("Ballots"), whole=True, minimum=0, required=True, fact=True),
})
proclaim = Action("proclaim", _("Proclaim the result"), by="act", bulk=False, parts="proclaimed")
abandon = Action("abandon", _("Give it up"), by="act", bulk=False, parts="given_up", demands=ABANDONED)
note = internal_note()


class ParticipatoryCall(Service):
    """Appel à projets soumis à la votation des habitants: opens and closes by the clock; the count can be done again by anybody."""

    code = "participatory-call"
    name = _("Call for projects put to residents' vote")
    owner = "support"
    says = _("Open a call for projects: residents propose, you say which can be done and at what cost, residents vote on the days that you set.")
    words = _("participatory budget, call for projects, vote, residents")
    icon, minutes, splits = "vote", 8, False
    applicants = ("officer",)
    marks = (VOTE,)
    figures = CALL_FIGURES

    form = Form(
        Page("call", _("The call"),
             title=Text(_("Title"), hint=_("As everybody will read it."), required=True, longest=160, fact=True),
             subject=Text(_("What can be proposed, and where?"), lines=5, required=True, longest=3000, fact=True),
             budget=Money(_("Budget of all chosen projects together"), minimum=100_00, required=True, fact=True),
             least_age=Number(_("From which age may residents vote?"), unit=_("years"), whole=True, minimum=9, maximum=18, required=True, fact=True),
             order=Text(_("By which deliberation?"), required=True, longest=200, fact=True)),
    )
    clocks = (
        Clock("proposals", _("End of the call"), lasts=days(0), starts="open_call", dated_by={"open_call": "proposals_until"}, stopped_by=("close_call", "abandon"),
              silence="close_call", is_due=False, source=RULES, verified=False),
        Clock("vote_opens", _("Opening of the vote"), lasts=days(0), starts="announce", dated_by={"announce": "vote_eve"}, stopped_by=("open_vote", "abandon"),
              silence="open_vote", is_due=False, source=RULES, verified=False),
        Clock("vote_closes", _("Close of the vote"), lasts=days(0), starts="open_vote", starts_from="vote_closes_on", stopped_by=("close_vote", "abandon"),
              silence="close_vote", is_due=False, source=RULES, verified=False),
    )
    flow = Flow(
        step("drafted", open_call >> "proposals", abandon >> "abandoned", label=_("Being prepared"), says=_("The call is being prepared.")),
        step("proposals", close_call >> "study", abandon >> "abandoned", rests=True, label=_("Projects are proposed"), says=_("Everybody can propose a project until the day that the call names.")),
        step("study", announce >> "announced", abandon >> "abandoned", label=_("Projects under study"), says=_("The departments look at what can be done, and at what cost.")),
        step("announced", open_vote >> "voting", abandon >> "abandoned", rests=True, label=_("Vote announced"), says=_("The vote opens on its first day.")),
        step("voting", close_vote >> "counting", abandon >> "abandoned", rests=True, label=_("Vote open"), says=_("Residents vote.")),
        step("counting", count_vote >> "counted", label=_("Ballots being counted"), says=_("The vote is closed; the ballots are counted.")),
        step("counted", proclaim >> "proclaimed", label=_("Ballots counted"), says=_("The ballots are counted and published.")),
        end("proclaimed", label=_("Result proclaimed"), says=_("The result is proclaimed; everybody can count again.")),
        end("abandoned", label=_("Abandoned"), says=_("It was given up.")),
        always=(note >> STAY,),
    )
    privacy = Privacy(
        purpose=_("Let residents propose projects and decide by their vote"), basis=PUBLIC_TASK, source="CGCT, art. L5217-2",
        persons=(_("voters"),), categories=(_("that somebody voted, as a print that only we can make; never what they voted"),), recipients=(_("nobody"),),
        retention={"*": Kept("P5Y", reason=_("the account of the vote"), verified=False)},
    )
    rehearsal = Profile(
        3, source="activity report 2023, line 7330: a participatory budget by calls for projects put to residents' vote; their number is an assumption, and so are some four thousand voters each: no figure tells them",
        shares={"drafted.open_call": 1.0, "proposals.abandon": 0.0, "announced.abandon": 0.0, "voting.abandon": 0.0, "study.announce": 1.0, "counted.proclaim": 1.0},
        days={"drafted": 10, "proposals": 45, "study": 40, "announced": 10, "voting": 20, "counting": 1, "counted": 5},
        typical={"budget": (20_000_000, 1.5), "voters": (4_000, 1.6), "proposals_until": (35, 1.3), "vote_opens_on": (12, 1.2), "vote_closes_on": (30, 1.15)}, ahead=150,
    )
