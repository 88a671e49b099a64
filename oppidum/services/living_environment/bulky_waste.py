"""The bulky waste appointment (encombrants): what no longer fits a bin is fetched at the kerb, on a day that the household chooses."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    PUBLIC_TASK,
    STAY,
    Action,
    Booking,
    Choice,
    Computed,
    Contact,
    Flow,
    Form,
    Ineligible,
    Items,
    Number,
    Page,
    Place,
    Privacy,
    Service,
    Since,
    Slot,
    Text,
    YesNo,
    answer,
    dated,
    days,
    end,
    from_table,
    items,
    rule,
    step,
)
from oppidum.cases.declaration.profile import Profile
from oppidum.services.living_environment.bulky_waste_data import DATASETS
from oppidum.services.living_environment.bulky_waste_figures import FIGURES
from oppidum.services.living_environment.bulky_waste_notices import NOTICES
from oppidum.services.living_environment.bulky_waste_objects import OBJECTS, REFUSED, VOLUMES
from oppidum.services.shared.notes import internal_note

OUT_ON_THE_EVE = _("Put the objects on the pavement the evening before, after 7 p.m., without blocking the way.")
PICKUP = {"pickup": Slot(_("When shall we come?"), booking="truck", required=True)}
REASONS = {
    "refused_objects": _("Only objects that are not taken"),
    "not_declared": _("Not what was declared"),
    "unsafe": _("Not safe to load"),
}

move = Action("move", _("Choose another time"), by=("resident", "intake", "act"), books="truck", frees="truck", bulk=False,
              demands=PICKUP)
cancel = Action("cancel", _("Cancel the pick-up"), by=("resident", "intake", "act"), frees="truck", bulk=False)
rebook = Action("rebook", _("Choose a new time"), by=("resident", "intake", "act"), books="truck", bulk=False, demands=PICKUP)
remind = Action("remind", _("Reminder of the day before"), by="system")
moved_by_us = Action("moved_by_us", _("Moved by the service"), by=("system", "act"), books="truck", frees="truck", bulk=False,
                     demands=PICKUP)
unplaced = Action("unplaced", _("Cancelled by the service"), by=("system", "act"), frees="truck")
never_rebooked = Action("never_rebooked", _("No new time was chosen"), by="system")
fetched = Action("fetched", _("Fetched"), by="act", photo=True, demands={
    "in_window": YesNo(_("Did we come within the promised window?"), required=True),
    "fetched_m3": Number(_("Volume loaded"), unit="m³", minimum=0, maximum=40, required=True),
})
not_presented = Action("not_presented", _("Nothing was presented"), by="act", photo=True)
refused_on_spot = Action("refused_on_spot", _("Left where it was"), by="act", photo=True, demands={
    "reason": Choice(_("Why?"), REASONS, required=True),
    "message": Text(_("Say to the household what to do with it"), required=True, lines=3, longest=2000, private=True),
})
note = internal_note("act", "intake", "note")
message = Action("message", _("Write to the household"), by=("act", "intake"), demands={
    "message": Text(_("Your message"), required=True, lines=5, longest=5000, private=True),
})


class BulkyWaste(Service):
    """Rendez-vous encombrants: collection of households' bulky objects, by appointment (CGCT, art. L2224-14 and R2224-23)."""

    code = "bulky-waste"
    name = _("Bulky waste pick-up")
    owner = "living-environment-water"
    says = _("We fetch at your door what no longer fits a bin: furniture, mattresses, appliances. Free of charge, on a day that you choose.")
    words = _("encombrants monstres sofa mattress furniture pick-up")
    icon = "sofa"
    applicants = ("person",)
    figures, datasets = FIGURES, DATASETS
    notices = NOTICES
    routing = ("booked", "booked")

    form = Form(
        Page("objects", _("What is to be fetched?"),
             objects=Items(_("Objects"), row=_("Object"), required=True, most=15, fields={
                 "what": Choice(_("Object"), OBJECTS, required=True),
                 "how_many": Number(_("How many"), whole=True, minimum=1, maximum=10, required=True),
             }),
             volume_m3=Computed(_("Room in the truck"), unit="m³",
                                value=items("objects").sum(from_table(answer("what"), VOLUMES) * answer("how_many")))),
        Page("place", _("Where?"),
             address=Place(_("Your address"), required=True, private=True),
             details=Text(_("Where will the objects stand?"), private=True, longest=300, hint=OUT_ON_THE_EVE)),
        Page("time", _("When?"), pickup=PICKUP["pickup"]),
        Page("you", _("How do we reach you?"), contact=Contact(_("You"), required=True)),
    )

    eligibility = (
        Ineligible(when=items("objects").any(answer("what").one_of(*REFUSED)),
                   says=_("The truck takes neither rubble, tyres and car parts, plants, paint and chemicals, asbestos, gas nor glass."),
                   instead=_("Take them to a recycling centre, free of charge for households; take them off the list to go on with the rest.")),
        Ineligible(when=answer("volume_m3") > rule("largest_m3"),
                   says=_("That is more than one appointment takes."),
                   instead=_("Shorten the list and make a second appointment, or take a part to a recycling centre.")),
    )

    # Bulky waste is ruled by the authority itself (CGCT, art. L2224-16, collection rules): these are its parameters.
    rules = {
        "pickups_a_year": dated(Since("2022-01-01", 4, source="Règlement de collecte"), own=True,
                                label=_("Pick-ups of a household in a year"), unit=_("pick-ups")),
        "largest_m3": dated(Since("2022-01-01", 3, source="Règlement de collecte"), own=True,
                            label=_("Most that one appointment takes"), unit="m³"),
    }

    bookings = (
        Booking("truck", _("Pick-up"), resource_kind="bulky-truck", takes=answer("volume_m3"), at="address", per=("address",),
                lead=days(2), horizon=days(42), change_until="18:00", quota=("pickups_a_year", "year"),
                reminds="remind", moved="moved_by_us", unplaced="unplaced", done=("fetched",),
                missed=("not_presented",)),
    )

    flow = Flow(
        step("booked", move >> STAY, moved_by_us >> STAY, remind >> STAY, cancel >> "cancelled", unplaced >> "to_rebook",
             fetched >> "done", not_presented >> "missed", refused_on_spot >> "left",
             label=_("Appointment made"), says=_("The truck comes at the time that you chose.")),
        step("to_rebook", rebook >> "booked", cancel >> "cancelled", never_rebooked >> "cancelled", waits=30, then="never_rebooked",
             label=_("New time to choose"), says=_("We can't come at that time: choose another one, yours comes first.")),
        end("done", label=_("Fetched"), says=_("Your objects were fetched.")),
        end("missed", label=_("Nothing presented"), says=_("The team came and found nothing.")),
        end("left", label=_("Left where it was"), says=_("The team could not take the objects, and said why.")),
        end("cancelled", label=_("Cancelled"), says=_("The pick-up is cancelled.")),
        always=(note >> STAY, message >> STAY),
    )

    privacy = Privacy(
        purpose=_("Fetch households' bulky waste by appointment"), basis=PUBLIC_TASK, source="CGCT, art. L2224-14",
        persons=(_("residents who make an appointment"),), categories=(_("identity and contact"), _("address"), _("objects")),
        recipients=(_("the collection team"),), retention={"*": "P1Y"},
    )

    rehearsal = Profile(
        17_000, source="assumption: the report gives tonnes (34 617 t of bulky waste in 2023, most of it brought to recycling centres)",
        months=(0.8, 0.8, 1, 1.1, 1.2, 1.2, 1.1, 0.9, 1.1, 1.1, 0.9, 0.8),
        shares={"booked.fetched": 0.84, "booked.not_presented": 0.05, "booked.cancel": 0.06, "booked.move": 0.03, "booked.refused_on_spot": 0.02,
                "to_rebook.rebook": 0.8, "to_rebook.cancel": 0.2},
        days={"booked": 9, "to_rebook": 4},
        answers={"what": {"sofa": 0.22, "mattress": 0.24, "wardrobe": 0.12, "armchair": 0.1, "table": 0.1, "fridge": 0.08, "other": 0.14},
                 "in_window": {"true": 0.93, "false": 0.07}},
        typical={"how_many": (1.1, 1.4), "fetched_m3": (1.2, 1.6)},
    )
