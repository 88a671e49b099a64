"""The berth request (demande de poste à quai): a waiting list whose order is published, and a berth for a year, renewable."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    STAY,
    Booking,
    Branch,
    Contact,
    Flow,
    Form,
    Ineligible,
    Kept,
    Page,
    Party,
    Points,
    Privacy,
    Service,
    Text,
    WaitingList,
    YesNo,
    answer,
    days,
    end,
    money_moves,
    rule,
    step,
    years,
)
from oppidum.cases.declaration.privacy import PUBLIC_TASK
from oppidum.cases.declaration.profile import Profile
from oppidum.services.ecology_culture_sport.marina import berth_acts as acts
from oppidum.services.ecology_culture_sport.marina.berth_rules import CLOCKS, FEES, RULES, TARIFFS
from oppidum.services.ecology_culture_sport.marina.figures import BERTH_FIGURES
from oppidum.services.ecology_culture_sport.marina.harbours import FITS, boat, harbour
from oppidum.services.ecology_culture_sport.marina.notices import BERTH_NOTICES


class MarinaBerth(Service):
    """Demande de poste à quai: a berth in a marina for a year (CG3P, art. L2122-1 to L2122-3; code des transports, art. R5314-30 ff)."""

    code = "marina-berth"
    name = _("Berth in a marina")
    owner = "ecology-culture-sport"
    says = _("A place at the quay for your boat, for a year. Places are few: you enter a waiting list, and everybody can see how its order comes about.")
    words = _("berth boat harbour mooring anneau port bateau")
    icon = "anchor"
    minutes = 8
    applicants = ("person", "association", "company")
    notices = BERTH_NOTICES
    figures = BERTH_FIGURES

    form = Form(
        Page("harbour", _("The harbour"), harbour=harbour),
        Page("boat", _("The boat"), hint=_("The berth must hold the boat: its size decides which ones can be offered."),
             **boat(), registration=Text(_("Registration or sail number"), private=True, longest=40, required=True)),
        Page("applicant", _("Who asks?"),
             applicant=Party(_("Owner of the boat"), kinds=("person", "association", "company"), required=True),
             lives_here=YesNo(_("Do you live in a commune of the metropolis?"), required=True, fact=True),
             contact=Contact(_("How do we reach you?"), required=True)),
    )

    eligibility = (
        Ineligible(when=answer("length_m") > rule("longest_m"), says=_("No berth of our marinas holds a boat of that length."),
                   instead=_("Ask the large commercial port of Marseille-Fos.")),
    )

    rules, clocks, tariffs, fees = RULES, CLOCKS, TARIFFS, FEES

    # The order of the list is published with these words (CRPA, art. L311-3-1 and L312-1-3): points first, then the day of entry.
    bookings = (
        Booking("berth", _("Berth"), resource_kind="berth", nights=True, site="harbour", size=FITS, lead=days(7), horizon=days(800),
                stay=years(1), keeps=("ended",), waiting=WaitingList(
                    ("register",), offer="offer", lapse="lapse", lets_go=("decline",), lasts=days(15), points=(
                        Points(_("Lives in the metropolis"), worth=10, when=answer("lives_here").is_(True)),
                        Points(_("Boat without a combustion engine"), worth=5, when=answer("propulsion").one_of("sail", "electric", "rowing")),
                    ))),
    )

    flow = Flow(
        step("received", acts.register >> "waiting", acts.refuse >> "refused", acts.withdraw >> "withdrawn",
             label=_("Received"), says=_("The harbour office checks your request.")),
        step("waiting", acts.offer >> "offered", acts.ask_to_confirm >> STAY, acts.confirm >> STAY, acts.unconfirmed >> "off_list",
             acts.refuse >> "refused", acts.withdraw >> "withdrawn",
             rests=True, sleeps_through=("ask_to_confirm", "confirm"), label=_("On the waiting list"), says=_("Your request is on the list. We write to you as soon as a berth of its size is yours. Confirm your request each year when we ask you.")),
        step("offered", acts.accept >> "berthed", acts.decline >> "waiting",
             acts.lapse >> Branch((answer("left").is_(True), "off_list"), "waiting"), acts.withdraw >> "withdrawn", waits=16, then="lapse",
             label=_("Berth offered"), says=_("A berth is held for you for 15 days: accept it, or turn it down.")),
        step("berthed", acts.renew >> STAY, acts.foretell_end >> STAY, acts.not_renewed >> "ended",
             acts.title_over >> "ended", acts.leave >> "ended",
             rests=True, label=_("Berth held"), says=_("The berth is yours for a year. The title is personal, temporary and can be revoked.")),
        end("ended", label=_("Ended"), says=_("The berth is given back.")),
        end("off_list", label=_("Off the list"), says=_("The request has left the list: two offers stayed without an answer, or it was not confirmed for another year.")),
        end("refused", label=_("Refused"), says=_("The request is refused, with reasons.")),
        end("withdrawn", label=_("Withdrawn"), says=_("You have withdrawn your request.")),
        always=(acts.note >> STAY, acts.message >> STAY, *money_moves()),
    )

    privacy = Privacy(
        purpose=_("Give the berths of the marinas, by a list whose order is published"), basis=PUBLIC_TASK,
        source="CG3P, art. L2122-1; code des transports, art. L5314-4", persons=(_("owners of boats"),),
        categories=(_("identity and contact"), _("the boat")), recipients=(_("the harbour office"),),
        retention={"ended": Kept("P5Y", reason=_("claims on the fee and the occupation")), "*": "P1Y"},
    )

    rehearsal = Profile(
        373, source="activity report 2023: 365 files of berths (219 in nautical societies, 146 in house)",
        shares={"received.register": 0.85, "received.refuse": 0.13, "received.withdraw": 0.02, "waiting.offer": 0.35, "offered.accept": 0.8, "offered.decline": 0.15,
                "berthed.leave": 0.1, "waiting.withdraw": 0.05},
        days={"received": 20, "waiting": 200, "offered": 6, "berthed": 300},
        typical={"length_m": (7, 1.2), "beam_m": (2.5, 1.12), "draught_m": (1.2, 1.2)}, ahead=20,
    )
