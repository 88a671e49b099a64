"""A project of the portfolio (S36): studied, built, delivered, with dated milestones, a budget, its funders, its risk and its public page.

What residents read of it (`/projects/`) and what "was done in the year" says in the activity report are the entries of its journal.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    BACK,
    STAY,
    Action,
    Choice,
    Day,
    Flow,
    Form,
    Items,
    Kept,
    Money,
    Page,
    Place,
    Privacy,
    Service,
    Text,
    YesNo,
    end,
    step,
)
from oppidum.cases.declaration.privacy import PUBLIC_TASK
from oppidum.cases.declaration.profile import Profile
from oppidum.cases.declaration.routing import Route
from oppidum.publishing.marks import PROJECT
from oppidum.services.institution.project_figures import FIGURES

THEMES = {"mobility": _("Transport and roads"), "housing": _("Housing and town planning"), "water": _("Water and sewers"),
          "waste": _("Waste"), "environment": _("Environment"), "economy": _("Economy and research"), "facilities": _("Public facilities"), "digital": _("Digital")}
RISKS = {"low": _("Low: on its way"), "medium": _("Medium: watched"), "high": _("High: needs a decision")}

MILESTONE = Text(_("Which milestone?"), hint=_("As residents read it: “Start of the works”."), longest=120, required=True, fact=True)

launch = Action("launch", _("Launch the studies"), by="act")
build = Action("build", _("Start the works"), by="act")
deliver = Action("deliver", _("Deliver"), by="act", demands={
    "delivered_on": Day(_("Which day was it opened to the public, or handed over?"), latest=0, required=True, fact=True),
})
suspend = Action("suspend", _("Suspend"), by="assign", demands={
    "suspended_because": Text(_("Why?"), hint=_("Residents read it."), lines=3, longest=500, required=True, fact=True),
})
resume = Action("resume", _("Take up again"), by="assign")
abandon = Action("abandon", _("Abandon"), by="assign", demands={
    "abandoned_because": Text(_("Why?"), hint=_("Residents read it."), lines=3, longest=500, required=True, fact=True),
})
# The life of a project, in any open step.
plan = Action("plan", _("Plan a milestone, or another date for it"), by="act", demands={
    "milestone": MILESTONE,
    "expected_on": Day(_("Expected on"), required=True, fact=True),
    "moved_because": Text(_("Why does the date move?"), hint=_("Residents read it."), longest=300, fact=True),
})
reach = Action("reach", _("A milestone is reached"), by="act", demands={
    "milestone": MILESTONE,
    "reached_on": Day(_("Reached on"), latest=0, required=True, fact=True),
    "reached_says": Text(_("What was done, in a sentence"), hint=_("Residents and the activity report read it."), lines=2, longest=400, fact=True),
})
tell = Action("tell", _("Say where it stands"), by="act", demands={
    "progress": Text(_("Where does it stand?"), hint=_("Residents read it."), lines=4, longest=1500, required=True, fact=True),
})
budget = Action("budget", _("Change the budget"), by="assign", demands={
    "budget": Money(_("Budget, without VAT"), minimum=100, required=True, fact=True),
    "budget_because": Text(_("Why does it change?"), longest=300, required=True, fact=True),
})
fund = Action("fund", _("A funder commits itself"), by="assign", demands={
    "funder": Text(_("Who?"), longest=120, required=True, fact=True),
    "funded": Money(_("How much?"), minimum=100, required=True, fact=True),
    "funded_on": Day(_("Agreed on"), latest=0, required=True, fact=True),
})
judge = Action("judge", _("Judge the risk"), by="act", tells=False, demands={
    "risk": Choice(_("Risk for date or budget"), RISKS, required=True, fact=True),
    "risk_because": Text(_("Why, and what is done about it?"), lines=3, longest=1000, required=True, private=True),
})
note = Action("note", _("Add an internal note"), by=("act", "note"), tells=False, demands={
    "note": Text(_("Internal note"), lines=3, required=True, private=True),
})
LIFE = (plan >> STAY, reach >> STAY, tell >> STAY, budget >> STAY, fund >> STAY, judge >> STAY)
STOP = (suspend >> "suspended", abandon >> "abandoned")


class Project(Service):
    """Projet d'investissement: from its first study to the day of its delivery."""

    code = "project"
    name = _("Project of the metropolis")
    says = _("Enter a project once: its milestones, its budget and who pays, its risk. Its public page and the year's achievements follow.")
    words = _("project, works, tramway, milestone, budget, funding, portfolio")
    owner, icon, minutes = "institution", "construction", 10
    applicants = ("officer",)
    marks = (PROJECT,)
    for_communes = "cases"
    figures = FIGURES
    form = Form(
        Page("project", _("The project"),
             title=Text(_("Name"), hint=_("As residents call it."), longest=120, required=True),
             theme=Choice(_("What is it about?"), THEMES, required=True, fact=True),
             summary=Text(_("What changes for residents?"), lines=5, longest=2000, required=True),
             where=Place(_("Where?"), hint=_("Nothing for a project of the whole territory."), fact=True),
             is_public=YesNo(_("May everybody read it?"), required=True, fact=True)),
        Page("milestones", _("Its milestones"),
             milestones=Items(_("Milestones"), most=30, least=0, row=_("milestone"), fact=True, fields={
                 "milestone": MILESTONE, "expected_on": Day(_("Expected on"), required=True, fact=True)})),
        Page("budget", _("Its budget"),
             budget=Money(_("Budget, without VAT"), minimum=100, fact=True),
             funders=Items(_("Who pays for it?"), most=20, least=0, row=_("funder"), totals=("funded",), fact=True, fields={
                 "funder": Text(_("Who?"), longest=120, required=True), "funded": Money(_("How much?"), minimum=100, required=True)})),
        Page("lead", _("Who leads it"),
             lead=Text(_("Name and telephone of the project manager"), longest=200, private=True)),
    )
    flow = Flow(
        step("proposed", launch >> "studies", abandon >> "abandoned", *LIFE, label=_("Proposed"), says=_("The project is proposed.")),
        step("studies", build >> "works", deliver >> "delivered", *STOP, *LIFE, label=_("Under study"), says=_("The project is being studied.")),
        step("works", deliver >> "delivered", *STOP, *LIFE, label=_("Under construction"), says=_("The works are going on.")),
        step("suspended", resume >> BACK, abandon >> "abandoned", *LIFE, label=_("Suspended"), says=_("The project is suspended.")),
        end("delivered", reach >> STAY, tell >> STAY, label=_("Delivered"), says=_("The project is delivered.")),
        end("abandoned", label=_("Abandoned"), says=_("The project was given up.")),
        always=(note >> STAY,),
    )
    routes = (Route(says=_("The projects office keeps the portfolio"), team="projects"),)
    privacy = Privacy(
        purpose=_("Follow the projects of the metropolis and account for them"), basis=PUBLIC_TASK, source="CGCT, art. L5217-2",
        persons=(_("project managers"),), categories=(_("name and telephone at work"),), recipients=(_("the departments concerned"),),
        retention={"*": Kept("P10Y", reason=_("ten years' guarantee of works (code civil, art. 1792-4-1)"), verified=False)},
    )
    rehearsal = Profile(
        per_year=25, source="Rapport d'activité 2023, p. « Les projets »: some forty projects under way",
        shares={"proposed.launch": 0.8, "proposed.abandon": 0.05, "studies.build": 0.5, "studies.deliver": 0.1, "works.deliver": 0.7, "suspended.resume": 0.7, "suspended.abandon": 0.1},
        days={"proposed": 60, "studies": 400, "works": 500, "suspended": 120},
        answers={"is_public": {False: 1.0}},        # What is drawn by chance is no project that residents should read.
    )
