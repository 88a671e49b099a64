"""Names of French codes of law: officers write them short, whoever gets a letter or a mail reads them in full."""

import re

_CODES = {
    "CCH": "code de la construction et de l’habitation",
    "CSP": "code de la santé publique",
    "CGCT": "code général des collectivités territoriales",
    "CRPA": "code des relations entre le public et l’administration",
    "CG3P": "code général de la propriété des personnes publiques",
    "CJA": "code de justice administrative",
    "C. transp.": "code des transports",
    "RGPD": "règlement général sur la protection des données",
}
_SHORT = re.compile(rf"\b({'|'.join(map(re.escape, _CODES))})(?=, art)")


def in_full(text: str) -> str:
    """The text with the names of codes before their articles written out."""
    return _SHORT.sub(lambda m: _CODES[m[1]], text)
