"""What is counted of the marinas (system S25 of the activity report)."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import Count, Share, Stock
from oppidum.figures.sources import (
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

_OWNER = "ecology-culture-sport"


def _acts(name, label, unit, service, act, method, states=""):
    return Count(name, label, states=states, unit=unit, owner=_OWNER, counts=JOURNAL_ENTRIES, where=action(service, act), splits=("month", "commune"), method=method)


BERTH_FIGURES = (
    Count("marina-berth-requests", _("Requests for a berth"), unit=_("requests"), owner=_OWNER, counts=FILED_CASES,
          where=of_service("marina-berth"), splits=("month", "channel", "commune"), method=_("Each request counts once, on the day it was filed.")),
    Count("marina-berth-files", _("Files of berths handled"), states="marina-berth-allocation-files", unit=_("files"), owner=_OWNER, counts=JOURNAL_ENTRIES,
          where=actions("marina-berth", "register", "refuse"), splits=("month", "action", "commune"),
          method=_("Requests entered in the waiting list or refused in the period.")),
    Stock("marina-berths-held", _("Berths held"), unit=_("berths"), owner=_OWNER, counts=STANDING, where=standing("marina-berth", "berthed"), moves=MOVES,
          splits=("month", "commune"), method=_("Yearly holders by the end of the period.")),
    Stock("marina-waiting", _("Requests on the waiting list of a berth"), unit=_("requests"), owner=_OWNER, counts=STANDING,
          where=standing("marina-berth", "waiting", "offered"), moves=MOVES, splits=("month", "commune"),
          method=_("Requests in the list by the end of the period, those with an offer included.")),
    _acts("marina-berths-given", _("Berths given"), _("berths"), "marina-berth", "accept", _("Each time somebody accepts a berth that was offered.")),
    _acts("marina-berths-given-back", _("Berths given back"), _("berths"), "marina-berth", "leave", _("Each time a holder gives a berth back.")),
)
VISIT_FIGURES = (
    _acts("marina-calls", _("Visiting boats"), _("visits"), "marina-visit", "arrive", _("Each arrival of a visiting boat, however long it stays."), "marina-stopovers"),
    Count("marina-visitor-nights", _("Nights of visiting boats"), states="marina-nights", unit=_("nights"), owner=_OWNER, counts=JOURNAL_ENTRIES,
          where=action("marina-visit", "arrive"), adds=adding_answer("nights"), splits=("month", "commune"),
          method=_("The nights booked by each boat that arrived, all on the day of its arrival.")),
)
OCCUPANCY_FIGURES = (
    _acts("marina-procedures", _("Competitive procedures launched"), _("procedures"), "marina-occupancy", "publish", _("Each call published for a place in a harbour."), "marina-aot-procedures-launched"),
    _acts("marina-contracts", _("Occupancy contracts signed"), _("contracts"), "marina-occupancy", "sign", _("Each title signed, after a call or without one."), "marina-aot-contracts-signed"),
    _acts("marina-choices", _("Calls that ended with a choice"), _("calls"), "marina-occupancy", "choose", _("Each call of which an application was chosen."), "marina-competitive-procedures-completed"),
    Stock("marina-titles-in-force", _("Occupancy titles in force"), unit=_("titles"), owner=_OWNER, counts=STANDING, where=standing("marina-occupancy", "in_force"),
          moves=MOVES, splits=("month", "commune"), method=_("Titles that are signed and not over by the end of the period.")),
    Share("marina-successful-share", _("Share of calls that ended with a choice"), unit="%", owner=_OWNER, part="marina-choices",
          whole="marina-procedures", method=_("Calls with a choice, in all calls published in the year.")),
)
APPLICATION_FIGURES = (
    Count("marina-applications", _("Applications to calls"), unit=_("applications"), owner=_OWNER, counts=FILED_CASES,
          where=of_service("marina-application"), splits=("month", "channel", "commune"), method=_("Each application counts once, on the day it arrived; those recorded on paper are not among them.")),
)
