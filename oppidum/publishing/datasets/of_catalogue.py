"""The catalogue itself, as the national format SCDL wants it: one row a published dataset."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from oppidum.bodies.models import Secretariat
from oppidum.core import clock
from oppidum.publishing.datasets.catalogue import all_datasets
from oppidum.publishing.datasets.declaration import (
    DAILY,
    GOVERNMENT,
    MONTHLY,
    ODBL,
    THEMES,
    WEEKLY,
    YEARLY,
    Column,
    Dataset,
    Export,
    NationalSchema,
)
from oppidum.publishing.datasets.versions import latest_versions
from oppidum.publishing.models import DatasetVersion
from oppidum.territory.models import Intercommunality

SIRET = r"\d{14}"
_SPACES = ("Infracommunale", "Communale", "Intercommunale", "Cantonale", "Départementale", "Régionale", "Autre")
_FREQUENCIES = {
    DAILY.eu: "Quotidienne ou plusieurs fois par jour",
    WEEKLY.eu: "Hebdomadaire ou plusieurs fois par semaine",
    MONTHLY.eu: "Mensuelle ou plusieurs fois par mois",
    YEARLY.eu: "Annuelle",
}
_LICENCES = ("Licence Ouverte-LO", "Open Database License-ODBL", "Creative Commons-CC", "Spécifique ou autre")


def _entries() -> Iterator[tuple[Any, ...]]:
    office = Secretariat.objects.first()
    name = Intercommunality.objects.values_list("name", flat=True).first() or ""
    publisher = name, office.siret if office else ""
    first = dict(DatasetVersion.objects.filter(number=1).values_list("dataset", "at"))
    for code, last in latest_versions().items():
        dataset, began = all_datasets()[code], clock.local_day(first[code])
        yield (
            *publisher,
            code,
            str(dataset.title),
            str(dataset.says),
            str(THEMES[dataset.theme]),
            *publisher,
            "Intercommunale",
            name,
            last.covers_from or began,
            last.covers_to or clock.local_day(last.at),
            began,
            _FREQUENCIES[dataset.frequency.eu],
            clock.local_day(last.at),
            ";".join(str(word).lower() for word in dataset.keywords) or "données",
            _LICENCES[1] if dataset.licence == ODBL else _LICENCES[0],
            len(dataset.formats),
            ";".join(dataset.formats),
            f"{settings.PUBLIC_URL}/data/{code}/",
        )


CATALOGUE = Dataset(
    "datasets",
    _("Catalogue of our open data"),
    says=_("Every dataset that is published here, in the national format SCDL for catalogues."),
    owner="support",
    theme=GOVERNMENT,
    frequency=DAILY,
    keywords=(_("catalogue"), _("open data"), "SCDL"),
    source=Export(_entries),
    schema=NationalSchema("scdl/catalogue", "0.1.3", "https://schema.data.gouv.fr/scdl/catalogue/0.1.3/schema.json"),
    columns=(
        Column("COLL_NOM", _("Name of the authority"), required=True),
        Column("COLL_SIRET", _("SIRET number of the authority"), required=True, pattern=SIRET),
        Column("ID", _("Name of the dataset"), required=True),
        Column("TITRE", _("Title"), required=True),
        Column("DESCRIPTION", _("Description"), required=True),
        Column("THEME", _("Theme"), required=True),
        Column("PRODUCTEUR_NOM", _("Name of the producer"), required=True),
        Column("PRODUCTEUR_SIRET", _("SIRET number of the producer"), required=True, pattern=SIRET),
        Column("COUV_SPAT_MAILLE", _("Level of the territory covered"), required=True, enum=_SPACES),
        Column("COUV_SPAT_NOM", _("Territory covered"), required=True),
        Column("COUV_TEMP_DEBUT", _("Covers from"), "date", required=True),
        Column("COUV_TEMP_FIN", _("Covers until"), "date", required=True),
        Column("DATE_PUBL", _("First published on"), "date", required=True),
        Column("FREQ_MAJ", _("Frequency"), required=True, enum=tuple(_FREQUENCIES.values())),
        Column("DATE_MAJ", _("Last changed on"), "date", required=True),
        Column("MOTS_CLES", _("Keywords"), required=True),
        Column("LICENCE", _("Licence"), required=True, enum=_LICENCES),
        Column("NOMBRE_RESSOURCES", _("Number of files"), "integer", required=True, minimum=1),
        Column("FORMAT_RESSOURCES", _("Formats"), required=True),
        Column("URL", _("Address"), required=True),
    ),
    key=("ID",),
    lists_others=True,
)

DATASETS = (CATALOGUE,)
