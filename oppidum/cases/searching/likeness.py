"""How like two words are: slips of the finger, and words that somebody is still typing."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

LIKE_FROM = 0.78
BEGUN = 0.85
_ALIKE = 5  # words that a slip may have meant


def find_slips(word: str, known: Sequence[str]) -> list[tuple[str, float]]:
    """The known words that `word` may be a slip of, each with its likeness, the likest first.

    A word of three letters is taken as written (bac is not banc), one of four may have one slip after its first letter.
    """
    most = _most_slips(word)
    if not most:
        return []
    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=most, limit=None)
    slips = [(other, 1 - 1.3 * distance / len(word)) for other, distance, _ in found if _begins_alike(word, other)]
    return sorted(slips, key=lambda each: -each[1])[:_ALIKE]


def _most_slips(word: str) -> int:
    return 0 if len(word) < 4 else 1 if len(word) < 7 else 2 if len(word) < 11 else 3


def _begins_alike(word: str, other: str) -> bool:
    return word[0] == other[0] or (
        len(word) > 4 and len(other) > 4 and (word[1] == other[1] or word[:2] == other[1::-1] or word[1:] == other)
    )


def best_answer(word: str, known: dict[str, float]) -> float:
    """How well `word` is answered: by itself, by a word that it begins, or by one very like it."""
    if word in known:
        return known[word]
    begun = [weight for other, weight in known.items() if len(word) > 2 and other.startswith(word)]
    if begun:
        return max(begun) * BEGUN
    return max((weight * _likeness(word, other) for other, weight in known.items()), default=0.0)


def _likeness(word: str, other: str) -> float:
    """0 for another word, near 1 for a slip of one letter; a word of four letters is taken as written."""
    if len(word) < 5 or abs(len(word) - len(other)) > 2 or (word[0] != other[0] and word[1] != other[1]):
        return 0.0
    ratio = fuzz.ratio(word, other, score_cutoff=LIKE_FROM * 100) / 100
    return ratio**3
