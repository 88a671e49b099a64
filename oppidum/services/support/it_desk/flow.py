"""The way of a ticket: answered, worked on, held while the user or a supplier has it, solved, opened again within ten days, rated."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import BACK, STAY, Action, Choice, Flow, Number, Reference, Text, answer, end, step
from oppidum.services.shared.notes import internal_note
from oppidum.services.support.it_desk.levels import WEIGHED, is_request
from oppidum.services.support.it_desk.texts import CAUSES, DELAYS, REFUSALS

REOPEN_DAYS, ANSWER_DAYS = 10, 10
# The user, by the link of the ticket; or an officer of the commune, from its own space.
USER = ("resident", "ask")
late, major, rated = answer("late").is_(True), answer("major").is_(True), answer("is_rated").is_(True)
MESSAGE = {"message": Text(_("Your message"), required=True, lines=4, longest=5000, private=True)}
DONE = {
    "what_was_done": Text(_("What was done?"), hint=_("The user reads this."), required=True, lines=3, longest=2000),
    "cause": Choice(_("What was it?"), CAUSES, required=True, fact=True),
}

take = Action("take", _("Take it"), by="act")
ask_user = Action("ask_user", _("Ask the user"), by="act", demands=MESSAGE)
answer_us = Action("answer_us", _("Answer the question"), by=(*USER, "act"), bulk=False, photo=True, demands=MESSAGE)
go_on = Action("go_on", _("Go on without the answer"), by="act")
no_answer = Action("no_answer", _("Closed without an answer"), by="system")
to_supplier = Action("to_supplier", _("Pass on to a supplier"), by="act", demands={
    "supplier": Text(_("Which one?"), required=True, longest=120), "supplier_ticket": Text(_("Number of their ticket"), longest=60),
})
from_supplier = Action("from_supplier", _("Back from the supplier"), by="act")
assess = Action("assess", _("Change impact or urgency"), by="act", demands=WEIGHED | {"assessed_because": Text(_("Why?"), required=True, lines=2, longest=500)})
declare_major = Action("declare_major", _("Declare a major incident"), by="assign", when=~major, sets={"major": True})
# Who reported the same hears of the major incident from then on, as if they had filed it.
join = Action("join", _("Part of a major incident"), by="act", demands={"original": Reference(_("Code of the ticket of the major incident"), "case", required=True)})
follow = Action("follow", _("Follow this ticket"), by="system", bulk=False, joins=True)
solve = Action("solve", _("Solve"), by="act", when=~late, demands=DONE)
solve_late = Action("solve_late", _("Solve, after its time"), by="act", when=late, demands=DONE | {"late_because": Choice(_("Why did it take longer?"), DELAYS, required=True, fact=True)})
refuse = Action("refuse", _("Can't be done"), by="act", when=is_request, demands={
    "reason": Choice(_("Why?"), REFUSALS, required=True, fact=True), "message": Text(_("Say it to the user in your words"), required=True, lines=3, longest=2000, private=True),
})
cancel = Action("cancel", _("No longer needed"), by=(*USER, "act"))
object_ = Action("object", _("It still doesn't work"), by=USER, within=REOPEN_DAYS, bulk=False, photo=True, demands=MESSAGE, sets={"late": False})
close = Action("close", _("Closed, as nobody said that it still doesn't work"), by="system", tells=False)
reopen = Action("reopen", _("Open again"), by="act", sets={"late": False})
rate = Action("rate", _("Say how it went"), by=USER, bulk=False, tells=False, when=~rated, sets={"is_rated": True}, demands={
    "satisfaction": Number(_("From 1, very badly, to 5, very well"), whole=True, minimum=1, maximum=5, required=True, fact=True),
    "remark": Text(_("What should we do better?"), lines=3, longest=1000, private=True),
})
response_late = Action("response_late", _("Not answered in time"), by="system", tells=False)
resolution_late = Action("resolution_late", _("Not solved in time"), by="system", tells=False, sets={"late": True})
give_to = Action("give_to", _("Give to an officer"), by=("assign", "act"), tells=False, demands={"officer": Reference(_("Officer"), "officer", hint=_("Empty: back to the whole team."))})
move_team = Action("move_team", _("Move to another team"), by=("assign", "act"), demands={"team": Reference(_("Team"), "team", required=True)})
message = Action("message", _("Write to the user"), by="act", demands=MESSAGE)
reply = Action("reply", _("Add a message"), by=USER, photo=True, bulk=False, demands=MESSAGE)
note = internal_note()
ANSWERED = ("take", "ask_user", "to_supplier", "solve", "solve_late", "join", "refuse", "cancel")
OVER = ("solve", "solve_late", "join", "refuse", "cancel", "no_answer")
CLOSING = (solve >> "solved", solve_late >> "solved", join >> "joined", refuse >> "refused", cancel >> "cancelled")
WEIGHING = (assess >> STAY, declare_major >> STAY)
TIMES = (response_late >> STAY, resolution_late >> STAY)

FLOW = Flow(
    step("new", take >> "in_work", ask_user >> "waiting", to_supplier >> "supplier", *CLOSING, *TIMES, *WEIGHING,
         label=_("New"), says=_("The service desk has your ticket.")),
    step("in_work", ask_user >> "waiting", to_supplier >> "supplier", *CLOSING, resolution_late >> STAY, *WEIGHING,
         label=_("In progress"), says=_("Somebody is working on it.")),
    step("waiting", answer_us >> BACK, go_on >> BACK, no_answer >> "cancelled", *CLOSING, *TIMES, *WEIGHING, waits=ANSWER_DAYS, then="no_answer", pauses=True,
         label=_("Waiting for the user"), says=_("We need an answer from you to go on.")),
    step("supplier", from_supplier >> "in_work", ask_user >> "waiting", *CLOSING, resolution_late >> STAY, *WEIGHING,
         label=_("With a supplier"), says=_("A supplier is working on it; we stay in charge.")),
    step("solved", object_ >> "in_work", reopen >> "in_work", rate >> STAY, close >> "closed", waits=REOPEN_DAYS, then="close",
         rests=True, label=_("Solved"), says=_("It is solved. Tell us within ten days if it isn't, and how it went.")),
    end("closed", reopen >> "in_work", label=_("Solved and closed"), says=_("It is solved and closed.")),
    end("joined", object_ >> "in_work", reopen >> "in_work", label=_("Part of a major incident"), says=_("You now follow the ticket of the major incident.")),
    end("refused", reopen >> "in_work", label=_("Can't be done"), says=_("We can't do this, and say why.")),
    end("cancelled", object_ >> "in_work", reopen >> "in_work", label=_("Closed"), says=_("The ticket is closed.")),
    anywhere=(give_to >> STAY, move_team >> STAY),
    always=(follow >> STAY, note >> STAY, message >> STAY, reply >> STAY),
)
