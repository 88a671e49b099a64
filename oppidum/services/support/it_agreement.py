"""Agreement on a shared digital service (S56, "Métro store"): a commune takes one of eight services, for some years; its officers may then file tickets."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    PUBLIC_TASK,
    STAY,
    Action,
    Article,
    Choice,
    Clock,
    Contact,
    Day,
    Flow,
    Form,
    Kept,
    Letter,
    Number,
    Page,
    Party,
    Privacy,
    Profile,
    Service,
    Text,
    Visa,
    days,
    end,
    step,
)
from oppidum.cases.declaration.routing import Escalation, Route
from oppidum.services.shared.notes import internal_note
from oppidum.services.support.it_desk.figures import AGREEMENT_FIGURES
from oppidum.services.support.it_desk.levels import OWN
from oppidum.services.support.it_desk.texts import SHARED

LAW = _("the general code of local authorities, article L5211-4-3: services put at the disposal of communes")
UNTIL = {"until": Day(_("In force until"), earliest=1, required=True, fact=True)}

prepare = Action("prepare", _("Send the agreement to be signed"), by="act", letter="agreement")
sign = Action("sign", _("Signed by both"), by="act", demands={"signed_on": Day(_("Signed on"), latest=0, required=True, fact=True)})
give_up = Action("give_up", _("No agreement"), by="act")
renew = Action("renew", _("Renew"), by="act", bulk=False, demands=UNTIL)
terminate = Action("terminate", _("Ended before its time"), by="assign", demands={"ended_because": Text(_("Why?"), lines=2, longest=500, required=True)})
over = Action("over", _("Its time is over"), by="system")
note = internal_note()


class ItAgreement(Service):
    """Convention de mise à disposition d'un service numérique à une commune (CGCT, art. L5211-4-3; offre « Métro store »)."""

    code = "it-agreement"
    name = _("Agreement on a shared digital service")
    owner = "support"
    says = _("Enter the agreement of a commune once: until its last day the commune's officers may file tickets for that service.")
    words = _("agreement, commune, shared service, metro store")
    icon, minutes = "handshake", 4
    applicants = ("officer",)
    figures = AGREEMENT_FIGURES
    form = Form(
        Page("agreement", _("The agreement"),
             body=Party(_("Which commune?"), hint=_("With its SIRET or SIREN."), kinds=("commune",), required=True, fact=True),
             shared=Choice(_("Which service?"), SHARED, required=True, fact=True),
             users=Number(_("How many users?"), whole=True, minimum=1, maximum=20_000, required=True, fact=True),
             **UNTIL,
             contact=Contact(_("Who answers for it at the commune?"), needs=("email",), required=True)),
    )
    flow = Flow(
        step("proposed", prepare >> STAY, sign >> "in_force", give_up >> "given_up", label=_("Being prepared"), says=_("The agreement is being prepared.")),
        step("in_force", renew >> STAY, terminate >> "ended", over >> "ended", rests=True, label=_("In force"), says=_("The commune's officers may file tickets.")),
        end("ended", renew >> "in_force", label=_("Ended"), says=_("The agreement has ended.")),
        end("given_up", label=_("Given up"), says=_("No agreement was signed.")),
        always=(note >> STAY,),
    )
    clocks = (
        Clock("until", _("End of the agreement"), lasts=days(0), starts=("sign", "renew"), restarted_by="renew", starts_from="until", dated_by={"renew": "until"},
              stopped_by="terminate", silence="over", is_due=False, warns=(90,), source=OWN),
    )
    escalations = (Escalation("until", before=90, to="team:it-desk", says=_("An agreement with a commune ends in three months")),)
    routes = (Route(says=_("The service desk keeps the agreements"), team="it-desk"),)
    letters = (
        Letter("agreement", kind="agreement", template="agreement", signed_by="president", subject=_("Agreement on a shared digital service: {shared}"), body=(
            Visa(LAW),
            Article(_("The authority gives {body} the use of this service: {shared}, for {users} users."), title=_("Object")),
            Article(_("Officers of {body} file their tickets with the service desk, which answers them within the same times as those of the authority."), title=_("Service levels")),
            Article(_("Each of the two processes the personal data of its own users; the authority acts on behalf of {body} for what the service holds (GDPR, art. 28)."), title=_("Personal data")),
            Article(_("The agreement ends on {until}. Either of the two may end it before, with three months' notice."), title=_("Duration")),
        )),
    )
    privacy = Privacy(
        purpose=_("Share digital services with communes"), basis=PUBLIC_TASK, source="CGCT, art. L5211-4-3",
        persons=(_("who answers for the agreement at the commune"),), categories=(_("identity and contact at work"),), recipients=(_("the service desk and its teams"),),
        retention={"ended": Kept("P5Y", reason=_("claims on the agreement"), verified=False), "*": "P1Y"},
    )
    rehearsal = Profile(
        115, source="activity report 2023, line 7049: 108 agreements signed with communes",
        shares={"proposed.prepare": 0.3, "proposed.sign": 0.65, "proposed.give_up": 0.04, "in_force.terminate": 0.01}, days={"proposed": 20, "in_force": 900},
        answers={"shared": {"mail": 0.16, "gis": 0.24, "access": 0.1, "backup": 0.1, "protection": 0.14, "signature": 0.12, "opendata": 0.06, "desk": 0.08}}, typical={"users": (40, 2.5)},
    )
