"""Housing front desk (Espace accompagnement habitat, Allo Rénov'énergie): each contact logged in ten seconds, advice booked with a session.

Code de l'énergie, art. L232-2 (public service of energy performance of housing); loi 90-449, art. 4 (housing plan for the deprived). Two questions
are all that an officer answers for a contact; whoever wants advice chooses a time of one of the sessions, and what was advised is told afterwards.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    STAY,
    Action,
    Booking,
    Branch,
    Choice,
    Contact,
    Flow,
    Form,
    Kept,
    Notice,
    Page,
    Privacy,
    Quick,
    Service,
    Since,
    Slot,
    Text,
    answer,
    dated,
    days,
    end,
    step,
)
from oppidum.cases.declaration.privacy import PUBLIC_TASK
from oppidum.cases.declaration.profile import Profile
from oppidum.services.planning_housing.housing_front_desk_figures import FIGURES
from oppidum.services.shared.notes import short_note

SUBJECTS = {
    "renovation": _("Renovation, energy"),
    "unfit": _("Unfit or unhealthy housing"),
    "co_ownership": _("Co-ownership in difficulty"),
    "rent": _("Rent arrears, eviction"),
    "search": _("Looking for a dwelling, social housing"),
    "rehousing": _("Rehousing"),
    "adaptation": _("Age or disability"),
    "other": _("Another subject"),
}
WANTS = {"answer": _("An answer at once"), "advice": _("An advice session: choose a time")}
GIVEN = {
    "information": _("Information"),
    "file": _("Help with a file"),
    "grant": _("Sent to the renovation grant"),
    "fund": _("Sent to the housing solidarity fund"),
    "partner": _("Sent to a partner: ADIL, CAF, social worker"),
}
SESSION = {"session": Slot(_("When, and with which session?"), booking="session", required=True)}

# What is answered at once is closed as it is logged; who wants advice waits for the session.
settle = Action("settle", _("Logged"), by="system", tells=False)
move = Action("move", _("Choose another time"), by=("resident", "act"), books="session", frees="session", demands=SESSION)
moved_by_us = Action("moved_by_us", _("We had to move the session"), by="system", books="session", frees="session", demands=SESSION)
unplaced = Action("unplaced", _("The session is not held"), by="system")
remind = Action("remind", _("Remind of the session"), by="system")
cancel = Action("cancel", _("Cancel the session"), by=("resident", "act"), frees="session")
advised = Action("advised", _("The session was held"), by="act", demands={
    "advice": Choice(_("What was given?"), GIVEN, many=True, required=True), "advice_note": Text(_("In a word, for who takes the file up"), longest=1000, lines=3, private=True)})
absent = Action("absent", _("Nobody came"), by="act")
never_chosen = Action("never_chosen", _("Closed: no new time was chosen"), by="system")
follow_up = Action("follow_up", _("Record what became of it"), by="act", demands={
    "outcome": Choice(_("What became of it?"), {"works": _("Works decided"), "file": _("File sent"), "housed": _("Housed"), "nothing": _("Nothing yet")}, required=True, fact=True)})
note = short_note("note", "act", "intake")


class HousingFrontDesk(Service):
    """Espace accompagnement habitat: accueil, conseil et orientation sur le logement et la rénovation (code de l'énergie, art. L232-2)."""

    code = "housing-front-desk"
    name = _("Housing advice desk")
    says = _("A question on your dwelling, rent, works or co-ownership: an answer at once, or a session with an adviser near you. Free of charge.")
    words = _("housing advice, Espace accompagnement habitat, Allo Rénov énergie, renovation advice, appointment, tenant, owner, ADIL")
    owner, icon, minutes = "planning-housing", "headset", 2
    applicants = ("person", "company", "association")
    goes_on = "settle"
    quick = Quick("subject", sets={"wants": "answer"})
    form = Form(
        Page("contact", _("What it is about"),
             subject=Choice(_("What is it about?"), SUBJECTS, required=True, fact=True), wants=Choice(_("What is wanted?"), WANTS, required=True, fact=True)),
        Page("session", _("The session"), when=answer("wants").is_("advice"), session=SESSION["session"],
             question=Text(_("Your question, in a few words"), longest=1000, lines=3, private=True), you=Contact(_("How do we reach you?"), required=True)),
    )
    bookings = (
        Booking("session", _("Advice session"), resource_kind="housing-advice", lead=days(1), horizon=days(42), change_until="18:00", quota=("sessions_a_month", "month"),
                reminds="remind", moved="moved_by_us", unplaced="unplaced", done=("advised",), missed=("absent",)),
    )
    rules = {"sessions_a_month": dated(Since("2024-01-01", 2, source="Règlement de l'Espace accompagnement habitat"), own=True, label=_("Sessions of a person in a month"), unit=_("sessions"))}
    flow = Flow(
        step("logged", settle >> Branch((answer("wants").is_("advice"), "booked"), "answered"), waits=1, then="settle", label=_("Logged")),
        step("booked", advised >> "advised", absent >> "absent", move >> STAY, moved_by_us >> STAY, remind >> STAY, unplaced >> "to_rebook", cancel >> "cancelled",
             label=_("Session booked"), says=_("An adviser waits for you at the time that you chose.")),
        step("to_rebook", move >> "booked", cancel >> "cancelled", never_chosen >> "cancelled", waits=30, then="never_chosen",
             label=_("New time to choose"), says=_("We can't hold the session at that time: choose another one.")),
        end("answered", follow_up >> STAY, label=_("Answered at once")), end("advised", follow_up >> STAY, label=_("Advised")), end("absent", label=_("Nobody came")), end("cancelled", label=_("Cancelled")),
        always=(note >> STAY,),
    )
    notices = (
        Notice("file", _("Your housing advice session: {booked}"), _("An adviser waits for you: {booked}.\n{booked_where}\n\nBring your papers. To change the time: {link}\n\n{authority}")),
        Notice("remind", _("Tomorrow: your housing advice session"), _("An adviser waits for you: {booked}.\n{booked_where}\n\nYou can't come? Free the time for somebody else: {link}\n\n{authority}"),
               short=_("Tomorrow: your housing advice session, {booked}. You can't come? Free it:")),
        Notice("move", _("Your housing advice session has moved: {booked}"), _("An adviser waits for you: {booked}.\n{booked_where}\n\n{link}\n\n{authority}")),
        Notice("moved_by_us", _("We had to move your housing advice session: {booked}"), _("An adviser waits for you: {booked}.\n{booked_where}\n\nAnother time suits you better? {link}\n\n{authority}")),
        Notice("unplaced", _("Choose another time for your housing advice session"), _("We can't hold the session at that time. Choose another one: {link}\n\n{authority}")),
        Notice("advised", _("Your housing advice session"), _("Thank you for coming. What you were told is on this page:\n{link}\n\n{authority}")),
    )
    figures = FIGURES
    privacy = Privacy(
        purpose=_("Inform and advise residents on housing and renovation"), basis=PUBLIC_TASK, source="Code de l'énergie, art. L232-2", persons=(_("residents who ask for a session"),),
        categories=(_("identity and contact"), _("subject of the question")), recipients=(_("advisers of the housing desk"),),
        retention={"advised": Kept("P2Y", reason=_("the file may be taken up again")), "*": "P1Y"},
    )
    rehearsal = Profile(
        per_year=32_326, source="Rapport d'activité 2023: 32 326 sollicitations de l'Espace accompagnement habitat, 122 par jour, 80 % en personne",
        shares={"booked.advised": 0.82, "booked.absent": 0.08, "booked.cancel": 0.06, "booked.move": 0.04, "to_rebook.move": 0.8}, days={"booked": 6, "to_rebook": 4},
        answers={"wants": {"answer": 0.88, "advice": 0.12}, "subject": {"renovation": 0.3, "unfit": 0.14, "co_ownership": 0.08, "rent": 0.14, "search": 0.22, "rehousing": 0.04, "adaptation": 0.05, "other": 0.03}},
    )
