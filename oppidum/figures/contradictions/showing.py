"""Numbers of an explanation, written as the reader's language does."""

from decimal import Decimal

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language

from oppidum.figures.contradictions.units import Unit


def in_words(value: Decimal, unit: Unit | None = None) -> str:
    """ "12 750", "4,44 %": at most two decimals, thousands apart."""
    rounded = round(value, 2)
    text = f"{rounded:,.2f}".rstrip("0").rstrip(".") if rounded != int(rounded) else f"{int(rounded):,}"
    if (get_language() or "fr").startswith("fr"):
        text = text.replace(",", "\u202f").replace(".", ",")
    return f"{text}\u00a0{unit.symbol}" if unit and unit.symbol else text


def in_unit_of(base: Decimal, unit: Unit) -> str:
    """A value in base units shown in `unit`; great sums of money in millions."""
    if unit.dimension == "money" and abs(base) >= 1_000_000:
        return f"{in_words(base / 1_000_000)}\u00a0M€"
    return in_words(base / unit.factor, unit)


def weekday_name(number: int) -> str:
    """The weekday in the reader's language, Monday being 0."""
    return str(WEEKDAYS[number]).lower()
