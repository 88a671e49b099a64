"""What the declared phrases teach: which words, pairs of words and pieces of words stand for which service or category.

A ridge regression (Hoerl and Kennard, 1970, in its dual form: as many equations as there are phrases) from what a phrase holds to what it
means. A word that two services share is taken for less where another word of the phrase decides; pieces of words let a slip or an unseen form
of a word count.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log, sqrt

import numpy as np

from oppidum.cases.searching.wording import stem

Held = dict[str, float]


@dataclass(frozen=True)
class Learning:
    """How much the parts of a phrase count beside its words, and how far one phrase alone is not believed. Cross-validated."""

    pairs: float = 0.5
    pieces: float = 0.5
    everyday: float = 0.85
    ridge: float = 3.0
    piece_lengths: tuple[int, ...] = (3, 4)


LEARNING = Learning()


def held_by(words: Sequence[str], language: str, everyday: Mapping[str, set[str]]) -> Held:
    """The stems, pairs of stems and pieces of words that a phrase holds, each with how much it counts."""
    held: Held = {}
    stems = [stem(word, language) for word in words]
    for word, own in zip(words, stems, strict=True):
        for other in everyday.get(own, ()):
            held.setdefault(other, LEARNING.everyday)
        held.update(dict.fromkeys(_pieces(word), LEARNING.pieces))
    held.update({f"{one} {other}": LEARNING.pairs for one, other in zip(stems, stems[1:], strict=False)})
    return held | dict.fromkeys(stems, 1.0)


def _pieces(word: str) -> set[str]:
    """ "bac" -> "<ba", "bac", "ac>", "<bac", "bac>": no word holds these signs, so no piece is taken for one."""
    closed = f"<{word}>"
    return {"~" + closed[n : n + length] for length in LEARNING.piece_lengths for n in range(len(closed) - length + 1)}


@dataclass(frozen=True)
class Learnt:
    """`tells[row]`: what a part tells of each target; `rows`: from a part to its row; `rare`: how telling it is for being rare."""

    rows: Mapping[str, int] = field(default_factory=dict)
    rare: Sequence[float] = ()
    tells: np.ndarray = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))

    def answers(self, held: Held) -> np.ndarray:
        """For each target about 1 when it is meant, about 0 when not."""
        known = [(self.rows[part], value) for part, value in held.items() if part in self.rows]
        if not known:
            return np.zeros(self.tells.shape[1], dtype=np.float32)
        values = np.array([value * self.rare[row] for row, value in known], dtype=np.float32)
        return (values / np.linalg.norm(values)) @ self.tells[[row for row, _ in known]]


def learn(phrases: Sequence[tuple[int, Held]], targets: int) -> Learnt:
    """From phrases, each the number of its target and what it holds."""
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for n, (_target, held) in enumerate(phrases):
        for part, value in held.items():
            places[part].append((n, value))
    rare = {part: log(1 + len(phrases) / len(found)) for part, found in places.items()}
    lengths = [sqrt(sum((value * rare[part]) ** 2 for part, value in held.items())) or 1.0 for _target, held in phrases]
    columns = [
        (np.array([n for n, _ in found]), np.array([value * rare[part] / lengths[n] for n, value in found], dtype=np.float32))
        for part, found in places.items()
    ]
    alike = np.eye(len(phrases), dtype=np.float32) * LEARNING.ridge
    for numbers, values in columns:
        alike[np.ix_(numbers, numbers)] += np.outer(values, values)
    meant = np.zeros((len(phrases), targets), dtype=np.float32)
    meant[np.arange(len(phrases)), [target for target, _ in phrases]] = 1
    solved = np.linalg.solve(alike, meant)
    tells = np.array([values @ solved[numbers] for numbers, values in columns], dtype=np.float32)
    return Learnt({part: n for n, part in enumerate(places)}, [rare[part] for part in places], tells.reshape(len(columns), targets))
