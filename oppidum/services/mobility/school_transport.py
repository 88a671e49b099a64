"""School transport (transports scolaires): a pupil far from school travels on a pass; distance gives the right, means set the price."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    PAPERS,
    PUBLIC_TASK,
    STAY,
    Action,
    Campaign,
    Choice,
    Day,
    Files,
    Flow,
    Ineligible,
    Kept,
    Privacy,
    Profile,
    Sees,
    Service,
    Text,
    answer,
    end,
    money_moves,
    rule,
    step,
)
from oppidum.services.mobility.school_transport_data import DATASETS
from oppidum.services.mobility.school_transport_figures import FIGURES
from oppidum.services.mobility.school_transport_form import FORM
from oppidum.services.mobility.school_transport_letters import LETTERS
from oppidum.services.mobility.school_transport_tariff import FEES, RULES, TARIFFS

grant = Action("grant", _("Grant"), by=("act", "system"), charges="pass")
issue = Action("issue", _("Issue the card"), by="system", letter="card", numbers="school-card")
issue_again = Action("issue_again", _("Issue the card again"), by="system", letter="card", numbers="school-card")
replace_card = Action("replace_card", _("Card lost or broken: a new one"), by=("resident", "act"), charges="duplicate", bulk=False)
refuse = Action("refuse", _("Refuse"), by="act", letter="refusal", demands={
    "reason": Choice(_("Why?"), {
        "school": _("The school is not served, or belongs to another authority"),
        "papers": _("The papers don't prove what is asked for"),
        "twice": _("The child has a pass already"),
    }, required=True),
})
ask_papers = Action("ask_papers", _("Ask for papers"), by="act", letter="papers", demands={
    "wanted": Text(_("Which papers, and why?"), required=True, lines=4, longest=2000, private=True),
})
send_papers = Action("send_papers", _("Send the papers"), by=("resident", "act"), demands={
    "papers": Files(_("Papers"), accept=PAPERS, most=5, private=True),
})
give_back = Action("give_back", _("Give the pass back"), by=("resident", "act"), charges="months_used", bulk=False, demands={
    "given_back_on": Day(_("Last day on which it is used"), required=True, earliest=-31),
})
withdraw = Action("withdraw", _("Withdraw the request"), by=("resident", "act"))
lapse = Action("lapse", _("Close the request"), by="system")
expire = Action("expire", _("The school year is over"), by=("act", "system"))


class SchoolTransport(Service):
    """School transport (transports scolaires), C. transp., art. L3111-7: the authority's own service, rules and prices."""

    code = "school-transport"
    name = _("School transport")
    owner = "mobility"
    says = _("A pass for the way to school: ask for it once a year, see at once whether the distance gives the right, and the price.")
    words = _("school bus, coach, pupil, pass, card, college, lycée, nursery, season ticket for school")
    icon = "bus"
    minutes = 8
    applicants = ("person",)
    campaign = Campaign(opens="opens", closes="closes", grace_minutes=120, late="late_from")
    form = FORM
    rules, tariffs, fees = RULES, TARIFFS, FEES
    letters = LETTERS
    figures, datasets = FIGURES, DATASETS
    eligibility = (
        Ineligible(
            when=answer("level").one_of("paid", "student"),
            says=_("The school pass is for pupils: not for paid training, nor for higher education."),
            instead=_("Take the pass for people under 26, on the site of the transport network."),
        ),
        Ineligible(
            when=answer("age") < rule("least_age"),
            says=_("The child is too young on the first day of school to travel alone by coach."),
            instead=_("Ask again for the next school year."),
        ),
    )
    flow = Flow(
        step("asked", grant >> "to_pay", refuse >> "refused", ask_papers >> "incomplete", withdraw >> "withdrawn",
            label=_("Asked for"), says=_("The team checks your request.")),
        step("incomplete", send_papers >> "asked", withdraw >> "withdrawn", lapse >> "lapsed", pauses=True, waits=30, then="lapse",
            label=_("Papers expected")),
        step("to_pay", issue >> "valid", withdraw >> "withdrawn", lapse >> "lapsed", waits=90, then="lapse",
            label=_("To be paid"), says=_("The pass is granted. The card is sent once it is paid.")),
        step("valid", replace_card >> STAY, issue_again >> STAY, give_back >> "given_back", expire >> "expired",
            waits=400, then="expire", rests=True, sleeps_through=("replace_card",), label=_("Valid"), says=_("The card is valid until the end of the school year.")),
        end("expired", label=_("School year over")),
        end("given_back", label=_("Given back")),
        end("refused", label=_("Refused")),
        end("withdrawn", label=_("Withdrawn")),
        end("lapsed", label=_("Closed without papers or payment")),
        always=money_moves(bill="bill"),
    )
    privacy = Privacy(
        purpose=_("Grant the school transport pass, set its price and send the card"),
        basis=PUBLIC_TASK, source="C. transp., art. L3111-7",
        persons=(_("pupils"), _("their parents or guardians")),
        categories=(_("identity and contact"), _("school"), _("means of the household")),
        recipients=(_("school transport team"), _("carriers: name and card number"), _("public accountant")),
        retention={"expired": Kept("P2Y", reason=_("renewal, disputes")), "refused": "P1Y", "*": "P1Y"},
        sees=(Sees(("quotient", "attestation", "in_care"), rights=("act",), why=_("to set the price")),),
    )
    rehearsal = Profile(
        55_000, source="activity report 2023, line 1180: 55 000 files",
        months=(0.2, 0.2, 0.3, 0.3, 1.5, 4.0, 3.0, 2.0, 1.0, 0.3, 0.2, 0.2),
        shares={"asked.grant": 0.93, "asked.refuse": 0.02, "asked.ask_papers": 0.05, "incomplete.send_papers": 0.8, "valid.give_back": 0.01, "valid.replace_card": 0.01},
        days={"asked": 6, "incomplete": 8, "to_pay": 7, "valid": 60},
        answers={"level": {"primary": 0.15, "lower": 0.55, "upper": 0.3}, "in_care": {"no": 0.98, "yes": 0.02}, "shared": {"no": 0.85, "yes": 0.15},
                 "birth": {"2017-04-12": 0.15, "2014-03-02": 0.2, "2013-06-21": 0.2, "2012-11-09": 0.2, "2010-01-30": 0.15, "2009-08-17": 0.1}},
        per_day=900,
    )
