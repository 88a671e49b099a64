"""Lines of a text (often taken out of a PDF) put back into headings, paragraphs and list items, each character knowing its line.

What a page's layout broke is mended: sentences over several lines and blank lines, words cut by a hyphen, spaced-out letters,
unreadable marks. Nothing is thrown away: every line lands in a block.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from oppidum.figures.contradictions.dates import MONTH

BULLET = re.compile(r"^\s*(?:[•●▪◦‣*]|[-–—](?=\s|[a-zà-ÿA-ZÀ-Ÿ�\ue000-\uf8ff]))[\s�\ue000-\uf8ff]*")
NUMBERING = re.compile(r"^\s*[•●\s�\ue000-\uf8ff]*(?P<number>\d{1,2})(?:\s?[-–)°]|\.(?=\s))[-\s�\ue000-\uf8ff]+(?=[A-ZÀ-Ÿ«])")
MOST_TIMES = 2
_DIGIT = re.compile(r"\d")
_LOWER, _UPPER = re.compile("[a-zß-ÿœ]"), re.compile("[A-ZÀ-ÞŒ]")
_NOISE = re.compile("[\ufffd\ue000-\uf8ff\u200b\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_SPACED_OUT = re.compile(r"(?<![\w’'])(?:[a-zà-ÿA-ZÀ-Ÿ] ){3,}[a-zà-ÿA-ZÀ-Ÿ](?!\w)")
_HANGING = re.compile(
    r"(?:^|[\s’'])(?:de|du|des|d[’']|la|le|les|l[’']|à|au|aux|dans|sur|par|pour|et|en|dont|un|une|avec|entre|lez|sous|ou|plus de)$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…](?:[»)\s]|$)\s*(?=[A-ZÀ-Ÿ«0-9]|$)")
_MONTH_ALONE = re.compile(MONTH, re.IGNORECASE)
_FOOTER = re.compile(r"^\s*(?:\d*\s*\|\s*\d*|RAPPORT D[’'].{0,80}|.{0,60}\|\s*RAPPORT .{0,40})\s*$")


@dataclass
class Block:
    """A heading, a paragraph or a list item: `text` on one line; `starts` are (offset, line) pairs, one a source line."""

    index: int
    kind: str
    page: int
    text: str = ""
    starts: list[tuple[int, int]] = field(default_factory=list)
    heading: str = ""
    number: int | None = None
    after_blank: bool = False

    @cached_property
    def has_digits(self) -> bool:
        return _DIGIT.search(self.text) is not None

    @property
    def first_line(self) -> int:
        return self.starts[0][1]

    @property
    def last_line(self) -> int:
        return self.starts[-1][1]

    def line_at(self, offset: int) -> int:
        """The source line of the character at `offset`."""
        return self.starts[max(0, bisect_right(self.starts, (offset, 1 << 60)) - 1)][1]

    def lines_of(self, start: int, end: int) -> tuple[int, ...]:
        """The lines that the characters from `start` up to `end` stand on, first and last."""
        return tuple(sorted({self.line_at(start), self.line_at(max(start, end - 1))}))

    def sentences(self) -> list[tuple[int, int]]:
        """(start, end) of each sentence."""
        ends = [match.end() for match in _SENTENCE_END.finditer(self.text)]
        if not ends or ends[-1] < len(self.text):
            ends.append(len(self.text))
        return list(zip([0, *ends[:-1]], ends, strict=True))

    def sentence_of(self, offset: int) -> tuple[int, int]:
        return next(((s, e) for s, e in self.sentences() if s <= offset < e), (0, len(self.text)))


@dataclass
class Document:
    """The blocks of a text and the year that it reports on (None where it speaks of no year)."""

    blocks: list[Block]
    year: int | None

    def next_blocks(self, block: Block, most: int = 60) -> list[Block]:
        return self.blocks[block.index + 1 : block.index + 1 + most]


def is_heading_line(line: str) -> bool:
    if line.islower():
        return False
    lower, upper = len(_LOWER.findall(line)), len(_UPPER.findall(line))
    return lower + upper >= 3 and upper >= 4 * lower


def clean(line: str) -> str:
    """A line without marks that no reader sees; letters spaced out for justification brought together."""
    line = _SPACES.sub(" ", _NOISE.sub("", line.expandtabs(1)))
    return _SPACED_OUT.sub(lambda match: match[0].replace(" ", ""), line)


class _Builder:
    """Puts lines into blocks, one after the other."""

    def __init__(self, words: frozenset[str]):
        self.words, self.blocks, self.blank, self.page, self.headings = words, [], True, 0, []

    def take(self, number: int, raw: str) -> None:
        if raw.startswith((" ", "\x0c")):
            self.page += 1
        line = clean(raw)
        if not line.strip() or _FOOTER.match(line):
            self.blank = True
            return
        kind, text, numbered = self._kind_of(line)
        opens_page = raw[:1] in (" ", "\x0c") and (kind == "heading" or not text[0].islower()) and not self._hangs()
        if not opens_page and not _MONTH_ALONE.fullmatch(text) and self._continues(kind, text):
            self._append(number, text)
        else:
            self._open(kind, text, number, numbered)
        self.blank = False

    def _kind_of(self, line: str) -> tuple[str, str, int | None]:
        if numbered := NUMBERING.match(line):
            return "item", line[numbered.end() :].rstrip(), int(numbered["number"])
        if bullet := BULLET.match(line):
            return "item", line[bullet.end() :].rstrip(), None
        text = re.sub(r"\s+", " ", line.strip())
        return ("heading" if is_heading_line(text) else "paragraph"), text, None

    def _hangs(self) -> bool:
        """Whether the text so far can't stand alone: it ends on an article, a comma or a hyphen."""
        said = self.blocks[-1].text.rstrip() if self.blocks else ""
        return bool(_HANGING.search(said)) or said.endswith(("-", ",", "’"))

    def _continues(self, kind: str, text: str) -> bool:
        if not self.blocks or kind == "item":
            return False
        last = self.blocks[-1]
        said = last.text.rstrip()
        if _MONTH_ALONE.fullmatch(said):
            return False
        if self._hangs():
            return True
        if last.kind == "heading" and kind != "heading":
            return False
        if kind == "heading" and last.kind != "heading":
            is_label = re.fullmatch(r"[\d\s,.+%€xMK]+", said) is not None
            return (is_label or (not self.blank and len(text) < 12 and " " not in text)) and not self.blank
        if self.blank:
            return text[0].islower() and not said.endswith((".", "!", "?", ":")) and kind != "heading"
        return True

    def _append(self, number: int, text: str) -> None:
        block = self.blocks[-1]
        said = block.text.rstrip()
        if said.endswith("-") and text[0].islower() and self._is_cut(said, text):
            block.text = said[:-1]
        elif said.endswith(("-", "’")) and len(said) > 1 and said[-2].isalpha():
            block.text = said
        else:
            block.text = said + " "
        block.starts.append((len(block.text), number))
        block.text += text

    def _is_cut(self, said: str, text: str) -> bool:
        """Whether the hyphen cuts a word (mended) rather than joins two (kept)."""
        before, after = re.search(r"([\w-]*)-$", said)[1], re.match(r"\w*", text)[0]
        whole = f"{before}-{after}".lower()
        return whole not in self.words and not (before.lower() in self.words and after.lower() in self.words and len(before) > 3)

    def _open(self, kind: str, text: str, number: int, numbered: int | None) -> None:
        block = Block(len(self.blocks), kind, self.page, text, [(0, number)], number=numbered, after_blank=self.blank)
        self.blocks.append(block)


def _name_sections(blocks: list[Block]) -> None:
    """Give every block the last heading that names a subject: one told more than twice ("CHIFFRES CLÉS") names none."""
    told: dict[str, int] = {}
    for block in blocks:
        if block.kind == "heading":
            told[block.text] = told.get(block.text, 0) + 1
    last = ""
    for block in blocks:
        block.heading = last
        if block.kind == "heading" and told[block.text] <= MOST_TIMES and not _DIGIT.match(block.text):
            last = block.text


def _report_year(text: str) -> int | None:
    """The year told most often in full."""
    counts: dict[int, int] = {}
    for year in re.findall(r"(?<![\d,])(20\d{2}|19\d{2})(?![\d,])", text):
        counts[int(year)] = counts.get(int(year), 0) + 1
    return max(counts, key=counts.get) if counts else None


def read_text(source: str | list[str]) -> Document:
    """The document in a text, or in its lines (numbered from 1)."""
    lines = source.splitlines() if isinstance(source, str) else list(source)
    if isinstance(source, str) and "\x0c" in source:
        lines = source.replace("\x0c", "").split("\n")
    whole = "\n".join(lines)
    builder = _Builder(frozenset(word.lower() for word in re.findall(r"[^\W\d]+(?:-[^\W\d]+)*", whole)))
    for number, line in enumerate(lines, 1):
        builder.take(number, line)
    _name_sections(builder.blocks)
    return Document(builder.blocks, _report_year(whole))
