"""What each kind of account's file holds, and how a row of it is read: pure.

waste     year month site way flow commune destination quantity unit        (way: in, out or stock)
energy    year month commune sector energy quantity unit
factors   energy factor valid_from source                                   (kg CO2e for each MWh)
land-use  first_year last_year commune from to quantity unit                (from or to "total": the area stated for the class)
budget    the columns of the national schema SCDL "budget" 0.8.3, BGT_NATDEC to BGT_ARTSPE
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from oppidum.core.numbers import find_number
from oppidum.figures.models.account import AccountKind
from oppidum.figures.wording import MULTIPLES

TOTAL = "total"
WAYS = ("in", "out", "stock")
STEPS = ("budget primitif", "budget supplémentaire", "décision modificative", "compte administratif")
_EARLIEST, _LATEST = 1900, 2100


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row of a file, in the kind's own unit."""

    row: int
    year: int
    month: int | None
    commune: str
    dimensions: dict[str, str]
    quantity: Decimal
    unit: str


Fault = tuple[str, str]


@dataclass(frozen=True)
class Layout:
    """The columns of a kind: `needed`, `known`, and `read`, which gives the line or faults as (column, what to do)."""

    needed: tuple[str, ...]
    known: tuple[str, ...]
    read: Callable[[int, Mapping[str, str]], Line | list[Fault]]


def _year(cells: Mapping[str, str], column: str, faults: list[Fault]) -> int:
    text = cells.get(column, "")
    if not (text.isascii() and text.isdigit() and _EARLIEST <= int(text) <= _LATEST):
        faults.append((column, _("Write a year with four digits.")))
        return 0
    return int(text)


def _month(cells: Mapping[str, str], faults: list[Fault]) -> int | None:
    text = cells.get("month", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 12):
        faults.append(("month", _("Write a month from 1 to 12, or leave it empty for the whole year.")))
        return None
    return int(text)


def _quantity(cells: Mapping[str, str], column: str, faults: list[Fault]) -> Decimal:
    number = find_number(cells.get(column, ""))
    if number is None:
        faults.append((column, _("Write a number alone, like 1234.5.")))
        return Decimal(0)
    if number != round(number, 6):
        faults.append((column, _("At most 6 digits after the comma.")))
    return number


def _in_unit(number: Decimal, unit: str, own: str, faults: list[Fault]) -> Decimal:
    """In the kind's own unit."""
    factor = Decimal(1) if unit in ("", own) else MULTIPLES[own].get(unit)
    if factor is None:
        units = ", ".join([own, *MULTIPLES[own]])
        faults.append(("unit", _("Write one of: %(choices)s.") % {"choices": units}))
        return number
    return round(number * factor, 6)


def _words(cells: Mapping[str, str], columns: tuple[str, ...], needed: tuple[str, ...], faults: list[Fault]) -> dict[str, str]:
    """The dimensions among the columns, in small letters."""
    for column in needed:
        if not cells.get(column):
            faults.append((column, _("This can't be empty: fill it in.")))
    return {column: cells[column].lower() for column in columns if cells.get(column)}


def _read_waste(row: int, cells: Mapping[str, str]) -> Line | list[Fault]:
    faults: list[Fault] = []
    told = _words(cells, ("site", "way", "flow", "destination"), ("site", "way", "flow"), faults)
    if told.get("way", "in") not in WAYS:
        faults.append(("way", _("Write one of: %(choices)s.") % {"choices": ", ".join(WAYS)}))
    quantity = _in_unit(_quantity(cells, "quantity", faults), cells.get("unit", ""), "t", faults)
    if quantity < 0 and told.get("way") != "stock":
        faults.append(("quantity", _("Only a stock may shrink: a weighing is never negative.")))
    line = Line(row=row, year=_year(cells, "year", faults), month=_month(cells, faults), commune=cells.get("commune", ""),
                dimensions=told, quantity=quantity, unit="t")  # fmt: skip
    return faults or line


def _read_energy(row: int, cells: Mapping[str, str]) -> Line | list[Fault]:
    faults: list[Fault] = []
    told = _words(cells, ("sector", "energy"), ("sector", "energy"), faults)
    quantity = _in_unit(_quantity(cells, "quantity", faults), cells.get("unit", ""), "MWh", faults)
    line = Line(row=row, year=_year(cells, "year", faults), month=_month(cells, faults), commune=cells.get("commune", ""),
                dimensions=told, quantity=quantity, unit="MWh")  # fmt: skip
    return faults or line


def _read_factor(row: int, cells: Mapping[str, str]) -> Line | list[Fault]:
    faults: list[Fault] = []
    told = _words(cells, ("energy", "source"), ("energy", "source"), faults)
    try:
        since = date.fromisoformat(cells.get("valid_from", ""))
    except ValueError:
        faults.append(("valid_from", _("Write the day from which the factor holds, like 2023-01-01.")))
        return faults
    factor = _quantity(cells, "factor", faults)
    line = Line(row=row, year=since.year, month=None, commune="", dimensions=told | {"valid_from": since.isoformat()},
                quantity=factor, unit="kgCO2e/MWh")  # fmt: skip
    return faults or line


def _read_land_use(row: int, cells: Mapping[str, str]) -> Line | list[Fault]:
    faults: list[Fault] = []
    told = _words(cells, ("from", "to"), ("from", "to"), faults)
    first, last = _year(cells, "first_year", faults), _year(cells, "last_year", faults)
    if first and last and first >= last:
        faults.append(("last_year", _("The last year comes after the first.")))
    quantity = _in_unit(_quantity(cells, "quantity", faults), cells.get("unit", ""), "ha", faults)
    if quantity < 0:
        faults.append(("quantity", _("An area is never negative.")))
    line = Line(row=row, year=last, month=None, commune=cells.get("commune", ""), dimensions=told | {"first_year": str(first)},
                quantity=quantity, unit="ha")  # fmt: skip
    return faults or line


_BUDGET = {
    "BGT_NATDEC": "step", "BGT_SIRET": "siret", "BGT_CONTNAT": "account", "BGT_NATURE": "chapter", "BGT_FONCTION": "function",
    "BGT_OPERATION": "operation", "BGT_SECTION": "section", "BGT_OPBUDG": "movement", "BGT_CODRD": "side",
}  # fmt: skip
_BUDGET_NEEDED = ("BGT_NATDEC", "BGT_ANNEE", "BGT_SIRET", "BGT_CONTNAT", "BGT_NATURE", "BGT_SECTION", "BGT_OPBUDG", "BGT_CODRD")
_BUDGET_LABELS = ("BGT_NOM", "BGT_CONTNAT_LABEL", "BGT_NATURE_LABEL", "BGT_FONCTION_LABEL", "BGT_ARTSPE")
_AMOUNTS = ("BGT_MTREAL", "BGT_MTBUDGPREC", "BGT_MTRARPREC", "BGT_MTPROPNOUV", "BGT_MTPREV", "BGT_CREDOUV", "BGT_MTRAR3112")
_ONE_OF = {
    "BGT_NATDEC": STEPS,
    "BGT_SECTION": ("investissement", "fonctionnement"),
    "BGT_OPBUDG": ("réel", "ordre"),
    "BGT_CODRD": ("recette", "dépense"),
}


def _read_budget(row: int, cells: Mapping[str, str]) -> Line | list[Fault]:
    """What was realised for a compte administratif; what is voted (else planned, else proposed) for the steps before it."""
    faults: list[Fault] = []
    _words(cells, (), _BUDGET_NEEDED, faults)
    for column, choices in _ONE_OF.items():
        if cells.get(column) and cells[column].lower() not in choices:
            faults.append((column, _("Write one of: %(choices)s.") % {"choices": ", ".join(choices)}))
    if cells.get("BGT_SIRET") and not (
        cells["BGT_SIRET"].isascii() and cells["BGT_SIRET"].isdigit() and len(cells["BGT_SIRET"]) == 14
    ):
        faults.append(("BGT_SIRET", _("A SIRET has 14 digits.")))
    is_final = cells.get("BGT_NATDEC", "").lower() == "compte administratif"
    amounts = ("BGT_MTREAL",) if is_final else ("BGT_CREDOUV", "BGT_MTPREV", "BGT_MTPROPNOUV")
    column = next((one for one in amounts if cells.get(one)), amounts[0])
    told = {name: cells[source].lower() for source, name in _BUDGET.items() if cells.get(source)}
    line = Line(row=row, year=_year(cells, "BGT_ANNEE", faults), month=None, commune="", dimensions=told,
                quantity=_quantity(cells, column, faults), unit="EUR")  # fmt: skip
    return faults or line


LAYOUTS: Mapping[str, Layout] = {
    AccountKind.WASTE: Layout(
        ("year", "site", "way", "flow", "quantity"),
        ("year", "month", "site", "way", "flow", "commune", "destination", "quantity", "unit"),
        _read_waste,
    ),
    AccountKind.ENERGY: Layout(
        ("year", "sector", "energy", "quantity"),
        ("year", "month", "commune", "sector", "energy", "quantity", "unit"),
        _read_energy,
    ),
    AccountKind.FACTORS: Layout(
        ("energy", "factor", "valid_from", "source"), ("energy", "factor", "valid_from", "source"), _read_factor
    ),
    AccountKind.LAND_USE: Layout(
        ("first_year", "last_year", "from", "to", "quantity"),
        ("first_year", "last_year", "commune", "from", "to", "quantity", "unit"),
        _read_land_use,
    ),
    AccountKind.BUDGET: Layout(
        _BUDGET_NEEDED, tuple(dict.fromkeys([*_BUDGET_NEEDED, *_BUDGET, *_BUDGET_LABELS, *_AMOUNTS])), _read_budget
    ),
}
