"""Files that others deliver (communes, operators): checked before they are taken, against a national schema or one of ours."""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from oppidum.core.errors import Invalid
from oppidum.publishing.datasets.catalogue import all_datasets
from oppidum.publishing.datasets.schema import table_schema
from oppidum.publishing.datasets.validating import MOST, find_faults, header_of, separator_of

_LATITUDES, _LONGITUDES = (41.0, 51.5), (-5.5, 10.0)


def check_file(path: Path, schema: str) -> list[dict[str, Any]]:
    """The faults of a CSV or JSON file against a schema: the name of a dataset, of a file in VAR/schemas, or a path. Raises `Invalid`
    for a schema or a file that isn't there."""
    known = find_schema(schema)
    if not path.is_file():
        raise Invalid(_("There is no file %(path)s.") % {"path": path}, field="file")
    if "fields" in known:
        found = find_faults(path, _without_notes(known), by_name=True)
        return found or list(find_swapped(path, known))[:MOST]
    return list(find_json_faults(path, known))[:MOST]


def find_schema(name: str) -> Mapping[str, Any]:
    """A Table Schema or a JSON Schema. Raises `Invalid`."""
    if name in all_datasets():
        return table_schema(all_datasets()[name])
    for path in (Path(name), Path(settings.VAR) / "schemas" / f"{name}.json"):
        if path.is_file():
            try:
                found = json.loads(path.read_text(encoding="utf-8"))
            except ValueError as wrong:
                raise Invalid(_("The schema %(path)s is no JSON: %(why)s") % {"path": path, "why": wrong}, field="schema") from None
            if isinstance(found, dict):
                return found
    raise Invalid(_("There is no schema “%(name)s”: name a dataset, or a file.") % {"name": name}, field="schema")


def _without_notes(schema: Mapping[str, Any]) -> dict[str, Any]:
    """What of a schema tells of the table; who wrote it, when and under which licence is written in many ways."""
    return {name: value for name, value in schema.items() if name in ("fields", "primaryKey", "missingValues")}


def find_swapped(path: Path, schema: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Points of mainland France and Corsica whose latitude stands first: the commonest fault of the national files of charging points."""
    points = {field["name"] for field in schema["fields"] if field.get("type") == "geopoint"}
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, delimiter=separator_of(file.readline().encode()), fieldnames=header_of(path))
        for number, row in enumerate(reader, start=2):
            for name in points & row.keys():
                numbers = re.findall(r"-?\d+(?:\.\d+)?", row[name] or "")
                if (
                    len(numbers) == 2
                    and _LATITUDES[0] < float(numbers[0]) < _LATITUDES[1]
                    and _LONGITUDES[0] < float(numbers[1]) < _LONGITUDES[1]
                ):
                    yield {"code": "swapped", "row": number, "column": name, "value": row[name]}


def find_json_faults(path: Path, schema: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The faults of a JSON file, each at its place ("marches.marche.3.id")."""
    from jsonschema import FormatChecker
    from jsonschema.validators import validator_for

    try:
        held = json.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        yield {"code": "encoding"}
        return
    except ValueError as wrong:
        yield {"code": "unreadable", "detail": str(wrong)}
        return
    validator = validator_for(schema)(schema, format_checker=FormatChecker())
    for error in sorted(validator.iter_errors(held), key=lambda one: list(map(str, one.absolute_path))):
        deepest = max(error.context, key=lambda one: len(one.absolute_path), default=error) if error.context else error
        place = ".".join(map(str, deepest.absolute_path)) or "$"
        yield {"code": "json", "column": place, "detail": deepest.message[:300]}
