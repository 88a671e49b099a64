"""Youth fund (fonds d'aide aux jeunes, FAJ): help of a few weeks to people of 18 to 25 in difficulty, on their way to work.

Code de l'action sociale et des familles, art. L263-3; CGCT, art. L5217-2, IV (the metropolis in place of the département). What is helped, and by
how much, is in the rules of procedure that the metropolis votes: those below are a model.
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
    Kept,
    Money,
    Page,
    Party,
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
    rule,
    working_days,
)
from oppidum.cases.declaration.opinions import Opinion
from oppidum.cases.declaration.privacy import PUBLIC_TASK
from oppidum.cases.declaration.profile import Profile
from oppidum.cases.declaration.routing import Escalation, Route
from oppidum.services.planning_housing.social_funds import DECISION, INCOME, SILENCE
from oppidum.services.planning_housing.youth_fund_flow import FLOW
from oppidum.services.planning_housing.youth_fund_texts import AIDS, FIGURES, LETTERS, LIVES, NOTICES

RULES = "Règlement intérieur du FAJ (modèle)"


class YouthFund(Service):
    """Fonds d'aide aux jeunes (code de l'action sociale et des familles, art. L263-3)."""

    code = "youth-fund"
    name = _("Youth fund")
    says = _("From 18 to 25, in difficulty: help with food, transport, training, health or a roof, with an adviser. In an emergency we answer within two working days.")
    words = _("FAJ, young people, emergency, food, transport, driving licence, training, mission locale")
    owner, icon, minutes = "planning-housing", "users", 12
    applicants = ("person",)
    form = Form(
        Page("you", _("Who asks"),
             applicant=Party(_("Who asks?"), kinds=("person",), required=True), birth=Day(_("Born on"), latest=0, required=True, private=True),
             age=Computed(_("Age"), value=age_on("birth"), unit=_("years")), applicant_address=Address(_("Where do letters reach you?"), required=True),
             contact=Contact(_("How do we reach you?"), required=True), lives=Choice(_("Where do you live?"), LIVES, required=True)),
        Page("need", _("What you need"),
             aid=Choice(_("What is the help for?"), AIDS, required=True, fact=True),
             urgent=YesNo(_("Do you lack food or a roof today?"), required=True, fact=True),
             asked=Money(_("Amount asked for"), minimum=1, maximum=1_000_000, required=True),
             most=Computed(_("Most that the rules allow"), value=least(answer("asked"), from_table(answer("aid"), {
                 "living": rule("most_living"), "transport": rule("most_project"), "training": rule("most_training"), "licence": rule("most_training"), "health": rule("most_project"), "roof": rule("most_project")})), as_="money"),
             project=Text(_("What is it needed for, and what is your project?"), lines=5, longest=2000, required=True, private=True)),
        Page("means", _("Your means"),
             income=INCOME, income_sum=Computed(_("Income a month"), value=items("income").sum(answer("amount")), as_="money", private=True),
             within=Computed(_("Within the ceiling of the fund"), value=answer("income_sum") <= rule("ceiling"), as_="yes_no")),
        Page("papers", _("The papers"),
             adviser=Text(_("Adviser who helps you: mission locale, social worker"), longest=120, private=True),
             papers=Files(_("Proof of identity and income; estimate or bill; bank details"), accept=DOCUMENTS, most=10, largest_mb=20, private=True, required=~answer("urgent").is_(True)),
             statement=Statement(_("I certify that what I declare is true."), required=True)),
    )
    eligibility = (
        Ineligible(answer("age") < 18, _("The fund helps people from 18 on."), _("Before that age the département's social services help you and your family.")),
        Ineligible(answer("age") > 25, _("The fund helps people up to 25."), _("After that age ask the social services near you.")),
        Ineligible(answer("within").is_(False), _("Your income is above the ceiling of the fund."), _("Your adviser can tell you who else may help.")),
    )
    rules = {
        "silence": SILENCE,
        "emergency": dated(Since("2023-01-01", working_days(2), source=RULES), own=True, label=_("Answer in an emergency")),
        "ceiling": dated(Since("2023-01-01", money(850), source=RULES), own=True, label=_("Ceiling of income a month")),
        "most_living": dated(Since("2023-01-01", money(300), source=RULES), own=True, label=_("Most for food and daily life")),
        "most_project": dated(Since("2023-01-01", money(500), source=RULES), own=True, label=_("Most for transport, health or a roof")),
        "most_training": dated(Since("2023-01-01", money(1_000), source=RULES), own=True, label=_("Most for training or a driving licence")),
        "payment": dated(Since("2023-01-01", days(15), source=RULES), own=True, label=_("Payment of the help")),
    }
    routes = (Route(when=answer("urgent").is_(True), priority="urgent", says=_("Food or a roof is lacking")),)
    opinions = (Opinion("mission", _("Mission locale"), of="third:mission-locale", due=days(10), silence="none", confidential=True, source=RULES, verified=False),)
    escalations = (Escalation("emergency", before=0, to="supervisor", says=_("An emergency of the youth fund is to be answered today")),)
    clocks = (
        DECISION,
        Clock("emergency", _("Answer in an emergency"), lasts="emergency", when=answer("urgent").is_(True), stopped_by=("award", "refuse", "withdraw", "abandon", "propose"), source=RULES),
        Clock("payment", _("Payment of the help"), lasts="payment", starts="award", stopped_by="pay", warns=(5,), source=RULES),
    )
    flow, letters, notices, figures = FLOW, LETTERS, NOTICES, FIGURES
    privacy = Privacy(
        purpose=_("Help young people in difficulty on their way to work"), basis=PUBLIC_TASK, source="CASF, art. L263-3",
        persons=(_("people of 18 to 25 who ask for help"),), categories=(_("identity and contact"), _("income and project")),
        recipients=(_("solidarity funds team"), _("committee of the fund"), _("mission locale, with the person's agreement"), _("public accountant")),
        sees=(Sees(("income", "income_sum", "project", "adviser", "papers", "birth"), rights=("act", "assign"), why=_("to examine the means and the project")),),
        identity_papers=("papers",), dpia=True, dpia_reason=_("Means of persons in need, at scale"),
        retention={"paid": Kept("P5Y", reason=_("accounts may be checked; help is limited by year")), "*": "P2Y"},
    )
    rehearsal = Profile(
        per_year=3_270, source="Rapport d'activité 2023: plus de 3 000 demandes traitées pour le Fonds d'aide aux jeunes; 8 % ne vont pas jusqu'à la décision (hypothèse)",
        shares={"filed.complete": 0.8, "filed.ask_papers": 0.18, "filed.withdraw": 0.02, "review.propose": 0.7, "review.award": 0.25, "committee.award": 0.85, "committee.refuse": 0.15, "payment.pay": 1},
        days={"filed": 3, "incomplete": 10, "review": 6, "committee": 7, "payment": 6},
        answers={"amount": {"0": 0.3, "120": 0.3, "240": 0.3, "410": 0.1}, "birth": {"2001-12-14": 0.1, "2003-05-14": 0.3, "2005-02-11": 0.3, "2007-03-28": 0.3},
                 "aid": {"living": 0.45, "transport": 0.2, "training": 0.12, "licence": 0.13, "health": 0.04, "roof": 0.06}, "urgent": {"true": 0.25, "false": 0.75}},
        typical={"granted": (22_000, 1.6), "paid": (22_000, 1.6)}, ahead=16,
    )
