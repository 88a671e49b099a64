"""Two values for one quantity, told in two places.

Two numbers meet when they count the same (see `subjects`). They are told as a contradiction when their words are alike enough and their
values look like one that was altered (see `nearness`), and when no other place explains them better: each quantity is held against
the place that speaks most like it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from oppidum.figures.contradictions.findings import ERROR, NOTICE, WARNING, Finding
from oppidum.figures.contradictions.nearness import digits_of, is_power_apart, nearness
from oppidum.figures.contradictions.places import Reading, cite, lines_of, values_of
from oppidum.figures.contradictions.quantities import Quantity
from oppidum.figures.contradictions.subjects import Likeness, Subject, Subjects
from oppidum.figures.contradictions.units import PERCENT, TIME
from oppidum.figures.contradictions.wording import stems

# From which score on two values are told as one quantity's; surely so from the second on.
ENOUGH, SURELY = 1.025, 1.9
# Places nearer than this are often the rows of one table, each with its own subject.
SIDE_BY_SIDE = 40
# Words of so much weight in its heading alone make it another section.
OWN_HEADING = 0.5
# Exact measures so near each other, of four digits or more, are one measure rounded twice.
TWINS = Decimal("1.002")
# How much nearness of the values adds to the likeness of the words.
_NEARNESS = {1.0: 0.6, 0.9: 0.4, 0.7: 0.15, 0.6: 0.0, 0.5: -0.1}
_UNLIKE = -1.1


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
    subjects_told: list[Subject] = []
    for quantity in reading.quantities:
        if quantity.unit.dimension in TIME or quantity.value < 2 or (quantity.unit is PERCENT and quantity.value == 100):
            continue
        subject = subjects.of(quantity)
        subjects_told.append(subject)
        for word in subject.counted:
            by_word[(quantity.unit.dimension, word)].append(subject)
    yield from _twins(subjects_told, subjects)
    for (_dimension, word), group in by_word.items():
        if len(group) > 120:
            continue
        for place, one in enumerate(group):
            for other in group[place + 1 :]:
                if word == min(one.counted & other.counted) and (pair := _compare(subjects, one, other)):
                    yield pair


def _twins(subjects: list[Subject], told: Subjects) -> Iterator[Pair]:
    """Exact measures that can hardly be two: 7 751 km and 7 750 km."""
    measured = sorted(
        (one for one in subjects if one.quantity.unit.dimension in _SPECIFIC),
        key=lambda one: (one.quantity.unit.symbol, one.quantity.value),
    )
    for one, other in zip(measured, measured[1:], strict=False):
        if _are_twins(one.quantity, other.quantity):
            yield Pair(one, other, told.compare(one, other), ENOUGH + 0.1)


def _compare(subjects: Subjects, one: Subject, other: Subject) -> Pair | None:
    first, second = one.quantity, other.quantity
    same_noun = one.noun in other.counted and other.noun in one.counted
    if not same_noun and (first.unit.dimension not in _SPECIFIC or len(one.counted & other.counted) < 2):
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
    words = likeness.shared + 0.25 * min(likeness.around, 4.0) - 0.45 * min(likeness.alone) - 0.1 * min(max(likeness.alone), 3.0)
    words += 0.35 * (first.unit.dimension in _SPECIFIC) + 0.2 * (_is_definite(first) or _is_definite(second))
    words += _of_actions(first, second) + 0.35 * bool((one.years & other.years) - {str(subjects.reading.document.year)})
    if first.agrees(second):
        return words + 0.5
    if _are_rows(subjects, one, other, likeness):
        return -1.0
    near = nearness(first.base, second.base)
    if "about" in (first.precision, second.precision) and near <= 0.6:
        return -1.0
    if not near and (max(likeness.alone) > 0.3 or len(likeness.words) < 2):
        return -1.0
    score = words + _NEARNESS.get(near, _UNLIKE) - 0.2 * min(max(likeness.alone), 2.0)
    if (_is_definite(first) or _is_definite(second)) and not max(likeness.alone) and first.unit is second.unit:
        score += 0.4
    elif len(likeness.words) < 2:
        score -= 0.35 * (likeness.around < 1.5) + 0.3 * _is_elsewhere(subjects, first, second)
    if max(first.value, second.value) < 10:
        score -= 0.4
    if first.unit.dimension == "money" and near < 0.9:
        score -= 0.3
    if len(digits_of(first.value)) == len(digits_of(second.value)) == 1 and not first.unit.symbol:
        score -= 0.2
    return score


_SPECIFIC = frozenset(("length", "area", "volume", "mass", "energy", "power"))
_DEFINITE = re.compile(r"\b(?:les|des|ses|aux|nos|leurs)\s$", re.IGNORECASE)
_ACTION = re.compile(r"([\w-]+) (?:de |d[’'])(?:plus de |près de |environ |plus d[’']|quelque )?$", re.IGNORECASE)


def _is_definite(quantity: Quantity) -> bool:
    return bool(_DEFINITE.search(quantity.block.text[max(0, quantity.start - 6) : quantity.start]))


def _are_twins(first: Quantity, second: Quantity) -> bool:
    if first.unit is not second.unit or first.unit.dimension not in _SPECIFIC or first.value == second.value:
        return False
    is_long = min(len(digits_of(first.value)), len(digits_of(second.value))) >= 3 and min(first.value, second.value) >= 1000
    return is_long and max(first.value / second.value, second.value / first.value) <= TWINS


def _of_actions(first: Quantity, second: Quantity) -> float:
    """What is done to the counted: "la démolition de 900 logements" is not "la rénovation de 800 logements"."""
    actions = [_ACTION.search(q.block.text[max(0, q.start - 50) : q.start]) for q in (first, second)]
    named = [stems(action[1]) if action else [] for action in actions]
    if not all(named):
        return 0.0
    return 0.3 if named[0] == named[1] else -0.9


def _is_elsewhere(subjects: Subjects, first: Quantity, second: Quantity) -> bool:
    """Whether each stands under a heading that names something of its own."""
    headings = [frozenset(stems(q.block.heading)) for q in (first, second)]
    own = (subjects.weigh(headings[0] - headings[1]), subjects.weigh(headings[1] - headings[0]))
    return min(own) >= OWN_HEADING


def _are_rows(subjects: Subjects, one: Subject, other: Subject, likeness: Likeness) -> bool:
    """Whether two neighbours are rows of one table or sentences of one account, each with a subject of its own."""
    first, second = one.quantity, other.quantity
    if abs(first.line - second.line) >= SIDE_BY_SIDE:
        return False
    if first.block is second.block:
        return True
    rows = [_is_row(q) for q in (first, second)]
    differ = subjects.weigh(one.counted ^ other.counted) > 0.3 or first.block.heading != second.block.heading
    return rows[0] == rows[1] and (len(likeness.words) < 2 or differ or first.unit is PERCENT)


def _is_row(quantity: Quantity) -> bool:
    """A list item, or a short label that begins with its number."""
    text = quantity.block.text
    return quantity.block.kind == "item" or (len(text) < 220 and re.match(r"(?:[^\d]{0,9}\s)?\d", text) is not None)
