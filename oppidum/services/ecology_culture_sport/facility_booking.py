"""Pools and sports grounds (S24): lanes, halls, grounds and school classes booked at their hours, as many as there is room for; a list where full."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    ANY,
    PUBLIC_TASK,
    STAY,
    Action,
    Booking,
    Branch,
    Choice,
    Clock,
    Contact,
    Day,
    Fee,
    FeeLine,
    Flow,
    Form,
    Ineligible,
    Kept,
    Number,
    Page,
    Party,
    Points,
    Privacy,
    Profile,
    Service,
    Since,
    Slot,
    Tariff,
    TariffVersion,
    Text,
    WaitingList,
    YesNo,
    answer,
    dated,
    days,
    either,
    end,
    money_moves,
    rule,
    step,
)
from oppidum.services.ecology_culture_sport.facilities import FACILITIES, HALLS, PITCHES, POOLS, SCHOOLS, USES, WHO, agreeing
from oppidum.services.ecology_culture_sport.facility_booking_texts import FIGURES, NOTICES
from oppidum.services.shared.notes import internal_note

RULE = "Règlement intérieur des piscines et équipements sportifs"
VOTED = "Tarifs des équipements (délibération à indiquer)"
PLACE = {"place": Slot(_("When?"), booking="place", required=True)}
PRESENT = {"present": Number(_("How many came?"), whole=True, minimum=1, maximum=2000, required=True)}

settle = Action("settle", _("Recorded"), by="system", goes_on="due")
due = Action("due", _("Price due"), by="system", charges="hire", tells=False)
offer = Action("offer", _("Offer a place"), by=("system", "act"), books="place", bulk=False, demands=PLACE)
accept = Action("accept", _("Accept the place"), by=("resident", "intake", "act"), books="place", charges="hire", bulk=False)
decline = Action("decline", _("Turn the place down"), by=("resident", "intake", "act"), frees="place", bulk=False)
lapse = Action("lapse", _("The offer lapsed"), by="system", frees="place", demands={"left": YesNo(_("Was it one offer too many?"))})
no_place = Action("no_place", _("No place came free"), by="system")
move = Action("move", _("Choose another time"), by=("resident", "intake", "act"), books="place", frees="place", bulk=False, demands=PLACE)
moved_by_us = Action("moved_by_us", _("Moved by the service"), by=("system", "act"), books="place", frees="place", bulk=False, demands=PLACE)
unplaced = Action("unplaced", _("Cancelled by the service"), by=("system", "act"), frees="place", charges="nothing")
rebook = Action("rebook", _("Choose a new time"), by=("resident", "intake", "act"), books="place", charges="hire", bulk=False, demands=PLACE)
remind = Action("remind", _("Reminder of the day before"), by="system")
cancel = Action("cancel", _("Cancel"), by=("resident", "intake", "act"), frees="place", charges="nothing", bulk=False)
# After the delay the place stays due; the team lets it go for a good reason: illness, a storm, a match put off by the league.
excuse = Action("excuse", _("Excused: cancel all the same"), by="act", frees="place", charges="nothing", demands={
    "why": Text(_("For which reason?"), required=True, longest=300, private=True)})
count = Action("count", _("Count who came, this week"), by="act", tells=False, when=answer("kind").one_of("cycle", "season"), demands=PRESENT)
held = Action("held", _("It took place"), by="act", demands=PRESENT)
absent = Action("absent", _("Nobody came"), by="act")
never_rebooked = Action("never_rebooked", _("No new time was chosen"), by="system")
note = internal_note("act", "intake", "note")


class FacilityBooking(Service):
    """Réservation d'une ligne d'eau, d'un gymnase, d'un terrain ou d'un créneau scolaire (CGCT, art. L5215-20, L5217-2: équipements sportifs)."""

    code = "facility-booking"
    name = _("Pool, sports hall or ground")
    owner = "ecology-culture-sport"
    says = _("Lanes of a pool, a hall or a ground, at the hours that are free: for your club, your class, your family. Where all is taken, you wait in a list and are told when a place comes free.")
    words = _("pool, swimming lane, gym, sports hall, pitch, stadium, club, school class, booking")
    icon = "waves"
    applicants = ("person", "association", "company")
    goes_on = "settle"
    figures, notices = FIGURES, NOTICES

    form = Form(
        Page("who", _("Who asks?"), who=Choice(_("For whom?"), WHO, required=True, fact=True),
             body=Party(_("Which one?"), kinds=("association", "company", "commune"), when=answer("who").is_not("resident"), required=True)),
        Page("what", _("What, and where?"),
             kind=Choice(_("What do you need?"), USES, required=True, fact=True), facility=Choice(_("Where?"), FACILITIES, required=True, fact=True),
             people=Number(_("How many people?"), whole=True, minimum=1, maximum=500, required=True),
             lanes=Number(_("How many lanes?"), whole=True, minimum=1, maximum=6, when=answer("kind").is_("lane"), required=True, fact=True)),
        Page("time", _("When?"), hint=_("Closing days, public holidays and summer hours are taken into account: what you see is open, and free."),
             place=Slot(_("Which time?"), booking="place", hint=_("No time suits you? Leave this open, and wait for a day.")),
             wanted_on=Day(_("For which day do you wait?"), earliest=4, latest=300, when=~answer("place").given(), required=True, fact=True)),
        Page("you", _("How do we reach you?"), contact=Contact(_("You"), required=True),
             insured=YesNo(_("Are you insured for what you do there?"), required=True)),
    )
    eligibility = (
        Ineligible(when=answer("insured").is_(False), says=_("Whoever books is insured for harm done to others and to the place."), instead=_("Ask your insurer: civil liability at home often covers it.")),
        Ineligible(when=answer("kind").one_of("lane", "cycle") & ~answer("facility").one_of(*POOLS), says=_("There is no pool there."), instead=_("Choose one of the pools.")),
        Ineligible(when=answer("kind").is_("hall") & ~answer("facility").one_of(*HALLS), says=_("There is no sports hall there."), instead=_("Choose Fontainieu or Miramas.")),
        Ineligible(when=answer("kind").is_("pitch") & ~answer("facility").one_of(*PITCHES), says=_("There is no sports ground there."), instead=_("Choose Fontainieu or Peyrolles.")),
        Ineligible(when=answer("kind").is_("cycle") & ~answer("who").one_of(*SCHOOLS), says=_("The cycles of lessons are for school classes."),
                   instead=_("For lessons of a child or an adult, enrol in a course.")),
        Ineligible(when=answer("kind").is_("season") & ~answer("who").is_("club"), says=_("A time for the whole season is for clubs, by agreement."), instead=_("Book each time on its own.")),
        Ineligible(when=answer("who").is_("resident") & (answer("lanes") > rule("resident_lanes")), says=_("A resident books one lane at a time."), instead=_("Ask for one lane, or come with a club.")),
        Ineligible(when=answer("people") > answer("lanes") * rule("a_lane"), says=_("That is more swimmers than the lanes hold."), instead=_("Ask for more lanes, or come with fewer.")),
    )
    # Hours, delays and prices are the authority's own; that instruction in swimming is part of school is the State's (C. éduc., art. L312-3).
    rules = {
        "a_week": dated(Since("2022-01-01", 6, source=RULE), own=True, label=_("Bookings of one applicant in a week"), unit=_("bookings")),
        "a_lane": dated(Since("2022-01-01", 8, source=RULE), own=True, label=_("Swimmers that a lane holds"), unit=_("persons")),
        "resident_lanes": dated(Since("2022-01-01", 1, source=RULE), own=True, label=_("Lanes of a resident"), unit=_("lanes")),
    }
    tariffs = {
        "hire": Tariff(_("Price"), by=("kind", "who"), says={"kind": USES, "who": WHO}, versions=(TariffVersion("2022-01-01", source=VOTED, rows=(
            ("cycle", "primary", 0), ("cycle", ANY, 15_000), (ANY, "primary", 0),
            ("lane", "club", 800), ("lane", "secondary", 1_000), ("lane", "resident", 2_000), ("lane", ANY, 4_000),
            ("hall", "club", 1_000), ("hall", "secondary", 1_500), ("hall", "resident", 3_000), ("hall", ANY, 6_000),
            ("pitch", "club", 1_500), ("pitch", "secondary", 1_500), ("pitch", "resident", 4_000), ("pitch", ANY, 9_000),
            ("season", ANY, 45_000))),)),
    }
    fees = (
        Fee("hire", _("Hire"), account="70631", lines=(
            FeeLine(_("Hire"), quantity=either(answer("kind").is_("lane"), answer("lanes"), 1), price="hire", by=(answer("kind"), answer("who"))),)),
        Fee("nothing", _("Hire given up"), replaces="hire", lines=(FeeLine(_("Hire"), amount=0),)),
    )
    bookings = (
        Booking("place", _("Time booked"), resource_kind="facility", site="facility", model="kind", takes=either(answer("kind").is_("lane"), answer("lanes"), 1),
                lead=days(3), horizon=days(300), change_until="18:00", change_days=3, quota=("a_week", "week"),
                reminds="remind", moved="moved_by_us", unplaced="unplaced", done=("held",), missed=("absent",),
                waiting=WaitingList(("file",), offer="offer", lapse="lapse", lets_go=("decline",), lasts=days(1), day="wanted_on",
                                    points=(Points(_("A school class"), worth=10, when=answer("who").one_of(*SCHOOLS)),))),
    )
    clocks = (
        Clock("wanted", _("Day waited for"), lasts=days(0), starts_from="wanted_on", when=answer("wanted_on").given(), stopped_by=("due", "accept", "cancel"),
              silence="no_place", whose="applicant", is_due=False, source=RULE),
    )
    flow = Flow(
        step("asked", settle >> Branch((answer("place").given(), "granted"), "waiting"), no_place >> "no_place", waits=1, then="settle", label=_("Recorded")),
        step("granted", due >> "booked", no_place >> "no_place", waits=1, then="due", label=_("Booked")),
        step("waiting", offer >> "offered", no_place >> "no_place", cancel >> "cancelled",
             rests=True, label=_("On the waiting list"), says=_("You wait for a place on the day that you want. As soon as one is given back we offer it to the first in line.")),
        step("offered", accept >> "booked", decline >> "waiting", lapse >> Branch((answer("left").is_(True), "no_place"), "waiting"), no_place >> "no_place", cancel >> "cancelled",
             waits=2, then="lapse", label=_("Place offered"), says=_("A place is kept for you until tomorrow evening: accept it, or turn it down.")),
        step("booked", count >> STAY, held >> "held", absent >> "absent", move >> STAY, moved_by_us >> STAY, remind >> STAY,
             unplaced >> "to_rebook", cancel >> "cancelled", excuse >> "cancelled", label=_("Booked"), says=_("The place is yours at the time that you chose.")),
        step("to_rebook", rebook >> "booked", cancel >> "cancelled", never_rebooked >> "cancelled", waits=30, then="never_rebooked",
             label=_("New time to choose"), says=_("The place is closed at that time: choose another one within 30 days.")),
        end("held", label=_("Took place")), end("absent", label=_("Nobody came")), end("no_place", label=_("No place came free")), end("cancelled", label=_("Cancelled")),
        always=(note >> STAY, *money_moves()),
    )
    privacy = Privacy(
        purpose=_("Share the times of pools and sports grounds among clubs, schools and residents"), basis=PUBLIC_TASK, source="CGCT, art. L5217-2",
        persons=(_("who asks for a time"),), categories=(_("identity and contact"), _("payment")), recipients=(_("the team of the pool or ground"), _("public accountant")),
        retention={"held": Kept("P2Y", reason=_("accounts of the season"), source=RULE), "*": "P1Y"},
    )
    rehearsal = Profile(
        9_000, source="activity report 2023: 1 340 school classes a year, 810 of them of primary schools, 66 aquatic associations; other bookings are an assumption",
        months=(1.0, 0.9, 1.1, 0.9, 1.1, 1.0, 0.5, 0.5, 1.6, 1.3, 1.1, 0.8),
        shares={"booked.held": 0.9, "booked.absent": 0.03, "booked.cancel": 0.04, "booked.move": 0.02, "booked.excuse": 0.01,
                "waiting.offer": 0.1, "waiting.cancel": 0.1, "offered.accept": 0.75, "offered.decline": 0.15, "to_rebook.rebook": 0.8, "to_rebook.cancel": 0.2},
        days={"booked": 10, "waiting": 6, "to_rebook": 5},
        answers={"kind": {"lane": 0.318, "cycle": 0.192, "hall": 0.31, "pitch": 0.15, "season": 0.03}},
        typical={"people": (18, 1.6), "present": (17, 1.6)}, fits=agreeing,
    )
