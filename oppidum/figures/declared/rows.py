"""One row of a file of key figures, read and checked: pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from oppidum.cases.lists.reading import RowFault
from oppidum.core.numbers import find_number
from oppidum.figures.models.entry import Precision
from oppidum.figures.models.key_figure import KeyFigure

REQUIRED = ("id", "direction", "label_fr", "value", "unit", "kind")
KNOWN = (*REQUIRED, "theme", "label_en", "period", "precision", "line", "quote", "method")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LARGEST = Decimal(10) ** 18
_LONGEST = {"label_fr": 200, "label_en": 200, "unit": 40, "period": 60, "theme": 60, "quote": 5000, "method": 5000}


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    """A key figure and its value; `given` names the columns that the file has, so that what it hasn't stays as it is."""

    name: str
    directorate: str
    theme: str
    label_fr: str
    label_en: str
    unit: str
    kind: str
    method: str
    value: Decimal | None
    period: str
    precision: str
    line: int | None
    quote: str
    given: frozenset[str]


def read_row(number: int, raw: Mapping[str, str]) -> tuple[FigureRow | None, list[RowFault]]:
    """The row, or all that is wrong with it."""
    cells = {name: " ".join((raw.get(name) or "").replace("\x00", "").split()) for name in KNOWN}
    wrong = [RowFault(number, column, cells[column], says) for column, says in _wrong(cells)]
    if wrong:
        return None, wrong
    row = FigureRow(
        name=cells["id"],
        directorate=cells["direction"],
        theme=cells["theme"],
        label_fr=cells["label_fr"],
        label_en=cells["label_en"],
        unit=cells["unit"],
        kind=cells["kind"],
        method=cells["method"],
        value=_number(cells["value"]) if cells["value"] else None,
        period=cells["period"],
        precision=cells["precision"] or Precision.EXACT,
        line=int(cells["line"]) if cells["line"] else None,
        quote=cells["quote"],
        given=frozenset(raw),
    )
    return row, []


def _wrong(cells: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each fault as (column, what to do)."""
    found = []
    for column in ("id", "direction", "label_fr", "unit", "kind"):
        if not cells[column]:
            found.append((column, _("This can't be empty: fill it in.")))
    for column, check in _CHECKS.items():
        if cells[column] and (says := check(cells[column])):
            found.append((column, says))
    for column, longest in _LONGEST.items():
        if len(cells[column]) > longest:
            found.append((column, _("This is too long: at most %(longest)d characters.") % {"longest": longest}))
    return found


def _wrong_name(text: str) -> str:
    if len(text) > 80 or not _NAME.fullmatch(text):
        return _("An id is made of small letters and digits, parted by hyphens (at most 80): “waste-collected”.")
    return ""


def _wrong_value(text: str) -> str:
    number = _number(text)
    if number is None:
        return _("This is no number: write digits alone, like 1234.5; the unit has its own column.")
    if abs(number) >= _LARGEST or number != round(number, 6):
        return _("This number is too large or too fine: at most 18 digits, and 6 after the comma.")
    return ""


def _number(text: str) -> Decimal | None:
    """As files write it ("1234.5"), or as people do ("1 234,5")."""
    try:
        number = Decimal(text) if re.fullmatch(r"-?\d+(?:\.\d+)?", text, re.ASCII) else find_number(text)
    except InvalidOperation:
        return None
    return number


def _one_of(choices: list[str]) -> Callable[[str], str]:
    return lambda text: "" if text in choices else _("Write one of: %(choices)s.") % {"choices": ", ".join(choices)}


def _wrong_line(text: str) -> str:
    return "" if re.fullmatch(r"\d{1,9}", text, re.ASCII) else _("A line is a whole number: leave it empty if there is none.")


_CHECKS: Mapping[str, Callable[[str], str]] = {
    "id": _wrong_name,
    "direction": lambda text: "" if len(text) <= 60 and _NAME.fullmatch(text) else _("Write the code of a directorate."),
    "value": _wrong_value,
    "kind": _one_of(KeyFigure.Kind.values),
    "precision": _one_of(Precision.values),
    "line": _wrong_line,
}
