"""What is counted of reports and calls (system S01 of the activity report)."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import Count, Share
from oppidum.figures.sources import CALLS, FILED_CASES, JOURNAL_ENTRIES, action, call_outcome, of_service

_OWNER = "living-environment-water"

FIGURES = (
    Count(
        "reports-filed", _("Reports filed"), states="call-centre-reports", unit=_("reports"), owner=_OWNER, counts=FILED_CASES, where=of_service("report"),
        splits=("month", "channel", "category", "commune"),
        method=_("Each report counts once, on the day it was filed, under the category it was filed in; duplicates count too."),
    ),
    Count(
        "reports-followed", _("Residents who joined an existing report"), unit=_("persons"), owner=_OWNER, counts=JOURNAL_ENTRIES,
        where=action("report", "follow"), splits=("month", "category", "commune"),
        method=_("Each time somebody says “same problem” instead of filing again."),
    ),
    Count(
        "reports-done", _("Reports solved"), unit=_("reports"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=action("report", "finish"),
        splits=("month", "category", "commune"),
        method=_("Each time a team marks a report as done; one that was opened again and solved again counts twice."),
    ),
    Count(
        "reports-rejected", _("Reports that will not be done"), unit=_("reports"), owner=_OWNER, counts=JOURNAL_ENTRIES,
        where=action("report", "reject"), splits=("month", "reason", "category", "commune"),
        method=_("Each time a team decides, with a reason, not to act."),
    ),
    Count(
        "reports-objected", _("Objections by residents"), unit=_("objections"), owner=_OWNER, counts=JOURNAL_ENTRIES,
        where=action("report", "object"), splits=("month", "category", "commune"),
        method=_("Each time a resident says within 14 days that it is not solved."),
    ),
    Count(
        "calls", _("Calls to the contact centre"), states="call-centre-calls", unit=_("calls"), owner="resident-relations", counts=CALLS,
        splits=("month", "outcome", "category", "commune"),
        method=_("Every call logged, whatever its outcome."),
    ),
    Count(
        "calls-with-report", _("Calls that led to a report"), unit=_("calls"), owner="resident-relations", counts=CALLS,
        where=call_outcome("report", "joined"), splits=("month", "category", "commune"),
        method=_("Calls that ended with a report filed, or an existing one joined."),
    ),
    Share(
        "calls-with-report-share", _("Share of calls that led to a report"), unit="%", owner="resident-relations",
        part="calls-with-report", whole="calls",
        method=_("Calls that led to a report, in all calls."),
    ),
)
