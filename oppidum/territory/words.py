"""The words of a place name, made comparable: no accents, no articles, abbreviations written out.

Names in files and names as people type them go through the same `tokens()`, so that "Bd Baille", "bld. baille" and
"BOULEVARD BAILLE" are one. The abbreviations are those of the tax office's street file (FANTOIR) and of everyday use.
"""

import re
import unicodedata
from dataclasses import dataclass

LONGEST_QUERY = 200
MOST_WORDS = 12

_ABBREVIATIONS = {
    "all": "allee", "allees": "allee", "av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard",
    "blvd": "boulevard", "boul": "boulevard", "bvd": "boulevard", "ch": "chemin", "che": "chemin", "chem": "chemin",
    "crs": "cours", "dom": "domaine", "esc": "escalier", "esp": "esplanade", "fbg": "faubourg", "fg": "faubourg",
    "ham": "hameau", "imp": "impasse", "lot": "lotissement", "mte": "montee", "pass": "passage", "pas": "passage",
    "pl": "place", "plc": "place", "prom": "promenade", "qu": "quai", "qua": "quai", "res": "residence",
    "rpt": "rond point", "rte": "route", "sen": "sentier", "sq": "square", "tra": "traverse", "trav": "traverse",
    "trse": "traverse", "vc": "voie", "arr": "arrondissement", "arrdt": "arrondissement",
    "st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "nd": "notre dame",
    "cdt": "commandant", "cne": "capitaine", "col": "colonel", "dr": "docteur", "gal": "general", "gen": "general",
    "lt": "lieutenant", "mal": "marechal", "pdt": "president", "pr": "professeur", "prof": "professeur",
}  # fmt: skip
_ARTICLES = frozenset("a au aux d de des du en et l la le les lez".split())  # noqa: SIM905
# What kind of way it is: often mistaken or left out by people, so never demanded when other words are there.
KINDS = frozenset(
    "allee avenue boulevard chemin corniche cours escalier esplanade faubourg hameau impasse lotissement montee "  # noqa: SIM905
    "passage place placette promenade quai rampe residence rond point route rue ruelle sentier square traverse voie "
    "domaine arrondissement".split()
)
# Those of them that are said of a way, and never begin a commune's or a zone's name.
WAYS = KINDS - {"arrondissement", "domaine", "hameau", "point", "rond"}
# Kinds that half of all streets share: alone they name nothing.
COMMONEST = frozenset({"allee", "avenue", "boulevard", "chemin", "impasse", "place", "route", "rue"})
_MONTHS = frozenset(
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()  # noqa: SIM905
)
_NUMBER = re.compile(r"\s*(\d{1,4})\s*(bis|ter|quater|[a-d](?![\w'’]))?\s*,?\s+(?=\S)", re.IGNORECASE)
_ORDINAL = re.compile(r"(\d{1,2})(?:er|ere|e|eme|emes|nd|nde)")


@dataclass(frozen=True)
class Query:
    """What someone typed: the house `number` kept for the label, and the `words` to find.

    `required` are the words that say which place; `unfinished`, that the last of them may still be being typed.
    """

    number: str
    words: tuple[str, ...]
    required: tuple[str, ...]
    unfinished: bool


def tokens(text: str) -> list[str]:
    """The comparable words of `text`, in order."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found = re.findall(r"[a-z0-9]+", plain)
    if found and found[0] == "r":
        found[0] = "rue"
    written_out = " ".join(_ABBREVIATIONS.get(word, word) for word in found).split()
    words = [_ordinal(word)[:60] for word in written_out]
    return [word for word in words if word not in _ARTICLES] or words


def parse(text: str) -> Query:
    """Read what was typed in a search box."""
    text = text[:LONGEST_QUERY].replace("\x00", " ")
    number = _house_number(text)
    rest = text[number.end() :] if number else text
    words = list(dict.fromkeys(tokens(rest)))[:MOST_WORDS]
    return Query(
        number=" ".join(part for part in number.groups() if part) if number else "",
        words=tuple(words),
        required=tuple(word for word in words if word not in KINDS) or tuple(words),
        unfinished=bool(words) and not text.endswith((" ", ",")) and words[-1] not in KINDS,
    )


def _house_number(text: str) -> re.Match | None:
    """The number before a street's name; "8 mai 1945" starts with a date, not with a number."""
    match = _NUMBER.match(text)
    following = tokens(text[match.end() :])[:1] if match else []
    return match if following and following[0] not in _MONTHS else None


def _ordinal(word: str) -> str:
    """ "6e", "6eme" and "6ème" are one word."""
    match = _ORDINAL.fullmatch(word)
    if not match:
        return word
    return "1er" if match[1] == "1" else f"{match[1]}e"
