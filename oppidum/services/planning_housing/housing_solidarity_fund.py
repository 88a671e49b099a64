"""Housing solidarity fund (fonds de solidarité pour le logement, FSL): entering a dwelling, keeping it, paying energy, water and telephone.

Loi 90-449 of 31 May 1990, art. 6 and 6-1; CGCT, art. L5217-2, IV (the metropolis in place of the département). Who is helped, and by how much, is in the
rules of procedure (règlement intérieur) that the metropolis votes: those below are a model.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    DOCUMENTS,
    Address,
    Choice,
    Clock,
    Computed,
    Contact,
    Day,
    Files,
    Form,
    Ineligible,
    Items,
    Kept,
    Money,
    Page,
    Party,
    Place,
    Privacy,
    Sees,
    Service,
    Since,
    Statement,
    Text,
    YesNo,
    age_on,
    answer,
    dated,
    days,
    from_table,
    items,
    least,
    money,
    rounded,
    rule,
)
from oppidum.cases.declaration.opinions import Opinion
from oppidum.cases.declaration.privacy import PUBLIC_TASK
from oppidum.cases.declaration.profile import Profile
from oppidum.cases.declaration.routing import Escalation, Route
from oppidum.services.planning_housing.housing_solidarity_fund_flow import FEES, FLOW, agreeing_payment
from oppidum.services.planning_housing.housing_solidarity_fund_texts import AIDS, FIGURES, LETTERS, NOTICES, STAGES, TENURES
from oppidum.services.planning_housing.social_funds import DECISION, INCOME, SILENCE

RULES = "Règlement intérieur du FSL (modèle)"
people = items("people")
income, housing = items("income").sum(answer("amount")), items("costs").sum(answer("amount"))
# One for the first adult, a half for each other person of 14 or more, 0.3 for a child: the scale of the OECD.
units = 1 + (people.count(age_on("birth") >= 14) - 1) * 0.5 + people.count(age_on("birth") < 14) * 0.3


class HousingSolidarityFund(Service):
    """Fonds de solidarité pour le logement (loi 90-449, art. 6)."""

    code = "housing-solidarity-fund"
    name = _("Housing solidarity fund")
    says = _("Help to enter a dwelling, keep it, or pay energy, water or telephone, as a grant or a loan without interest. Your landlord or supplier is paid directly.")
    words = _("FSL, rent arrears, deposit, guarantee, eviction, energy bill, water bill, unpaid rent, moving in, loan")
    owner, icon, minutes = "planning-housing", "house", 20
    applicants = ("person",)
    form = Form(
        Page("need", _("What you need"),
             aid=Choice(_("What is the help for?"), AIDS, required=True, fact=True),
             stage=Choice(_("Is an eviction or a cut under way?"), STAGES, required=True, fact=True),
             debt=Items(_("What is to be paid?"), row=_("Line"), required=True, most=10, totals=("amount",), fields={
                 "what": Text(_("What for?"), required=True, longest=120), "amount": Money(_("Amount"), minimum=1, required=True)}),
             asked=Computed(_("Amount asked for"), value=items("debt").sum(answer("amount")), as_="money")),
        Page("home", _("The dwelling"),
             dwelling=Place(_("Where is the dwelling?"), required=True, private=True), tenure=Choice(_("How do you live there?"), TENURES, required=True),
             payee=Party(_("Who is to be paid: landlord or supplier?"), kinds=("company", "person", "commune", "association"), required=True), payee_address=Address(_("Address of who is to be paid"), required=True),
             contract=Text(_("Number of the lease or the contract"), longest=40, private=True)),
        Page("household", _("Your household"), hint=_("Everybody who lives in the dwelling, yourself first."),
             people=Items(_("Who lives in the dwelling?"), row=_("Person"), required=True, most=12, private=True, fields={
                 "first_name": Text(_("First name"), required=True, longest=60), "birth": Day(_("Born on"), latest=0, required=True)}),
             income=INCOME,
             costs=Items(_("What the dwelling costs, a month"), row=_("Cost"), required=True, private=True, most=8, totals=("amount",), fields={
                 "what": Choice(_("Which?"), {"rent": _("Rent or loan, housing aid taken off"), "charges": _("Charges"), "energy": _("Energy"), "water": _("Water"), "other": _("Insurance and others")}, required=True),
                 "amount": Money(_("Amount a month"), minimum=0, required=True)}),
             units=Computed(_("Units of consumption of the household"), value=units, private=True),
             per_unit=Computed(_("Income a month for each unit"), value=rounded(income / units), as_="money", private=True),
             within=Computed(_("Within the ceiling of the fund"), value=answer("per_unit") <= rule("ceiling"), as_="yes_no"),
             effort=Computed(_("Share of income that the dwelling takes"), value=housing * 100 / income, unit="%", private=True),
             left_a_day=Computed(_("Left to live, a day and a person"), value=rounded((income - housing) / (people.count() * 30)), as_="money", private=True),
             most=Computed(_("Most that the rules allow"), value=least(answer("asked"), from_table(answer("aid"), {"entry": rule("most_entry"), "keep": rule("most_keep"), "energy": rule("most_bill"), "water": rule("most_bill"), "phone": rule("most_phone")})),
                           as_="money"),
             loan_first=Computed(_("A loan rather than a grant"), value=answer("left_a_day") >= rule("loan_from"), as_="yes_no", private=True)),
        Page("you", _("Who asks"),
             applicant=Party(_("Who asks?"), kinds=("person",), required=True), applicant_address=Address(_("Your postal address"), required=True), contact=Contact(_("How do we reach you?"), required=True),
             adviser=Text(_("Social worker who helps you, if there is one"), longest=120, private=True), heard=YesNo(_("May we ask your social worker, your landlord and your supplier about this request?"), required=True),
             papers=Files(_("Proof of identity, income and debt; lease; bank details of who is to be paid"), accept=DOCUMENTS, most=12, largest_mb=20, private=True, required=True),
             statement=Statement(_("I certify that what I declare is true."), required=True)),
    )
    eligibility = (
        Ineligible(answer("within").is_(False), _("With {per_unit} a month for each unit, your household is above the ceiling of the fund."), _("A social worker can tell you who else may help: call the housing advice desk.")),
    )
    rules = {
        "silence": SILENCE,
        "ceiling": dated(Since("2023-01-01", money(1_250), source=RULES), own=True, label=_("Ceiling of income a month for each unit")),
        "loan_from": dated(Since("2023-01-01", money(14), source=RULES), own=True, label=_("Left to live from which a loan is given")),
        "most_entry": dated(Since("2023-01-01", money(1_500), source=RULES), own=True, label=_("Most for entering a dwelling")),
        "most_keep": dated(Since("2023-01-01", money(3_000), source=RULES), own=True, label=_("Most for keeping a dwelling")),
        "most_bill": dated(Since("2023-01-01", money(500), source=RULES), own=True, label=_("Most for energy or water, a year")),
        "most_phone": dated(Since("2023-01-01", money(150), source=RULES), own=True, label=_("Most for the telephone, a year")),
        "payment": dated(Since("2023-01-01", days(30), source=RULES), own=True, label=_("Payment to the landlord or the supplier")),
    }
    # Who may be put out or cut off comes first.
    routes = (Route(when=answer("stage").one_of("order", "cut"), priority="urgent", says=_("An eviction or a cut is near")),)
    opinions = (Opinion("social", _("Social services"), of="third:social-service", due=days(15), silence="none", confidential=True, source=RULES, verified=False),)
    escalations = (Escalation("decision", before=20, to="supervisor", says=_("In twenty days silence refuses this help")),)
    clocks = (
        DECISION,
        Clock("payment", _("Payment to the landlord or the supplier"), lasts="payment", starts=("award", "sign_contract"), stopped_by=("pay", "pay_loan", "not_signed"), warns=(7,), source=RULES),
    )
    flow, fees, letters, notices, figures = FLOW, FEES, LETTERS, NOTICES, FIGURES
    privacy = Privacy(
        purpose=_("Help households to enter or keep a dwelling and to pay its bills"), basis=PUBLIC_TASK, source="Loi 90-449 du 31 mai 1990, art. 6 et 6-1",
        persons=(_("persons who ask for help, and their household"), _("landlords and suppliers")), categories=(_("identity and contact"), _("household, income and debts"), _("dwelling")),
        recipients=(_("solidarity funds team"), _("committee of the fund"), _("social services, with the person's agreement"), _("landlord or supplier: the amount paid"), _("public accountant")),
        sees=(Sees(("income", "costs", "people", "units", "per_unit", "effort", "left_a_day", "loan_first", "adviser", "papers"), rights=("act", "assign"), why=_("to examine the means of the household")),),
        identity_papers=("papers",), dpia=True, dpia_reason=_("Means of persons in need, at scale"),
        retention={"repaid": Kept("P5Y", reason=_("accounts of the loan")), "written_off": Kept("P5Y", reason=_("accounts of the loan")), "paid": Kept("P5Y", reason=_("accounts may be checked; help is limited by year")), "*": "P2Y"},
    )
    rehearsal = Profile(
        per_year=10_390, source="Rapport d'activité 2023: 10 000 dossiers traités dans le cadre du FSL; 4 % ne vont pas jusqu'à la décision (hypothèse)",
        shares={"filed.complete": 0.72, "filed.ask_papers": 0.26, "filed.withdraw": 0.02, "review.ask_social": 0.2, "review.propose": 0.8, "committee.award": 0.78, "committee.refuse": 0.22, "payment.pay": 1, "payment.pay_loan": 1,
                "contract.sign_contract": 0.95, "repaying.remit": 0.05, "repaying.write_off": 0.02},
        days={"filed": 6, "incomplete": 14, "review": 12, "committee": 9, "contract": 10, "payment": 9, "repaying": 300},
        answers={"amount": {"90": 0.2, "180": 0.25, "320": 0.2, "540": 0.2, "760": 0.15}, "birth": {"1984-02-11": 0.3, "1992-07-30": 0.3, "2015-05-04": 0.25, "2020-10-19": 0.15},
                 "aid": {"entry": 0.36, "keep": 0.18, "energy": 0.36, "water": 0.08, "phone": 0.02}, "lent": {"0": 0.74, "240": 0.08, "480": 0.1, "900": 0.08}, "stage": {"none": 0.75, "reminder": 0.15, "order": 0.05, "cut": 0.05}},
        typical={"granted": (32_000, 1.6), "paid": (40_000, 1.6), "remitted": (4_000, 1.6), "instalments": (12, 1.4), "grace": (1, 1.5)}, pays=(0.9, 3), agrees=agreeing_payment, ahead=46,
    )
