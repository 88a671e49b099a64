"""Finding a dataset by everyday words, slips forgiven: ours and those held elsewhere, in the reader's language.

An index from each word to the entries that hold it is built once for a state of the catalogue; a word typed is looked up among the
different words, some thousands, not among all texts.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import Count, Max
from django.utils.translation import get_language, override

from oppidum.cases.searching.likeness import best_answer
from oppidum.cases.searching.wording import LONGEST_QUERY, MOST_WORDS, plain_words
from oppidum.publishing.datasets.catalogue import all_datasets
from oppidum.publishing.datasets.declaration import THEMES
from oppidum.publishing.models import OutsideDataset

TITLE, KEYWORDS, THEME, SAYS, COLUMNS = 4.0, 3.0, 1.5, 1.0, 0.6
ENOUGH = 0.5  # Of what the best one answers.


@dataclass(frozen=True)
class Hit:
    """An entry of the catalogue: one of ours, or held elsewhere (`address`)."""

    name: str
    title: str
    says: str
    theme: str
    owner: str
    formats: tuple[str, ...]
    address: str = ""
    publisher: str = ""
    words: tuple[tuple[str, float], ...] = field(default=(), compare=False, repr=False)

    @property
    def is_outside(self) -> bool:
        return bool(self.address)


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for; what is empty doesn't narrow."""

    words: str = ""
    theme: str = ""
    owner: str = ""
    format: str = ""


def find_datasets(wanted: Wanted) -> list[Hit]:
    """The entries that fit, the likeliest first; without words ours by title, then the others."""
    hits, index = _known(get_language() or "fr", *_state())
    kept = [n for n, hit in enumerate(hits) if _fits(hit, wanted)]
    asked = plain_words(wanted.words[:LONGEST_QUERY].replace("\x00", " "))[:MOST_WORDS]
    if not asked:
        return [hits[n] for n in kept]
    scores = _score(asked, index)
    best = max((scores[n] for n in kept if n in scores), default=0)
    found = sorted((-scores[n], n) for n in kept if scores.get(n, 0) >= best * ENOUGH and best)
    return [hits[n] for _score_, n in found]


def _fits(hit: Hit, wanted: Wanted) -> bool:
    return (
        (not wanted.theme or hit.theme == wanted.theme)
        and (not wanted.owner or hit.owner == wanted.owner)
        and (not wanted.format or wanted.format in hit.formats)
    )


def _score(asked: list[str], index: dict[str, dict[int, float]]) -> dict[int, float]:
    """How well each entry answers: each word by the likeliest of the words known, weighed by its place."""
    alike = dict.fromkeys(index, 1.0)
    scores: dict[int, float] = defaultdict(float)
    for word in asked:
        found: dict[int, float] = {}
        for other in _like(word, alike):
            likeness = best_answer(word, {other: 1.0})
            for n, weight in index[other].items():
                found[n] = max(found.get(n, 0), likeness * weight)
        for n, value in found.items():
            scores[n] += value
    return scores


def _like(word: str, known: Iterable[str]) -> Iterator[str]:
    """The words that may answer: the same, begun by it, or much like it."""
    for other in known:
        if other.startswith(word) or (len(word) >= 5 and abs(len(word) - len(other)) <= 2 and best_answer(word, {other: 1.0})):
            yield other


def _state() -> tuple[int, str]:
    """Changes when the catalogues held elsewhere do."""
    seen = OutsideDataset.objects.aggregate(n=Count("pk"), at=Max("seen_at"))
    return seen["n"], str(seen["at"])


@lru_cache(maxsize=4)
def _known(language: str, count: int, state: str) -> tuple[list[Hit], dict[str, dict[int, float]]]:
    with override(language):
        hits = [*sorted(_ours(), key=lambda hit: plain_words(hit.title)), *_outside()]
    index: dict[str, dict[int, float]] = defaultdict(dict)
    for n, hit in enumerate(hits):
        for text, weight in hit.words:
            for word in plain_words(text):
                index[word][n] = max(index[word].get(n, 0), weight)
    return hits, dict(index)


def _ours() -> Iterator[Hit]:
    for name, one in all_datasets().items():
        columns = " ".join(str(column.label) for column in one.columns)
        words = (
            (columns, COLUMNS),
            (str(one.says), SAYS),
            (str(THEMES[one.theme]), THEME),
            (" ".join(map(str, one.keywords)), KEYWORDS),
            (f"{one.title} {name}", TITLE),
        )
        yield Hit(name, str(one.title), str(one.says), one.theme, one.owner, one.formats, words=words)


def _outside() -> Iterator[Hit]:
    for one in OutsideDataset.objects.order_by("title"):
        words = (
            (one.says[:2000], SAYS),
            (str(THEMES.get(one.theme, "")), THEME),
            (f"{' '.join(one.keywords)} {one.publisher}", KEYWORDS),
            (one.title, TITLE),
        )
        yield Hit(one.name, one.title, one.says, one.theme, "", tuple(one.formats), one.address, one.publisher, words)
