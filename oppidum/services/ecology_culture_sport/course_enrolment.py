"""Courses of the pools and of the music schools (S24): a season that opens and closes, groups with so many places, a list in a published order."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    PAPERS,
    PUBLIC_TASK,
    STAY,
    Action,
    Booking,
    Branch,
    Campaign,
    Choice,
    Computed,
    Contact,
    Day,
    Files,
    Flow,
    Form,
    Ineligible,
    Kept,
    Number,
    Page,
    Points,
    Privacy,
    Profile,
    Sees,
    Service,
    Slot,
    Text,
    WaitingList,
    YesNo,
    age_on,
    answer,
    days,
    end,
    from_table,
    money_moves,
    rule,
    step,
    today,
)
from oppidum.services.ecology_culture_sport.course_enrolment_money import FEES, RULES, TARIFFS
from oppidum.services.ecology_culture_sport.course_enrolment_texts import FIGURES, LETTERS, NOTICES, RULE
from oppidum.services.ecology_culture_sport.courses import (
    COURSES,
    HEALTH,
    IN_POOLS,
    KINDS,
    MUSIC_SCHOOLS,
    OF_MUSIC,
    OLDEST,
    SCHOOLS,
    YOUNGEST,
    agreeing,
)
from oppidum.services.ecology_culture_sport.facilities import POOLS
from oppidum.services.shared.notes import internal_note

GROUP = {"group": Slot(_("Which group?"), booking="group", required=True)}
REASONS = {"papers": _("The papers don't prove what was answered"), "level": _("The level is another one: the teacher advises another course"), "twice": _("Enrolled in this course already")}
STOPS = {"health": _("Illness or injury"), "moved": _("Moved away"), "course": _("The course stops")}

settle = Action("settle", _("Recorded"), by="system")
offer = Action("offer", _("Offer a place"), by=("system", "act"), books="group", bulk=False, demands=GROUP)
accept = Action("accept", _("Accept the place"), by=("resident", "intake", "act"), books="group", bulk=False)
decline = Action("decline", _("Turn the place down"), by=("resident", "intake", "act"), frees="group", bulk=False)
lapse = Action("lapse", _("The offer lapsed"), by="system", frees="group", demands={"left": YesNo(_("Was it one offer too many?"))})
season_over = Action("season_over", _("No place came free"), by="system")
# Who is enrolled after the first lesson pays those that are left from that day on.
confirm = Action("confirm", _("Papers are right: enrol"), by="act", charges="course", letter="certificate", demands={
    "joined_on": Computed(_("Lessons are paid from"), value=today(), as_="day", fact=True)})
ask_papers = Action("ask_papers", _("Ask for papers"), by="act", demands={"message": Text(_("Which papers, and why?"), required=True, lines=4, longest=2000, private=True)})
send_papers = Action("send_papers", _("Send the papers"), by=("resident", "intake", "act"), demands={"papers": Files(_("Papers"), accept=PAPERS, most=5, private=True, required=True)})
lapsed_papers = Action("lapsed_papers", _("The papers did not come"), by="system", frees="group")
refuse = Action("refuse", _("Refuse"), by="act", frees="group", letter="refusal", demands={"reason": Choice(_("Why?"), REASONS, required=True)})
move = Action("move", _("Choose another group"), by=("resident", "intake", "act"), books="group", frees="group", bulk=False, demands=GROUP)
moved_by_us = Action("moved_by_us", _("Put off by the school"), by=("system", "act"), books="group", frees="group", bulk=False, demands=GROUP)
unplaced = Action("unplaced", _("The group does not take place"), by=("system", "act"), frees="group", charges="had")
rebook = Action("rebook", _("Choose a new group"), by=("resident", "intake", "act"), books="group", bulk=False, demands=GROUP)
remind = Action("remind", _("Reminder of the day before"), by="system")
cancel = Action("cancel", _("Give the place up"), by=("resident", "intake", "act"), frees="group", charges="nothing", bulk=False)
# Once lessons have begun the season is due; the school ends it for a reason that its rules name, and the lessons that are left aren't due.
stop = Action("stop", _("End it during the season"), by="act", frees="group", charges="had", demands={"reason": Choice(_("Why?"), STOPS, required=True)})
complete = Action("complete", _("The season is over"), by=("act", "system"))
note = internal_note("act", "intake", "note")


class CourseEnrolment(Service):
    """Inscription à un cours de natation, de musique ou de danse (enseignement artistique: code de l'éducation, art. L216-2; tarifs: loi 98-657, art. 147)."""

    code = "course-enrolment"
    name = _("Courses: swimming, music, dance")
    owner = "ecology-culture-sport"
    says = _("Enrol yourself or your child in a course of the pools and music schools. The price follows your means. Where a course is full, you wait in a list whose order everybody can see.")
    words = _("course, lessons, enrolment, swimming lessons, music school, piano, guitar, dance, aquagym, waiting list")
    icon = "book-open"
    minutes = 8
    applicants = ("person",)
    campaign = Campaign(opens="opens", closes="closes", grace_minutes=120)
    goes_on = "settle"
    figures, notices, letters = FIGURES, NOTICES, LETTERS
    rules, tariffs, fees = RULES, TARIFFS, FEES

    form = Form(
        Page("course", _("The course"),
             kind=Choice(_("What do you want to learn?"), KINDS, required=True, fact=True), school=Choice(_("Where?"), SCHOOLS, required=True, fact=True),
             course=Choice(_("Which course?"), COURSES, required=True, fact=True)),
        Page("pupil", _("Who comes?"),
             first_name=Text(_("First name"), required=True, private=True, longest=80, prefill="child-first-name"),
             last_name=Text(_("Name"), required=True, private=True, longest=80, prefill="child-last-name"),
             birth=Day(_("Day of birth"), required=True, private=True, latest=0, prefill="child-birth"),
             age=Computed(_("Age on the first day of the season"), value=age_on("birth", rule("first_day")), unit=_("years")),
             again=YesNo(_("Enrolled in this school last season?"), required=True, fact=True),
             lives_here=YesNo(_("Does the pupil live in a commune of the metropolis?"), required=True, fact=True)),
        Page("group", _("The group"), group=Slot(_("Which group? The day shown is that of the first lesson."), booking="group",
             hint=_("No group suits, or all are full? Leave this open: you enter the waiting list."))),
        Page("health", _("Health"), when=answer("kind").is_("pool"),
             health=Choice(_("What do you declare?"), HEALTH, required=True, private=True),
             certificate=Files(_("Doctor's certificate"), accept=PAPERS, most=1, private=True, when=answer("health").is_("certificate"), required=True)),
        Page("means", _("Price"), hint=_("Without a quotient familial the full price is due."),
             quotient=Number(_("Quotient familial"), minimum=0, maximum=20_000, whole=True, private=True, unit="€", hint=_("It stands on the attestation of the family allowance office (CAF or MSA).")),
             attestation=Files(_("Attestation of the quotient familial"), accept=PAPERS, most=2, private=True, required=answer("quotient").given())),
        Page("you", _("You"), contact=Contact(_("The pupil, or the parent or guardian of a minor"), required=True, prefill="contact")),
    )
    eligibility = (
        Ineligible(when=(answer("kind").is_("pool") & ~answer("school").one_of(*POOLS)) | (answer("kind").is_("music") & ~answer("school").one_of(*MUSIC_SCHOOLS)),
                   says=_("That is not taught there."), instead=_("Choose a pool for swimming, a music school for music and dance.")),
        Ineligible(when=(answer("kind").is_("pool") & ~answer("course").one_of(*IN_POOLS)) | (answer("kind").is_("music") & ~answer("course").one_of(*OF_MUSIC)),
                   says=_("That course is of the other kind."), instead=_("Choose one of the courses that are taught there.")),
        Ineligible(when=answer("age") < from_table(answer("course"), YOUNGEST), says=_("The pupil is too young for this course on the first day of the season."), instead=_("Choose a course for that age.")),
        Ineligible(when=answer("age") > from_table(answer("course"), OLDEST), says=_("The pupil is too old for this course on the first day of the season."), instead=_("Choose a course for that age.")),
        Ineligible(when=answer("again").is_(False) & (today() < rule("residents_from")), says=_("In the first week enrolment is for pupils of last season."), instead=_("Come back in a week: residents of the metropolis are next, then everybody.")),
        Ineligible(when=answer("again").is_(False) & answer("lives_here").is_(False) & (today() < rule("everybody_from")), says=_("In the second week enrolment is for residents of the metropolis."), instead=_("Come back in a week: then it is open to everybody.")),
    )
    bookings = (
        Booking("group", _("Group"), resource_kind="course", site="school", model="course", per=("first_name", "last_name", "birth"), quota=("a_year", "year"),
                lead=days(1), horizon=days(330), change_until="18:00", change_days=7, reminds="remind", moved="moved_by_us", unplaced="unplaced", keeps=("completed", "stopped"),
                waiting=WaitingList(("file",), offer="offer", lapse="lapse", lets_go=("decline",), lasts=days(5), begun="joins_until", points=(
                    Points(_("Enrolled last season"), worth=20, when=answer("again").is_(True)),
                    Points(_("Lives in the metropolis"), worth=10, when=answer("lives_here").is_(True)),
                ))),
    )
    flow = Flow(
        step("asked", settle >> Branch((answer("group").given(), "kept"), "waiting"), waits=1, then="settle", label=_("Recorded")),
        step("waiting", offer >> "offered", season_over >> "unplaced", cancel >> "cancelled", waits=300, then="season_over",
             rests=True, label=_("On the waiting list"), says=_("The groups are full. As soon as a place comes free it is offered to the first in line.")),
        step("offered", accept >> "kept", decline >> "waiting", lapse >> Branch((answer("left").is_(True), "unplaced"), "waiting"), cancel >> "cancelled",
             waits=6, then="lapse", label=_("Place offered"), says=_("A place is kept for you for five days: accept it, or turn it down.")),
        step("kept", confirm >> "enrolled", ask_papers >> "incomplete", refuse >> "refused", move >> STAY, moved_by_us >> STAY, remind >> STAY, unplaced >> "to_rebook", cancel >> "cancelled",
             label=_("Place kept"), says=_("The place is kept for you. The school checks your papers.")),
        step("incomplete", send_papers >> "kept", lapsed_papers >> "cancelled", moved_by_us >> STAY, unplaced >> "to_rebook", cancel >> "cancelled", pauses=True, waits=15, then="lapsed_papers",
             label=_("Papers expected"), says=_("Send the papers within fifteen days, else the place goes to the next.")),
        step("enrolled", complete >> "completed", stop >> "stopped", move >> STAY, moved_by_us >> STAY, remind >> STAY, unplaced >> "to_rebook", cancel >> "cancelled",
             waits=400, then="complete", rests=True, sleeps_through=("move",), label=_("Enrolled"), says=_("Welcome! The first lesson is on the day of your group.")),
        step("to_rebook", rebook >> "kept", cancel >> "cancelled", lapsed_papers >> "cancelled", waits=30, then="lapsed_papers",
             label=_("New group to choose"), says=_("The group does not take place: choose another one within 30 days.")),
        end("completed", label=_("Season over")), end("stopped", label=_("Ended during the season")), end("unplaced", label=_("No place came free")),
        end("refused", label=_("Refused")), end("cancelled", label=_("Given up")),
        always=(note >> STAY, *money_moves(bill="bill")),
    )
    privacy = Privacy(
        purpose=_("Enrol pupils in the courses of pools and music schools, and set the price by their means"), basis=PUBLIC_TASK, source="C. éduc., art. L216-2; loi 98-657, art. 147",
        persons=(_("pupils"), _("their parents or guardians")), categories=(_("identity and contact"), _("declaration of health"), _("means of the household")),
        recipients=(_("the school or pool"), _("public accountant")), retention={"completed": Kept("P2Y", reason=_("priority of who was enrolled"), source=RULE), "*": "P1Y"},
        sees=(Sees(("quotient", "attestation"), rights=("act",), why=_("to set the price")), Sees(("health", "certificate"), rights=("act",), why=_("to admit to the pool"))),
    )
    rehearsal = Profile(
        10_700, source="activity report 2023: 8 050 members of the guided activities of the pools; music schools are an assumption",
        months=(0.9, 0.5, 0.7, 0.5, 0.4, 2.4, 1.4, 0.6, 2.8, 0.9, 0.4, 0.7),
        shares={"kept.confirm": 0.9, "kept.ask_papers": 0.06, "kept.refuse": 0.01, "kept.cancel": 0.02, "kept.move": 0.01, "incomplete.send_papers": 0.8,
                "waiting.offer": 0.15, "waiting.cancel": 0.1, "offered.accept": 0.8, "offered.decline": 0.1, "enrolled.stop": 0.02, "enrolled.cancel": 0.01, "to_rebook.rebook": 0.7, "to_rebook.cancel": 0.3},
        days={"kept": 5, "waiting": 60, "offered": 2, "incomplete": 6, "enrolled": 60},
        answers={"kind": {"pool": 0.87, "music": 0.13}, "again": {"true": 0.55, "false": 0.45}, "lives_here": {"true": 0.96, "false": 0.04}, "health": {"questionnaire": 0.9, "certificate": 0.1},
                 "birth": {"1958-05-11": 0.12, "1976-10-02": 0.1, "1992-03-20": 0.06, "2008-08-08": 0.05, "2012-11-30": 0.14, "2014-06-17": 0.2, "2016-02-09": 0.21, "2017-12-24": 0.08, "2021-04-03": 0.04}},
        typical={"quotient": (850, 1.8)}, early=("kept.confirm", "kept.ask_papers", "kept.refuse"), pays=(0.97, 20.0), fits=agreeing,
    )
