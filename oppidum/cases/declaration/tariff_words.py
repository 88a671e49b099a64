"""A service's prices as a table that people read: for its public page, which an automatic decision refers to (CRPA, art. L312-1-3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from oppidum.cases.declaration.billing import tariffs_of
from oppidum.cases.declaration.tariffs import Anything, Over, Tariff, TariffVersion, UpTo
from oppidum.core.money import say_money, say_quantity


@dataclass(frozen=True)
class PriceTable:
    """A tariff in force: rows of (what it is for, price), read from the top; `per`: for how many units, in words, where not for one."""

    label: str
    rows: list[tuple[str, str]]
    since: date
    source: str
    verified: bool
    per: str = ""


def price_tables(service: Any, day: date) -> list[PriceTable]:
    """The tariffs in force on that day, in the declaration's order and the current language."""
    found = ((tariff, tariff.version_on(day)) for tariff in tariffs_of(service).values())
    return [_table(service, tariff, version) for tariff, version in found if version is not None]


def _table(service: Any, tariff: Tariff, version: TariffVersion) -> PriceTable:
    questions = dict(_questions(service))
    rows = []
    for row in version.rows:
        keys = (_say_key(questions.get(name), tariff.says.get(name, {}), cell) for name, cell in zip(tariff.by, row, strict=False))
        rows.append((", ".join(filter(None, keys)), say_money(row[-1])))
    since = date.fromisoformat(version.since)
    per = _("for %(units)s") % {"units": say_quantity(tariff.per)} if tariff.per != 1 else ""
    return PriceTable(str(tariff.label), rows, since, str(version.source), version.verified, per)


def _questions(service: Any) -> Iterator[tuple[str, Any]]:
    for name, question in service.form.items():
        yield name, question
        yield from getattr(question, "fields", {}).items()


def _say_key(question: Any, words: Any, cell: Any) -> str:
    """ "Quotient familial: up to 400"; nothing for any key."""
    match cell:
        case Anything():
            return ""
        case tuple() | list():
            return ", ".join(_say_key(question, words, one) for one in cell)
        case UpTo(limit):
            said = _("up to %(limit)s") % {"limit": say_quantity(limit)}
        case Over(limit):
            said = _("over %(limit)s") % {"limit": say_quantity(limit)}
        case _:
            return str(words.get(cell) or getattr(question, "options", {}).get(cell, cell))
    return _("%(name)s: %(value)s") % {"name": question.label, "value": said} if question is not None else said
