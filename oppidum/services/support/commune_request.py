"""Request of a commune (S61): it asks the metropolis for something and is answered by a day; or books a place at a training session.

CGCT, art. L5211-4-2 and L5217-7 (shared services, agreements and contributions between a metropolis and its communes). No text sets a delay
for the answer, and silence between authorities decides nothing: the delay is the metropolis' own promise.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    DOCUMENTS,
    PUBLIC_TASK,
    SHEETS,
    STAY,
    Action,
    Booking,
    Branch,
    Choice,
    Contact,
    Day,
    Files,
    Flow,
    Form,
    Kept,
    Letter,
    Number,
    Page,
    Place,
    Privacy,
    Profile,
    Reference,
    Service,
    Slot,
    Text,
    YesNo,
    answer,
    days,
    end,
    step,
)
from oppidum.cases.declaration.routing import Escalation, Route
from oppidum.communes.marks import RELATIONS
from oppidum.services.shared.notes import internal_note
from oppidum.services.support.commune_request_texts import FIGURES, NOTICES, OUTCOMES, POSTS, SUBJECTS

WANTS = {"request": _("Something of the metropolis: advice, help, a loan, a contribution"), "training": _("A place at a training session for our officers")}
MESSAGE = {"message": Text(_("Your message"), required=True, lines=5, longest=5000, private=True)}
PAPERS = {"papers": Files(_("Documents"), accept=DOCUMENTS + SHEETS, most=10)}
SESSION = {"session": Slot(_("Which session?"), booking="training", required=True)}
WORKING_DAYS, URGENT_DAYS, WAITS_DAYS = 15, 5, 60
COMMUNE = ("resident", "intake", "ask")

sort = Action("sort", _("Received"), by="system", tells=False)
take_up = Action("take_up", _("Take it up"), by="act")
move_team = Action("move_team", _("Move to another team"), by=("assign", "act"), demands={"team": Reference(_("Team"), "team", required=True)})
give_to = Action("give_to", _("Give to an officer"), by=("assign", "act"), tells=False, demands={
    "officer": Reference(_("Officer"), "officer", hint=_("Empty: back to the whole team."))})
ask = Action("ask_commune", _("Ask the commune"), by="act", bulk=False, demands=MESSAGE)
complete = Action("answer_question", _("Answer the question"), by=COMMUNE, bulk=False, demands=MESSAGE | PAPERS)
give_answer = Action("give_answer", _("Answer the commune"), by="act", bulk=False, demands={
    "outcome": Choice(_("What is the answer?"), OUTCOMES, required=True, fact=True), **MESSAGE,
    "answer_papers": Files(_("Documents of the answer"), accept=DOCUMENTS + SHEETS, most=10)})
again = Action("again", _("That does not answer our request"), by=COMMUNE, within=WAITS_DAYS, bulk=False, demands=MESSAGE)
withdraw = Action("withdraw", _("Withdraw the request"), by=COMMUNE)
lapse = Action("lapse", _("Closed: no answer to our question"), by="system")
message = Action("message", _("Write to the commune"), by=("act", "intake"), demands=MESSAGE | PAPERS)
reply = Action("reply", _("Add a message"), by=COMMUNE, bulk=False, demands=MESSAGE | PAPERS)
note = internal_note()
# Training: the place is one officer's, until six in the evening of the day before.
move = Action("move", _("Choose another session"), by=(*COMMUNE, "act"), books="training", frees="training", bulk=False, demands=SESSION)
moved_by_us = Action("moved_by_us", _("Moved by us"), by="system", books="training", frees="training", demands=SESSION)
unplaced = Action("unplaced", _("The session is not held"), by="system")
remind = Action("remind", _("Remind of the session"), by="system")
cancel = Action("cancel", _("Give the place back"), by=(*COMMUNE, "act"), frees="training")
trained = Action("trained", _("Came to the session"), by="act", letter="certificate", demands={
    "course": Text(_("Title of the session"), longest=160, required=True, fact=True), "trained_on": Day(_("On which day?"), latest=0, required=True, fact=True),
    "hours": Number(_("How many hours?"), unit=_("hours"), minimum=1, maximum=70, whole=True, required=True, fact=True)})
absent = Action("absent", _("Did not come"), by="act")
never_chosen = Action("never_chosen", _("Closed: no other session was chosen"), by="system")

TALK = (message >> STAY, reply >> STAY)
WORK = (give_answer >> "answered", ask >> "asked", withdraw >> "withdrawn", move_team >> STAY, give_to >> STAY, *TALK)


class CommuneRequest(Service):
    """Sollicitation d'une commune: a request to the metropolis with its answer, or a place at a training session."""

    code = "commune-request"
    name = _("Request of a commune")
    owner, icon, minutes = "support", "landmark", 5
    says = _("Mayors, councillors and officers of the communes ask the metropolis for advice, help, a loan or a contribution, or book a training session. Each request is answered by a day.")
    words = _("commune, town hall, mayor, municipality, support for communes, engineering, training of officers")
    applicants = ("commune-officer",)
    marks = (RELATIONS,)
    for_communes = "persons"
    goes_on = "sort"
    notices, figures = NOTICES, FIGURES
    form = Form(
        Page("what", _("What it is about"),
             wants=Choice(_("What does your commune need?"), WANTS, required=True, fact=True),
             place=Place(_("Which town hall asks, or which place of the commune is it about?"), required=True)),
        Page("request", _("The request"), when=answer("wants").is_("request"),
             subject=Choice(_("Subject"), SUBJECTS, required=True, fact=True),
             title=Text(_("The request in a sentence"), longest=160, required=True),
             details=Text(_("What is needed, by when, and what has been tried?"), lines=6, longest=4000, required=True),
             urgent=YesNo(_("Is it urgent?"), hint=_("An urgent request is answered within five working days."), required=True, fact=True), **PAPERS),
        Page("session", _("The training session"), when=answer("wants").is_("training"), **SESSION,
             trainee=Text(_("Which officer comes? First name and name, as on the certificate"), longest=120, required=True, private=True)),
        Page("who", _("Who follows it"),
             post=Choice(_("Which post?"), POSTS, required=True, fact=True),
             you=Contact(_("Who is written to?"), needs=("email",), required=True)),
    )
    bookings = (Booking("training", _("Training session"), resource_kind="commune-training", lead=days(1), horizon=days(180), change_until="18:00",
                        reminds="remind", moved="moved_by_us", unplaced="unplaced", done=("trained",), missed=("absent",)),)
    routes = (
        Route(says=_("Urgent: five working days"), when=answer("urgent").is_(True), promise=URGENT_DAYS),
        Route(says=_("Fifteen working days"), when=answer("wants").is_("request"), promise=WORKING_DAYS),
    )
    escalations = (Escalation("promise", before=2, to="supervisor", says=_("A commune is to be answered in two days")),)
    flow = Flow(
        step("received", sort >> Branch((answer("wants").is_("training"), "enrolled"), "open"), waits=1, then="sort", label=_("Received")),
        step("open", take_up >> "studied", *WORK, label=_("Arrived"), says=_("The request is with those who are in charge of relations with the communes.")),
        step("studied", *WORK, label=_("Under study"), says=_("Those who know the subject prepare the answer.")),
        step("asked", complete >> "studied", withdraw >> "withdrawn", lapse >> "lapsed", *TALK, waits=WAITS_DAYS, then="lapse", pauses=True,
             label=_("Waiting for the commune"), says=_("The metropolis needs your answer to go on.")),
        step("enrolled", trained >> "trained", absent >> "absent", move >> STAY, moved_by_us >> STAY, remind >> STAY, unplaced >> "to_rebook", cancel >> "cancelled", *TALK,
             label=_("Place kept"), says=_("The place at the session is kept.")),
        step("to_rebook", move >> "enrolled", cancel >> "cancelled", never_chosen >> "cancelled", waits=WAITS_DAYS, then="never_chosen",
             label=_("Another session to choose"), says=_("The session is not held: choose another one.")),
        end("answered", again >> "studied", *TALK, label=_("Answered"), says=_("The answer stands here, with its documents.")),
        end("withdrawn", label=_("Withdrawn"), says=_("The commune withdrew its request.")), end("lapsed", label=_("Closed without an answer"), says=_("Our question had no answer.")),
        end("trained", label=_("Trained"), says=_("The officer came to the session.")), end("absent", label=_("Did not come")), end("cancelled", label=_("Place given back")),
        always=(note >> STAY,),
    )
    letters = (
        Letter("certificate", template="certificate", signed_by="president", title=_("CERTIFICATE OF TRAINING"), subject=_("Training session: {course}"), body=(
            _("{trainee} took part in the training session {course} of {trained_on}, organised for the officers of the communes. Length: {hours}."),)),
    )
    privacy = Privacy(
        purpose=_("Answer the communes and train their officers"), basis=PUBLIC_TASK, source="CGCT, art. L5211-4-2, L5217-7",
        persons=(_("councillors and officers of the communes"),), categories=(_("identity and contact"), _("post held")),
        recipients=(_("those in charge of relations with the communes"), _("the directorate that answers"), _("their own commune")),
        retention={"answered": Kept("P5Y", reason=_("the account of the relations with the communes"), verified=False), "trained": "P5Y", "*": "P2Y"},
    )
    rehearsal = Profile(
        per_year=600, source="Rapport d'activité 2023: 140 sollicitations issues de 56 communes; 432 agents communaux formés",
        months=(1.0, 1.1, 1.2, 1.0, 1.0, 1.1, 0.7, 0.3, 1.2, 1.2, 1.2, 1.0),
        shares={"open.take_up": 0.85, "open.give_answer": 0.15, "studied.give_answer": 0.8, "studied.ask_commune": 0.2, "asked.answer_question": 0.9, "asked.withdraw": 0.02,
                "enrolled.trained": 0.94, "enrolled.absent": 0.03, "enrolled.cancel": 0.03, "to_rebook.move": 0.8, "answered.again": 0.03},
        days={"open": 2, "studied": 8, "asked": 6, "enrolled": 20, "to_rebook": 5},
        answers={"wants": {"request": 0.235, "training": 0.765}, "urgent": {"true": 0.1, "false": 0.9}, "outcome": {"agreed": 0.4, "partly": 0.2, "advice": 0.3, "declined": 0.1}},
    )
