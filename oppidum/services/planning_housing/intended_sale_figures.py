"""What is counted of notices of intended sale (system S40 of the activity report)."""

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
    adding_answer,
    of_service,
    standing,
)

_OWNER, _SERVICE = "planning-housing", "intended-sale"


def _entries(name, label, where, method, **more):
    return Count(name, label, unit=more.pop("unit", _("notices")), owner=_OWNER, counts=JOURNAL_ENTRIES, where=where, splits=("month", "commune"), method=method, **more)


FIGURES = (
    Count("intended-sales", _("Notices of intended sale"), states="land-purchase-declarations", unit=_("notices"), owner=_OWNER, counts=FILED_CASES, where=of_service(_SERVICE),
          splits=("month", "channel", "commune"), method=_("Each notice counts once, on the day of its receipt.")),
    Count("intended-sales-value", _("Value of the sales that notices tell of"), states="land-purchase-declarations-amount", unit="€", owner=_OWNER, counts=FILED_CASES, where=of_service(_SERVICE),
          adds=adding_answer("price", cents=True), splits=("month", "commune"), method=_("The prices declared in the notices received in the period, whole euros.")),
    _entries("intended-sales-waived", _("Waivers"), action(_SERVICE, "waive"), _("Notices on which the metropolis decided not to buy.")),
    _entries("intended-sales-silent", _("Waivers by silence"), action(_SERVICE, "waived_by_silence"), _("Notices that nobody answered within the two months.")),
    _entries("preemptions", _("Pre-emptions"), actions(_SERVICE, "buy", "offer"), _("Decisions to buy, at the declared price or at another."), unit=_("decisions")),
    _entries("preemptions-paid", _("Properties acquired by pre-emption"), action(_SERVICE, "pay"), _("Purchases whose price was paid or deposited in the period."), unit=_("properties")),
    Stock("intended-sales-pending", _("Notices of sale being examined"), unit=_("notices"), owner=_OWNER, counts=STANDING,
          where=standing(_SERVICE, "examined"), moves=MOVES, splits=("month", "commune"), method=_("Notices without an answer by the end of the period.")),
    Quantile("intended-sales-days-median", _("Median days to the answer to a notice"), unit=_("days"), owner=_OWNER, counts=JOURNAL_ENTRIES,
             where=actions(_SERVICE, "waive", "waived_by_silence", "buy", "offer"), of=DAYS_SINCE_FILING, splits=("month", "commune"),
             method=_("Half of the notices were answered, or waived by silence, within that many calendar days of the receipt.")),
    Share("preemptions-share", _("Share of sales pre-empted"), unit="%", owner=_OWNER, part="preemptions", whole="intended-sales",
          method=_("Decisions to buy in the period, in the notices of the same period.")),
)
