"""What is counted of the special waste fee."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.correspondence import LETTERS, letters_of
from oppidum.figures.declaration import Count, Stock
from oppidum.figures.sources import FILED_CASES, JOURNAL_ENTRIES, MOVES, STANDING, action, of_service, standing

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
    Stock(
        "special-waste-contracts-in-force", _("Contracts of business waste in force"), unit=_("contracts"), owner="living-environment-water",
        method=_("Contracts that are signed and not ended by the end of the period."),
        counts=STANDING, where=standing(CODE, "in_force"), moves=MOVES, splits=("commune", "month"),
    ),
    Count(
        "special-waste-contract-letters", _("Letters about contracts of business waste"), unit=_("letters"), owner="living-environment-water",
        method=_("Each letter about a declaration or a contract, on the day on which it was made; copies don’t count. Those of mailings are counted apart."),
        counts=LETTERS, where=letters_of(CODE), splits=("letter", "fate", "commune", "month"),
    ),
    Count(
        "special-waste-bills", _("Bills of the special waste fee"), owner="living-environment-water",
        method=_("Yearly bills established in the period, those of ended contracts too."),
        counts=JOURNAL_ENTRIES, where=action(CODE, "charged"), splits=("commune", "month"),
    ),
)
