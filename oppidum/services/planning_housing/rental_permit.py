"""Rental permit (permis de louer): prior authorisation to let a dwelling inside an area of degraded housing.

Code de la construction et de l'habitation (CCH), art. L635-1 to L635-11 and R635-1 to R635-5. The fines of art. L635-7 (5,000 and
15,000 EUR, by the president since loi 2024-322, art. 23) are another procedure and are not in this service.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    Address,
    Choice,
    Clock,
    Contact,
    Files,
    Form,
    Ineligible,
    Kept,
    Money,
    Number,
    Page,
    Party,
    Place,
    Privacy,
    Service,
    Since,
    Statement,
    Text,
    YesNo,
    answer,
    dated,
)
from oppidum.cases.declaration.fields import PDF
from oppidum.cases.declaration.privacy import LEGAL_OBLIGATION
from oppidum.cases.declaration.profile import Profile
from oppidum.cases.declaration.routing import Escalation
from oppidum.core.calendar import months
from oppidum.services.planning_housing.housing_data import RENTAL_PERMITS
from oppidum.services.planning_housing.rental_permit_figures import FIGURES
from oppidum.services.planning_housing.rental_permit_flow import FLOW
from oppidum.services.planning_housing.rental_permit_letters import LETTERS, NOTICES
from oppidum.services.planning_housing.rental_permit_texts import DWELLINGS, EXEMPT, LETTINGS

ANSWERED = ("favourable", "conditional", "unfavourable", "not_needed", "withdraw")


class RentalPermit(Service):
    """Permis de louer: authorisation préalable de mise en location (CCH, art. L635-1)."""

    code = "rental-permit"
    name = _("Rental permit")
    says = _("In nine areas a dwelling may be let only with an authorisation. Ask before each new letting; the answer comes within a month.")
    words = _("permit to let, letting, landlord, lease, decent housing, authorisation")
    owner, icon, minutes, area = "planning-housing", "key-round", 12, "rental-permit"
    applicants = ("person", "company", "association", "commune")
    for_communes = "persons"
    form = Form(
        Page("dwelling", _("The dwelling"),
             dwelling=Place(_("Where is the dwelling?"), inside="rental-permit", required=True),
             dwelling_in_building=Text(_("Building, staircase, floor, door"), longest=120),
             dwelling_kind=Choice(_("What is let?"), DWELLINGS, required=True),
             surface=Number(_("Living area"), unit="m²", minimum=1, maximum=2000, required=True),
             rooms=Number(_("Main rooms"), minimum=1, maximum=30, whole=True, required=True),
             furnished=YesNo(_("Is it let furnished?"), required=True),
             rent=Money(_("Rent without charges, a month"))),
        Page("letting", _("The letting"),
             letting=Choice(_("What is it about?"), LETTINGS, required=True),
             exempt=Choice(_("Is the landlord or the dwelling in one of these cases?"), EXEMPT, required=True)),
        Page("landlord", _("The landlord"),
             landlord=Party(_("Who lets the dwelling?"), required=True),
             landlord_address=Address(_("Postal address of the landlord"), required=True),
             contact=Contact(_("How do we reach you?"), required=True),
             electronic_letters=YesNo(_("May decisions that need a proof reach you electronically, on the page of your request?"), hint=_("Otherwise they come by registered letter.")),
             agent=Party(_("Agent who files for the landlord, if there is one"))),
        Page("papers", _("The papers"),
             diagnostics=Files(_("Technical diagnosis file"), hint=_("Energy, lead, asbestos, electricity, gas, risks: one PDF or several."), accept=PDF, most=12, largest_mb=20, required=True),
             statement=Statement(_("I certify that what I declare is true."), required=True)),
    )
    eligibility = (
        Ineligible(answer("letting").one_of("renewal", "amendment"), _("A lease that is renewed or amended needs no authorisation (CCH, art. R635-1)."), _("You have nothing to ask for.")),
        Ineligible(answer("exempt").one_of("social", "state"), _("Social landlords and dwellings under an agreement with the State need no authorisation."), _("You have nothing to ask for.")),
    )
    rules = {
        "delay": dated(Since("2017-01-01", months(1), source="CCH, art. L635-4", verified=True)),
        "validity": dated(Since("2017-01-01", months(24), source="CCH, art. R635-3", verified=True)),
    }
    escalations = (Escalation("opinion", before=5, to="supervisor", says=_("Five days are left to give an opinion on a rental permit")),)
    clocks = (
        Clock("opinion", _("Opinion"), lasts="delay", starts="file", waits_for="ask_papers", restarted_by="papers_in",  # Complete file: CRPA, art. L114-3, L114-5
              stopped_by=ANSWERED, silence="tacit", means="approval", warns=(10, 3), source="CCH, art. L635-4; CRPA, art. L114-5", verified=True),
        Clock("validity", _("Validity of the authorisation"), lasts="validity", starts=("favourable", "made_good", "tacit"), stopped_by="let",
              silence="lapse", whose="applicant", warns=(30,), is_due=False, source="CCH, art. R635-3", verified=True),
    )
    flow, letters, notices, figures, datasets = FLOW, LETTERS, NOTICES, FIGURES, RENTAL_PERMITS
    retention = "P5Y"
    privacy = Privacy(
        purpose=_("Examine requests to let a dwelling in the areas of the rental permit"), basis=LEGAL_OBLIGATION, source="CCH, art. L635-1",
        persons=(_("landlords"), _("agents"), _("occupants")), categories=(_("identity and contact"), _("the dwelling and its diagnostics")),
        recipients=(_("housing team"), _("for refusals: CAF, MSA, tax office, housing committee of the département (CCH, art. L635-6, L635-10)")),
        retention={"let": Kept("P5Y", reason=_("the letting may be checked")), "refused": Kept("P5Y", reason=_("a letting in spite of a refusal is fined")), "*": "P2Y"},
    )
    rehearsal = Profile(
        per_year=1_010, source="Rapport d'activité 2023: 962 avis (287, 476, 199), 333 mis en conformité",
        shares={"filed.complete": 0.74, "filed.ask_papers": 0.24, "filed.withdraw": 0.02, "review.favourable": 0.298, "review.conditional": 0.495, "review.unfavourable": 0.207,
                "works.made_good": 0.9, "works.not_made_good": 0.1, "authorised.let": 0.92, "authorised.transfer": 0.03},
        days={"filed": 4, "incomplete": 18, "review": 16, "works": 75, "authorised": 40}, ahead=22, per_day=18,  # files decided on a working day: supposed, as all of `per_day`
        answers={"letting": {"first": 1.0}, "exempt": {"none": 1.0}}, typical={"surface": (42, 1.5), "rooms": (2, 1.5), "rent": (60_000, 1.4)},
    )
