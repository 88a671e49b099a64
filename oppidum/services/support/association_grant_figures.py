"""What is counted of grants to associations (system S53 of the activity report: 850 requests, 195 reports voted in 2023)."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import Count, Share
from oppidum.figures.sources import FILED_CASES, JOURNAL_ENTRIES, actions, adding, of_service

_OWNER, _CODE = "support", "association-grant"
_GRANTED, _REFUSED = ("grant", "grant_bureau"), ("refuse", "refuse_bureau")

FIGURES = (
    Count("association-subsidy-applications", _("Requests for grants by associations"), states="association-subsidy-applications", unit=_("requests"), owner=_OWNER, counts=FILED_CASES, where=of_service(_CODE),
          splits=("month", "channel"), method=_("Each request counts once, on the day it was filed.")),
    Count("association-subsidy-reports-approved", _("Reports on grants adopted by council and bureau"), states="association-subsidy-reports-approved", unit=_("reports"), owner=_OWNER, counts=JOURNAL_ENTRIES,
          where=actions(_CODE, *_GRANTED), splits=("month", "action"), method=_("Each grant that the council or the bureau adopts counts once, on the day of the vote.")),
    Count("association-subsidy-votes", _("Reports on grants voted"), unit=_("reports"), owner=_OWNER, counts=JOURNAL_ENTRIES,
          where=actions(_CODE, *_GRANTED, *_REFUSED), splits=("month", "action"), method=_("Adopted and rejected.")),
    Count("association-subsidies-granted", _("Granted to associations"), unit="EUR", owner=_OWNER, counts=JOURNAL_ENTRIES, where=actions(_CODE, *_GRANTED),
          adds=adding("granted", cents=True), splits=("month", "action"), method=_("The sums voted, for a year of each grant.")),
    Count("association-subsidies-paid", _("Paid to associations"), unit="EUR", owner=_OWNER, counts=JOURNAL_ENTRIES, where=actions(_CODE, "pay_part", "pay_last"),
          adds=adding("paid", cents=True), splits=("month",), method=_("The payments recorded.")),
    Share("association-subsidy-approval-share", _("Share of reports on grants adopted"), unit="%", owner=_OWNER, part="association-subsidy-reports-approved",
          whole="association-subsidy-votes", method=_("Adopted, in all votes on grants.")),
)
