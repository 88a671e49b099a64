"""What is counted of the rental permit (system S41 of the activity report: 962 opinions in 2023, 287 favourable, 476 with conditions, 199 not)."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import Count, Mean, Quantile, Share, Stock
from oppidum.figures.sources import (
    DAYS_SINCE_FILING,
    FILED_CASES,
    JOURNAL_ENTRIES,
    MOVES,
    STANDING,
    action,
    actions,
    of_service,
    standing,
)

_OWNER = "planning-housing"
_OPINIONS = ("favourable", "conditional", "unfavourable")


def _entries(name, label, where, method, states):
    return Count(name, label, states=states, unit=_("opinions"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=where, splits=("month", "commune"), method=method)


FIGURES = (
    Count("rental-permit-requests", _("Requests for a rental permit"), unit=_("requests"), owner=_OWNER, counts=FILED_CASES, where=of_service("rental-permit"),
          splits=("month", "channel", "commune"), method=_("Each request counts once, on the day it was filed.")),
    _entries("rental-permit-opinions", _("Opinions on rental permits"), actions("rental-permit", *_OPINIONS), _("Decisions taken: favourable, with conditions, unfavourable. Silence is none."), "permis-de-louer-opinions"),
    _entries("rental-permit-favourable", _("Favourable opinions"), action("rental-permit", "favourable"), _("Authorisations without conditions."), "permis-de-louer-opinions-favourable"),
    _entries("rental-permit-conditional", _("Favourable opinions with conditions"), action("rental-permit", "conditional"), _("Authorisations with works to be done."), "permis-de-louer-opinions-conditional"),
    _entries("rental-permit-unfavourable", _("Unfavourable opinions"), action("rental-permit", "unfavourable"), _("Refusals, with their reasons."), "permis-de-louer-opinions-unfavourable"),
    Count("rental-permit-made-good", _("Dwellings made good"), states="permis-de-louer-conditional-then-favourable", unit=_("dwellings"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=action("rental-permit", "made_good"),
          splits=("month", "commune"), method=_("Dwellings whose works were found done after an opinion with conditions.")),
    Count("rental-permit-tacit", _("Rental permits by silence"), unit=_("authorisations"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=action("rental-permit", "tacit"),
          splits=("month", "commune"), method=_("No decision within a month of the complete file.")),
    Count("rental-permit-days-in-all", _("Days to all opinions on rental permits"), unit=_("days"), owner=_OWNER, counts=JOURNAL_ENTRIES,
          where=actions("rental-permit", *_OPINIONS), adds=DAYS_SINCE_FILING, splits=("month", "commune"),
          method=_("Calendar days from filing to the decision, those in which papers were awaited included.")),
    Mean("rental-permit-days", _("Days to an opinion on a rental permit"), unit=_("days"), owner=_OWNER, part="rental-permit-days-in-all", whole="rental-permit-opinions",
         method=_("The mean of all opinions of the period.")),
    Quantile("rental-permit-days-median", _("Median days to an opinion on a rental permit"), unit=_("days"), owner=_OWNER, counts=JOURNAL_ENTRIES,
             where=actions("rental-permit", *_OPINIONS), of=DAYS_SINCE_FILING, splits=("month", "commune"),
             method=_("Half of the opinions of the period came within that many calendar days of the filing.")),
    Quantile("rental-permit-days-p90", _("Days within which nine opinions in ten are given"), unit=_("days"), owner=_OWNER, counts=JOURNAL_ENTRIES,
             where=actions("rental-permit", *_OPINIONS), of=DAYS_SINCE_FILING, at=0.9, splits=("month", "commune"),
             method=_("Nine in ten of the opinions of the period came within that many calendar days of the filing.")),
    Stock("rental-permit-pending", _("Rental permits being examined"), unit=_("requests"), owner=_OWNER, counts=STANDING,
          where=standing("rental-permit", "filed", "incomplete", "review"), moves=MOVES, splits=("month", "commune"),
          method=_("Requests without an opinion by the end of the period.")),
    Share("rental-permit-favourable-share", _("Share of favourable opinions"), states="permis-de-louer-opinions-favourable-share", unit="%", owner=_OWNER, part="rental-permit-favourable", whole="rental-permit-opinions",
          method=_("Favourable opinions without conditions, in all opinions.")),
    Share("rental-permit-conditional-share", _("Share of opinions with conditions"), states="permis-de-louer-opinions-conditional-share", unit="%", owner=_OWNER, part="rental-permit-conditional", whole="rental-permit-opinions",
          method=_("Favourable opinions with conditions, in all opinions.")),
    Share("rental-permit-made-good-share", _("Share of conditional opinions made good"), states="permis-de-louer-conditional-then-favourable-share", unit="%", owner=_OWNER, part="rental-permit-made-good", whole="rental-permit-conditional",
          method=_("Dwellings made good in the period, in the opinions with conditions of the same period.")),
    Share("rental-permit-tacit-share", _("Share of requests authorised by silence"), unit="%", owner=_OWNER, part="rental-permit-tacit", whole="rental-permit-requests",
          method=_("Authorisations by silence in the period, in the requests of the same period.")),
)
