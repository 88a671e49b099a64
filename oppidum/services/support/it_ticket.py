"""Ticket of the digital service desk (S56): incident or request, with a priority, its service levels as clocks, a team, a major incident.

An agreement gives a commune the right to file (`it_agreement.py`). Vulnerabilities and phishing exercises are the security system's matter,
and not kept here. Levels and matrix are in `it_desk/levels.py`, the way in `it_desk/flow.py`.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    DOCUMENTS,
    PUBLIC_TASK,
    Choice,
    Clock,
    Contact,
    Files,
    Form,
    Kept,
    Page,
    Party,
    Place,
    Privacy,
    Profile,
    Service,
    Text,
    answer,
    either,
    working_hours,
)
from oppidum.cases.declaration.entitled import Entitled
from oppidum.cases.declaration.routing import Escalation
from oppidum.services.support.it_desk.figures import TICKET_FIGURES
from oppidum.services.support.it_desk.flow import ANSWERED, FLOW, OVER
from oppidum.services.support.it_desk.levels import OWN, RULES, WEIGHED, is_request, lasts
from oppidum.services.support.it_desk.routing import ROUTES
from oppidum.services.support.it_desk.texts import ABOUT, KINDS, NOTICES, SHARED, SIDES

of_commune = answer("side").is_("commune")
TARGETS = {"in_hours": True, "source": OWN}


class ItTicket(Service):
    """Ticket du pôle numérique: incident ou demande d'un agent, ou d'une commune conventionnée (offre « Métro store »)."""

    code = "it-ticket"
    name = _("Digital service desk")
    owner = "support"
    says = _("Something doesn't work, or you need something: the service desk answers officers of the metropolis and communes that share its services.")
    words = _("computer, password, printer, e-mail, network, software, telephone, help desk, ticket")
    icon, minutes = "headset", 3
    applicants = ("officer", "commune-officer")
    for_communes = "persons"
    flow, notices, figures, rules, routes = FLOW, NOTICES, TICKET_FIGURES, RULES, ROUTES

    form = Form(
        Page("who", _("Who you are"),
             side=Choice(_("Where do you work?"), SIDES, required=True, fact=True),
             body=Party(_("Which commune?"), hint=_("With its SIRET or SIREN: the agreement is found by it."), kinds=("commune",), when=of_commune, required=True, prefill="applicant"),
             place=Place(_("Which town hall asks?"), when=of_commune, required=True),
             shared=Choice(_("Which shared service is it about?"), SHARED, when=of_commune, required=True, fact=True),
             contact=Contact(_("How do we reach you?"), required=True, prefill="contact"),
             where=Text(_("Building and office"), longest=120)),
        Page("what", _("What it is about"),
             kind=Choice(_("What is it?"), KINDS, required=True, fact=True),
             about=Choice(_("What is it about?"), ABOUT, required=True, fact=True),
             subject=Text(_("In a few words"), longest=120, required=True),
             story=Text(_("What happens, and since when? What do you need?"), hint=_("No password, here or by e-mail: we never ask for one."), lines=5, longest=4000, required=True, private=True),
             device=Text(_("Number on the label of the device"), longest=40),
             screens=Files(_("Screenshots"), accept=DOCUMENTS, most=4, largest_mb=10)),
        Page("weight", _("How urgent it is"), **WEIGHED),
    )
    entitled = (
        Entitled("it-agreement", step="in_force", same={"body": "body", "shared": "shared"}, when=of_commune,
                 says=_("Your commune has no agreement in force with us for this service."), instead=_("Ask your mayor's office, or call the service desk.")),
    )
    clocks = (
        Clock("response", _("Answer to the user"), lasts=lasts("response"), stopped_by=ANSWERED, silence="response_late", **TARGETS),
        Clock("resolution", _("Solution"), lasts=either(is_request, lasts("request"), lasts("incident")), starts=("file", "object", "reopen"),
              suspended_by="ask_user", resumed_by=("answer_us", "go_on"), stopped_by=OVER, silence="resolution_late", **TARGETS),
    )
    escalations = (
        Escalation("response", before=working_hours(1), to="team:it-desk", says=_("Nobody has answered, and an hour is left")),
        Escalation("resolution", before=working_hours(2), to="supervisor", says=_("Two hours are left to solve it")),
    )
    privacy = Privacy(
        purpose=_("Help users of the digital services"), basis=PUBLIC_TASK, source="CGCT, art. L5217-2 et L5211-4-2",
        persons=(_("officers of the metropolis and of communes"),), categories=(_("identity and contact at work"), _("what doesn't work")),
        recipients=(_("the service desk and its teams"), _("the supplier who is asked to help")),
        retention={"*": Kept("P2Y", reason=_("the same trouble may come back"), verified=False)},
    )
    rehearsal = Profile(
        7_273, source="activity report 2023, line 6981: 6 938 tickets solved",
        months=(1.1, 1.0, 1.1, 1.0, 1.0, 1.0, 0.8, 0.6, 1.3, 1.1, 1.1, 0.9), weekdays=(1.25, 1.1, 1.0, 1.0, 0.9, 0.03, 0.02),
        shares={"new.take": 0.5, "new.solve": 0.4, "new.solve_late": 0.03, "new.ask_user": 0.04, "new.cancel": 0.02, "new.refuse": 0.01,
                "in_work.solve": 0.65, "in_work.solve_late": 0.16, "in_work.ask_user": 0.1, "in_work.to_supplier": 0.05, "in_work.declare_major": 0.003, "in_work.cancel": 0.02, "in_work.refuse": 0.01,
                "waiting.answer_us": 0.85, "waiting.go_on": 0.05, "supplier.from_supplier": 1.0, "solved.rate": 0.2, "solved.object": 0.03},
        days={"new": 0.2, "in_work": 0.8, "waiting": 1.5, "supplier": 4, "solved": 2},
        answers={"side": {"metropolis": 0.93, "commune": 0.07}, "kind": {"incident": 0.55, "request": 0.38, "question": 0.07}, "impact": {"one": 0.8, "team": 0.14, "site": 0.05, "all": 0.01},
                 "urgency": {"high": 0.25, "medium": 0.5, "low": 0.25},
                 "about": {"workstation": 0.2, "account": 0.2, "application": 0.16, "network": 0.1, "printer": 0.08, "mail": 0.08, "phone": 0.06, "files": 0.04, "arrival": 0.03, "meeting": 0.02, "security": 0.02, "other": 0.01},
                 "satisfaction": {5: 0.5, 4: 0.32, 3: 0.1, 2: 0.05, 1: 0.03}},
    )
