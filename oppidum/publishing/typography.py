"""French typography, where a typewriter's text becomes print: spaces that don't break, guillemets, apostrophes, ordinals."""

import re

from oppidum.core.law_names import in_full

NARROW, WIDE = "\u202f", "\u00a0"

# A sign that wants a space before it; "://" and times ("10:20") keep theirs.
_BEFORE = re.compile(r"[ \u00a0\u202f]+([;!?])|[ \u00a0\u202f]+(:)(?=\s|$)")
# Semicolons of lists that were joined without a space.
_SEMICOLON = re.compile(r"(?<=[^\s;]);(?=\s|$)")
_OPEN = re.compile(r"«[ \u00a0\u202f]*")
_CLOSE = re.compile(r"[ \u00a0\u202f]*»")
_UNIT = re.compile(r"(?<=\d) (?=(?:€|%|m²|m³|km|kg|m|cm|litres?|euros?|mois|jours?|ans?|h)\b|[€%])")
_NUMBER = re.compile(r"\b(n°|N°|art\.|p\.|M\.|Mme|MM\.) (?=\S)")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


def french(text: str) -> str:
    """The text with the spaces and signs of French print; said twice, it changes nothing more."""
    text = _BEFORE.sub(lambda m: f"{NARROW}{m[1]}" if m[1] else f"{WIDE}:", text)
    text = _SEMICOLON.sub(f"{NARROW};", text)
    text = _CLOSE.sub(f"{WIDE}»", _OPEN.sub(f"«{WIDE}", text))
    text = _THOUSANDS.sub(NARROW, _UNIT.sub(WIDE, text))
    return _APOSTROPHE.sub("’", _NUMBER.sub(rf"\1{WIDE}", text))


def printed(text: object, language: str) -> str:
    """A text as it is printed in that language."""
    return french(in_full(str(text))) if language.startswith("fr") else _APOSTROPHE.sub("’", str(text))
