"""What is counted of projects (system S36 of the activity report)."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import Count, Stock
from oppidum.figures.sources import FILED_CASES, JOURNAL_ENTRIES, MOVES, STANDING, action, adding, of_service, standing

_OWNER, _CODE = "institution", "project"

FIGURES = (
    Count("projects-entered", _("Projects entered into the portfolio"), unit=_("projects"), owner=_OWNER, counts=FILED_CASES, where=of_service(_CODE), splits=("commune", "month"),
          method=_("Each project counts once, on the day on which it was entered.")),
    Count("milestones-reached", _("Milestones reached"), unit=_("milestones"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=action(_CODE, "reach"), splits=("commune", "month"),
          method=_("Each entry “a milestone is reached” counts once, on the day on which it was entered.")),
    Stock("projects-under-way", _("Projects under way"), unit=_("projects"), owner=_OWNER, counts=STANDING, where=standing(_CODE, "studies", "works"), moves=MOVES,
          splits=("commune", "month"), method=_("Projects in studies or works by the end of the period.")),
    Count("projects-delivered", _("Projects delivered"), unit=_("projects"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=action(_CODE, "deliver"), splits=("commune", "month"),
          method=_("Each project counts once, on the day on which its delivery was entered.")),
    Count("projects-funded", _("Funds committed to projects"), unit=_("euros"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=action(_CODE, "fund"), splits=("month",), adds=adding("funded", cents=True),
          method=_("The sums that funders committed during the period, without those that were known when the project was entered.")),
)
