"""A CSV file against its Table Schema, by frictionless; its errors as faults with row, column and value."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

MOST = 50
SEPARATORS = ",;\t|"
_BEGIN = 64 * 1024


def find_faults(path: Path, schema: Mapping[str, Any], *, by_name: bool = False, most: int = MOST) -> list[dict[str, Any]]:
    """The faults of a file, at most `most`; none when it keeps to the schema.

    `by_name`: columns are found by their names, in any order, and optional ones may be missing (files that others deliver).
    """
    begin = path.read_bytes()[:_BEGIN] if path.stat().st_size <= _BEGIN else _head(path)
    if not begin.strip():
        return [{"code": "empty"}]
    try:
        begin.decode("utf-8-sig") if len(begin) < _BEGIN else begin[: begin.rfind(b"\n")].decode("utf-8-sig")
    except UnicodeDecodeError:
        return [{"code": "encoding"}]
    missing = list(_missing_columns(path, schema)) if by_name else []
    return (missing or _check(path, schema, separator_of(begin), by_name, most))[:most]


def _missing_columns(path: Path, schema: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The columns that must be filled in and aren't even there."""
    there = set(header_of(path))
    for field in schema.get("fields", ()):
        if field.get("constraints", {}).get("required") and field["name"] not in there:
            yield {"code": "missing-column", "column": field["name"]}


def separator_of(begin: bytes) -> str:
    """What parts the cells of the first line: a comma by the standard, a semicolon where a French spreadsheet wrote it."""
    line = begin.decode("utf-8-sig", "replace").splitlines()[0]
    return max(SEPARATORS, key=lambda one: (line.count(one), one == ","))


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_BEGIN)


def _check(path: Path, schema: Mapping[str, Any], separator: str, by_name: bool, most: int) -> list[dict[str, Any]]:
    from frictionless import Dialect, FrictionlessException, Resource, Schema, formats, system

    try:
        # "partial": columns in any order, some missing, some more (Data Package 2, fieldsMatch); required ones are asked for below.
        known = Schema.from_descriptor({**schema, **({"fieldsMatch": "partial"} if by_name else {})})
    except FrictionlessException as wrong:
        return [{"code": "schema", "detail": wrong.error.message}]
    dialect = Dialect(controls=[formats.CsvControl(delimiter=separator)])
    # Frictionless reads nothing outside its working folder unless told that the path is trusted.
    with system.use_context(trusted=True):
        resource = Resource(path=str(path), format="csv", encoding="utf-8-sig", dialect=dialect, schema=known)
        report = resource.validate(limit_errors=most)
    found = [fault for task in report.tasks for error in task.errors for fault in _faults_of(error, known)]
    return found or [{"code": "unreadable", "detail": error.message} for error in report.errors]


def _faults_of(error: Any, schema: Any) -> Iterator[dict[str, Any]]:
    at = {"row": getattr(error, "row_number", None), "column": getattr(error, "field_name", None) or getattr(error, "label", "")}
    value = getattr(error, "cell", None)
    at = {name: one for name, one in at.items() if one}
    match error.type:
        case "type-error":
            field = schema.get_field(error.field_name)
            yield at | {"code": "type", "value": value, "type": field.type, "format": field.format or ""}
        case "constraint-error":
            yield at | _constraint(error, schema, value)
        case "unique-error":
            yield at | {"code": "unique", "value": value}
        case "primary-key":
            yield at | {"code": "key", "value": ", ".join(map(str, _key_cells(error, schema)))}
        case "missing-label":
            yield {"code": "missing-column", "column": error.field_name}
        case "incorrect-label":
            yield {"code": "wrong-column", "column": error.label, "limit": error.field_name}
        case other:
            code = _CODES.get(other, "unreadable")
            yield at | {"code": code, "detail": error.message}


_CODES = {
    "extra-label": "extra-column",
    "duplicate-label": "double-column",
    "blank-label": "blank-header",
    "blank-header": "blank-header",
    "missing-cell": "missing-cell",
    "extra-cell": "extra-cell",
    "blank-row": "blank-row",
    "encoding-error": "encoding",
    "source-error": "empty",
    "schema-error": "schema",
    "field-error": "schema",
}


def _constraint(error: Any, schema: Any, value: Any) -> dict[str, Any]:
    constraints = schema.get_field(error.field_name).constraints
    # frictionless says which constraint in words: 'constraint "pattern" is "..."'.
    name = next((one for one in constraints if f'"{one}"' in error.note), "required")
    limit = constraints.get(name)
    return {"code": name, "value": value, "limit": ", ".join(map(str, limit)) if isinstance(limit, list) else limit}


def _key_cells(error: Any, schema: Any) -> list[Any]:
    names = [field.name for field in schema.fields]
    return [error.cells[names.index(name)] for name in schema.primary_key if name in names and names.index(name) < len(error.cells)]


def header_of(path: Path) -> list[str]:
    """The names of a file's columns."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file, delimiter=separator_of(_head(path))), [])
