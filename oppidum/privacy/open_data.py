"""The register of processings as open data: what is done with personal data, why, how long it is kept. No person stands in it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from oppidum.privacy.register import register
from oppidum.publishing.datasets.declaration import GOVERNMENT, WEEKLY, Chart, Column, Dataset, Export


def _processings() -> Iterator[tuple[Any, ...]]:
    for one in register():
        kept = "; ".join(f"{line.outcome}: {line.lasts}".removeprefix(": ") for line in one.retention)
        lists = ("; ".join(part) for part in (one.persons, one.data, one.recipients))
        yield one.code, one.name, one.owner, one.purpose, one.basis, *lists, kept, bool(one.sensitive), one.transfers


PROCESSINGS = Dataset(
    "processing-register",
    _("Register of processings of personal data"),
    says=_(
        "What the authority does with personal data: purpose, legal basis, persons, data, recipients, how long it is kept (GDPR, art. 30)."
    ),
    owner="support",
    theme=GOVERNMENT,
    frequency=WEEKLY,
    keywords=(_("personal data"), _("GDPR"), _("register")),
    source=Export(_processings),
    columns=(
        Column("code", _("Code"), required=True, unique=True),
        Column("name", _("Name"), required=True),
        Column("owner", _("In charge"), required=True),
        Column("purpose", _("Purpose")),
        Column("basis", _("Legal basis")),
        Column("persons", _("Persons concerned")),
        Column("data", _("Data")),
        Column("recipients", _("Recipients")),
        Column("kept", _("Kept for")),
        Column("is_sensitive", _("Holds sensitive data"), "boolean", required=True),
        Column("transfers", _("Transfers outside the European Union")),
    ),
    key=("code",),
    chart=Chart("bar", "owner", "", _("Processings by department")),
)
