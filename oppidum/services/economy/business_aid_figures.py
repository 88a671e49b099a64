"""What is counted of aid to businesses (system S46 of the activity report: 84 files to the committee, 725,000 EUR proposed in 2023)."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import Count
from oppidum.figures.sources import FILED_CASES, JOURNAL_ENTRIES, actions, adding, adding_answer, of_service

_OWNER, _CODE = "economy", "business-aid"


def _acts(name, label, unit, method, *acts, adds="", states=""):
    return Count(name, label, states=states, unit=unit, owner=_OWNER, counts=JOURNAL_ENTRIES, where=actions(_CODE, *acts), adds=adds, splits=("month", "action"), method=method)


FIGURES = (
    Count("business-aid-requests", _("Requests for aid by businesses"), unit=_("requests"), owner=_OWNER, counts=FILED_CASES, where=of_service(_CODE),
          splits=("month", "channel", "commune"), method=_("Each request counts once, on the day it was filed.")),
    Count("business-jobs-planned", _("Jobs planned by businesses that ask for aid"), states="jobs-planned-3-years", unit=_("jobs"), owner=_OWNER, counts=FILED_CASES, where=of_service(_CODE),
          adds=adding_answer("jobs_planned"), splits=("month", "commune"), method=_("What the requests of the period say that they make within three years.")),
    _acts("business-aid-committee", _("Files before the committee for economic commitments"), _("files"), _("Each file proposed to the committee."), "propose", states="economic-committee-cases"),
    _acts("business-aid-proposed", _("Aid proposed to businesses"), "EUR", _("The amounts of the reports to the committee."), "propose",
          adds=adding("proposed", cents=True), states="business-aid-proposed"),
    _acts("business-aids-granted", _("Aids granted to businesses"), _("aids"), _("Each aid that the council or the bureau votes."), "grant", "grant_bureau"),
    _acts("business-aid-granted", _("Granted to businesses"), "EUR", _("The sums voted."), "grant", "grant_bureau", adds=adding("granted", cents=True)),
    _acts("business-jobs-made", _("Jobs made by businesses that had aid"), _("jobs"), _("What they say within three years of the last payment."), "tell_jobs", adds=adding("jobs_made")),
)
