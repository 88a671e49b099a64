"""The key figures of the activity report as open data: what was validated, and what is computed."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from oppidum.core import clock
from oppidum.core.sql import rows
from oppidum.figures.catalogue import all_figures
from oppidum.figures.key_figures import list_key_figures
from oppidum.publishing.datasets.declaration import GOVERNMENT, WEEKLY, Chart, Column, Dataset, Export


def _key_figures() -> Iterator[tuple[Any, ...]]:
    """The figures of each year that has some, as everybody may read them."""
    declared = [year for (year,) in rows("select distinct year from figures_entry order by 1")]
    for year in sorted({*declared, clock.today().year}):
        with override("en"):
            english = {one.name: one.label for one in list_key_figures(year, validated_only=True)}
        for one in list_key_figures(year, validated_only=True):
            figure = all_figures().get(one.computed_by or one.name)
            if one.value is None or (figure is not None and figure.publication != "public"):
                continue
            told = one.label, english[one.name], one.directorate, one.theme, one.year, one.period, one.value, one.unit
            yield one.name, *told, one.precision, one.origin, one.is_validated, f"{settings.PUBLIC_URL}{one.trail}"


KEY_FIGURES = Dataset(
    "key-figures",
    _("Key figures of the activity report"),
    says=_(
        "Every key figure of a year with its unit and period: computed from the records, or declared by a department and validated."
    ),
    owner="institution",
    theme=GOVERNMENT,
    frequency=WEEKLY,
    keywords=(_("key figures"), _("activity report"), _("indicators")),
    source=Export(_key_figures),
    columns=(
        Column("figure", _("Figure"), required=True),
        Column("label", _("In words"), required=True),
        Column("label_en", _("In English"), required=True),
        Column("directorate", _("Directorate in charge")),
        Column("theme", _("Theme")),
        Column("year", _("Year"), "year", required=True),
        Column("period", _("Period"), says=_("Where it isn't the year.")),
        Column("value", _("Value"), "number", required=True),
        Column("unit", _("Unit")),
        Column("precision", _("Precision"), says=_("exact, about, more than, less than...")),
        Column("origin", _("Origin"), required=True, enum=("computed", "declared")),
        Column("is_validated", _("Validated by a second person"), "boolean", required=True),
        Column("url", _("Address"), required=True),
    ),
    key=("figure", "year"),
    chart=Chart("bar", "directorate", "", _("Key figures by directorate")),
)

DATASETS = (KEY_FIGURES,)
