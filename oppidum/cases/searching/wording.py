"""Words as a search compares them: without accents, capitals, elisions and endings ("Poubelles vidées" -> "poubel", "vid")."""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

LONGEST_QUERY = 160
MOST_WORDS = 16
LANGUAGES = ("fr", "en")
NO = "pas"  # The one word for "not, no, never, without": "pas vidée", "not emptied".

# Words that only bind others.
_FRENCH = """
    a ai aie ait as au aux avec avez avons ayant bonjour c ca ce cela ces cet cette comment d dans de des donc du elle elles en es est
    et etait etaient etes etre eu faut fut il ils j je l la le les leur leurs lui m ma mais me merci mes moi mon n ne nos notre nous on ont
    ou par pendant peut peux pour pourquoi pouvez puis puisque qu quand que quel quelle quels quelles qui quoi s sa se sera ses si sommes
    son sont suis sur svp t ta te tes toi ton tous tout toute toutes tres trop tu un une va vais veulent veut veux voudrais voulez vos
    votre vous y
    bjr bonsoir cest ds dun dune jai jsuis jveux jpeux kan ke ki koi mn nai pcq pk pr qd quil quon salut sest slt stp tt ya
"""
_ENGLISH = """
    a am an and are as at be been by can could did do does for from had has have hello her his how i if im in into is it its ive
    just me my of on or our please s should so some t that the their them there these they this those to too us ve was we were what
    when where which who why will with would you your
    hi hey im ive pls plz r thx u ur whats wheres
"""
_NOT_FRENCH = "aucun aucune jamais non pa pas plus rien sans"
_NOT_ENGLISH = "cannot cant didn didnt doesn doesnt don dont isn isnt never no not nothing wasn wasnt without won wont"
_EMPTY = {"fr": frozenset(_FRENCH.split()), "en": frozenset(_ENGLISH.split())}
_NOT = {"fr": frozenset(_NOT_FRENCH.split()), "en": frozenset(_NOT_ENGLISH.split())}
_STEMMERS = {"fr": snowballstemmer.stemmer("french"), "en": snowballstemmer.stemmer("english")}


def flatten(text: str) -> str:
    """Small letters without accents."""
    flat = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(letter for letter in flat if not unicodedata.combining(letter))


def split_words(text: str, language: str) -> list[str]:
    """The telling words of a text, flattened, in its order: neither articles nor "please", and one word for all that denies."""
    empty, denying = _EMPTY[language], _NOT[language]
    flat = flatten(text)
    found = re.findall(r"[a-z0-9]+", flat)
    telling = [NO if word in denying else word for word in found if word not in empty and (len(word) > 1 or word.isdigit())]
    # "nid-de-poule" is heard as one word too, and some write it so.
    return telling + [re.sub(r"[^a-z0-9]", "", each) for each in re.findall(r"[a-z]{3,}(?:-[a-z]+)*-[a-z]{3,}", flat)]


def spellings(text: str) -> dict[str, str]:
    """From the flattened words of a text to how it spells them."""
    return {flatten(word): word for word in re.findall(r"[^\W_]+", text.lower())}


def count_empty(text: str, language: str) -> int:
    """How many of its words only that language uses to bind others: they tell in which language somebody writes."""
    others = frozenset().union(*(_EMPTY[other] for other in LANGUAGES if other != language))
    return sum(word in _EMPTY[language] and word not in others for word in re.findall(r"[a-z0-9]+", flatten(text)))


@lru_cache(maxsize=65536)
def stem(word: str, language: str) -> str:
    """What a flattened word shares with its other forms."""
    if language == "fr":  # The stemmer reads accents, residents leave them out: an "é" is an "e" for both.
        word = re.sub(r"ees?$", "e", word)
    return _STEMMERS[language].stemWord(word)


_SOUNDS = (
    (r"ph", "f"), (r"[aeo]u?x$", "o"), (r"eau|au", "o"), (r"qu|[ck]|q", "k"), (r"[ae]i|e[rz]$|ey|ay", "e"), (r"[ae]n|[ae]m(?=[bp])", "an"),
    (r"ss|ce|sc|z", "s"), (r"y", "i"), (r"h", ""), (r"(.)\1+", r"\1"), (r"[aeiou]?[stxde]+$", ""),
)  # fmt: skip


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """How a flattened French word is heard, roughly: "lampadere" as "lampadaire", "enterrement" as "anterment"."""
    for pattern, heard in _SOUNDS:
        word = re.sub(pattern, heard, word)
    return word


def plain_words(text: str) -> list[str]:
    """The words that tell something in either language, each once, without accents, capitals and plurals."""
    found = re.findall(r"[a-z0-9]+", flatten(text))
    return list(dict.fromkeys(_singular(word) for word in found if word not in _BINDING))


_BOTH = """
    a au aux avec ce ces cette d dans de des devant du elle en est et il j je l la le les leur ma mes mon n ne nous on ou par pas
    plus pour qu que qui rue s sa se ses son sur trop un une vers y the an and are at for from has have i in is it my of on or our
    street that there this to with
"""
_BINDING = frozenset(_BOTH.split())


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("eaux"):
        return word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] in "sx" and not word.endswith("ss") else word
