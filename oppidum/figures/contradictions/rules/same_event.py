"""Two days for one event, told in two places: the opening of one base on 12 October and on 8 December."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from oppidum.figures.contradictions.dates import LONE_MONTHS, WEEKDAY_AND_DAY, dates_in, month_number
from oppidum.figures.contradictions.findings import WARNING, Finding
from oppidum.figures.contradictions.places import Reading, cite_words
from oppidum.figures.contradictions.reading_text import Block
from oppidum.figures.contradictions.subjects import Subjects
from oppidum.figures.contradictions.wording import stems

# How much the words of two events must share, and which part of the shorter one's they must be.
ENOUGH, MOSTLY = 2.2, 0.62
# How much of its own the less particular of two events may say, for what both share.
ALONE = 0.3
# So many meaning words in the same order are no chance.
SAME_RUN = 4
# An item of fewer words is understood with its heading alone.
BARE = 8
_MONTH_STEMS = frozenset(
    stems(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche"
    )
)
_DEADLINE = re.compile(r"\b(?:depuis|avant|après|d[’']ici|jusqu[’']au|à compter du|à partir du|au|dès)\s(?:le\s)?$", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Event:
    """What happened on `day` (month, day; `year` where it is told), as `written` in `block`."""

    day: tuple[int, int]
    year: int | None
    written: str
    lines: tuple[int, ...]
    words: frozenset[str]
    block: Block

    @property
    def told(self) -> tuple[str, ...]:
        """The words of its own sentence, in order."""
        at = self.block.text.find(self.written[:4])
        first, last = self.block.sentence_of(max(0, at))
        return tuple(word for word in stems(self.block.text[first:last]) if word not in _MONTH_STEMS)

    @property
    def is_bare(self) -> bool:
        """Whether it needs its heading to be understood."""
        first, last = self.block.sentence_of(self.block.text.find(self.written[:4]) if self.written[:4] in self.block.text else 0)
        return self.block.kind == "item" and len(stems(self.block.text[first:last])) < BARE

    @property
    def topic(self) -> frozenset[str]:
        """The words of its section's heading."""
        return frozenset(stems(self.block.heading))

    def may_be(self, other: "Event") -> bool:
        return not (self.year and other.year and self.year != other.year)


def find(reading: Reading) -> Iterator[Finding]:
    subjects = Subjects(reading)
    events = list(_events(reading))
    pairs = sorted(_pairs(subjects, events), key=lambda pair: -pair[0])
    settled: set[Event] = set()
    for _weight, one, other in pairs:
        if settled & {one, other}:
            continue
        settled |= {one, other}
        if one.day != other.day:
            yield _finding(one, other)


def _finding(one: Event, other: Event) -> Finding:
    first, last = sorted((one, other), key=lambda event: event.lines)
    why = _("%(one)s and %(other)s seem to tell one event, on two days.") % {
        "one": cite_words(_quoted(first), first.lines[0]),
        "other": cite_words(_quoted(last), last.lines[0]),
    }
    shared = " ".join(sorted(one.words & other.words)[:6])
    return Finding("two-values", tuple(sorted({*first.lines, *last.lines})), (first.written, last.written), why, WARNING, shared)


def _quoted(event: Event) -> str:
    at = event.block.text.find(event.written[:4])
    return " ".join(event.block.text[max(0, at) :].split()[:9])


def _events(reading: Reading) -> Iterator[Event]:
    month: list[int] = []
    for block in reading.document.blocks:
        if block.kind == "heading" and LONE_MONTHS.fullmatch(block.text.strip()):
            month = [month_number(block.text.strip())] if not month or block.index else month
        for written in dates_in(block.text) if block.has_digits else []:
            before = block.text[max(0, written.start - 14) : written.start]
            words = _words_at(reading, block, written.start, written.end)
            if words and not (_DEADLINE.search(before) and "du" not in before.split()[-2:]):
                yield Event(
                    (written.month, written.day),
                    written.year,
                    written.written,
                    block.lines_of(written.start, written.end),
                    words,
                    block,
                )
        if month and block.has_digits and (match := WEEKDAY_AND_DAY.match(block.text)):
            words = _words_at(reading, block, *match.span())
            if words:
                yield Event(
                    (month[0], int(match["day"])), None, " ".join(match[0].split()), block.lines_of(*match.span()), words, block
                )


def _words_at(reading: Reading, block: Block, start: int, end: int) -> frozenset[str]:
    """The words of the event: its sentence, its heading, and the block below where the date stands alone."""
    first, last = block.sentence_of(start)
    said = stems(block.text[first:last])
    around = stems(block.heading) if block.kind == "item" and len(said) < BARE else []
    if len([word for word in said if word not in _MONTH_STEMS]) < 2:
        below = reading.document.next_blocks(block, 1)
        said += stems(below[0].text) if below else []
    return frozenset(word for word in (*said, *around) if word not in _MONTH_STEMS)


def _pairs(subjects: Subjects, events: list[Event]) -> Iterator[tuple[float, Event, Event]]:
    by_word: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        for word in event.words:
            by_word[word].append(event)
    for word, group in by_word.items():
        for place, one in enumerate(group):
            for other in group[place + 1 :]:
                shared = one.words & other.words
                if word == min(shared) and (weight := _weigh(subjects, one, other, shared)):
                    yield weight, one, other


def _longest_run(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many meaning words both tell in the same order, without a break."""
    longest, before = 0, [0] * (len(other) + 1)
    for word in one:
        row = [0] * (len(other) + 1)
        for place, name in enumerate(other, 1):
            if word == name:
                row[place] = before[place - 1] + 1
                longest = max(longest, row[place])
        before = row
    return longest


def _weigh(subjects: Subjects, one: Event, other: Event, shared: frozenset[str]) -> float:
    """How surely both are one event; 0 where they are not."""
    if one.block is other.block or not one.may_be(other) or abs(one.lines[0] - other.lines[0]) <= 3:
        return 0.0
    if one.is_bare and other.is_bare and len(one.topic & other.topic) * 2 < len(one.topic | other.topic):
        return 0.0
    if one.block.heading == other.block.heading:
        shared = shared - one.topic
    weight = subjects.weigh(shared)
    least = min(subjects.weigh(one.words), subjects.weigh(other.words))
    own = min(subjects.weigh(one.words - other.words - other.topic), subjects.weigh(other.words - one.words - one.topic))
    if weight >= ENOUGH and _longest_run(one.told, other.told) >= SAME_RUN:
        return weight
    if weight < ENOUGH or weight < MOSTLY * least or own > ALONE * weight:
        return 0.0
    return weight * weight / least
