"""What a dataset's page says in words: its columns, what was removed of persons, what changed, how to fetch it."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from oppidum.cases.declaration import catalogue
from oppidum.core.numbers import say_number
from oppidum.publishing.datasets.declaration import Between, Coarsen, Dataset, Drop, ToGrid, ToMonth
from oppidum.publishing.models import DatasetVersion

TYPE_WORDS = {
    "string": lambda: _("text"),
    "integer": lambda: _("whole number"),
    "number": lambda: pgettext("column", "number"),
    "boolean": lambda: _("true or false"),
    "date": lambda: _("date"),
    "datetime": lambda: _("date and time"),
    "year": lambda: _("year"),
    "yearmonth": lambda: _("month (2027-03)"),
    "geojson": lambda: _("geometry"),
}


def columns_of(dataset: Dataset) -> list[dict[str, Any]]:
    """Each column for the table of the schema."""
    return [
        {
            "name": column.name,
            "label": str(column.label),
            "type": TYPE_WORDS[column.type](),
            "says": str(column.says),
            "rules": list(_rules(column)),
            "is_key": column.name in dataset.key,
        }
        for column in dataset.columns
    ]


def _rules(column) -> Iterator[str]:
    if column.required:
        yield _("always filled in")
    if column.unique:
        yield _("unique")
    if column.enum:
        yield _("one of: %(values)s") % {"values": ", ".join(column.enum)}
    if column.pattern:
        yield _("form: %(pattern)s") % {"pattern": column.pattern}
    if column.minimum is not None and column.maximum is not None:
        yield _("from %(low)s to %(high)s") % {"low": say_number(column.minimum), "high": say_number(column.maximum)}
    elif column.minimum is not None:
        yield _("%(low)s or more") % {"low": say_number(column.minimum)}


def persons_of(dataset: Dataset, version: DatasetVersion | None) -> list[str]:
    """What became of personal data, in sentences."""
    told = [_treated(one, dataset) for one in dataset.personal]
    told += [
        _("“%(name)s” is published by law: %(law)s.") % {"name": _asked(name), "law": law} for name, law in dataset.by_law.items()
    ]
    if dataset.anonymity:
        told.append(_checked(dataset))
    if version and version.anonymity:
        told.append(_found(version.anonymity))
    return told or [_("The source holds no personal data, and no column of persons is read.")]


def _asked(name: str) -> str:
    """What a form calls an answer."""
    return next((str(service.form[name].label) for service in catalogue().values() if name in service.form), name)


def _treated(one: Any, dataset: Dataset) -> str:
    why = str(one.why)
    name = str(dataset.column(one.column).label) if one.column in dataset.names else one.column
    match one:
        case Drop():
            return _("“%(name)s” is removed: %(why)s.") % {"name": name, "why": why}
        case ToMonth():
            return _("“%(name)s” tells the month alone: %(why)s.") % {"name": name, "why": why}
        case ToGrid():
            size = say_number(one.metres)
            return _("The place is the centre of a square of %(metres)s metres: %(why)s.") % {"metres": size, "why": why}
        case Between():
            limits = {"low": say_number(one.lowest), "high": say_number(one.highest)}
            return _("“%(name)s” is cut at %(low)s and %(high)s: %(why)s.") % {"name": name, "why": why, **limits}
    return why


def _checked(dataset: Dataset) -> str:
    asked = dataset.anonymity
    columns = ", ".join(str(dataset.column(name).label).lower() for name in asked.among)
    said = {"k": asked.k, "columns": columns}
    if isinstance(asked.then, Coarsen):
        return _("No row stands for fewer than %(k)s (alike in %(columns)s): smaller ones are put together, or left out.") % said
    if asked.then == "suppress":
        return _("No row stands for fewer than %(k)s (alike in %(columns)s): smaller ones are left out.") % said
    return _("No row stands for fewer than %(k)s (alike in %(columns)s): a smaller one would stop the publication.") % said


def _found(told: dict[str, int]) -> str:
    numbers = {name: say_number(value) for name, value in told.items()}
    return (
        _(
            "In this version: %(groups)s groups, %(small)s of them too small; %(rows_coarsened)s rows put together, "
            "%(rows_suppressed)s left out, which stand for %(persons_suppressed)s."
        )
        % numbers
    )


def changes_of(version: DatasetVersion) -> str:
    """What changed against the version before."""
    told = version.changes
    if not told:
        return _("first version") if version.number == 1 else ""
    if told.get("columns"):
        return _("the columns changed")
    parts = [
        ngettext("%(n)s row added", "%(n)s rows added", told["added"]) % {"n": say_number(told["added"])} if told["added"] else "",
        ngettext("%(n)s removed", "%(n)s removed", told["removed"]) % {"n": say_number(told["removed"])} if told["removed"] else "",
        ngettext("%(n)s changed", "%(n)s changed", told["changed"]) % {"n": say_number(told["changed"])} if told["changed"] else "",
    ]
    return ", ".join(filter(None, parts)) or _("the description changed")


def snippets(dataset: Dataset) -> list[tuple[str, str]]:
    """How programs fetch it, ready to copy."""
    base = f"{settings.PUBLIC_URL}/data/{dataset.name}/{dataset.name}"
    found = [
        (_("Command line"), f"curl -LO {base}.csv"),
        ("Python", f'import pandas\ntable = pandas.read_parquet("{base}.parquet")'),
        ("DuckDB", f"select * from '{base}.parquet' limit 20;"),
    ]
    if dataset.geometry:
        found.append(("QGIS", f"{base}.geojson"))
    return found
