"""What a quantity speaks of, and whether two quantities speak of the same thing.

Each quantity has the stems after it (what is counted, and its restrictions), those before it and its heading's. Two subjects are one
when the first counted word is the same, when what they share weighs much, and when neither is narrowed by words that the other
never says. A word weighs the more, the fewer blocks of the text say it.
"""

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from oppidum.figures.contradictions.places import Reading
from oppidum.figures.contradictions.quantities import Quantity
from oppidum.figures.contradictions.wording import stems

AFTER, BEFORE = 8, 8
_ELLIPSIS = re.compile(r"^\s(?:sur|au|aux|à|en|dans|pour|hors)\s")
# The verb ends what is counted: "18 piscines ont accueilli".
_VERB = re.compile(
    r",|\s(?:est|sont|a|ont|était|étaient|sera|seront|peuvent|doit|doivent|permet\w*|représente\w*|bénéficie\w*|comprend\w*|compte\w*|fait|font|"
    r"vont|va|qui|que|où|afin|pour|accueille\w*|constitue\w*|concerne\w*|dispose\w*|portent|porte|bénéficiant|regroupant|représentant|concernant|accueillant|élabore\w*|assure\w*|couvre\w*|restent|reste)\s"
)
_YEAR = re.compile(r"(?<![\d,])(?:19|20)\d\d(?![\d,])")


@dataclass(frozen=True)
class Subject:
    """`counted` are the stems that follow the number, `around` those before it and of its heading, `years` those of its sentence."""

    quantity: Quantity
    noun: str
    counted: frozenset[str]
    around: frozenset[str]
    years: frozenset[str]


@dataclass(frozen=True)
class Likeness:
    """How alike two subjects are: weights of the shared counted words, of those of each side alone, of all shared words."""

    shared: float
    alone: tuple[float, float]
    around: float
    words: frozenset[str]

    @property
    def containment(self) -> float:
        return self.shared / (self.shared + min(self.alone)) if self.shared else 0.0

    @property
    def overlap(self) -> float:
        return self.shared / (self.shared + sum(self.alone)) if self.shared else 0.0


def _noun_phrase(quantity: Quantity) -> tuple[str, ...]:
    """The stems that follow the number up to the verb; all of them where a verb follows at once."""
    rest = quantity.block.text[quantity.end : quantity.end + 160]
    verb = _VERB.search(rest)
    if not verb:
        return quantity.after[:AFTER]
    phrase = stems(rest[: verb.start()])
    return tuple(word for word in quantity.after[:AFTER] if word in phrase) or quantity.after[:AFTER]


class Subjects:
    """The subjects of a reading, with the weight of every word."""

    def __init__(self, reading: Reading):
        self.reading = reading

    @cached_property
    def _counts(self) -> Counter:
        return Counter(stem for block in self.reading.document.blocks for stem in set(stems(block.text)))

    def weight(self, stem: str) -> float:
        blocks = max(60, len(self.reading.document.blocks))
        return max(0.2, math.log(blocks / (1 + self._counts[stem])) / math.log(blocks / 2))

    def weigh(self, words) -> float:
        return sum(self.weight(word) for word in words)

    def of(self, quantity: Quantity) -> Subject:
        block = quantity.block
        start, end = block.sentence_of(quantity.start)
        heading = stems(block.heading)
        counted, noun = _noun_phrase(quantity), quantity.noun
        following = self._label_after(quantity)
        if whole := self._whole_of(quantity):
            noun, counted = whole.noun, (*_noun_phrase(whole), *counted)
        elif not counted and not following and quantity.before:
            noun, counted = quantity.before[-1], quantity.before[-3:]
        around = {*quantity.before[-BEFORE:], *heading, *stems(block.text[max(0, start - 160) : end])[:30], *following}
        return Subject(
            quantity,
            noun,
            frozenset(counted if counted else (*counted, *following)),
            frozenset(around) - set(counted),
            frozenset(_YEAR.findall(block.text[start:end])),
        )

    def _whole_of(self, quantity: Quantity) -> Quantity | None:
        """What an elliptic part is a part of: in "5 772 points, dont 5 712 sur le territoire" points are meant twice."""
        if not _ELLIPSIS.match(quantity.block.text[quantity.end : quantity.end + 8]):
            return None
        if not re.search(r"\bdont (?:\w+ ){0,2}$", quantity.block.text[max(0, quantity.start - 24) : quantity.start]):
            return None
        told = [q for q in self.reading.of(quantity.block) if q.end <= quantity.start and q.is_like(quantity)]
        return told[-1] if told else None

    def _label_after(self, quantity: Quantity) -> list[str]:
        """The words of the next block, where a number alone is followed by its label."""
        block = quantity.block
        if block.text[quantity.end :].strip() or len(block.text) > quantity.end - quantity.start + 12:
            return []
        following = self.reading.document.next_blocks(block, 1)
        return stems(following[0].text)[:AFTER] if following and following[0].kind != "item" else []

    def compare(self, one: Subject, other: Subject) -> Likeness:
        shared = one.counted & other.counted
        alone = (
            self.weigh(one.counted - other.counted - other.around),
            self.weigh(other.counted - one.counted - one.around),
        )
        all_shared = (one.counted | one.around) & (other.counted | other.around)
        return Likeness(self.weigh(shared), alone, self.weigh(all_shared - shared), frozenset(shared))
