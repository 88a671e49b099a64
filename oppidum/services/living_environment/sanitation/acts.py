"""What happens to an installation: it is announced, visited, found in order or not, sold, built anew, and connected to the sewer one day.

Arrêté du 27 avril 2012 (checks): notice of the visit (art. 6), what makes an installation not compliant (art. 4), works (art. 4 and 5).
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    BACK,
    STAY,
    Action,
    Address,
    Choice,
    Day,
    Flow,
    Ineligible,
    Items,
    Party,
    Reference,
    Slot,
    Text,
    answer,
    end,
    end_of,
    first_day,
    money_moves,
    rule,
    step,
    today,
)
from oppidum.services.living_environment.sanitation.rules import CHECKS
from oppidum.services.shared.notes import internal_note

FINDINGS = {"compliant": _("compliant"), "incomplete": _("not compliant, without danger"), "dangerous": _("not compliant, with a danger")}
DEFECTS = {
    "contact": _("somebody may touch waste water"),
    "lid": _("a lid or the structure is not safe"),
    "well": _("less than 35 m uphill of a well that gives drinking water"),
    "risk": _("waste water runs into a place at risk"),
    "none": _("there is no installation"),
    "incomplete": _("a part is missing"),
    "small": _("clearly too small"),
    "broken": _("a part doesn't work"),
}
VISIT = {"visit": Slot(_("When is the visit?"), booking="visit", required=True)}
SEEN = {
    "visited_on": Day(_("Day of the visit"), latest=0, required=True, fact=True),
    "check": Choice(_("Which check was it?"), CHECKS, required=True, fact=True, prefill="purpose"),
    "observations": Text(_("What was seen"), lines=5, longest=4000, required=True),
}
WRONG = {
    "defects": Choice(_("What is wrong?"), DEFECTS, many=True, required=True, fact=True),
    "works": Items(_("Works"), row=_("Works"), most=12, required=True, fields={"what": Text(_("What is to be done"), required=True, longest=300)}),
}
REASONS = {"reasons": Text(_("Reasons, in law and in fact"), required=True, lines=4, longest=4000)}
serves = end_of(rule("report_valid"), answer("visited_on")) >= today()
is_project = answer("purpose").is_("design")

announce = Action("announce", _("Announce the visit"), by="act", letter="visit", books="visit", bulk=False, demands=VISIT, barred=(
    Ineligible(first_day("visit") < end_of(rule("notice"), today()), _("A visit is announced ten days ahead at least."), _("Choose a later day.")),
))
move = Action("move", _("Choose another time"), by=("resident", "intake", "act"), letter="visit", books="visit", frees="visit", bulk=False, demands=VISIT)
moved_by_us = Action("moved_by_us", _("Moved by the service"), by=("system", "act"), letter="visit", books="visit", frees="visit", bulk=False, demands=VISIT)
unplaced = Action("unplaced", _("Cancelled by the service"), by=("system", "act"), frees="visit")
remind = Action("remind", _("Reminder of the day before"), by="system")
absent = Action("absent", _("Nobody let us in"), by="act", letter="absent")
compliant = Action("compliant", _("Found compliant"), by="act", letter="compliant", charges="check", bulk=False, demands=SEEN, sets={"finding": "compliant", "is_notified": None})
incomplete = Action("incomplete", _("Found not compliant, without danger"), by="act", letter="incomplete", charges="check", bulk=False, demands=SEEN | WRONG, sets={"finding": "incomplete"})
dangerous = Action("dangerous", _("Found not compliant, with a danger"), by="act", letter="dangerous", charges="check", bulk=False, demands=SEEN | WRONG, sets={"finding": "dangerous"})
# The four years run from the notification of the report (arrêté du 27 avril 2012, art. 5).
notified = Action("notified", _("The report was notified"), by="act", tells=False, when=~answer("is_notified").is_(True), sets={"is_notified": True}, demands={
    "notified_on": Day(_("Received on"), latest=0, required=True),
})
register = Action("register", _("Enter it with its last check"), by="act", when=answer("last_check_on").given(), demands={
    "visited_on": Day(_("Day of the last check"), latest=0, required=True, fact=True, prefill="last_check_on"),
    "finding": Choice(_("What was found then?"), FINDINGS, required=True, fact=True),
})
comes_due = Action("comes_due", _("The next check is due"), by="system", sets={"purpose": "periodic"})
certify = Action("certify", _("The house is for sale: send the report"), by=("resident", "intake", "act"), letter="for_sale", bulk=False, when=serves)
for_sale = Action("for_sale", _("The house is for sale: ask for a check"), by=("resident", "intake", "act"), bulk=False, when=~serves, sets={"purpose": "sale"})
sold = Action("sold", _("The house is sold"), by=("resident", "intake", "act"), bulk=False, letter="new_owner", demands={
    "sold_on": Day(_("Day of the deed"), latest=0, required=True, fact=True), "owner": Party(_("New owner"), required=True),
    "owner_address": Address(_("Postal address of the new owner"), required=True),
})
new_project = Action("new_project", _("Announce a new installation"), by=("resident", "intake", "act"), bulk=False, sets={"purpose": "design"})
project_fine = Action("project_fine", _("The project complies"), by="act", letter="project_fine", numbers="sanitation", charges="design", when=is_project,
                      demands={"project": Text(_("The installation as it is projected"), lines=3, longest=1000, required=True)}, sets={"purpose": "execution"})
project_unfit = Action("project_unfit", _("The project doesn't comply"), by="act", letter="project_unfit", charges="design", when=is_project, demands=REASONS)
works_done = Action("works_done", _("The works are done, nothing is covered yet"), by=("resident", "intake", "act"), sets={"purpose": "execution"})
give_up = Action("give_up", _("Give the project up"), by=("resident", "intake", "act"), bulk=False)
works_late = Action("works_late", _("The time for the works is over"), by="system", letter="works_late")
penalise = Action("penalise", _("Claim the penalty"), by="assign", charges="penalty")
connect = Action("connect", _("Connected to the sewer, or gone"), by="act")
same = Action("same", _("This installation has a file already"), by="act", bulk=False, demands={"original": Reference(_("Code of its file"), to="case", required=True)})
# Who asks about an installation that has a file follows that one.
follow = Action("follow", _("Somebody else follows this file"), by="system", joins=True, tells=False)
withdraw = Action("withdraw", _("Withdraw the request"), by=("resident", "intake", "act"))
note = internal_note("act", "intake", "note")

KNOWN = (certify >> STAY, for_sale >> "due", sold >> STAY, new_project >> "design", connect >> "gone")
FLOW = Flow(
    step("asked", announce >> "planned", register >> "known", project_fine >> "to_build", project_unfit >> STAY, same >> "same", withdraw >> "withdrawn",
         label=_("Asked for"), says=_("We look at what you ask for: a visit is announced at least ten days ahead.")),
    step("to_build", works_done >> "due", withdraw >> "withdrawn",
         rests=True, label=_("To be built"), says=_("Tell us when the installation is built, before it is covered.")),
    step("due", announce >> "planned", sold >> STAY, connect >> "gone", comes_due >> STAY, works_late >> STAY, penalise >> STAY,
         label=_("Visit to be announced"), says=_("A check is due: we write to you with its day.")),
    step("planned", compliant >> "known", incomplete >> "known", dangerous >> "works", move >> STAY, moved_by_us >> STAY, remind >> STAY, absent >> "due", unplaced >> "due",
         comes_due >> STAY, works_late >> STAY,
         label=_("Visit announced"), says=_("Our inspector comes on the day that you were told.")),
    step("known", comes_due >> "due", *KNOWN, works_done >> "due", works_late >> "late",
         rests=True, sleeps_through=("certify",), label=_("Checked"), says=_("The installation was checked. The next check is due on the date that stands here.")),
    step("design", project_fine >> "works", project_unfit >> STAY, give_up >> BACK, comes_due >> "due", works_late >> "late",
         label=_("Project examined"), says=_("We look at your project of a new installation.")),
    step("works", works_done >> "due", notified >> STAY, comes_due >> "due", works_late >> "late", *KNOWN,
         label=_("Works to be done"), says=_("Works are to be done. Tell us when they are, before they are covered.")),
    step("late", works_done >> "due", announce >> "planned", comes_due >> "due", works_late >> STAY, penalise >> STAY, *KNOWN,
         label=_("Works late"), says=_("The time for the works is over. Without them a penalty is due.")),
    end("gone", label=_("Connected or gone"), says=_("There is no on-site sanitation here any more.")),
    end("same", label=_("Has a file already"), says=_("The installation has a file already: follow that one.")),
    end("withdrawn", label=_("Withdrawn"), says=_("The request is withdrawn.")),
    always=(note >> STAY, follow >> STAY, *money_moves(bill="invoice")),
)
