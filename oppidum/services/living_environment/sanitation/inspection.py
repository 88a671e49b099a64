"""On-site sanitation (SPANC): each installation has its file, with the date of its next check; what happens to it stands there.

CGCT, art. L2224-8, III (checks, ten years at most); CSP, art. L1331-1-1 and L1331-11-1 (works, sale of a house); arrêté du 27 avril 2012.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    DOCUMENTS,
    PUBLIC_TASK,
    Address,
    Booking,
    Choice,
    Contact,
    Day,
    Files,
    Form,
    Ineligible,
    Kept,
    Number,
    Page,
    Party,
    Place,
    Privacy,
    Profile,
    Service,
    Text,
    YesNo,
    answer,
    days,
)
from oppidum.services.living_environment.sanitation.acts import FLOW
from oppidum.services.living_environment.sanitation.figures import FIGURES
from oppidum.services.living_environment.sanitation.letters import LETTERS, NOTICES
from oppidum.services.living_environment.sanitation.rules import CLOCKS, FEES, RESULTS, RULES, TARIFFS

PURPOSES = {"sale": _("The house is for sale"), "design": _("A new installation, or one built anew"), "periodic": _("It was never checked, or its check is due")}
INSTALLATIONS = {
    "tank": _("Septic tank"), "spreading": _("Spreading in the ground, or sand filter"), "compact": _("Compact filter"),
    "station": _("Small treatment plant"), "grease": _("Grease trap"), "unknown": _("I don't know"),
}


class SanitationInspection(Service):
    """Service public d'assainissement non collectif (SPANC): contrôle des installations (CGCT, art. L2224-8, III)."""

    code = "sanitation-inspection"
    name = _("On-site sanitation check")
    owner = "living-environment-water"
    says = _("A house without a sewer has its own installation. Ask for its check before a sale or before works; we check each at least every ten years.")
    words = _("SPANC, septic tank, sanitation, waste water, house sale, diagnosis, on-site, sewer")
    icon = "droplets"
    minutes = 8
    applicants = ("person", "company", "association", "commune")
    rules, clocks, tariffs, fees = RULES, CLOCKS, TARIFFS, FEES
    flow, letters, notices, figures = FLOW, LETTERS, NOTICES, FIGURES

    form = Form(
        Page("purpose", _("What is it about?"),
             purpose=Choice(_("Why do you ask?"), PURPOSES, required=True, fact=True),
             on_sewer=YesNo(_("Is the house connected to a public sewer?"), required=True)),
        Page("installation", _("The installation"),
             address=Place(_("Where is the house?"), required=True, private=True),
             parcel=Text(_("Parcel in the land register"), hint=_("Section and number, as on your tax notice: AB 112."), longest=20, private=True),
             parts=Choice(_("What is it made of?"), INSTALLATIONS, many=True, required=True),
             rooms=Number(_("Main rooms of the house"), whole=True, minimum=1, maximum=60, required=True),
             last_check_on=Day(_("Day of its last check, if you know it"), latest=0, fact=True, when=answer("purpose").is_not("design"))),
        Page("project", _("Your project"), when=answer("purpose").is_("design"),
             permit=Text(_("Number of the building permit, if there is one"), longest=30, private=True),
             papers=Files(_("Soil study, plan of the parcel, plan of the installation"), accept=DOCUMENTS, most=8, largest_mb=20, required=True)),
        Page("owner", _("The owner"),
             owner=Party(_("Who owns the house?"), required=True, prefill="applicant"),
             owner_address=Address(_("Postal address of the owner"), required=True),
             contact=Contact(_("How do we reach you?"), required=True, prefill="contact")),
    )
    eligibility = (
        Ineligible(answer("on_sewer").is_(True), _("A house connected to the public sewer has no on-site sanitation to be checked."),
                   _("For the check of a connection before a sale ask the sewer service.")),
    )
    bookings = (
        Booking("visit", _("Visit"), resource_kind="sanitation-inspector", at="address", lead=days(10), horizon=days(120), change_until="18:00",
                reminds="remind", moved="moved_by_us", unplaced="unplaced", done=RESULTS, missed=("absent",)),
    )
    privacy = Privacy(
        purpose=_("Check on-site sanitation, follow the works, bill the fee"), basis=PUBLIC_TASK, source="CGCT, art. L2224-8 and L2224-12-2",
        persons=(_("owners of houses without a sewer"),), categories=(_("identity and contact"), _("the house and its installation"), _("bills and payments")),
        recipients=(_("the on-site sanitation team"), _("notaries, by the owner's hand"), _("public accountant")),
        # The file lives as long as the installation: its next check needs the last one.
        retention={"gone": Kept("P10Y", reason=_("accounting papers"), source="C. com., art. L123-22"), "*": "P2Y"},
    )
    rehearsal = Profile(
        3_900, source="activity report 2023, lines 3883 and 4104: 3 400 checks, about 500 checks of works, of 50 000 installations",
        months=(0.9, 1, 1.1, 1.1, 1.1, 1.1, 1, 0.6, 1.1, 1.1, 1, 0.9),
        shares={"asked.announce": 0.9, "asked.register": 0.02, "asked.project_fine": 0.8, "asked.project_unfit": 0.05, "asked.withdraw": 0.02,
                "planned.compliant": 0.78, "planned.incomplete": 0.13, "planned.dangerous": 0.05, "planned.move": 0.02, "planned.absent": 0.02,
                "due.announce": 1, "to_build.works_done": 1, "works.notified": 0.5, "works.works_done": 0.4},
        days={"asked": 8, "due": 10, "planned": 16, "to_build": 90, "known": 2_000, "works": 500, "late": 100},
        answers={"purpose": {"periodic": 0.72, "sale": 0.15, "design": 0.13}, "on_sewer": {"false": 1.0}, "check": {"periodic": 0.7, "sale": 0.17, "execution": 0.13}},
    )
