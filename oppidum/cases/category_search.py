"""Finding a category by everyday words: "lampadaire cassé", "lampe", "poubele", in the reader's language, slips forgiven.

Forty-five categories fit in memory; an index per service version and language is built once per process from the names, the words
that people use (`Category.words`), the hints, and the answers to the questions.
"""

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from math import log

from django.utils.translation import override

from oppidum.cases.declaration import Category, Choice, Service, definition_version, get_service

LONGEST_QUERY = 120
MOST_WORDS = 8

_EMPTY_WORDS = """
    a au aux avec ce ces cette d dans de des devant du elle en est et il j je l la le les leur ma mes mon n ne nous on ou par pas
    plus
    pour qu que qui rue s sa se ses son sur trop un une vers y the an and are at for from has have i in is it my of on or our
    street that there this to with
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


@dataclass(frozen=True)
class Weights:
    """How much a word tells, by where it stands, and from which likeness on two words are one. Tuned on the tests' list."""

    name: float = 4.0
    words: float = 3.0
    group: float = 1.5
    hint: float = 1.0
    answers: float = 0.7
    begun: float = 0.85
    like_from: float = 0.78
    beside_the_best: float = 0.4


WEIGHTS = Weights()
Index = tuple[tuple[str, dict[str, float]], ...]


def find_categories(service: type[Service], words: str, language: str, limit: int = 8) -> list[Category]:
    """The categories that `words` most likely mean, best first; none when nothing resembles."""
    asked = plain_words(words[:LONGEST_QUERY])[:MOST_WORDS]
    if not asked:
        return []
    index = _index(service.code, definition_version(service.code), language)
    answers = [[best_answer(word, known) for word in asked] for _code, known in index]
    # A word that few categories answer says more: in "canapé sur le trottoir" the sofa decides, not the pavement.
    telling = [log(1 + len(index) / max(1, sum(row[n] > 0 for row in answers))) for n in range(len(asked))]
    scored = [
        (-sum(value * rare for value, rare in zip(row, telling, strict=True)), rank, code)
        for rank, (row, (code, _known)) in enumerate(zip(answers, index, strict=True))
        if any(row)
    ]
    scored.sort()
    return [service.categories[code] for score, _rank, code in scored if score <= scored[0][0] * WEIGHTS.beside_the_best][:limit]


def plain_words(text: str) -> list[str]:
    """The words that tell something, without accents, capitals and plurals."""
    flat = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    flat = "".join(letter for letter in flat if not unicodedata.combining(letter))
    found = re.findall(r"[a-z0-9]+", flat)
    return list(dict.fromkeys(_singular(word) for word in found if word not in _EMPTY))


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("eaux"):
        return word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] in "sx" and not word.endswith("ss") else word


@lru_cache(maxsize=16)
def _index(service: str, version: str, language: str) -> Index:
    declared = get_service(service)
    with override(language):
        groups = {group.code: str(group.name) for group in declared.groups}
        return tuple((code, _known(category, groups[category.group])) for code, category in declared.categories.items())


def _known(category: Category, group: str) -> dict[str, float]:
    """Each word that stands for the category, with the weight of its best place."""
    choices = [question for question in category.questions.values() if isinstance(question, Choice)]
    options = " ".join(str(label) for question in choices for label in question.options.values())
    known: dict[str, float] = {}
    for text, weight in (
        (options, WEIGHTS.answers),
        (category.hint, WEIGHTS.hint),
        (group, WEIGHTS.group),
        (category.words, WEIGHTS.words),
        (category.name, WEIGHTS.name),
    ):
        known.update(dict.fromkeys(plain_words(str(text)), weight))
    return known


def best_answer(word: str, known: dict[str, float]) -> float:
    """How well `word` is answered: by itself, by a word that it begins, or by one very like it."""
    if word in known:
        return known[word]
    begun = [weight for other, weight in known.items() if len(word) > 2 and other.startswith(word)]
    if begun:
        return max(begun) * WEIGHTS.begun
    return max((weight * _likeness(word, other) for other, weight in known.items()), default=0.0)


def _likeness(word: str, other: str) -> float:
    """0 for another word, near 1 for a slip of one letter; a word of four letters is taken as written: banc is not bac."""
    if len(word) < 5 or abs(len(word) - len(other)) > 2 or (word[0] != other[0] and word[1] != other[1]):
        return 0.0
    matcher = SequenceMatcher(None, word, other, autojunk=False)
    ratio = matcher.ratio() if matcher.quick_ratio() >= WEIGHTS.like_from else 0.0
    return ratio**3 if ratio >= WEIGHTS.like_from else 0.0
