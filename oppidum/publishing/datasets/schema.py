"""A declaration as Table Schema (specs.frictionlessdata.io/table-schema): what `schema.json` says, and what validates the file."""

from typing import Any

from django.conf import settings
from django.utils.translation import override

from oppidum.publishing.datasets.declaration import Column, Dataset

LANGUAGES = ("fr", "en")
_PLAIN = {"geojson": "geojson", "yearmonth": "yearmonth", "year": "year"}


def table_schema(dataset: Dataset) -> dict[str, Any]:
    """The schema in French, the language of the data, with each text in English beside it (properties ending in `_en`)."""
    fields = [field_of(column) for column in dataset.columns]
    address = f"{settings.PUBLIC_URL}/data/{dataset.name}/"
    found = {
        "$schema": "https://frictionlessdata.io/schemas/table-schema.json",
        "name": dataset.name,
        **said("title", dataset.title),
        **said("description", dataset.says),
        "homepage": address,
        "path": f"{address}schema.json",
        "fields": fields,
        "primaryKey": list(dataset.key),
        "missingValues": [""],
    }
    if dataset.schema:
        found["conformsTo"] = {"name": dataset.schema.name, "version": dataset.schema.version, "url": dataset.schema.url}
    return found


def field_of(column: Column) -> dict[str, Any]:
    """One column's descriptor."""
    found: dict[str, Any] = {"name": column.name, **said("title", column.label), **said("description", column.says)}
    found |= {"type": column.type}
    if column.type == "boolean":
        found |= {"trueValues": [column.truths[0]], "falseValues": [column.truths[1]]}
    if constraints := constraints_of(column):
        found["constraints"] = constraints
    if column.example:
        found["example"] = column.example
    return found


def constraints_of(column: Column) -> dict[str, Any]:
    """The constraints that are set; numbers that are whole are told so."""
    bounds = {"minimum": column.minimum, "maximum": column.maximum, "maxLength": column.longest}
    held = {name: int(value) if float(value).is_integer() else value for name, value in bounds.items() if value is not None}
    flags = {"required": column.required, "unique": column.unique}
    return (
        {name: True for name, value in flags.items() if value}
        | ({"pattern": column.pattern} if column.pattern else {})
        | ({"enum": list(column.enum)} if column.enum else {})
        | held
    )


def said(name: str, text: Any) -> dict[str, str]:
    """A text in both languages: `title` and `title_en`; nothing for none."""
    if not text:
        return {}
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[name if language == "fr" else f"{name}_{language}"] = str(text)
    return found
