"""What is published as open data of the permit to let and of notices of intended sale: counts, never a dwelling or a person."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import MONTH
from oppidum.figures.sources import FILED_CASES, JOURNAL_ENTRIES, actions, adding_answer, of_service
from oppidum.publishing.datasets.declaration import MONTHLY, REGIONS, YEAR, Anonymity, Chart, Coarsen, Column, Dataset, Tally

_OWNER = "planning-housing"
_MONTH = Column("month", _("Month"), "yearmonth", required=True)
_YEAR = Column("year", _("Year"), "year", required=True)
_COMMUNE = Column("commune", _("INSEE code of the commune"), says=_("Empty: communes put together because a count was below 5."))
_NAME = Column("commune_name", _("Commune"))
_TOGETHER = Coarsen(("commune", "commune_name"))

RENTAL_PERMITS = (
    Dataset(
        "rental-permit-opinions", _("Opinions on rental permits by year and commune"), owner=_OWNER, theme=REGIONS, frequency=MONTHLY,
        says=_("How many opinions on the permit to let a dwelling were given in the designated areas, by year and commune."),
        keywords=(_("housing"), _("rental permit"), _("substandard housing")),
        source=Tally(JOURNAL_ENTRIES, where=actions("rental-permit", "favourable", "conditional", "unfavourable", "tacit"), counts="opinions",
                     by={"year": YEAR, "commune": "commune"}, named={"commune_name": "commune"}),
        columns=(_YEAR, _COMMUNE, _NAME, Column("opinions", _("Opinions"), "integer", required=True, minimum=0)),
        key=("year", "commune"), anonymity=Anonymity(5, ("year", "commune"), weight="opinions", then=_TOGETHER),
        chart=Chart("columns", "year", "opinions", _("Opinions on rental permits by year")),
    ),
    Dataset(
        "rental-permit-requests", _("Requests for a rental permit by year and commune"), owner=_OWNER, theme=REGIONS, frequency=MONTHLY,
        says=_("How many requests for the permit to let a dwelling were filed, by year and commune."),
        keywords=(_("housing"), _("rental permit")),
        source=Tally(FILED_CASES, where=of_service("rental-permit"), counts="requests", by={"year": YEAR, "commune": "commune"}, named={"commune_name": "commune"}),
        columns=(_YEAR, _COMMUNE, _NAME, Column("requests", _("Requests"), "integer", required=True, minimum=0)),
        key=("year", "commune"), anonymity=Anonymity(5, ("year", "commune"), weight="requests", then=_TOGETHER),
        chart=Chart("columns", "year", "requests", _("Requests for a rental permit by year")),
    ),
)

INTENDED_SALES = (
    Dataset(
        "intended-sales", _("Notices of intended sale by month and commune"), owner=_OWNER, theme=REGIONS, frequency=MONTHLY,
        says=_("How many notices of intended sale (DIA) were received and the sum of the prices declared, by month and commune. No parcel and no person."),
        keywords=(_("land"), _("sales"), _("prices"), "DIA"),
        source=Tally(FILED_CASES, where=of_service("intended-sale"), counts="notices", adds={"declared_euros": adding_answer("price", cents=True)},
                     by={"month": MONTH, "commune": "commune"}, named={"commune_name": "commune"}),
        columns=(_MONTH, _COMMUNE, _NAME, Column("notices", _("Notices"), "integer", required=True, minimum=0),
                 Column("declared_euros", _("Prices declared (€)"), "number", required=True, minimum=0)),
        key=("month", "commune"), anonymity=Anonymity(5, ("month", "commune"), weight="notices", then=_TOGETHER),
        chart=Chart("bar", "commune_name", "notices", _("Notices of intended sale by commune")),
    ),
)
