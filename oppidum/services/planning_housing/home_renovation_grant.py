"""Home renovation grant: owners who live in their dwelling, landlords and co-ownerships; several funders, quotes, works and payments by stage.

CCH, art. L301-5-1, L321-1 to L321-2 and R321-12 to R321-22 (the metropolis decides on the aid of the national agency, Anah, by delegation). Rates and ceilings
change every year: they are parameters (`home_renovation_means.py`).
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    DOCUMENTS,
    PDF,
    Address,
    Choice,
    Clock,
    Computed,
    Contact,
    Files,
    Form,
    Ineligible,
    Items,
    Kept,
    Money,
    Number,
    Page,
    Party,
    Place,
    Privacy,
    Sees,
    Service,
    Statement,
    Text,
    YesNo,
    answer,
    either,
    items,
    rule,
    years,
)
from oppidum.cases.declaration.privacy import PUBLIC_TASK
from oppidum.cases.declaration.profile import Profile
from oppidum.cases.declaration.routing import Escalation
from oppidum.services.planning_housing.home_renovation_flow import FLOW
from oppidum.services.planning_housing.home_renovation_means import (
    ANAH_AID,
    ELIGIBLE,
    IS_MODEST,
    IS_VERY_MODEST,
    OWN_AID,
    RATE,
    RULES,
    lives_there,
    many,
)
from oppidum.services.planning_housing.home_renovation_texts import AIMS, FIGURES, LETTERS, MEANS, NOTICES, OWNERS, WORKS
from oppidum.services.planning_housing.social_funds import DECISION

CLASSES = {letter: letter for letter in "ABCDEFG"}
energy = answer("aim").is_("energy")


class HomeRenovationGrant(Service):
    """Aides à la rénovation de l'habitat privé, par délégation de l'Anah (CCH, art. L321-1-1)."""

    code = "home-renovation-grant"
    name = _("Home renovation grant")
    says = _("Save energy, adapt a home to age or disability, mend an unfit dwelling or a co-ownership: one request for the aid of Anah, the metropolis and its partners. Ask before the works begin.")
    words = _("renovation, Anah, MaPrimeRénov, insulation, heating, adaptation, co-ownership, unfit housing, works, quotes")
    owner, icon, minutes = "planning-housing", "wrench", 25
    applicants = ("person", "company", "association")
    form = Form(
        Page("who", _("Who asks"),
             owner=Choice(_("Who are you?"), OWNERS, required=True, fact=True), applicant=Party(_("Who asks?"), kinds=("person", "company", "association"), required=True), applicant_address=Address(_("Your postal address"), required=True),
             contact=Contact(_("How do we reach you?"), needs=("email",), required=True), adviser=Text(_("Adviser or operator who helps you (AMO), if there is one"), longest=120)),
        Page("home", _("The dwelling"),
             dwelling=Place(_("Where is the dwelling?"), required=True), old=YesNo(_("Was the building completed fifteen years ago, or earlier?"), required=True), begun=YesNo(_("Have the works begun?"), required=True),
             lots=Number(_("Dwellings of the co-ownership"), minimum=2, maximum=2000, whole=True, when=many, required=True), homes=Computed(_("Dwellings renovated"), value=either(many, answer("lots"), 1)),
             main_homes=Number(_("Share of main homes"), unit="%", minimum=0, maximum=100, when=many, required=True), register=Text(_("Number in the national register of co-ownerships"), longest=20, when=many, required=True),
             unpaid=Number(_("Unpaid charges of the co-ownership"), unit="%", minimum=0, maximum=100, when=many, required=True)),
        Page("means", _("Your means"), when=lives_there,
             persons=Number(_("Persons in the household"), minimum=1, maximum=20, whole=True, required=True), tax_income=Money(_("Reference income of the tax assessment"), minimum=0, required=True, private=True),
             income_level=Computed(_("Income for Anah"), value=either(IS_VERY_MODEST, "very_modest", either(IS_MODEST, "modest", "above")), as_="text", options=MEANS)),
        Page("works", _("The works"),
             aim=Choice(_("What are the works for?"), AIMS, required=True, fact=True), class_before=Choice(_("Energy class today"), CLASSES, when=energy, required=True), class_after=Choice(_("Energy class after the works"), CLASSES, when=energy, required=True),
             gain=Number(_("Gain in energy"), unit="%", minimum=0, maximum=100, when=energy, required=True),
             quotes=Items(_("Quotes"), row=_("Quote"), required=True, most=30, totals=("amount",), fields={
                 "company": Text(_("Company"), required=True, longest=120), "work": Choice(_("Works"), WORKS, required=True), "amount": Money(_("Amount with VAT"), minimum=1, required=True),
                 "qualified": YesNo(_("Is the company qualified (RGE)?"))}),
             cost=Computed(_("Cost of the works"), value=items("quotes").sum(answer("amount")), as_="money"),
             eligible=Computed(_("Expense taken into account"), value=ELIGIBLE, as_="money"), rate=Computed(_("Rate of Anah"), value=RATE, unit="%"),
             anah_aid=Computed(_("Aid of Anah, at most"), value=ANAH_AID, as_="money"), own_aid=Computed(_("Aid of the metropolis, at most"), value=OWN_AID, as_="money")),
        Page("papers", _("The papers"),
             quote_files=Files(_("The quotes"), accept=PDF, most=30, largest_mb=20, required=True), papers=Files(_("Tax assessment, title, audit; for a co-ownership the minutes that vote the works"), accept=DOCUMENTS, most=12, largest_mb=20, private=True, required=True),
             statement=Statement(_("I certify that what I declare is true, and that the works have not begun."), required=True)),
    )
    eligibility = (
        Ineligible(answer("begun").is_(True), _("Works that have begun are not helped."), _("The renovation desk advises you on other aids.")),
        Ineligible(answer("old").is_(False), _("The building must be fifteen years old at least."), _("The renovation desk advises you on other aids.")),
        Ineligible(answer("income_level").is_("above") & (answer("persons") > 0), _("With this income Anah's aid is not open to you here."), _("The renovation desk advises you on other aids.")),
        Ineligible((answer("lots") <= 20) & (answer("main_homes") < rule("main_small")), _("Too few main homes: 65 % are needed up to twenty dwellings."), _("The renovation desk advises you on other aids.")),
        Ineligible((answer("lots") > 20) & (answer("main_homes") < rule("main_large")), _("Too few main homes: 75 % are needed above twenty dwellings."), _("The renovation desk advises you on other aids.")),
        Ineligible(many & (answer("gain") < rule("gain")), _("The works must save at least 35 % of the energy."), _("Have the audit propose a wider programme.")),
    )
    rules = RULES
    escalations = (Escalation("decision", before=20, to="supervisor", says=_("In twenty days silence refuses this help")),)
    clocks = (
        DECISION,
        Clock("works", _("Time for the works"), lasts="works", starts="award", extended_by="more_time", extension=years(1), stopped_by=("pay_balance", "claim_back", "withdraw"), silence="lapse", whose="applicant",
              warns=(180, 30), is_due=False, source="CCH, art. R321-19"),
        Clock("payment", _("Payment after a request"), lasts="payment", starts="ask_payment", stopped_by=("pay", "pay_balance", "no_payment", "lapse"), warns=(15,), source="Règlement des aides de la métropole"),
    )
    flow, letters, notices, figures = FLOW, LETTERS, NOTICES, FIGURES
    privacy = Privacy(
        purpose=_("Fund the renovation of homes and co-ownerships"), basis=PUBLIC_TASK, source="CCH, art. L321-1 et L321-1-1", persons=(_("owners and their households"), _("companies")),
        categories=(_("identity and contact"), _("household and income"), _("dwelling and works")), recipients=(_("housing team"), _("local committee for housing"), _("Anah and the other funders"), _("public accountant")),
        sees=(Sees(("tax_income", "papers"), rights=("act", "assign"), why=_("to examine the means of the household")),),
        retention={"completed": Kept("P10Y", reason=_("the commitments to live in or to let the dwelling may be checked")), "claimed": "P10Y", "*": "P2Y"},
    )
    rehearsal = Profile(
        per_year=1_900, source="Rapport d'activité 2023: financements de l'Anah pour plus de 3 300 logements; dossiers: estimation de la maison",
        shares={"filed.complete": 0.6, "filed.ask_papers": 0.38, "review.propose": 0.75, "review.visit": 0.2, "review.refuse": 0.05, "committee.award": 0.93, "committee.refuse": 0.07,
                "works.begin": 0.3, "works.reach": 0.25, "works.ask_payment": 0.45, "works.claim_back": 0.01, "to_pay.pay": 0.9, "to_pay.pay_balance": 0.95, "to_pay.no_payment": 0.05},
        days={"filed": 10, "incomplete": 25, "review": 30, "committee": 20, "works": 90, "to_pay": 25},
        answers={"owner": {"occupier": 0.847, "landlord": 0.1, "co_ownership": 0.053}, "begun": {"false": 1}, "old": {"true": 1}, "aim": {"energy": 0.55, "age": 0.35, "unfit": 0.1},
                 "tax_income": {"12000": 0.35, "16500": 0.35, "21500": 0.3}, "persons": {"1": 0.3, "2": 0.4, "4": 0.3}, "lots": {"12": 0.5, "48": 0.5}, "main_homes": {"82": 1}, "gain": {"38": 0.5, "55": 0.5},
                 "amount": {"3200": 0.3, "8400": 0.4, "14500": 0.3}, "anah": {"6000": 0.5, "9000": 0.5}, "metropolis": {"800": 0.6, "1500": 0.4}, "region": {"0": 1}, "department": {"0": 0.7, "500": 0.3}, "town": {"0": 1},
                 "paid": {"1200": 1}},
    )
