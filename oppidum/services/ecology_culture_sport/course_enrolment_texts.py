"""What families read about an enrolment, its letters, and what is counted (system S24 of the activity report)."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Algorithm, Column, Letter, Notice, Paragraph, Table
from oppidum.figures.bookings import CAPACITY, SLOTS, TAKEN, offered
from oppidum.figures.declaration import Count, Share, Stock
from oppidum.figures.sources import FILED_CASES, JOURNAL_ENTRIES, MOVES, STANDING, action, done_with, of_service, standing

_CODE, _OWNER = "course-enrolment", "ecology-culture-sport"
_PUPILS, _PLACES = _("pupils"), _("places")
RULE = "Règlement des écoles de musique et des cours des piscines"
LAW = (RULE,)
BY_RULE = Algorithm(_("to find the price by the quotient familial"), _("the prices on the page of this service"))


def _counted(name, label, where, method, states=""):
    return Count(name, label, states=states, unit=_PUPILS, owner=_OWNER, counts=JOURNAL_ENTRIES, where=where, splits=("month", "kind", "commune"), method=method)


def _places(name, label, adds, method):
    return Count(name, label, unit=_PLACES, owner=_OWNER, counts=SLOTS, where=offered("course"), adds=adds, splits=("month", "commune"), method=method)


FIGURES = (
    Count("course-requests", _("Requests for a course"), unit=_("requests"), owner=_OWNER, counts=FILED_CASES, where=of_service(_CODE), splits=("month", "kind", "channel", "commune"),
          method=_("Each request counts once, on the day it was filed, with a place or for the waiting list.")),
    _counted("course-enrolled", _("Pupils enrolled in courses"), action(_CODE, "confirm"), _("Enrolments confirmed once the papers were checked.")),
    _counted("course-pool-members", _("Enrolled in the activities of the pools"), done_with(_CODE, "confirm", kind="pool"), _("Enrolments confirmed in courses of the pools: lessons, water gymnastics, baby swimmers."),
             "swimming-pools-activity-members"),
    Stock("course-waiting", _("Waiting for a course"), unit=_PUPILS, owner=_OWNER, counts=STANDING, where=standing(_CODE, "waiting", "offered"), moves=MOVES,
          splits=("month", "kind", "commune"), method=_("Requests on a waiting list by the end of the period, those with an offer included.")),
    _counted("course-from-list", _("Places given from the waiting list"), action(_CODE, "accept"), _("Each time somebody accepts a place that came free.")),
    _places("course-places", _("Places in courses"), CAPACITY, _("Places of all groups that begin in the period.")),
    _places("course-places-taken", _("Places in courses that are taken"), TAKEN, _("Of the groups that begin in the period: places held, offers included.")),
    Share("course-filled-share", _("Share of places in courses that are filled"), unit="%", owner=_OWNER, part="course-places-taken", whole="course-places",
          method=_("Places taken, in all places of the groups that begin in the period.")),
)

_PAGE = _("Your request and its next steps: {link}\nIts code, also by telephone: {code}\n\n{authority}")


def _notice(act, subject, *paragraphs):
    return Notice(act, subject, format_lazy("\n\n".join(["{}"] * (len(paragraphs) + 1)), *paragraphs, _PAGE))


_FIRST = _("First lesson: {booked}\nWhere: {booked_where}")
NOTICES = (
    _notice("settle", _("Your enrolment: {step}"), _("Where it stands: {step}."), _FIRST, _("Your rank, where you wait for a place, is shown on the page of your request.")),
    _notice("offer", _("A place is free in the course"), _("You waited for a place, and one is free. It is kept for you for five days: accept it or turn it down on the page of your request. Without an answer it goes to the next."), _FIRST,
            _("Where that day is over, the course has begun: you come from its next lesson on.")),
    _notice("lapse", _("The place kept for you went to the next"), _("You did not answer in time. The place went to whoever waits behind you.")),
    _notice("accept", _("The place is yours"), _FIRST, _("We check your papers and confirm the enrolment.")),
    _notice("confirm", _("You are enrolled"), _("The enrolment is confirmed. Its certificate and the bill are on the page of your request."), _FIRST),
    _notice("ask_papers", _("Papers for your enrolment"), _("We miss papers. Send them within fifteen days, else the place goes to the next."), "{message}"),
    _notice("refuse", _("Your enrolment can't be confirmed"), _("Why: {reason}")),
    _notice("moved_by_us", _("The first lesson is put off: {booked}"), _FIRST),
    _notice("unplaced", _("The group does not take place"), _("The group that you had chosen does not take place. Choose another one within 30 days; the lessons that you did not have are not due.")),
    _notice("rebook", _("Your new group"), _FIRST),
    _notice("remind", _("Tomorrow is the first lesson"), _FIRST),
    _notice("lapsed_papers", _("Your request is closed"), _("The papers did not come. The place goes to the next; you owe nothing.")),
    _notice("season_over", _("No place came free"), _("No place came free this season. We are sorry. If you ask again next season, say that you waited: the school tells you when it opens.")),
    _notice("cancel", _("Your enrolment is cancelled"), _("The place goes to the next; you owe nothing.")),
    _notice("stop", _("Your enrolment has ended"), _("Why: {reason}"), _("What you owe no more is taken off your bill.")),
)

LETTERS = (
    Letter("certificate", template="certificate", signed_by="president", kind="notice", title=_("CERTIFICATE OF ENROLMENT"), subject=_("Enrolment in a course"), body=(
        Paragraph(_("{first_name} {last_name} is enrolled in the course: {course}.")),
        Paragraph(_("School: {school}.")),
        Paragraph(_("First lesson: {group}."), optional=True),
        Paragraph(_("This certificate is issued to serve where it is asked for: works council, family allowance office, sports or culture pass.")),
    )),
    Letter("bill", template="invoice", kind="bill", subject=_("Enrolment in a course"), law=LAW, algorithm=BY_RULE, body=(
        Paragraph(_("{first_name} {last_name}: {course}. Reference to be named when paying: {reference}.")),
        Table("bill", (Column(_("Charged for"), "{label}"), Column(_("Reckoning"), "{says}"), Column(_("Amount"), "{amount_cents}", money=True)), total=_("To be paid")),
        Paragraph(_("To be paid by {pay_by}, at once or in parts, at {link}.")),
    )),
    Letter("refusal", kind="refusal", template="decision", signed_by="president", subject=_("The enrolment is refused"), law=LAW, facts="reason",
           body=(Paragraph(_("The enrolment of {first_name} {last_name} in the course “{course}” is refused.")),)),
)
