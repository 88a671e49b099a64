"""How long a text message is, as operators count and bill it (3GPP TS 23.038 and 23.040).

In the alphabet GSM-7 a message holds 160 units, and each part of a longer one 153; one sign outside of it and the whole is UCS-2:
70 units, and 67. Most French sentences hold such a sign (ê, ç, the apostrophe of typographers), hence `spell`.
"""

import re
import unicodedata
from dataclasses import dataclass

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Each takes two units: an escape, and the sign (23.038, 6.2.1.1).
EXTENDED = frozenset("\f^{}\\[~]|€")
_TYPOGRAPHY = str.maketrans(
    {
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "\u2011": "-",
        "…": "...",
        "œ": "oe",
        "Œ": "OE",
        "·": "-",
        "\t": " ",
    }
)


@dataclass(frozen=True)
class Size:
    """`coding`: "gsm7" or "ucs2"; `units` of that coding; `segments` that are billed."""

    coding: str
    units: int
    segments: int


def spell(text: str) -> str:
    """The text in signs of GSM-7 as far as it goes: typographers' signs simplified, and letters that the alphabet lacks without their
    accent (ê -> e, ç -> c; é, è, à, ù are in it). What has no such twin, a name in another alphabet, stays and makes the message UCS-2."""
    plain = re.sub(r"(?<=«)\s+|\s+(?=»)", "", text).translate(_TYPOGRAPHY)
    return "".join(sign if sign in BASIC or sign in EXTENDED else _bare(sign) for sign in plain)


def _bare(sign: str) -> str:
    bare = "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))
    return bare if bare and all(part in BASIC for part in bare) else sign


def measure(text: str) -> Size:
    """What a text takes."""
    if all(sign in BASIC or sign in EXTENDED for sign in text):
        widths, coding, alone, part = [1 + (sign in EXTENDED) for sign in text], "gsm7", 160, 153
    else:
        widths, coding, alone, part = [1 + (ord(sign) > 0xFFFF) for sign in text], "ucs2", 70, 67
    units = sum(widths)
    return Size(coding, units, 1 if units <= alone else _parts(widths, part))


def _parts(widths: list[int], room: int) -> int:
    """How many parts: a sign of two units is never cut in two, so a part may stay one unit short (23.040, 9.2.3.24.1)."""
    parts, left = 1, room
    for width in widths:
        if width > left:
            parts, left = parts + 1, room
        left -= width
    return parts


def cut(text: str, units: int) -> str:
    """The text in at most so many units of its coding, cut between words, with three dots where something is missing."""
    if measure(text).units <= units:
        return text
    words = text.split(" ")
    while words and measure(" ".join(words) + "...").units > units:
        words.pop()
    return " ".join(words).rstrip(" ,.;:-") + "..."
