"""Which of the two: a SIREN that is known, or a helpful answer to one that isn't."""

import re
from difflib import SequenceMatcher

from oppidum.core.errors import Refusal
from oppidum.territory.source import Authority, Source
from oppidum.territory.words import tokens

_SEARCH_HINT = "To look for it by its name: oppidum territory load 'NAME'"


class UnknownAuthority(Refusal):
    """No intercommunality has this SIREN; the message names those that were perhaps meant."""

    code = "unknown-authority"


def get_authority(text: str, source: Source) -> Authority:
    """The intercommunality whose SIREN is `text` (spaces allowed), else `UnknownAuthority` with the likely ones."""
    siren = re.sub(r"\s", "", text)
    if siren in source.authorities:
        return source.authorities[siren]
    commune = source.communes.get(_commune_code(siren))
    if commune:
        raise UnknownAuthority(_about_a_commune(siren, commune, source))
    likely = "\n".join(f"  {found.siren}  {found.name}" for found in _likely(text, source))
    if re.fullmatch(r"\d+", siren):
        what = f"No intercommunality has the SIREN {siren}" + ("" if len(siren) == 9 else " (a SIREN has 9 digits)")
    else:
        what = f"'{text}' is not a SIREN (9 digits)"
    hint = f"Did you mean one of these? (oppidum territory load SIREN)\n{likely}"
    raise UnknownAuthority(f"{what}. {hint if likely else _SEARCH_HINT}")


def _commune_code(digits: str) -> str:
    """The INSEE code that `digits` is, or that a commune's SIREN holds: 21 13 0055 3 -> 13055."""
    if len(digits) == 9 and digits.startswith("21"):
        return digits[2:4] + digits[5:8]
    return digits


def _about_a_commune(digits: str, commune, source: Source) -> str:
    what = "the INSEE code" if len(digits) == 5 else "the SIREN"
    said = f"{digits} is {what} of a commune, {commune.name}."
    authority = source.authorities.get(commune.siren)
    if not authority:
        return f"{said} It belongs to no intercommunality."
    return f"{said} It belongs to: {authority.name}. Try: oppidum territory load {authority.siren}"


def _likely(text: str, source: Source, limit: int = 5) -> list[Authority]:
    """Authorities close to `text` by name, or by digits when it is a number."""
    asked = set(tokens(text))
    if text.strip().replace(" ", "").isdigit():
        digits = re.sub(r"\s", "", text)
        scored = [(SequenceMatcher(None, digits, siren).ratio(), one) for siren, one in source.authorities.items()]
        floor = 0.85
    else:
        scored = [(_resemblance(asked, set(tokens(one.name))), one) for one in source.authorities.values()]
        floor = 0.5
    best = sorted((pair for pair in scored if pair[0] >= floor), key=lambda pair: (-pair[0], pair[1].name))
    return [one for _, one in best[:limit]]


def _resemblance(asked: set[str], name: set[str]) -> float:
    """The mean over the words asked of the best likeness to a word of the name."""
    if not asked:
        return 0
    best = [max((SequenceMatcher(None, word, other).ratio() for other in name), default=0) for word in asked]
    return sum(score for score in best if score > 0.75) / len(best)
