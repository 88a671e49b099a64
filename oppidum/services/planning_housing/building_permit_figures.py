"""What is counted of building rights (system S39 of the activity report), and the monthly series that national statistics know as Sitadel."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import MONTH, Count, Quantile, Share, Stock
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
from oppidum.publishing.datasets.declaration import MONTHLY, REGIONS, Anonymity, Chart, Coarsen, Column, Dataset, Tally

_OWNER, _SERVICE = "planning-housing", "building-permit"
_BY = ("month", "kind", "commune")
_AUTHORISED = ("grant", "conditions", "tacit")
_DECIDED = ("grant", "conditions", "refuse", "certify", "certify_no")
_EVENTS = (*_AUTHORISED, "commence", "complete")


def _entries(name, label, where, method, **more):
    return Count(name, label, unit=more.pop("unit", _("decisions")), owner=_OWNER, counts=JOURNAL_ENTRIES, where=where, splits=_BY, method=method, **more)


FIGURES = (
    Count("building-permits-filed", _("Requests for building rights"), unit=_("requests"), owner=_OWNER, counts=FILED_CASES, where=of_service(_SERVICE),
          splits=("month", "kind", "channel", "commune"), method=_("Each request, declaration or certificate counts once, on the day of its receipt.")),
    _entries("building-permits-decided", _("Decisions on building rights"), actions(_SERVICE, *_DECIDED), _("Decisions and certificates given; silence is none.")),
    _entries("building-permits-refused", _("Refusals of building rights"), action(_SERVICE, "refuse"), _("Refusals and oppositions that were decided.")),
    _entries("building-permits-tacit", _("Building rights by silence"), action(_SERVICE, "tacit"), _("Nothing was decided within the time of the examination, and silence grants.")),
    _entries("building-permits-refused-by-silence", _("Building rights refused by silence"), actions(_SERVICE, "tacit_refusal", "missing_pieces"), _("Silence refuses, or the missing pieces were not sent within three months.")),
    _entries("building-permits-incomplete", _("Files told to be incomplete in the first month"), action(_SERVICE, "pieces_told"), _("Requests for missing pieces that reached the applicant within the first month."), unit=_("files")),
    _entries("building-permits-lengthened", _("Longer examinations"), action(_SERVICE, "longer_told"), _("Longer examinations told to the applicant within the first month."), unit=_("files")),
    _entries("dwellings-authorised", _("Dwellings authorised"), actions(_SERVICE, *_AUTHORISED), _("Dwellings created by what was granted in the period, by silence too."), unit=_("dwellings"), adds=adding_answer("dwellings")),
    _entries("dwellings-commenced", _("Dwellings begun"), action(_SERVICE, "commence"), _("Dwellings of the projects whose works were declared to have begun."), unit=_("dwellings"), adds=adding_answer("dwellings")),
    _entries("floor-area-authorised", _("Floor area authorised"), actions(_SERVICE, *_AUTHORISED), _("Floor area created by what was granted in the period."), unit="m²", adds=adding_answer("floor_created")),
    Stock("building-permits-pending", _("Requests for building rights being examined"), unit=_("requests"), owner=_OWNER, counts=STANDING,
          where=standing(_SERVICE, "filed", "incomplete", "inquiry", "review"), moves=MOVES, splits=("month", "commune"), method=_("Requests without a decision by the end of the period.")),
    Quantile("building-permits-days-median", _("Median days to a decision on building rights"), unit=_("days"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=actions(_SERVICE, *_DECIDED),
             of=DAYS_SINCE_FILING, splits=_BY, method=_("Half of the decisions came within that many calendar days of the filing.")),
    Share("building-permits-tacit-share", _("Share of requests granted by silence"), unit="%", owner=_OWNER, part="building-permits-tacit", whole="building-permits-filed",
          method=_("Granted by silence in the period, in the requests of the same period.")),
)

# As the State's register of permits gives them by month and commune: authorised, begun, completed, by kind of permit. No land, no person.
DATASETS = (
    Dataset(
        "building-rights", _("Building rights by month, commune and kind"), owner=_OWNER, theme=REGIONS, frequency=MONTHLY,
        says=_("Building rights authorised, begun and completed, with dwellings and floor area, as in the national series Sitadel. No parcel and no person."),
        keywords=(_("building permits"), _("housing"), "Sitadel"),
        source=Tally(JOURNAL_ENTRIES, where=actions(_SERVICE, *_EVENTS), counts="permits", adds={"dwellings": adding_answer("dwellings"), "floor_m2": adding_answer("floor_created")},
                     by={"month": MONTH, "commune": "commune", "kind": "kind", "event": "action"}, named={"commune_name": "commune", "kind_name": "kind", "event_name": "event"}),
        columns=(Column("month", _("Month"), "yearmonth", required=True), Column("commune", _("INSEE code of the commune"), says=_("Empty: communes put together because a count was below 5.")),
                 Column("kind", _("Kind")), Column("event", _("What happened"), required=True),
                 Column("permits", _("Permits"), "integer", required=True, minimum=0), Column("dwellings", _("Dwellings"), "integer", required=True, minimum=0),
                 Column("floor_m2", _("Floor area created (m²)"), "number", required=True, minimum=0),
                 Column("commune_name", _("Commune")), Column("kind_name", _("Kind, in words")), Column("event_name", _("What happened, in words"))),
        key=("month", "commune", "kind", "event"), anonymity=Anonymity(5, ("month", "commune", "kind", "event"), weight="permits", then=Coarsen(("commune", "commune_name"))),
        chart=Chart("columns", "month", "dwellings", _("Dwellings by month")),
    ),
)
