"""Sentences told twice with another number, and "ces trois projets" where two were told just before."""

import re
from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from oppidum.figures.contradictions.findings import ERROR, WARNING, Finding
from oppidum.figures.contradictions.places import Reading, cite, lines_of, values_of
from oppidum.figures.contradictions.quantities import Quantity
from oppidum.figures.contradictions.reading_text import Block
from oppidum.figures.contradictions.units import COUNT, TIME
from oppidum.figures.contradictions.wording import stems

# A sentence has so many words of its own, at least, before its repetition means anything.
FEWEST_WORDS = 4
ALIKE = 0.8
_THESE = re.compile(r"\bces\s$", re.IGNORECASE)


def find(reading: Reading) -> Iterator[Finding]:
    yield from _repeated(reading)
    for block in reading.document.blocks:
        for quantity in reading.of(block):
            if quantity.unit is COUNT and _THESE.search(block.text[max(0, quantity.start - 5) : quantity.start]):
                yield from _check_these(reading, block, quantity)


def _sentences(reading: Reading) -> Iterator[tuple[frozenset[str], list[Quantity]]]:
    """The words of every sentence that has numbers, and its numbers."""
    for block in reading.document.blocks:
        said = reading.of(block)
        for start, end in block.sentences() if said else []:
            inside = [q for q in said if start <= q.start < end]
            words = frozenset(stems(block.text[start:end]))
            if inside and len(words) >= FEWEST_WORDS:
                yield words, inside


def _repeated(reading: Reading) -> Iterator[Finding]:
    told: dict[str, list[tuple[frozenset[str], list[Quantity]]]] = defaultdict(list)
    for words, inside in _sentences(reading):
        key = min(words)
        for before, others in told[key]:
            if len(words & before) >= ALIKE * len(words | before) and len(others) == len(inside):
                yield from _differences(others, inside, len(words & before) > FEWEST_WORDS)
        for word in sorted(words)[:2]:
            told[word].append((words, inside))


def _differences(before: list[Quantity], after: list[Quantity], is_long: bool) -> Iterator[Finding]:
    """One number of two differs: a mistake. All differ: another subject."""
    apart = [(one, other) for one, other in zip(before, after, strict=True) if not (one.is_like(other) and one.agrees(other))]
    if len(apart) != 1 or not apart[0][0].is_like(apart[0][1]):
        return
    one, other = apart[0]
    if len(before) == 1 and one.block.heading != other.block.heading and not is_long:
        return
    why = _("%(one)s and %(other)s stand in the same sentence, told twice with two values.") % {
        "one": cite(one),
        "other": cite(other),
    }
    yield Finding("two-values", lines_of(one, other), values_of(one, other), why, ERROR if len(before) > 1 else WARNING, one.noun)


def _check_these(reading: Reading, block: Block, quantity: Quantity) -> Iterator[Finding]:
    """ "Ces trois projets" speaks of the projects told last."""
    if not quantity.noun or quantity.unit.dimension in TIME:
        return
    above = [q for one in reading.document.blocks[max(0, block.index - 3) : block.index + 1] for q in reading.of(one)]
    told = [q for q in above if q.noun == quantity.noun and q.unit is COUNT and (q.block is not block or q.end <= quantity.start)]
    if not told or any(q.agrees(quantity) for q in told):
        return
    last = min(told, key=lambda q: max(q.value / quantity.value, quantity.value / q.value) if q.value and quantity.value else 0)
    why = _("%(these)s speaks of what is told just before, and that is %(told)s.") % {"these": cite(quantity), "told": cite(last)}
    yield Finding("two-values", lines_of(last, quantity), values_of(last, quantity), why, WARNING, quantity.noun)
