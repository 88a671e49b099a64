"""What is counted of acts (system S50 of the activity report: 2,410 deliberations, 489 orders, 1,324 decisions in 2023)."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.acts import ACTS, SITTINGS, sat, series
from oppidum.figures.declaration import Count

_OWNER = "institution"
_SPLITS = ("month", "body")

FIGURES = (
    Count("deliberations", _("Deliberations"), states="deliberations", unit=_("acts"), owner=_OWNER, counts=ACTS, where=series("deliberation"), splits=_SPLITS,
          method=_("Each deliberation adopted by the council or the bureau counts once, on the day of its sitting.")),
    Count("orders-issued", _("Orders"), states="orders-issued", unit=_("acts"), owner=_OWNER, counts=ACTS, where=series("order"), splits=_SPLITS,
          method=_("Each order counts once, on the day of its signature.")),
    Count("decisions-issued", _("Decisions"), states="decisions-issued", unit=_("acts"), owner=_OWNER, counts=ACTS, where=series("decision"), splits=_SPLITS,
          method=_("Each decision that the president takes by delegation counts once, on the day of its signature.")),
    Count("council-meetings", _("Sittings of the council"), states="council-meetings", unit=_("sittings"), owner=_OWNER, counts=SITTINGS, where=sat("council"),
          splits=_SPLITS, method=_("Each sitting that was held counts once, on its day; one without quorum is none.")),
    Count("bureau-meetings", _("Sittings of the bureau"), states="bureau-meetings", unit=_("sittings"), owner=_OWNER, counts=SITTINGS, where=sat("bureau"),
          splits=_SPLITS, method=_("Each sitting that was held counts once, on its day; one without quorum is none.")),
)
