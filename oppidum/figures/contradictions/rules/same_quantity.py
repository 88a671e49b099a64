"""Two values for one quantity, told in two places.

Two numbers meet when they count the same (see `subjects`). They are told as a contradiction when their words are alike enough and their
values look like one that was altered (see `nearness`), and when no other place explains them better: each quantity is held against
the place that speaks most like it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from oppidum.figures.contradictions.findings import ERROR, NOTICE, WARNING, Finding
from oppidum.figures.contradictions.nearness import digits_of, is_power_apart, nearness
from oppidum.figures.contradictions.places import Reading, cite, lines_of, values_of
from oppidum.figures.contradictions.quantities import Quantity
from oppidum.figures.contradictions.subjects import Likeness, Subject, Subjects
from oppidum.figures.contradictions.units import PERCENT, TIME

# From which score on two values are told as one quantity's; surely so from the second on.
ENOUGH, SURELY = 1.05, 1.9
# Places nearer than this are often the rows of one table, each with its own subject.
SIDE_BY_SIDE = 40
# How much nearness of the values adds to the likeness of the words.
_NEARNESS = {1.0: 0.6, 0.9: 0.4, 0.7: 0.15, 0.6: 0.0, 0.5: -0.1}
_UNLIKE = -1.1
_ITERATION = re.compile(r"\b(?:autres?|nouve\w+|suivant\w*|supplémentaires?|premi\w+|derni\w+)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Pair:
    one: Subject
    other: Subject
    likeness: Likeness
    score: float

    @property
    def quantities(self) -> tuple[Quantity, Quantity]:
        return self.one.quantity, self.other.quantity


def find(reading: Reading) -> Iterator[Finding]:
    pairs = list(_pairs(reading))
    best: dict[Quantity, float] = defaultdict(float)
    for pair in pairs:
        for quantity in pair.quantities:
            best[quantity] = max(best[quantity], pair.score)
    told: set[Quantity] = set()
    for pair in sorted(pairs, key=lambda p: -p.score):
        one, other = pair.quantities
        if one.agrees(other) or pair.score < ENOUGH or told & {one, other}:
            continue
        if pair.score < best[one] - 0.05 and pair.score < best[other] - 0.05:
            continue
        if _is_explained(reading, one, other) or _is_explained(reading, other, one):
            continue
        told |= {one, other}
        yield _finding(pair)


def _finding(pair: Pair) -> Finding:
    one, other = sorted(pair.quantities, key=lambda q: q.line)
    if is_power_apart(one.base, other.base):
        why = _("%(one)s and %(other)s tell the same digits at another magnitude.") % {"one": cite(one), "other": cite(other)}
    else:
        why = _("%(one)s and %(other)s seem to tell one quantity, with two values.") % {"one": cite(one), "other": cite(other)}
    severity = ERROR if pair.score >= SURELY else WARNING if pair.score >= ENOUGH + 0.25 else NOTICE
    return Finding("two-values", lines_of(one, other), values_of(one, other), why, severity, " ".join(sorted(pair.likeness.words)))


def _is_explained(reading: Reading, one: Quantity, other: Quantity) -> bool:
    """Whether the block of `one` tells the value of `other` too: a part beside its whole, last year's beside this year's."""
    return any(q is not one and q.is_like(other) and q.base == other.base for q in reading.of(one.block))


def _pairs(reading: Reading) -> Iterator[Pair]:
    subjects = Subjects(reading)
    by_word: dict[tuple[str, str], list[Subject]] = defaultdict(list)
    for quantity in reading.quantities:
        if quantity.unit.dimension in TIME or quantity.value < 2 or (quantity.unit is PERCENT and quantity.value == 100):
            continue
        subject = subjects.of(quantity)
        for word in subject.counted:
            by_word[(quantity.unit.dimension, word)].append(subject)
    for (_dimension, word), group in by_word.items():
        if len(group) > 120:
            continue
        for place, one in enumerate(group):
            for other in group[place + 1 :]:
                if word == min(one.counted & other.counted) and (pair := _compare(subjects, one, other)):
                    yield pair


def _compare(subjects: Subjects, one: Subject, other: Subject) -> Pair | None:
    first, second = one.quantity, other.quantity
    if one.noun not in other.counted or other.noun not in one.counted:
        return None
    if first.block is second.block and first.block.sentence_of(first.start) == second.block.sentence_of(second.start):
        return None
    if one.years and other.years and not one.years & other.years:
        return None
    likeness = subjects.compare(one, other)
    return Pair(one, other, likeness, _score(subjects, one, other, likeness))


def _score(subjects: Subjects, one: Subject, other: Subject, likeness: Likeness) -> float:
    """The likeness of the words, and of the values."""
    first, second = one.quantity, other.quantity
    words = likeness.shared + 0.3 * min(likeness.around, 4.0) - 0.5 * min(likeness.alone) - 0.12 * min(max(likeness.alone), 5.0)
    if first.agrees(second):
        return words + 0.5
    near = nearness(first.base, second.base)
    score = words + _NEARNESS.get(near, _UNLIKE)
    strictly = subjects.weigh(one.counted ^ other.counted)
    if abs(first.line - second.line) < SIDE_BY_SIDE and (
        len(likeness.words) < 2 or strictly > 0.3 or first.block.heading != second.block.heading
    ):
        return -1.0
    if len(likeness.words) < 2 and likeness.around < 1.5:
        score -= 0.35
    if max(first.value, second.value) < 10:
        score -= 0.6
    if not near and (min(likeness.alone) > 0.2 or len(likeness.words) < 2):
        return -1.0
    if len(digits_of(first.value)) == len(digits_of(second.value)) == 1 and not first.unit.symbol:
        score -= 0.2
    return score
