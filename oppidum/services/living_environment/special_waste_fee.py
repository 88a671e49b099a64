"""Special waste fee (redevance spéciale): who isn't a household and uses the public collection pays for it, by what is collected."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    PAPERS,
    PUBLIC_TASK,
    STAY,
    Action,
    Choice,
    Day,
    Files,
    Flow,
    Ineligible,
    Kept,
    Number,
    Privacy,
    Service,
    Text,
    answer,
    end,
    money_moves,
    rule,
    step,
)
from oppidum.cases.declaration.profile import Profile
from oppidum.services.living_environment.special_waste_figures import FIGURES
from oppidum.services.living_environment.special_waste_form import BINS, FORM
from oppidum.services.living_environment.special_waste_letters import LETTERS
from oppidum.services.living_environment.special_waste_tariff import FEES, RULES, TARIFFS, weekly

accept = Action("accept", _("Sign the contract"), by="act", letter="contract", numbers="special-waste", demands={
    "starts_on": Day(_("The contract begins on"), required=True, fact=True),
})
exclude = Action("exclude", _("Not concerned"), by="act", letter="excluded", demands={
    "reason": Choice(_("Why?"), {
        "private": _("A private company collects everything: its contract was shown"),
        "too_much": _("More than the public service may collect"),
        "technical": _("Collection needs special technical means (CGCT, art. L2224-14)"),
    }, required=True),
})
ask_papers = Action("ask_papers", _("Ask for papers"), by="act", letter="papers", demands={
    "wanted": Text(_("Which papers, and why?"), required=True, lines=4, longest=2000, private=True),
})
send_papers = Action("send_papers", _("Send the papers"), by=("resident", "act"), demands={
    "papers": Files(_("Papers"), accept=PAPERS, most=5, private=True),
})
bill = Action("bill", _("Bill a year"), by="act", charges="yearly", demands={
    "year": Number(_("Which year?"), minimum=2024, maximum=2100, whole=True, required=True, fact=True),
})
change = Action("change", _("Change the bins"), by="act", letter="amendment", bulk=False, demands={"collected": BINS})
close = Action("close", _("End the contract"), by="act", letter="closing", charges="yearly", demands={
    "ends_on": Day(_("Last day of the contract"), required=True, fact=True),
    "year": Number(_("Year to be billed until that day"), minimum=2024, maximum=2100, whole=True, required=True, fact=True),
})
withdraw = Action("withdraw", _("Withdraw"), by=("resident", "act"))
lapse = Action("lapse", _("Close without the papers"), by="system")


class SpecialWasteFee(Service):
    """Special waste fee (redevance spéciale), CGCT, art. L2333-78: the price follows the service given, chiefly the quantity."""

    code = "special-waste-fee"
    name = _("Collection of business waste")
    owner = "living-environment-water"
    says = _("Have the waste of your business collected by the public service: declare your bins, see the yearly fee at once.")
    words = _("special fee, professional waste, bins of a shop, office, restaurant, garbage of companies")
    icon = "trash-2"
    minutes = 10
    applicants = ("company", "association", "commune")
    form = FORM
    eligibility = (
        Ineligible(
            when=answer("street_side").is_(False),
            says=_("The public service collects only what needs no special technical means (CGCT, art. L2224-14)."),
            instead=_("Ask a private company; keep its contract, it shows that your waste is taken care of."),
        ),
        Ineligible(
            when=weekly > rule("most"),
            says=_("This is more than the public service collects from one establishment."),
            instead=_("Ask a private company for the whole, or declare less and have the rest collected privately."),
        ),
    )
    flow = Flow(
        step("declared", accept >> "in_force", exclude >> "excluded", ask_papers >> "incomplete", withdraw >> "withdrawn",
            label=_("Declared"), says=_("The team checks your declaration and prepares the contract.")),
        step("incomplete", send_papers >> "declared", withdraw >> "withdrawn", lapse >> "lapsed", pauses=True, waits=60, then="lapse",
            label=_("Papers expected")),
        step("in_force", bill >> STAY, change >> STAY, close >> "ended",
            rests=True, label=_("Contract in force"), says=_("Your waste is collected under a contract; the fee is billed once a year.")),
        end("ended", label=_("Contract ended")),
        end("excluded", label=_("Not concerned")),
        end("withdrawn", label=_("Withdrawn")),
        end("lapsed", label=_("Closed without the papers")),
        always=money_moves(bill="invoice"),
    )
    rules, tariffs, fees = RULES, TARIFFS, FEES
    letters = LETTERS
    figures = FIGURES
    privacy = Privacy(
        purpose=_("Collect business waste by contract and bill the special waste fee"),
        basis=PUBLIC_TASK, source="CGCT, art. L2333-78, L2224-14",
        persons=(_("those who represent an establishment"),),
        categories=(_("identity and contact"), _("establishment and its waste"), _("bills and payments")),
        recipients=(_("waste collection team"), _("public accountant")),
        # Accounting papers: ten years (code de commerce, art. L123-22).
        retention={"ended": Kept("P10Y", reason=_("accounting papers"), source="C. com., art. L123-22"), "*": "P2Y"},
    )
    rehearsal = Profile(
        3_600, source="seed: 77 000 letters of 2023 to those concerned; contracts a year supposed",
        shares={"declared.accept": 0.85, "declared.exclude": 0.1, "declared.ask_papers": 0.05, "incomplete.send_papers": 0.8, "in_force.close": 0.01},
        days={"declared": 12, "incomplete": 15, "in_force": 200},
        answers={"street_side": {"yes": 0.97, "no": 0.03}}, typical={"size": (500, 1.5), "bins": (2, 1.8), "pickups": (2, 1.6)},
    )
