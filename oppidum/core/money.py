"""Amounts of money: integer cents, exact fractions on the way there, one rounding at the end that says its rule. No float anywhere.

A quantity typed as 8,25 is read by its decimal digits (33/4), never by its binary neighbour.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language

NARROW = "\u202f"  # espace fine insécable
NO_BREAK = "\u00a0"


def exact(value) -> Fraction:
    """A number as it was written, exactly: 8.25 -> 33/4, True -> 1. Raises TypeError for what is no number."""
    if isinstance(value, (int, Fraction)):
        return Fraction(value)
    if isinstance(value, (float, Decimal)):
        return Fraction(str(value))
    raise TypeError(f"{value!r} is no number")


def rounded(amount: Fraction | int, step: int = 1, way: str = "nearest") -> int:
    """`amount` as a whole multiple of `step` cents. `way`: "nearest" (half away from zero), "down" or "up" (towards and from zero)."""
    if amount < 0:
        return -rounded(-amount, step, way)
    top, bottom = amount.numerator, amount.denominator * step
    if way == "nearest":
        return (2 * top + bottom) // (2 * bottom) * step
    return (top // bottom if way == "down" else -(-top // bottom)) * step


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """`total` cents in parts after the `weights`, which sum exactly to it: each part is rounded down, the first takes what is left.

    The first, so that a later instalment never exceeds what the first announced.
    """
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    parts[0] += total - sum(parts)
    return parts


def say_money(cents: int) -> str:
    """123450 -> "1 234,50 €" in French, "€1,234.50" in English."""
    sign = "\u2212" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    if (get_language() or "fr").startswith("fr"):
        return f"{sign}{f'{euros:,}'.replace(',', NARROW)},{rest:02d}{NO_BREAK}€"
    return f"{sign}€{euros:,}.{rest:02d}"


def say_quantity(value) -> str:
    """A quantity with as many decimals as it was written with, at most four: 33/4 -> "8,25"."""
    number = exact(value)
    text = f"{float(number):,.4f}".rstrip("0").rstrip(".") if number.denominator != 1 else f"{number.numerator:,}"
    text = text.replace("-", "\u2212")
    return text.replace(",", NARROW).replace(".", ",") if (get_language() or "fr").startswith("fr") else text
