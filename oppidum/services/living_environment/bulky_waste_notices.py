"""What is written to a household about its pick-up."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Notice

RULES = _(
    "Put the objects on the pavement the evening before, after 7 p.m., without blocking the way. What is not on your list stays where "
    "it is."
)
CHANGE = _("You can move or cancel the appointment until 6 p.m. on the day before: {link}\nIts code, also by telephone: {code}\n\n{authority}")

FOLLOW = _("Follow your request: {link}\nIts code, also by telephone: {code}\n\n{authority}")
# What can no longer be changed: these mails don't say that it could.
OVER = frozenset({"fetched", "not_presented", "refused_on_spot", "cancel", "never_rebooked"})


def _notice(action, subject, *paragraphs, short=""):
    return Notice(action, subject, format_lazy("\n\n".join(["{}"] * (len(paragraphs) + 1)), *paragraphs, FOLLOW if action in OVER else CHANGE), short)


NOTICES = (
    _notice("file", _("Your pick-up: {booked}"), _("Your appointment is made."), _("When: {booked}\nWhere: {place}"), RULES),
    _notice("move", _("Your pick-up is moved: {booked}"), _("Your appointment has another time."), _("When: {booked}\nWhere: {place}"),
            RULES),
    _notice("rebook", _("Your pick-up: {booked}"), _("Your new appointment is made."), _("When: {booked}\nWhere: {place}"), RULES),
    _notice("moved_by_us", _("We had to move your pick-up: {booked}"),
            _("We can't come at the time that you had chosen, and are sorry for it. We kept the nearest free time for you."),
            _("When: {booked}\nWhere: {place}"), _("It doesn't suit you? Choose another one on the page of your appointment.")),
    _notice("unplaced", _("We had to cancel your pick-up: choose another time"),
            _("We can't come at the time that you had chosen, and found no other one near it. Choose a new one within 30 days.")),
    _notice("remind", _("Tomorrow we fetch your objects"), _("When: {booked}\nWhere: {place}"), RULES,
            short=_("Tomorrow we fetch your objects: {booked}. Put them out this evening after 7 p.m.")),
    _notice("fetched", _("Your objects were fetched"), _("We have fetched your objects. Thank you for keeping the pavement free.")),
    _notice("not_presented", _("We came and found nothing"),
            _("Our team came to your address ({booked}) and found nothing to take."),
            _("It had happened before within a year ({missed_before}): each appointment that nobody uses counts among those of the year."),
            _("You still need us? Make a new appointment.")),
    _notice("refused_on_spot", _("We could not take your objects"), _("Our team came and could not take them."), _("Why: {reason}"),
            "{message}", _("What stays on the pavement is illegal dumping: take it back in today.")),
    _notice("cancel", _("Your pick-up is cancelled"), _("Your appointment is cancelled. Take back in what is already outside.")),
    _notice("never_rebooked", _("Your pick-up is closed"), _("You chose no new time within 30 days: the request is closed.")),
    _notice("message", _("Your pick-up {code}: a message for you"), "{message}"),
)
