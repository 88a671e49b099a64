"""The report (signalement): somebody tells us what is wrong in the street, and the right team mends it."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    BACK,
    STAY,
    Action,
    Choice,
    Clock,
    Day,
    Flow,
    Kept,
    Privacy,
    Reference,
    Service,
    Text,
    end,
    months,
    step,
)
from oppidum.cases.declaration.marks import REPORTS
from oppidum.cases.declaration.privacy import PUBLIC_TASK
from oppidum.cases.declaration.profile import Profile
from oppidum.services.living_environment.report_alarms import ALARMS
from oppidum.services.living_environment.report_answers import ANSWERS
from oppidum.services.living_environment.report_categories import CATEGORIES, GROUPS
from oppidum.services.living_environment.report_figures import FIGURES
from oppidum.services.living_environment.report_notices import NOTICES
from oppidum.services.shared.notes import internal_note

OBJECTION_DAYS = 14
ANSWER_DAYS = 15

MESSAGE = {"message": Text(_("Your message to the resident"), required=True, lines=5, longest=5000, private=True)}
REASONS = {
    "not_found": _("Nothing found on the spot"),
    "solved": _("Already solved when the team came"),
    "private": _("On private land: the owner has to act"),
    "accepted": _("Seen, and accepted as it is"),
    "planned_works": _("Part of larger works already planned"),
    "not_enough": _("Not enough information, and no answer to our question"),
    "abuse": _("Insulting or without object"),
}

qualify = Action("qualify", _("Qualify"), by="assign", routes=True, demands={
    "category": Reference(_("Category"), "category", required=True),
    "team": Reference(_("Team"), "team", hint=_("Leave empty to let the remits decide.")),
})
plan = Action("plan", _("Plan"), by="act", demands={
    "day": Day(_("Planned for which day?"), required=True, earliest=0, latest=730),
})
start = Action("start", _("Start"), by="act")
ask = Action("ask_resident", _("Ask the resident"), by="act", demands=MESSAGE, bulk=False)
answer = Action("answer", _("Answer"), by=("resident", "intake"), photo=True, bulk=False, demands={
    "message": Text(_("Your answer"), required=True, lines=5, longest=5000, private=True),
})
finish = Action("finish", _("Mark as done"), by="act", photo=True, demands={
    "what_was_done": Text(_("What was done?"), required=True, lines=3, longest=2000, hint=_("Residents read this.")),
})
reject = Action("reject", _("Will not be done"), by="act", demands={
    "reason": Choice(_("Why?"), REASONS, required=True),
    "message": Text(_("Say it to the resident in your words"), required=True, lines=4, longest=2000, private=True),
})
no_answer = Action("no_answer", _("Close without an answer"), by="system")
mark_duplicate = Action("mark_duplicate", _("Duplicate of…"), by="act", demands={
    "original": Reference(_("Code of the report that stays open"), "case", required=True),
})
transfer = Action("transfer", _("Transfer outside"), by="act", demands={
    "transferred_to": Text(_("Who has it now?"), required=True, longest=200),
    "phone": Text(_("Their telephone number"), longest=40),
    "message": Text(_("Say to the resident what happens next"), lines=3, longest=2000, private=True),
})
object_ = Action("object", _("It is not solved"), by=("resident", "intake"), within=OBJECTION_DAYS, photo=True, bulk=False, demands={
    "message": Text(_("What is still wrong?"), required=True, lines=4, longest=5000, private=True),
})
reopen = Action("reopen", _("Open again"), by="act", demands={
    "note": Text(_("Why is it opened again?"), required=True, lines=2, longest=2000, private=True),
})
take_back = Action("take_back", _("Take it back"), by="act")

move_team = Action("move_team", _("Move to another team"), by="assign", demands={
    "team": Reference(_("Team"), "team", required=True),
})
give_to = Action("give_to", _("Give to an officer"), by=("assign", "act"), tells=False, demands={
    "officer": Reference(_("Officer"), "officer", hint=_("Empty: back to the whole team.")),
})
recategorise = Action("recategorise", _("Change the category"), by="assign", demands={
    "category": Reference(_("Category"), "category", required=True),
})
message = Action("message", _("Write to the resident"), by=("act", "intake"), demands=MESSAGE)
note = internal_note("act", "intake", "note")
reply = Action("reply", _("Add a message"), by=("resident", "intake"), photo=True, bulk=False, demands={
    "message": Text(_("Your message"), required=True, lines=4, longest=5000, private=True),
})
follow = Action("follow", _("Same problem: follow this report"), by=("resident", "intake"), bulk=False, joins=True)
hide = Action("hide", _("Hide text and photos from the public"), by="act", tells=False, sets={"public": False})
show = Action("show", _("Show text and photos to the public"), by="act", tells=False, sets={"public": True})

CLOSING = (finish >> "done", reject >> "rejected", mark_duplicate >> "duplicate", transfer >> "transferred")
WORKING = (ask >> "waiting", *CLOSING)


class Report(Service):
    """Signalement: a problem in public space, reported by a resident, an officer or a partner's program."""

    code = "report"
    name = _("Report a problem")
    owner = "living-environment-water"
    marks, alarms = (REPORTS,), ALARMS
    for_communes = "cases"
    groups = GROUPS
    categories = CATEGORIES
    notices = NOTICES
    answers = ANSWERS
    figures = FIGURES
    routing = ("assigned", "to_qualify")
    privacy = Privacy(
        purpose=_("Solve what people report in public space, and answer them"), basis=PUBLIC_TASK,
        persons=(_("residents who report or follow"), _("persons and vehicles that a report points at")),
        categories=(_("name, e-mail address, telephone, if given"), _("place, words and photos of the report"), _("messages")),
        recipients=(_("the team in charge"), _("the contact centre"), _("the commune, or the operator to whom a report is passed on")),
        # No text sets a time: two years for an objection or a claim, by the authority's own choice.
        retention={"*": Kept("P2Y", reason=_("an objection, a claim for damage"), source="RGPD, art. 5(1)(e)", verified=False)},
    )

    flow = Flow(
        step("received", qualify >> "assigned", *WORKING,
             label=_("Received"), says=_("Your report has arrived.")),
        step("to_qualify", qualify >> "assigned", *WORKING,
             label=_("To qualify"), says=_("An officer is finding out which team can solve this.")),
        step("assigned", plan >> "planned", start >> "in_progress", *WORKING,
             label=_("Assigned"), says=_("The team has your report.")),
        step("planned", plan >> "planned", start >> "in_progress", *WORKING,
             label=_("Planned"), says=_("The work has a date.")),
        step("in_progress", plan >> "planned", *WORKING,
             label=_("In progress"), says=_("The team is working on it.")),
        step("waiting", answer >> BACK, no_answer >> "rejected", *CLOSING, pauses=True, waits=ANSWER_DAYS, then="no_answer",
             label=_("Waiting for the resident"), says=_("We need an answer from you to go on.")),
        step("reopened", plan >> "planned", start >> "in_progress", *WORKING,
             label=_("Opened again"), says=_("Your report is open again.")),
        end("done", object_ >> "reopened", reopen >> "reopened",
            label=_("Done"), says=_("The problem is solved.")),
        end("rejected", object_ >> "reopened", reopen >> "reopened",
            label=_("Will not be done"), says=_("We will not act on this report, and say why.")),
        end("duplicate", reopen >> "reopened",
            label=_("Duplicate"), says=_("Somebody had already reported this: you now follow that report.")),
        end("transferred", take_back >> "reopened",
            label=_("Transferred"), says=_("Another body has it now.")),
        anywhere=(move_team >> STAY, give_to >> STAY, recategorise >> STAY),
        always=(follow >> STAY, note >> STAY, message >> STAY, reply >> STAY, hide >> STAY, show >> STAY),
    )

    # A report doesn't ask for an individual decision: silence for two months means refusal (CRPA, art. L231-4, 1°),
    # which opens the time for appeal. The work goes on all the same.
    # The promise is the date that residents and teams read.
    clocks = (
        Clock("reply", _("Reply to the resident"), lasts=months(2), means="refusal", is_due=False,
              source="CRPA, art. L231-4", verified=True),
    )

    # What becomes of them is lived by the rehearsal's own lane of reports: teams, crews, residents (rehearsal/replay/reports.py).
    rehearsal = Profile(415_500, source="activity report 2023, contact centre: 415 500 reports, 342 200 calls")
