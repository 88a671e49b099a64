"""Composters and worm-composters (S11): one to a dwelling, for a contribution, fetched at a distribution as long as its stock lasts."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    PUBLIC_TASK,
    STAY,
    Action,
    Booking,
    Choice,
    Contact,
    Fee,
    FeeLine,
    Flow,
    Form,
    Ineligible,
    Kept,
    Number,
    Page,
    Place,
    Privacy,
    Profile,
    Service,
    Since,
    Slot,
    Tariff,
    TariffVersion,
    Text,
    YesNo,
    answer,
    dated,
    days,
    end,
    money_moves,
    step,
)
from oppidum.services.living_environment.composter_texts import DWELLINGS, FIGURES, MODELS, NOTICES, WITH_GARDEN
from oppidum.services.shared.notes import internal_note

RULE = "Règlement de mise à disposition des composteurs"
VOTED = _("Deliberation to be named: the metropolis' own price")
DISTRIBUTION = {"distribution": Slot(_("Where and when do you fetch it?"), booking="composter", required=True)}

move = Action("move", _("Choose another distribution"), by=("resident", "intake", "act"), books="composter", frees="composter", bulk=False, demands=DISTRIBUTION)
moved_by_us = Action("moved_by_us", _("Moved by the service"), by=("system", "act"), books="composter", frees="composter", bulk=False, demands=DISTRIBUTION)
unplaced = Action("unplaced", _("The distribution is cancelled"), by=("system", "act"), frees="composter")
rebook = Action("rebook", _("Choose a new distribution"), by=("resident", "intake", "act"), books="composter", bulk=False, demands=DISTRIBUTION)
remind = Action("remind", _("Reminder of the day before"), by="system")
hand_over = Action("hand_over", _("Hand it over"), by="act")
# What nobody fetched goes back into the stock, and doesn't count as the dwelling's one.
not_fetched = Action("not_fetched", _("Nobody came"), by="act", frees="composter")
cancel = Action("cancel", _("Cancel the reservation"), by=("resident", "intake", "act"), frees="composter", charges="cancelled", bulk=False)
lapse = Action("lapse", _("No new distribution was chosen"), by="system", charges="cancelled")
note = internal_note("act", "intake", "note")


class Composter(Service):
    """Réservation d'un composteur ou d'un lombricomposteur (tri à la source des biodéchets: code de l'environnement, art. L541-21-1)."""

    code = "composter"
    name = _("Composter or worm-composter")
    owner = "living-environment-water"
    says = _("Reserve a composter for your garden, or a worm-composter for your flat, and fetch it at a distribution near you. One to a dwelling.")
    words = _("compost, composter, worms, worm bin, kitchen waste, peelings, garden waste, biowaste")
    icon = "recycle"
    applicants = ("person",)
    figures, notices = FIGURES, NOTICES

    form = Form(
        Page("dwelling", _("Your dwelling"),
             address=Place(_("Your address"), required=True, private=True),
             dwelling=Choice(_("Do you live in a house or a flat?"), DWELLINGS, required=True),
             door=Text(_("Building, floor, door"), when=answer("dwelling").is_("flat"), required=True, longest=60, private=True),
             garden=YesNo(_("Have you a garden of your own, on bare ground?"), required=True),
             household=Number(_("How many live there?"), whole=True, minimum=1, maximum=15, required=True)),
        Page("model", _("Your composter"), model=Choice(_("Which one?"), MODELS, required=True)),
        Page("distribution", _("Fetch it"), hint=_("Bring the code of your reservation and something that shows your address."), **DISTRIBUTION),
        Page("you", _("How do we reach you?"), contact=Contact(_("You"), required=True)),
    )
    eligibility = (
        Ineligible(when=answer("garden").is_(False) & answer("model").one_of(*WITH_GARDEN),
                   says=_("A composter stands on the bare ground of a garden: worms come into it from below."),
                   instead=_("Without a garden choose the worm-composter, or ask your building for a shared compost site.")),
    )
    # The authority sorts biowaste at its source since 1 January 2024, by collecting it or by composting near homes: how, it rules itself.
    rules = {
        "a_dwelling": dated(Since("2022-01-01", 1, source=RULE), own=True, label=_("Composters of a dwelling"), unit=_("composters")),
    }
    tariffs = {
        "contribution": Tariff(_("Contribution"), by=("model",), says={"model": MODELS}, versions=(
            TariffVersion("2022-01-01", source=VOTED, rows=(("wood", 1_500), ("plastic", 1_000), ("worms", 1_500))),)),
    }
    fees = (
        Fee("contribution", _("Contribution to a composter"), account="7088", at_filing=True, lines=(
            FeeLine(_("Contribution"), price="contribution", by=(answer("model"),)),)),
        Fee("cancelled", _("Reservation cancelled"), replaces="contribution", lines=(FeeLine(_("Contribution"), amount=0),)),
    )
    bookings = (
        Booking("composter", _("Distribution"), resource_kind="composter", at="address", model="model", per=("address", "door"),
                quota=("a_dwelling", "ever"), lead=days(2), horizon=days(120), change_until="18:00",
                reminds="remind", moved="moved_by_us", unplaced="unplaced", done=("hand_over",)),
    )
    flow = Flow(
        step("reserved", hand_over >> "fetched", move >> STAY, moved_by_us >> STAY, remind >> STAY, unplaced >> "to_rebook",
             not_fetched >> "to_rebook", cancel >> "cancelled",
             label=_("Reserved"), says=_("It is put aside for you at the distribution that you chose.")),
        step("to_rebook", rebook >> "reserved", cancel >> "cancelled", lapse >> "cancelled", waits=60, then="lapse",
             label=_("New distribution to choose"), says=_("Choose another distribution within sixty days.")),
        end("fetched", label=_("Fetched"), says=_("You have your composter. Good composting!")),
        end("cancelled", label=_("Cancelled"), says=_("The reservation is cancelled.")),
        always=(note >> STAY, *money_moves()),
    )
    privacy = Privacy(
        purpose=_("Lend composters to households, one to a dwelling"), basis=PUBLIC_TASK, source="C. env., art. L541-21-1; CGCT, art. L2224-13",
        persons=(_("residents who reserve a composter"),), categories=(_("identity and contact"), _("address"), _("payment of the contribution")),
        recipients=(_("the waste prevention team"), _("public accountant")),
        retention={"fetched": Kept("P5Y", reason=_("a dwelling has one composter"), source=RULE), "*": "P1Y"},
    )
    rehearsal = Profile(
        8_892, source="activity report 2023, line 3830: 7 600 composters and 1 292 worm-composters reserved",
        months=(0.7, 0.9, 1.4, 1.5, 1.4, 1.1, 0.6, 0.4, 1.1, 1.2, 1.0, 0.7),
        shares={"reserved.hand_over": 0.86, "reserved.not_fetched": 0.06, "reserved.cancel": 0.04, "reserved.move": 0.04,
                "to_rebook.rebook": 0.7, "to_rebook.cancel": 0.3},
        days={"reserved": 24, "to_rebook": 10},
        answers={"model": {"wood": 0.45, "plastic": 0.405, "worms": 0.145}, "garden": {"true": 1.0}, "dwelling": {"house": 0.9, "flat": 0.1}},
    )
