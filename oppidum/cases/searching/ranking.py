"""From what somebody wrote to the services and categories that it likely means, best first, with what was understood."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from oppidum.cases.searching.index import WEIGHTS, Index, Stems
from oppidum.cases.searching.learnt import held_by
from oppidum.cases.searching.likeness import find_slips
from oppidum.cases.searching.wording import LONGEST_QUERY, MOST_WORDS, count_empty, sound, spellings, split_words, stem

SHORTEST_PART = 3
SHORTEST_BEGUN = 3
LIKELY_ALONE = 0.15  # What no word stands for is found too, when the phrases are as sure as this.


@dataclass(frozen=True)
class Meaning:
    """A word that was written, with the stems that it may stand for, each with how surely; `read` is it as we understood it, in plain
    letters, and `shown` as it is spelt; `language`: of the index that knows it."""

    written: str
    stems: Stems
    read: str = ""
    shown: str = ""
    language: str = ""


def choose_language(text: str, indexes: dict[str, Index], language: str) -> str:
    """The language that somebody writes in, where their words tell; else the page's."""

    def sureness(index: Index) -> float:
        return count_empty(text, index.language) + sum(word in index.words for word in split_words(text, index.language))

    best = max(indexes, key=lambda one: (sureness(indexes[one]), one == language))
    return best if sureness(indexes[best]) > sureness(indexes[language]) + 0.5 else language


def understand(text: str, indexes: dict[str, Index], language: str) -> list[Meaning]:
    """The words of the query that mean something to the declarations, slips and unfinished words forgiven; a word that only another
    language knows is taken as that one's ("ma poubelle is full")."""
    index = indexes[language]
    words = split_words(text[:LONGEST_QUERY], language)[:MOST_WORDS]
    unfinished = bool(words) and text[-1:].isalnum()
    meanings = []
    for n, word in enumerate(words):
        joined = word + words[n + 1] if n + 1 < len(words) else ""
        if joined in index.words and len(joined) > 2 * SHORTEST_PART:
            meanings.append(_certain(joined, index))
        parts = _parts(word, index) if word not in index.words else ()
        borrowed = next((other for other in indexes.values() if _is_borrowed(word, index, other)), None)
        if borrowed:
            meanings.append(_certain(word, borrowed))
        elif parts:
            meanings += [_certain(part, index) for part in parts]
        else:
            meanings.append(_meaning(word, index, unfinished and n == len(words) - 1))
    spelt = index.spelt | spellings(text)
    return [replace(one, shown=spelt.get(one.read, one.read)) for one in meanings if one.stems]


def _is_borrowed(word: str, index: Index, other: Index) -> bool:
    """Whether only the other language knows the word; short ones are rather unfinished."""
    return other is not index and len(word) > SHORTEST_PART and word in other.words and word not in index.words


def _certain(word: str, index: Index) -> Meaning:
    known = stem(word, index.language)
    stems = dict.fromkeys(index.everyday.get(known, ()), WEIGHTS.everyday)
    if known in index.weights:
        stems[known] = 1.0
    return Meaning(word, stems, word, language=index.language)


def _meaning(word: str, index: Index, unfinished: bool) -> Meaning:
    """A known word means itself and what everyday speech says for it; another one is a slip, or unfinished."""
    certain = _certain(word, index)
    if certain.stems and not (unfinished and len(word) < 4):
        return certain
    stems, read = dict(certain.stems), word
    begun = index.begun_by(word) if len(word) >= SHORTEST_BEGUN else []
    for other in begun:
        _allow(stems, other, index, WEIGHTS.begun)
    if not certain.stems and not begun:
        slips = find_slips(word, list(index.words))
        for other, likeness in slips:
            _allow(stems, other, index, likeness * WEIGHTS.slip)
        if index.language == "fr" and len(word) > 4:
            for known in index.heard.get(sound(word), ()):
                stems[known] = max(stems.get(known, 0), WEIGHTS.heard)
        read = slips[0][0] if slips else word
    return Meaning(word, stems, read, language=index.language)


def _allow(stems: Stems, word: str, index: Index, share: float) -> None:
    """`word` may be meant, and then what everyday speech says for it."""
    for known, value in _certain(word, index).stems.items():
        stems[known] = max(stems.get(known, 0), value * share)


def _parts(word: str, index: Index) -> tuple[str, ...]:
    """The two known words that were written as one, or the one whose article lost its apostrophe ("lecole")."""
    bare = re.sub(r"^(?:qu|[cdjlmnst])(?=[aeiouhy])", "", word) if index.language == "fr" else word
    if bare != word and len(bare) >= SHORTEST_PART and bare in index.words:
        return (bare,)
    for cut in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        if word[:cut] in index.words and word[cut:] in index.words:
            return word[:cut], word[cut:]
    return ()


def score(text: str, meanings: list[Meaning], indexes: dict[str, Index], language: str) -> dict[int, float]:
    """How well each target answers, from 0 to about 2: word by word, and by what the declared phrases teach together."""
    scores: dict[int, float] = defaultdict(float)
    worth = [max(indexes[each.language].telling.get(known, 0) * value for known, value in each.stems.items()) for each in meanings]
    whole = sum(worth) or 1
    for meaning, value in zip(meanings, worth, strict=True):
        answers: dict[int, float] = {}
        for known, sure in meaning.stems.items():
            for n, weight in indexes[meaning.language].weights.get(known, {}).items():
                answers[n] = max(answers.get(n, 0), sure * weight / (weight + WEIGHTS.half))
        for n, answer in answers.items():
            scores[n] += answer * value / whole
    for n, likely in enumerate(_likely(text, meanings, indexes[language])):
        if n in scores or likely > LIKELY_ALONE:
            scores[n] += WEIGHTS.learnt * float(likely)
    return scores


def _likely(text: str, meanings: list[Meaning], index: Index) -> Iterable[float]:
    """What the phrases teach of the words as they are written and as they were understood."""
    held = held_by(split_words(text, index.language)[:MOST_WORDS], index.language, index.everyday)
    for meaning in (each for each in meanings if each.language == index.language):
        for known, sure in meaning.stems.items():
            held[known] = max(held.get(known, 0), sure)
    return index.learnt.answers(held)
