"""What is published as open data of bulky waste: pick-ups and volumes by month and commune. No address."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import MONTH
from oppidum.figures.sources import JOURNAL_ENTRIES, action, adding
from oppidum.publishing.datasets.declaration import ENVIRONMENT, MONTHLY, Anonymity, Chart, Coarsen, Column, Dataset, Tally

DATASETS = (
    Dataset(
        "bulky-waste-pickups", _("Bulky waste picked up by month and commune"), owner="living-environment-water", theme=ENVIRONMENT, frequency=MONTHLY,
        says=_("How many times bulky objects were fetched by appointment, and their volume, by month and commune."),
        keywords=(_("waste"), _("bulky waste")),
        source=Tally(JOURNAL_ENTRIES, where=action("bulky-waste", "fetched"), counts="pickups", adds={"volume_m3": adding("fetched_m3")},
                     by={"month": MONTH, "commune": "commune"}, named={"commune_name": "commune"}),
        columns=(
            Column("month", _("Month"), "yearmonth", required=True),
            Column("commune", _("INSEE code of the commune"), says=_("Empty: communes put together because a count was below 5.")),
            Column("commune_name", _("Commune")),
            Column("pickups", _("Pick-ups"), "integer", required=True, minimum=0),
            Column("volume_m3", _("Volume (m³)"), "number", required=True, minimum=0),
        ),
        key=("month", "commune"),
        anonymity=Anonymity(5, ("month", "commune"), weight="pickups", then=Coarsen(("commune", "commune_name"))),
        chart=Chart("columns", "month", "volume_m3", _("Volume of bulky waste by month (m³)")),
    ),
)
