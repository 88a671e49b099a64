"""What is counted of rights requests."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import Count
from oppidum.figures.sources import FILED_CASES, of_service

FIGURES = (
    Count(
        "rights-requests", _("Rights requests received"), unit=_("requests"), owner="support", counts=FILED_CASES, where=of_service("rights-request"), splits=("month", "channel"),
        method=_("Each request counts on the day it arrived, whatever its answer."),
    ),
)
