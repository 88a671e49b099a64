"""Words compared without their endings: "communes métropolitaines" and "la commune métropolitaine" share their stems."""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[a-zA-ZÀ-ÿŒœ]+(?:[-’'][a-zA-ZÀ-ÿŒœ]+)*")

STOPWORDS = frozenset(
    [
        "a",
        "afin",
        "ai",
        "ailleurs",
        "ainsi",
        "alors",
        "apres",
        "au",
        "aucun",
        "aussi",
        "autour",
        "autre",
        "autres",
        "aux",
        "avait",
        "avant",
        "avec",
        "avoir",
        "ayant",
        "beaucoup",
        "bien",
        "car",
        "ce",
        "ceci",
        "cela",
        "celle",
        "celles",
        "celui",
        "cent",
        "ces",
        "cet",
        "cette",
        "ceux",
        "chaque",
        "chez",
        "ci",
        "comme",
        "comment",
        "compte",
        "contre",
        "dans",
        "de",
        "deja",
        "depuis",
        "dernier",
        "derniere",
        "des",
        "desormais",
        "dessous",
        "dont",
        "du",
        "durant",
        "egalement",
        "elle",
        "elles",
        "en",
        "encore",
        "enfin",
        "ensuite",
        "entre",
        "environ",
        "est",
        "et",
        "etaient",
        "etait",
        "ete",
        "etre",
        "eu",
        "eux",
        "fait",
        "faire",
        "fin",
        "grace",
        "hors",
        "il",
        "ils",
        "jusqu",
        "l",
        "la",
        "laquelle",
        "le",
        "lequel",
        "les",
        "lesquels",
        "leur",
        "leurs",
        "lors",
        "lorsque",
        "lui",
        "ma",
        "mais",
        "mes",
        "meme",
        "mille",
        "moins",
        "n",
        "ne",
        "ni",
        "nombre",
        "non",
        "nos",
        "notamment",
        "notre",
        "nous",
        "on",
        "ont",
        "or",
        "ou",
        "par",
        "parmi",
        "pas",
        "pendant",
        "peu",
        "plus",
        "plusieurs",
        "pour",
        "pourra",
        "pres",
        "puis",
        "qu",
        "quand",
        "que",
        "quel",
        "quelle",
        "quelque",
        "quelques",
        "qui",
        "quoi",
        "s",
        "sa",
        "sans",
        "sauf",
        "se",
        "selon",
        "sera",
        "seront",
        "ses",
        "seul",
        "seule",
        "si",
        "sinon",
        "soient",
        "soit",
        "son",
        "sont",
        "sous",
        "sur",
        "ta",
        "tandis",
        "tel",
        "telle",
        "telles",
        "tels",
        "tous",
        "tout",
        "toute",
        "toutes",
        "tres",
        "un",
        "une",
        "vers",
        "voire",
        "vos",
        "votre",
        "vous",
        "y",
        "d",
        "c",
        "j",
        "m",
        "t",
        "qu",
        "an",
        "ans",
        "annee",
        "annees",
        "cours",
        "debut",
        "total",
        "totale",
    ]
)
# Said of everything in the report of one institution: they tell nothing apart.
_EVERYWHERE = frozenset(["metropole", "metropolitain", "metropol", "aix", "marseill", "provenc", "realis", "nouveau", "nouvel"])


def fold(text: str) -> str:
    """Lower case without accents; ligatures apart; typographic apostrophes made plain."""
    text = text.replace("’", "'").replace("œ", "oe").replace("Œ", "OE")
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


def plain(text: str) -> str:
    """What stays of a quotation when spaces, case and accents go."""
    return re.sub(r"[\W_]+", " ", fold(text)).strip()


_ENDINGS = (
    ("aux", "al", 3),
    ("euses", "eu", 3),
    ("euse", "eu", 3),
    ("eux", "eu", 3),
    ("ements", "", 4),
    ("ement", "", 4),
    ("ations", "", 4),
    ("ation", "", 4),
    ("elles", "el", 3),
    ("elle", "el", 3),
    ("iennes", "ien", 3),
    ("ienne", "ien", 3),
    ("ees", "", 3),
    ("ee", "", 3),
    ("es", "", 3),
    ("er", "", 3),
    ("e", "", 3),
    ("s", "", 3),
)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """`word` without plural, gender and the commonest endings. A light stemmer: it compares words of one document, no more."""
    word = fold(word).rsplit("'", 1)[-1]
    for ending, kept, least in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)] + kept
    return word


@lru_cache(maxsize=50_000)
def is_content(word: str) -> bool:
    folded = fold(word).rsplit("'", 1)[-1]
    return len(folded) > 2 and folded not in STOPWORDS and stem(word) not in _EVERYWHERE


def stems(text: str) -> list[str]:
    """The stems of the words that mean something, in order."""
    return [stem(word) for word in _WORD.findall(text) if is_content(word)]
