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
Column = tuple[np.ndarray, np.ndarray]  # the phrases that hold a part, and how much each does

FREQUENT = 40  # phrases from which on a part is multiplied with others at once
STEPS = 14
TINY = np.float32(1e-20)


@dataclass(frozen=True)
class Learning:
    """How much the parts of a phrase count beside its words, and how far one phrase alone is not believed. Cross-validated."""

    pairs: float = 0.8
    pieces: float = 0.7
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
    meant = np.zeros((len(phrases), targets), dtype=np.float32)
    meant[np.arange(len(phrases)), [target for target, _ in phrases]] = 1
    solved = _solve(_alike(columns, len(phrases)), meant)
    tells = np.array([values @ solved[numbers] for numbers, values in columns], dtype=np.float32)
    return Learnt({part: n for n, part in enumerate(places)}, [rare[part] for part in places], tells.reshape(len(columns), targets))


def _alike(columns: Sequence[Column], phrases: int) -> np.ndarray:
    """How alike each two phrases are, `phrases` squared, with the ridge: what many hold is multiplied at once, the rest part by part."""
    frequent = [column for column in columns if len(column[0]) >= FREQUENT]
    table = np.zeros((len(frequent), phrases), dtype=np.float32)
    for row, (numbers, values) in zip(table, frequent, strict=True):
        row[numbers] = values
    alike = table.T @ table
    own = np.full(phrases, LEARNING.ridge, dtype=np.float32)
    for numbers, values in columns:
        if len(numbers) == 1:
            own[numbers] += values**2
        elif len(numbers) < FREQUENT:
            alike[numbers[:, None], numbers] += values[:, None] * values
    alike[np.diag_indices(phrases)] += own
    return alike


def _solve(alike: np.ndarray, meant: np.ndarray) -> np.ndarray:
    """By conjugate gradients (Hestenes and Stiefel, 1952), all targets at once: the ridge keeps the equations so well apart that
    `STEPS` of them leave an error far below what a score tells."""
    solved, left = np.zeros_like(meant), meant.copy()
    towards, size = left.copy(), (left**2).sum(0)
    for _ in range(STEPS):
        moved = alike @ towards
        share = size / np.maximum((towards * moved).sum(0), TINY)
        solved += share * towards
        left -= share * moved
        before, size = size, (left**2).sum(0)
        towards = left + size / np.maximum(before, TINY) * towards
    return solved
