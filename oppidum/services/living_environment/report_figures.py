"""What is counted of reports and calls (system S01 of the activity report)."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import Change, Count, Quantile, Share, Stock
from oppidum.figures.sources import (
    CALLS,
    DAYS_SINCE_FILING,
    FILED_CASES,
    JOURNAL_ENTRIES,
    MOVES,
    STANDING,
    action,
    call_outcome,
    of_service,
    standing,
)

_OWNER = "living-environment-water"
_OPEN = ("received", "to_qualify", "assigned", "planned", "in_progress", "waiting", "reopened")

FIGURES = (
    Count(
        "reports-filed", _("Reports filed"), states="call-centre-reports", unit=_("reports"), owner=_OWNER, counts=FILED_CASES, where=of_service("report"),
        splits=("month", "channel", "category", "commune", "team"),
        method=_("Each report counts once, on the day it was filed, under the category it was filed in; duplicates count too."),
    ),
    Count(
        "reports-followed", _("Residents who joined an existing report"), unit=_("persons"), owner=_OWNER, counts=JOURNAL_ENTRIES,
        where=action("report", "follow"), splits=("month", "category", "commune"),
        method=_("Each time somebody says “same problem” instead of filing again."),
    ),
    Count(
        "reports-done", _("Reports solved"), unit=_("reports"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=action("report", "finish"),
        splits=("month", "category", "commune", "team"),
        method=_("Each time a team marks a report as done; one that was opened again and solved again counts twice."),
    ),
    Stock(
        "reports-open", _("Open reports"), unit=_("reports"), owner=_OWNER, counts=STANDING, where=standing("report", *_OPEN), moves=MOVES,
        splits=("month", "category", "commune", "team"),
        method=_("Reports that nobody has solved, rejected or passed on by the end of the period."),
    ),
    Quantile(
        "reports-days-median", _("Median days until a report is solved"), unit=_("days"), owner=_OWNER, counts=JOURNAL_ENTRIES,
        where=action("report", "finish"), of=DAYS_SINCE_FILING, splits=("month", "category", "commune", "team"),
        method=_("Half of the reports solved in the period took that many calendar days or less, from filing to work done."),
    ),
    Quantile(
        "reports-days-p90", _("Days within which nine reports in ten are solved"), unit=_("days"), owner=_OWNER, counts=JOURNAL_ENTRIES,
        where=action("report", "finish"), of=DAYS_SINCE_FILING, at=0.9, splits=("month", "category", "commune", "team"),
        method=_("Nine in ten of the reports solved in the period took that many calendar days or less, from filing to work done."),
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
    Change(
        "calls-change", _("Change in calls"), states="call-centre-activity-change", unit="%", owner="resident-relations", of="calls",
        method=_("Against the year before; while the year is running, against its same days."),
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
