"""Numbers as a reader says and types them, in the active language.

French typography: a narrow no-break space parts thousands, a comma the decimals, a no-break space stands before a unit.
"""

import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import get_language

NARROW = "\u202f"  # espace fine insécable
NO_BREAK = "\u00a0"
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’]+")


def in_french() -> bool:
    """Whether the page is being written in French."""
    return (get_language() or "fr").startswith("fr")


def say_number(value, decimals: int | None = None) -> str:
    """1234.5 -> "1 234,5" in French, "1,234.5" in English; `decimals` rounds, by default what is there is kept."""
    if value is None or value == "":
        return ""
    if decimals is None:
        exact = Decimal(str(value)).normalize()
        decimals = max(0, -exact.as_tuple().exponent)
    text = f"{value:,.{decimals}f}" if not isinstance(value, str) else f"{Decimal(value):,.{decimals}f}"
    text = text.replace("-", "\u2212")
    if in_french():
        text = text.replace(",", NARROW).replace(".", ",")
    return text


def find_number(text: str) -> Decimal | None:
    """What somebody typed for a number: "1 234,5", "1234.5", "1,234.5", "−12"; None for anything else.

    With both signs the last one parts the decimals; a comma or a point alone is the decimals', unless it stands more than once.
    """
    plain = _SPACES.sub("", text).replace("\u2212", "-")
    if plain.count(",") and plain.count("."):
        thousands = "," if plain.rfind(".") > plain.rfind(",") else "."
        plain = plain.replace(thousands, "")
    for sign in ",.":
        if plain.count(sign) > 1:
            plain = plain.replace(sign, "")
    if not re.fullmatch(r"[+-]?\d{1,18}(?:[.,]\d{1,12})?", plain, re.ASCII):
        return None
    try:
        return Decimal(plain.replace(",", "."))
    except InvalidOperation:
        return None
