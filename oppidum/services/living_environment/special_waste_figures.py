"""What is counted of the special waste fee."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import Count
from oppidum.figures.sources import FILED_CASES, JOURNAL_ENTRIES, action, of_service

CODE = "special-waste-fee"
FIGURES = (
    Count(
        "special-waste-declarations", _("Declarations of business waste"), owner="living-environment-water",
        method=_("Declarations received, whatever became of them."),
        counts=FILED_CASES, where=of_service(CODE), splits=("channel", "commune", "month"),
    ),
    Count(
        "special-waste-contracts", _("Contracts of business waste signed"), owner="living-environment-water",
        method=_("Contracts signed in the period."),
        counts=JOURNAL_ENTRIES, where=action(CODE, "accept"), splits=("commune", "month"),
    ),
    Count(
        "special-waste-bills", _("Bills of the special waste fee"), owner="living-environment-water",
        method=_("Yearly bills established in the period, those of ended contracts too."),
        counts=JOURNAL_ENTRIES, where=action(CODE, "charged"), splits=("commune", "month"),
    ),
)
