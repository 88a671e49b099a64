"""French numbers as they stand in a report: "1 890 000", "2,049M", "1,5 Md€", "vingt-et-un", "une trentaine", "près de 900 millions".

A number is read with the interval in which the truth may lie: "14 %" may be 13.5 to 14.5, "plus de 10" is at least 10.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

SPACE = "[ \u00a0\u202f\u2009]"
DIGITS = rf"(?:\d{{1,3}}(?:{SPACE}\d{{3}})+(?!\d)|\d+)(?:,\d+)?"

_SMALL = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
_TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "quatre-vingt": 80}
_ABOUT = {
    "dizaine": 10,
    "douzaine": 12,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
}
MAGNITUDES = {
    "million": 6,
    "millions": 6,
    "milliard": 9,
    "milliards": 9,
    "mille": 3,
    "milliers": 3,
    "M": 6,
    "Md": 9,
    "Mds": 9,
    "K": 3,
    "k": 3,
}

# What is said before a number of its precision. The longest stands first.
_PRECISIONS = (
    ("more", r"(?:plus|au-delà|supérieure?s? à|au moins|minimum|dépass\w+) d[e’'] ?|plus de |au moins |\+ de |plus d[’']|\+ "),
    ("less", r"moins de |moins d[’']|au plus |jusqu[’']à |inférieure?s? à |un maximum de "),
    (
        "about",
        r"près de |près d[’']|environ |d[’']environ |quelque |autour de |de l[’']ordre de |de l[’']ordre |approximativement |presque ",
    ),
)
PRECISION_BEFORE = [(name, re.compile(rf"(?:^|\W)(?:{pattern})$", re.IGNORECASE)) for name, pattern in _PRECISIONS]
ABOUT_AFTER = re.compile(r"^\W{0,2}(?:environ|approximativement)\b", re.IGNORECASE)


def _number_words() -> dict[str, int]:
    """zéro to quatre-vingt-dix-neuf, cent, deux-cents..., mille, as they are written with hyphens or with "et"."""
    words = {word: value for value, word in enumerate(_SMALL)}
    for ten, base in _TENS.items():
        words[ten] = base
        for unit in range(1, 20 if base in (60, 80) else 10):
            for joint in ("-et-", " et ", "-") if unit in (1, 11) else ("-", " "):
                words[f"{ten}{joint}{_SMALL[unit]}"] = base + unit
    words |= {"quatre-vingts": 80, "cent": 100, "mille": 1000}
    for value in range(2, 10):
        words |= {
            f"{_SMALL[value]}-cents": value * 100,
            f"{_SMALL[value]} cents": value * 100,
            f"{_SMALL[value]} mille": value * 1000,
        }
    del words["un"], words["zéro"]
    return words


NUMBER_WORDS = _number_words()
_LONGEST_FIRST = sorted(NUMBER_WORDS, key=len, reverse=True)
WORDS_PATTERN = rf"(?:{'|'.join(map(re.escape, _LONGEST_FIRST))})(?![\w-])"
ABOUT_PATTERN = rf"(?:une? )?(?:bonne )?(?:{'|'.join(_ABOUT)})s?(?![\w-])"


@dataclass(frozen=True)
class Number:
    """A number as written. `step` is the weight of its last written digit, already multiplied by its magnitude."""

    value: Decimal
    step: Decimal
    is_spelled: bool = False
    is_about: bool = False


def read_digits(written: str, magnitude: int = 0) -> Number:
    """`written` in digits with French separators; `magnitude` is a power of ten ("millions" is 6)."""
    bare = re.sub(SPACE, "", written)
    whole, _, decimals = bare.partition(",")
    value = Decimal(f"{whole}.{decimals}" if decimals else whole)
    scale = Decimal(10) ** magnitude
    return Number(value * scale, scale / Decimal(10) ** len(decimals))


def read_words(written: str) -> Number:
    """`written` in letters: "vingt-et-un", "une trentaine"."""
    lowered = re.sub(r"\s+", " ", written.lower())
    if lowered in NUMBER_WORDS:
        return Number(Decimal(NUMBER_WORDS[lowered]), Decimal(1), is_spelled=True)
    for word, value in _ABOUT.items():
        if word in lowered:
            return Number(Decimal(value), Decimal(1), is_spelled=True, is_about=True)
    raise ValueError(f"{written!r} is no number in letters")


def bounds(number: Number, precision: str, *, is_count: bool = False) -> tuple[Decimal, Decimal]:
    """The least and greatest value that the words allow: half a last digit when exact (nothing for things counted one by one),
    a tolerance when "près de"."""
    value, half = number.value, (Decimal(0) if is_count and number.step == 1 else number.step / 2)
    match precision:
        case "about":
            return value * Decimal("0.88") - half, value * Decimal("1.12") + half
        case "more":
            return value - half, value * Decimal("1.25") + half
        case "less":
            return value * Decimal("0.75") - half, value + half
    return value - half, value + half
