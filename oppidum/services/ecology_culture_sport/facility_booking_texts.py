"""What who books a pool or a sports ground reads, and what is counted of it (system S24 of the activity report)."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Notice
from oppidum.figures.declaration import Count, Share
from oppidum.figures.sources import FILED_CASES, JOURNAL_ENTRIES, action, actions, adding, done_with, of_service

_CODE, _OWNER = "facility-booking", "ecology-culture-sport"
_UNIT = _("bookings")


def _counted(name, label, where, method, *, unit=_UNIT, adds=None, states=""):
    return Count(name, label, states=states, unit=unit, owner=_OWNER, counts=JOURNAL_ENTRIES, where=where, adds=adds, splits=("month", "kind", "commune"), method=method)


FIGURES = (
    Count("facility-bookings", _("Bookings of pools and sports grounds asked for"), unit=_UNIT, owner=_OWNER, counts=FILED_CASES, where=of_service(_CODE),
          splits=("month", "kind", "channel", "commune"), method=_("Each request counts once, on the day it was filed, with a place or for the waiting list.")),
    _counted("facility-bookings-held", _("Bookings of pools and sports grounds that took place"), action(_CODE, "held"), _("Bookings of which the team recorded who came.")),
    _counted("facility-attendance", _("Attendance of what was booked"), actions(_CODE, "count", "held"), unit=_("persons"), adds=adding("present"),
             method=_("Persons who came, added up over all times that were counted. Who comes without a booking is counted at the till.")),
    _counted("facility-classes", _("School classes that swam"), done_with(_CODE, "held", kind="cycle"), unit=_("classes"), states="swimming-pools-school-classes",
             method=_("Each class counts once, when its cycle of lessons is over.")),
    _counted("facility-primary-classes", _("Primary school classes that swam"), done_with(_CODE, "held", kind="cycle", who="primary"), unit=_("classes"), states="swimming-pools-primary-classes",
             method=_("Each class counts once, when its cycle of lessons is over.")),
    _counted("facility-missed", _("Bookings to which nobody came"), action(_CODE, "absent"), _("Bookings kept and not used, on the day it was recorded.")),
    Share("facility-missed-share", _("Share of bookings to which nobody came"), unit="%", owner=_OWNER, part="facility-missed", whole="facility-bookings-held",
          method=_("Bookings not used, for a hundred that took place.")),
)

_PAGE = _("Your booking, to change or cancel it until three days before: {link}\nIts code, also by telephone: {code}\n\n{authority}")
FOLLOW = _("Follow your request: {link}\nIts code, also by telephone: {code}\n\n{authority}")
# What can no longer be changed: these mails don't say that it could.
OVER = frozenset({"lapse", "no_place", "cancel", "excuse", "absent"})


def _notice(act, subject, *paragraphs):
    return Notice(act, subject, format_lazy("\n\n".join(["{}"] * (len(paragraphs) + 1)), *paragraphs, FOLLOW if act in OVER else _PAGE))


NOTICES = (
    _notice("settle", _("Your booking: {step}"), _("Where it stands: {step}."), _("When: {booked}\nWhere: {booked_where}"), _("Your rank, where you wait for a place, is shown on the page of your request.")),
    _notice("offer", _("A place is free: {booked}"), _("You waited for a place, and one is free. It is kept for you until tomorrow evening: accept it or turn it down."),
            _("When: {booked}\nWhere: {booked_where}")),
    _notice("lapse", _("The place kept for you went to the next"), _("You did not answer in time. The place went to whoever waits behind you.")),
    _notice("no_place", _("No place came free"), _("Nobody gave back a place on the day that you wanted. We are sorry. Choose another day, or another place.")),
    _notice("accept", _("Your booking: {booked}"), _("The place is yours."), _("When: {booked}\nWhere: {booked_where}")),
    _notice("move", _("Your booking is moved: {booked}"), _("When: {booked}\nWhere: {booked_where}")),
    _notice("rebook", _("Your booking: {booked}"), _("When: {booked}\nWhere: {booked_where}")),
    _notice("moved_by_us", _("We had to move your booking: {booked}"), _("The place is closed at the time that you had chosen. We kept the nearest free one for you."),
            _("When: {booked}\nWhere: {booked_where}")),
    _notice("unplaced", _("We had to cancel your booking: choose another time"), _("The place is closed at the time that you had chosen, and no other is free near it. Choose a new one within 30 days; you pay nothing for what does not take place.")),
    _notice("remind", _("Tomorrow: your booking"), _("When: {booked}\nWhere: {booked_where}"), _("You can't come? Ring the place: somebody else may be waiting.")),
    _notice("cancel", _("Your booking is cancelled"), _("It is cancelled, and you owe nothing for it.")),
    _notice("excuse", _("Your booking is cancelled"), _("We took note that you can't come. You owe nothing for it.")),
    _notice("absent", _("Nobody came: {booked}"), _("We kept the place for you and nobody came. It was not given back in time: its price stays due.")),
)
