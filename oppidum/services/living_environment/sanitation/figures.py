"""What is counted of on-site sanitation (system S13 of the activity report)."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import Count, Share, Stock
from oppidum.figures.sources import JOURNAL_ENTRIES, MOVES, STANDING, actions, said, standing
from oppidum.services.living_environment.sanitation.rules import RESULTS

_OWNER, _CODE = "living-environment-water", "sanitation-inspection"
_UNIT, _BY = _("checks"), ("month", "commune")
_OPEN = ("asked", "to_build", "due", "planned", "known", "design", "works", "late")


def _count(name, label, where, method, states="", unit=_UNIT):
    return Count(name, label, states=states, unit=unit, owner=_OWNER, counts=JOURNAL_ENTRIES, where=where, splits=_BY, method=method)


FIGURES = (
    _count("sanitation-checks", _("Checks of on-site sanitation"), actions(_CODE, *RESULTS), _("Each visit with its finding, on the day of the visit or of its entry."),
           "non-collective-sewerage-checks"),
    _count("sanitation-in-order", _("Checks that found no danger"), actions(_CODE, "compliant", "incomplete"),
           _("Compliant installations, and those without a danger for health or environment.")),
    # The indicator of the State's observatory (P301.3) counts what has no danger as compliant, like the report.
    Share("sanitation-compliance", _("Compliance of on-site sanitation"), states="non-collective-sewerage-compliance", unit="%", owner=_OWNER,
          part="sanitation-in-order", whole="sanitation-checks", method=_("Checks that found no danger, in all checks (indicator P301.3).")),
    _count("sanitation-dangers", _("Checks that found a danger"), actions(_CODE, "dangerous"), _("Works are to be done within four years.")),
    _count("sanitation-works-checks", _("Checks of works of on-site sanitation"), said(_CODE, RESULTS, "check", "execution"),
           _("Visits of new or mended installations before they are covered."), "spanc-works-verifications"),
    _count("sanitation-projects", _("Projects of on-site sanitation examined"), actions(_CODE, "project_fine", "project_unfit"), _("Each opinion on a project counts once."), unit=_("projects")),
    Stock("sanitation-installations", _("Installations of on-site sanitation"), states="spanc-installations", unit=_("installations"), owner=_OWNER, counts=STANDING,
          where=standing(_CODE, *_OPEN), moves=MOVES, splits=_BY, method=_("Files of installations that are neither connected nor gone, by the end of the period.")),
)
