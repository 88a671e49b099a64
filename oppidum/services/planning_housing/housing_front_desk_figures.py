"""What is counted of the housing advice desk (system S06 of the activity report: 32,326 contacts in 2023, 122 a day, four in five in person)."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import Count, Share
from oppidum.figures.sources import FILED_CASES, JOURNAL_ENTRIES, action, by_channel, of_service

_OWNER, _SERVICE = "planning-housing", "housing-front-desk"


def _entries(name, label, act, method):
    return Count(name, label, unit=_("sessions"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=action(_SERVICE, act), splits=("month", "commune"), method=method)


FIGURES = (
    Count("housing-desk-contacts", _("Contacts of the housing advice desk"), states="housing-support-office-requests", unit=_("contacts"), owner=_OWNER, counts=FILED_CASES, where=of_service(_SERVICE),
          splits=("month", "channel", "commune"), method=_("Each contact counts once, on the day it was logged: in person, on the telephone, by letter or on the portal.")),
    Count("housing-desk-in-person", _("Contacts of the housing advice desk in person"), unit=_("contacts"), owner=_OWNER, counts=FILED_CASES, where=by_channel(_SERVICE, "front_desk"),
          splits=("month", "commune"), method=_("Contacts logged at the front desk.")),
    Share("housing-desk-in-person-share", _("Share of contacts in person"), unit="%", owner=_OWNER, part="housing-desk-in-person", whole="housing-desk-contacts", method=_("Contacts at the front desk, in all contacts.")),
    _entries("housing-desk-sessions", _("Advice sessions held"), "advised", _("Sessions to which somebody came, on the day they were recorded.")),
    _entries("housing-desk-missed", _("Advice sessions to which nobody came"), "absent", _("Sessions that were booked and to which nobody came.")),
)
