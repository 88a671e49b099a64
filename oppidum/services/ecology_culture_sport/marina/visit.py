"""Visitors' nights (escale): a berth for some nights, booked and priced by the boat's length."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    ANY,
    STAY,
    Action,
    Booking,
    Computed,
    Contact,
    Fee,
    FeeLine,
    Flow,
    Form,
    Page,
    Period,
    Privacy,
    Service,
    Slot,
    Tariff,
    TariffVersion,
    Text,
    UpTo,
    answer,
    days,
    end,
    money_moves,
    nights_of,
    step,
)
from oppidum.cases.declaration.privacy import PUBLIC_TASK
from oppidum.cases.declaration.profile import Profile
from oppidum.services.ecology_culture_sport.marina.figures import VISIT_FIGURES
from oppidum.services.ecology_culture_sport.marina.harbours import FITS, boat, harbour
from oppidum.services.ecology_culture_sport.marina.notices import VISIT_NOTICES
from oppidum.services.shared.notes import internal_note

BERTH = {"berth": Slot(_("Which berth?"), booking="visitor", required=True)}

arrive = Action("arrive", _("Arrived"), by="act", charges="stay")
move = Action("move", _("Give another berth"), by="act", books="visitor", frees="visitor", bulk=False, demands=BERTH)
moved_by_us = Action("moved_by_us", _("Moved by the harbour"), by=("system", "act"), books="visitor", frees="visitor", bulk=False, demands=BERTH)
cancel = Action("cancel", _("Cancel the stay"), by=("resident", "act", "intake"), frees="visitor")
unplaced = Action("unplaced", _("Cancelled by the harbour"), by=("system", "act"), frees="visitor")
no_show = Action("no_show", _("Did not come"), by="act", frees="visitor")
depart = Action("depart", _("Left"), by="act", frees="visitor")
note = internal_note()


class MarinaVisit(Service):
    """Escale de plaisance: some nights at a visitors' berth of a marina (code des transports, art. R5314-30 ff: visitors' share)."""

    code = "marina-visit"
    name = _("Visitors' nights in a marina")
    owner = "ecology-culture-sport"
    says = _("Some nights in one of our harbours, on your way. The fee goes by the length of the boat; you pay on arrival.")
    words = _("visitor nights mooring stopover escale nuitée")
    icon = "sailboat"
    applicants = ("person", "company", "association")
    notices = VISIT_NOTICES
    figures = VISIT_FIGURES

    form = Form(
        Page("stay", _("When and where?"), harbour=harbour, stay=Period(_("From which day to which?"), required=True, longest=22,
             hint=_("The last day is the day on which you leave."))),
        Page("boat", _("The boat"), boat_name=Text(_("Name of the boat"), private=True, required=True, longest=80), **boat()),
        Page("berth", _("The berth"), **BERTH,
             nights=Computed(_("Nights"), value=nights_of("stay"))),
        Page("you", _("How do we reach you?"), contact=Contact(_("You"), required=True)),
    )

    bookings = (
        Booking("visitor", _("Visitors' berth"), resource_kind="visitor-berth", nights=True, site="harbour", size=FITS, period="stay",
                horizon=days(365), most_nights=21, change_until="18:00", moved="moved_by_us", unplaced="unplaced"),
    )

    tariffs = {
        "night": Tariff(_("A night, by length of the boat"), by=("length_m",), versions=(
            TariffVersion("2020-01-01", source="Délibération tarifaire des ports de plaisance", rows=(
                (UpTo(6), 1_800), (UpTo(8), 2_500), (UpTo(10), 3_400), (UpTo(12), 4_400), (UpTo(15), 6_000), (UpTo(20), 9_000), (ANY, 14_000))),)),
    }
    # An occupation is always paid for, in advance, by the advantages that it gives (CG3P, art. L2125-1, L2125-3 and L2125-4).
    fees = (
        Fee("stay", _("Visitors' berth"), due_days=1, lines=(
            FeeLine(_("Nights at the quay"), quantity=nights_of("stay"), unit=_("nights"), price="night", by=(answer("length_m"),)),)),
    )

    flow = Flow(
        step("booked", arrive >> "moored", move >> STAY, moved_by_us >> STAY, cancel >> "cancelled", unplaced >> "cancelled",
             no_show >> "cancelled", label=_("Booked"), says=_("Your berth is kept for you.")),
        step("moored", depart >> "left", move >> STAY, moved_by_us >> STAY,
             label=_("At the quay"), says=_("Welcome: you are at the quay.")),
        end("left", label=_("Left"), says=_("You have left. Fair winds.")),
        end("cancelled", label=_("Cancelled"), says=_("The stay is cancelled.")),
        always=(note >> STAY, *money_moves()),
    )

    privacy = Privacy(
        purpose=_("Receive visiting boats"), basis=PUBLIC_TASK, source="code des transports, art. L5314-4",
        persons=(_("visitors of the marinas"),), categories=(_("identity and contact"), _("the boat")),
        recipients=(_("the harbour office"),), retention={"*": "P1Y"},
    )

    rehearsal = Profile(
        2_337, source="activity report 2023: 2 127 visits and 23 593 nights in the summer season; a tenth cancels or does not come",
        months=(0.2, 0.2, 0.4, 0.8, 1.2, 1.8, 2.8, 2.8, 1.2, 0.4, 0.1, 0.1),
        shares={"booked.arrive": 0.9, "booked.cancel": 0.07, "booked.no_show": 0.03, "moored.depart": 1.0}, days={"booked": 10, "moored": 6},
        typical={"stay": (9.95, 1.75), "length_m": (9, 1.2), "beam_m": (3, 1.15), "draught_m": (1.5, 1.2)}, ahead=10,
    )
