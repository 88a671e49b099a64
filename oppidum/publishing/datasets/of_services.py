"""The catalogue of services as open data: what one may ask for, how long the law gives, which categories reports have, what is counted."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from oppidum.cases.declaration import catalogue, list_rules
from oppidum.core import clock
from oppidum.figures.catalogue import all_figures
from oppidum.figures.computing import Period, compute
from oppidum.figures.declaration import MONTH, Count
from oppidum.publishing.datasets.declaration import DAILY, GOVERNMENT, MONTHLY, WEEKLY, Chart, Column, Dataset, Export


def _in_english(text: Any) -> str:
    with override("en"):
        return str(text)


def _services() -> Iterator[tuple[Any, ...]]:
    for code, service in catalogue().items():
        if service.applicants != ("officer",):
            owner, applicants = service.owner, " ".join(service.applicants)
            address = f"{settings.PUBLIC_URL}/services/{code}/"
            names = str(service.name), _in_english(service.name)
            yield code, *names, str(service.says), owner, applicants, service.minutes, service.promise or None, address


SERVICES = Dataset(
    "public-services",
    _("Catalogue of public services"),
    says=_("What one may ask the authority for: name, who may ask, time to fill in the form, promise in working days, address."),
    owner="support",
    theme=GOVERNMENT,
    frequency=WEEKLY,
    keywords=(_("services"), _("requests"), _("forms")),
    source=Export(_services),
    columns=(
        Column("code", _("Code"), required=True, unique=True),
        Column("name", _("Name"), required=True),
        Column("name_en", _("Name in English"), required=True),
        Column("description", _("What it is for")),
        Column("owner", _("Directorate in charge"), required=True),
        Column("applicants", _("Who may ask"), says=_("Several are parted by a space; empty: everybody.")),
        Column("minutes", _("Minutes to fill in the form"), "integer", minimum=0),
        Column("promise_days", _("Promise in working days"), "integer", minimum=0),
        Column("url", _("Address"), required=True),
    ),
    key=("code",),
    chart=Chart("bar", "owner", "", _("Services by directorate")),
)


def _rules() -> Iterator[tuple[Any, ...]]:
    for code, service in catalogue().items():
        for line in list_rules(service):
            since, until = str(line.since or "")[:10] or None, str(line.until or "")[:10] or None
            yield code, line.name, str(line.label), str(line.value), str(line.unit), since, until, line.source, line.is_verified


RULES = Dataset(
    "legal-delays",
    _("Legal delays, thresholds and amounts"),
    says=_("Each delay, threshold and amount that the services apply, with the article it comes from and the days of its force."),
    owner="institution",
    theme=GOVERNMENT,
    frequency=WEEKLY,
    keywords=(_("law"), _("delays"), _("algorithms")),
    source=Export(_rules),
    columns=(
        Column("service", _("Service"), required=True),
        Column("rule", _("Rule"), required=True),
        Column("label", _("In words")),
        Column("value", _("Value"), required=True),
        Column("unit", _("Unit")),
        Column("since", _("In force since"), "date"),
        Column("until", _("In force until"), "date"),
        Column("source", _("Article")),
        Column("is_verified", _("Checked against its source"), "boolean", required=True),
    ),
    key=("service", "rule", "since"),
    chart=Chart("bar", "service", "", _("Rules by service")),
)


def _categories() -> Iterator[tuple[Any, ...]]:
    for code, service in catalogue().items():
        groups = {group.code: str(group.name) for group in service.groups}
        for name, one in service.categories.items():
            yield code, name, str(one.name), _in_english(one.name), groups[one.group], one.promise, one.remit, one.public


CATEGORIES = Dataset(
    "report-categories",
    _("Categories of reports"),
    says=_("What can be reported, in two levels, with the promise in working days and whose task it is by default."),
    owner="living-environment-water",
    theme=GOVERNMENT,
    frequency=MONTHLY,
    keywords=(_("reports"), _("categories"), "Open311"),
    source=Export(_categories),
    columns=(
        Column("service", _("Service"), required=True),
        Column("category", _("Category"), required=True, unique=True),
        Column("name", _("Name"), required=True),
        Column("name_en", _("Name in English"), required=True),
        Column("group", _("Group"), required=True),
        Column("promise_days", _("Promise in working days"), "integer", minimum=0),
        Column("remit", _("Whose task"), required=True, enum=("metropolis", "commune")),
        Column("is_public", _("Shown on the public map"), "boolean", required=True),
    ),
    key=("category",),
    chart=Chart("bar", "group", "", _("Categories by group")),
)


def _figures() -> Iterator[tuple[Any, ...]]:
    year = clock.today().year
    for name, figure in all_figures().items():
        if figure.publication != "public":
            continue
        label, unit = str(figure.label), str(figure.unit)
        for at in (year - 1, year):
            value = compute(name, Period.year(at))
            if value.value is not None:
                yield name, label, f"{at}", value.value, unit, figure.owner, str(figure.method)
            if isinstance(figure, Count):
                for month, counted in sorted(value.splits.get(MONTH, {}).items()):
                    yield name, label, month, counted, unit, figure.owner, str(figure.method)


FIGURES = Dataset(
    "computed-figures",
    _("Figures computed from the records"),
    says=_(
        "Each figure that the services compute, for this year and the last, and by month; each opens to its records on its page."
    ),
    owner="support",
    theme=GOVERNMENT,
    frequency=DAILY,
    keywords=(_("figures"), _("activity report")),
    source=Export(_figures),
    columns=(
        Column("figure", _("Figure"), required=True),
        Column("label", _("In words"), required=True),
        Column("period", _("Period"), required=True, pattern=r"\d{4}(-\d{2})?", says=_("A year, or a month.")),
        Column("value", _("Value"), "number", required=True),
        Column("unit", _("Unit")),
        Column("owner", _("Directorate in charge"), required=True),
        Column("method", _("How it is counted"), required=True),
    ),
    key=("figure", "period"),
    chart=Chart("bar", "owner", "", _("Figures by directorate")),
)

DATASETS = (SERVICES, RULES, CATEGORIES, FIGURES)
