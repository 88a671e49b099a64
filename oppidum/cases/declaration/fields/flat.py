"""From flat inputs to raw answers: the one reading for web pages ("lines-0-amount") and for the columns of a spreadsheet.

A question of one input is named as itself; parts and columns of rows follow after a dash (a spreadsheet may write a dot).
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from oppidum.cases.declaration.fields.base import Field, Fields
from oppidum.cases.declaration.fields.files import Files
from oppidum.cases.declaration.fields.forms import Form
from oppidum.cases.declaration.fields.items import Computed, Items
from oppidum.cases.declaration.fields.words import Choice
from oppidum.core.errors import Invalid

Lookup = Callable[[str], list[str]]
_SEVERAL = re.compile(r"\s*[|;\n]\s*")


def nest(fields: Fields, names: list[str], get: Lookup) -> dict[str, Any]:
    """The raw answers to `fields` among inputs called `names`; `get` gives the values of one."""

    def sound(name: str) -> list[str]:
        # No text holds a zero byte, and no database takes one.
        return [value.replace("\x00", "") for value in get(name)]

    return {
        name: _nest_one(name, question, names, sound) for name, question in fields.items() if not isinstance(question, Computed)
    }


def _nest_one(path: str, question: Field, names: list[str], get: Lookup) -> Any:
    if isinstance(question, Items):
        numbers = sorted({int(found[1]) for name in names if (found := re.match(rf"{re.escape(path)}-(\d{{1,4}})-", name))})
        return [
            {column: _nest_one(f"{path}-{n}-{column}", one, names, get) for column, one in question.fields.items()} for n in numbers
        ]
    if question.parts:
        group = {part: _last(get(f"{path}-{part}")) for part in question.parts}
        return group if any(group.values()) or not (whole := _last(get(path))) else whole
    if isinstance(question, Files) or getattr(question, "many", False):
        return [value for value in get(path) if value]
    return _last(get(path))


def _last(values: list[str]) -> str:
    return values[-1] if values else ""


def nest_row(form: Form | Fields, row: Mapping[str, str]) -> dict[str, Any]:
    """The raw answers in a row of a spreadsheet. Several choices stand in one cell, parted by | or ; or by a line."""
    flat = {name.strip().replace(".", "-"): value for name, value in row.items() if name}
    several = {name for name, one in form.items() if isinstance(one, Choice) and one.many}

    def get(name: str) -> list[str]:
        value = (flat.get(name) or "").strip()
        if name in several:
            return [_by_label(form[name], one) for one in _SEVERAL.split(value) if one]
        question = form.get(name)
        return [_by_label(question, value) if isinstance(question, Choice) else value]

    return nest(form, list(flat), get)


def _by_label(question: Choice, text: str) -> str:
    """A spreadsheet made by people may hold the label of an option instead of its word."""
    return next(
        (word for word, label in question.options.items() if text.casefold() in (word.casefold(), str(label).casefold())), text
    )


def columns_of(form: Form | Fields, rows: int = 3) -> list[str]:
    """The columns that a spreadsheet for this form may have, with `rows` of each list."""
    columns: list[str] = []
    for name, question in form.items():
        if isinstance(question, Items):
            columns += [f"{name}.{n}.{column}" for n in range(rows) for column in columns_of(question.fields, rows)]
        elif not isinstance(question, Computed | Files):
            columns += [f"{name}.{part}" for part in question.parts] or [name]
    return columns


def unknown_columns(form: Form | Fields, names: list[str]) -> list[Invalid]:
    """A fault for each column that no question reads: a slip in a header must not lose a column in silence."""
    known = set(columns_of(form, 1)) | set(form)
    return [
        Invalid(field=name) for name in names if name and re.sub(r"[.-]\d+[.-]", ".0.", name.strip()).replace("-", ".") not in known
    ]
