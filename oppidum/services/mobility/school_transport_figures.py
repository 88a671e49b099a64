"""What is counted of school transport. The report of 2023 says 55 000 files handled."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import Count, Quantile, Share, Stock
from oppidum.figures.sources import (
    DAYS_SINCE_FILING,
    FILED_CASES,
    JOURNAL_ENTRIES,
    MOVES,
    STANDING,
    action,
    actions,
    of_service,
    standing,
)

CODE, OWNER = "school-transport", "mobility"
FIGURES = (
    Count(
        "school-transport-requests", _("Requests for school transport"), owner=OWNER,
        method=_("Requests received, whatever became of them."),
        counts=FILED_CASES, where=of_service(CODE), splits=("channel", "commune", "month"),
    ),
    Count(
        "school-transport-handled", _("Requests for school transport handled"), states="school-transport-applications", owner=OWNER,
        method=_("Requests granted, refused or closed without papers in the period."),
        counts=JOURNAL_ENTRIES, where=actions(CODE, "grant", "refuse", "lapse"), splits=("action", "commune", "month"),
    ),
    Count(
        "school-transport-granted", _("School passes granted"), owner=OWNER,
        method=_("Requests granted in the period."),
        counts=JOURNAL_ENTRIES, where=action(CODE, "grant"), splits=("commune", "month"),
    ),
    Count(
        "school-transport-cards", _("School transport cards issued"), owner=OWNER,
        method=_("First cards issued once the pass was paid, duplicates left out."),
        counts=JOURNAL_ENTRIES, where=action(CODE, "issue"), splits=("commune", "month"),
    ),
    Stock(
        "school-passes-valid", _("School passes valid"), unit=_("passes"), owner=OWNER, counts=STANDING, where=standing(CODE, "valid"), moves=MOVES,
        splits=("commune", "month"), method=_("Passes whose card was issued and that are neither given back nor over by the end of the period."),
    ),
    Quantile(
        "school-transport-days-p90", _("Days within which nine requests in ten are decided"), unit=_("days"), owner=OWNER, counts=JOURNAL_ENTRIES,
        where=actions(CODE, "grant", "refuse"), of=DAYS_SINCE_FILING, at=0.9, splits=("commune", "month"),
        method=_("Nine in ten of the requests decided in the period were decided within that many calendar days of the filing."),
    ),
    Share(
        "school-transport-granted-share", _("Granted among requests"), owner=OWNER, unit="%",
        method=_("Passes granted in the period for a hundred requests received in it."),
        part="school-transport-granted", whole="school-transport-requests",
    ),
)
