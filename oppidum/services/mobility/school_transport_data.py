"""What is published as open data of school transport: how many ask, from where. No pupil, no school."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import MONTH
from oppidum.figures.sources import FILED_CASES, of_service
from oppidum.publishing.datasets.declaration import MONTHLY, TRANSPORT, Anonymity, Chart, Coarsen, Column, Dataset, Tally

DATASETS = (
    Dataset(
        "school-transport", _("Requests for school transport by month and commune"), owner="mobility", theme=TRANSPORT, frequency=MONTHLY,
        says=_("How many requests for school transport were filed, by month and commune of residence."),
        keywords=(_("school transport"), _("mobility"), _("pupils")),
        source=Tally(FILED_CASES, where=of_service("school-transport"), counts="requests", by={"month": MONTH, "commune": "commune"}, named={"commune_name": "commune"}),
        columns=(
            Column("month", _("Month"), "yearmonth", required=True),
            Column("commune", _("INSEE code of the commune"), says=_("Empty: communes put together because a count was below 5.")),
            Column("commune_name", _("Commune")),
            Column("requests", _("Requests"), "integer", required=True, minimum=0),
        ),
        key=("month", "commune"),
        anonymity=Anonymity(5, ("month", "commune"), weight="requests", then=Coarsen(("commune", "commune_name"))),
        chart=Chart("bar", "commune_name", "requests", _("Requests for school transport by commune")),
    ),
)
