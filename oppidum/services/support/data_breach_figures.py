"""What is counted of data breaches (system S55 of the activity report)."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import Count
from oppidum.figures.sources import FILED_CASES, JOURNAL_ENTRIES, action, of_service

FIGURES = (
    Count(
        "data-breaches", _("Data breaches declared"), unit=_("breaches"), owner="support", counts=FILED_CASES, where=of_service("data-breach"), splits=("month",),
        method=_("Each breach counts on the day it was declared inside the authority, notified or not."),
    ),
    Count(
        "data-breaches-notified", _("Data breaches notified"), states="data-breaches-notified", unit=_("breaches"), owner="support", counts=JOURNAL_ENTRIES, where=action("data-breach", "notify"), splits=("month",),
        method=_("Each first notification to the CNIL; what is told later in steps doesn't count again."),
    ),
    Count(
        "data-breaches-late", _("Data breaches notified after 72 hours"), unit=_("breaches"), owner="support", counts=JOURNAL_ENTRIES, where=action("data-breach", "explain"), splits=("month",),
        method=_("Each time reasons were given for a notification after 72 hours."),
    ),
)
