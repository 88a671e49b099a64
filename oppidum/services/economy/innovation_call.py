"""Innovation call (S47): a need of the metropolis, of a commune or of a partner is published; answers are scored by a jury; both sides meet."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    PUBLIC_TASK,
    STAY,
    Action,
    Choice,
    Contact,
    Day,
    Flow,
    Form,
    Kept,
    Money,
    Page,
    Party,
    Privacy,
    Profile,
    Service,
    Text,
    answer,
    end,
    step,
)
from oppidum.services.economy.innovation_data import agreeing_need
from oppidum.services.economy.innovation_texts import CALL_FIGURES, CALL_NOTICES, THEMES
from oppidum.services.shared.calls import DOCUMENTS_OF_THE_CALL, IS_OVER, agreeing_criteria, criteria
from oppidum.services.shared.notes import internal_note

REASONS = {"reasons": Text(_("Why?"), required=True, lines=3, longest=2000)}
# Where and when all who are invited meet the one who has the need: told to both sides in the same words.
MEETING = {
    "day": Day(_("Day of the meeting"), earliest=3, latest=90, required=True, fact=True),
    "meeting_where": Text(_("Where, and at what time?"), longest=300, required=True, fact=True),
}

publish = Action("publish", _("Publish the call"), by="act", demands={
    "criteria": criteria(_("Criteria of the jury"), least=2, most=6),
    "closes_on": Day(_("Answers until"), required=True, earliest=15, latest=180, fact=True),
    "documents": DOCUMENTS_OF_THE_CALL,
})
turn_down = Action("turn_down", _("Don't publish it"), by="act", demands=REASONS)
withdraw = Action("withdraw", _("Withdraw the need"), by=("resident", "act"))
extend = Action("extend", _("Give more time"), by="act", bulk=False, demands={"closes_on": Day(_("Answers until"), required=True, earliest=5, latest=180, fact=True)})
close = Action("close_call", _("Close the call, open the answers"), by="act", when=IS_OVER, parts="opened")
invite = Action("invite", _("Invite to the meeting those whom the jury chose"), by="act", bulk=False, parts="invited", demands=MEETING)
agreed = Action("agreed", _("A trial was agreed with one of them"), by="system")
settle = Action("settle", _("The choice is made: thank the others"), by="act", parts="left_over", when=~answer("settled").given(), sets={"settled": True})
result = Action("result", _("Say what came of the trial"), by=("act", "resident"), bulk=False, parts="left_over", demands={
    "outcome": Choice(_("What came of it?"), {"adopted": _("adopted"), "changed": _("to be changed and tried again"), "ended": _("not followed up")}, required=True, fact=True),
    "learnt": Text(_("What was learnt?"), required=True, lines=4, longest=3000),
})
no_follow = Action("no_follow", _("End without a choice"), by="act", parts="not_followed", demands=REASONS)
note = internal_note()


class InnovationCall(Service):
    """Appel à solutions de la plateforme de l'innovation: un besoin est publié, les réponses sont notées par un jury."""

    code = "innovation-call"
    name = _("Need for an innovation")
    owner = "economy"
    says = _("You look for a solution that isn't on the market? Describe the need: we publish it, firms answer, a jury chooses whom you meet.")
    words = _("innovation, need, challenge, call, start-up, experiment, trial")
    icon = "lightbulb"
    minutes = 10
    applicants = ("commune", "company", "association", "officer")
    notices, figures = CALL_NOTICES, CALL_FIGURES

    form = Form(
        Page("need", _("The need"),
             title=Text(_("The need in a sentence"), hint=_("As everybody will read it."), required=True, longest=160, fact=True),
             theme=Choice(_("What is it about?"), THEMES, required=True, fact=True),
             need=Text(_("What is the problem, for whom, and what have you tried?"), lines=8, required=True, longest=4000, fact=True),
             ground=Text(_("Where can a solution be tried?"), longest=300, required=True, fact=True),
             budget=Money(_("Budget of a trial, without VAT"), minimum=0, fact=True)),
        Page("owner", _("Who has the need?"),
             owner=Party(_("Which body?"), kinds=("commune", "company", "association"), required=True, prefill="applicant"),
             contact=Contact(_("Who follows it?"), needs=("email",), required=True, prefill="contact")),
    )
    flow = Flow(
        step("proposed", publish >> "published", turn_down >> "turned_down", withdraw >> "withdrawn",
             label=_("Proposed"), says=_("We read your need and prepare its publication with you.")),
        step("published", extend >> STAY, close >> "jury", no_follow >> "without_choice",
             label=_("Call published"), says=_("Everybody can answer until the day that the call names.")),
        step("jury", invite >> "meetings", no_follow >> "without_choice", label=_("Before the jury"), says=_("The jury scores the answers by the criteria of the call.")),
        step("meetings", invite >> STAY, agreed >> "trial", no_follow >> "without_choice", label=_("Meetings"), says=_("You meet those whom the jury chose.")),
        step("trial", agreed >> STAY, settle >> STAY, result >> "done", label=_("Trial"), says=_("The solution is tried on your ground.")),
        end("done", label=_("Tried"), says=_("The trial is over; what was learnt stands here.")),
        end("turned_down", label=_("Not published"), says=_("The need is not published, and the reasons stand here.")),
        end("without_choice", label=_("Without a choice"), says=_("The call ended without a choice.")),
        end("withdrawn", label=_("Withdrawn"), says=_("The need is withdrawn.")),
        always=(note >> STAY,),
    )
    privacy = Privacy(
        purpose=_("Publish needs for innovation and bring them together with solutions"), basis=PUBLIC_TASK, source="CGCT, art. L5217-2",
        persons=(_("those who follow a need or an answer"),), categories=(_("identity and contact"),), recipients=(_("the innovation team"), _("the jury")),
        retention={"*": Kept("P5Y", reason=_("the account of the calls"), verified=False)},
    )
    rehearsal = Profile(
        132, source="activity report 2023, line 1762: 113 calls published by the end of 2023; assumption: one need in seven is not published in the year",
        shares={"proposed.publish": 0.9, "proposed.turn_down": 0.08, "published.close_call": 0.98, "jury.invite": 0.92, "jury.no_follow": 0.08, "meetings.no_follow": 0.2,
                "trial.settle": 1.0, "trial.result": 0.8},
        days={"proposed": 12, "published": 40, "jury": 45, "meetings": 60, "trial": 90}, typical={"closes_on": (35, 1.3)}, fits=agreeing_need, agrees=agreeing_criteria,
    )
