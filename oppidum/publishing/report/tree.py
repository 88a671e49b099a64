"""What a report is made of, between the Markdown that people write and the page or paper that readers get."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from oppidum.figures.key_figures import KeyFigureValue
from oppidum.publishing.charts import Chart

# ---- within a paragraph


@dataclass(frozen=True)
class Text:
    text: str


@dataclass(frozen=True)
class Break:
    """A line ends here."""


@dataclass(frozen=True)
class Span:
    """Marked words: `kind` is "strong" or "emphasis"."""

    kind: str
    inside: "tuple[Inline, ...]"


@dataclass(frozen=True)
class Link:
    address: str
    inside: "tuple[Inline, ...]"


@dataclass(frozen=True)
class FigureName:
    """A figure named in the text, `{NAME}` or `{NAME:FORM}`, at a line of it; assembled, it becomes a `Number`."""

    name: str
    form: str
    line: int


@dataclass(frozen=True)
class Number:
    """A key figure as it is said, with the page of its trail."""

    figure: KeyFigureValue
    said: str


Inline = Text | Break | Span | Link | FigureName | Number

# ---- a page's blocks


@dataclass(frozen=True)
class Paragraph:
    inside: tuple[Inline, ...]
    is_lead: bool = False


@dataclass(frozen=True)
class Heading:
    """`level` 2 is a section of the chapter, 3 a part of a section."""

    level: int
    inside: tuple[Inline, ...]
    anchor: str = ""


@dataclass(frozen=True)
class Listing:
    """Points, or numbered ones."""

    items: "tuple[tuple[Block, ...], ...]"
    is_numbered: bool = False


@dataclass(frozen=True)
class Quote:
    inside: "tuple[Block, ...]"


@dataclass(frozen=True)
class Directive:
    """`::: WHAT NAME NAME`: a place for something that isn't written by hand."""

    what: str
    names: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class FigureTable:
    """Key figures under each other, with their periods and, where there is one, the year compared with."""

    figures: tuple[KeyFigureValue, ...]
    compared: tuple[KeyFigureValue | None, ...] = ()
    caption: str = ""


@dataclass(frozen=True)
class KeyStrip:
    """A few figures in large, beside or above the text."""

    figures: tuple[KeyFigureValue, ...]


@dataclass(frozen=True)
class Drawing:
    """A chart or a map; `key` is its name in addresses, `number` its place in the report's list of charts."""

    key: str
    chart: Chart
    number: int = 0


Block = Paragraph | Heading | Listing | Quote | Directive | FigureTable | KeyStrip | Drawing

# ---- the whole


@dataclass(frozen=True, kw_only=True)
class Highlight:
    """Something that happened on a day of the year."""

    on: date
    title: str
    directorate: str = ""
    project: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """`missing` are figures that its text names and that have no value in the year: what names them is left out."""

    name: str
    title: str
    directorate: str
    blocks: tuple[Block, ...]
    number: str = ""
    missing: tuple[str, ...] = ()

    def drawings(self) -> list[Drawing]:
        return [block for block in self.blocks if isinstance(block, Drawing)]

    def figures(self) -> list[KeyFigureValue]:
        """Every key figure that the chapter says, once, in order."""
        return list({one.name: one for block in self.blocks for one in _figures_of(block)}.values())


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one directorate answers for."""

    directorate: str
    title: str
    tone: str
    chapters: tuple[Chapter, ...]
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class Report:
    """The report of a year in a language, ready for page and paper."""

    year: int
    language: str
    authority: str
    title: str
    parts: tuple[Part, ...]
    compared_with: int | None = None
    is_draft: bool = True
    highlights: tuple[Highlight, ...] = field(default_factory=tuple)

    def chapters(self) -> Iterator[Chapter]:
        for part in self.parts:
            yield from part.chapters

    def drawings(self) -> list[Drawing]:
        return [one for chapter in self.chapters() for one in chapter.drawings()]

    def figures(self) -> list[KeyFigureValue]:
        """Every key figure of the report, once, in order."""
        return list({one.name: one for chapter in self.chapters() for one in chapter.figures()}.values())

    def count_maps(self) -> int:
        return sum(one.chart.kind == "map" for one in self.drawings())


def _figures_of(block: "Block | Inline") -> Iterator[KeyFigureValue]:
    match block:
        case Number():
            yield block.figure
        case FigureTable() | KeyStrip():
            yield from block.figures
        case Paragraph() | Heading() | Quote() | Span() | Link():
            for one in block.inside:
                yield from _figures_of(one)
        case Listing():
            for item in block.items:
                for one in item:
                    yield from _figures_of(one)
