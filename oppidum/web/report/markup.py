"""A chapter's blocks as HTML: every word escaped, every number a link to its trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from oppidum.core.numbers import NO_BREAK
from oppidum.figures.key_figures import KeyFigureValue
from oppidum.figures.wording import say_change
from oppidum.publishing.charts import render_all
from oppidum.publishing.report.setting import unusual_period
from oppidum.publishing.report.tree import (
    Block,
    Break,
    Drawing,
    FigureTable,
    Heading,
    Inline,
    KeyStrip,
    Link,
    Listing,
    Number,
    Paragraph,
    Quote,
    Span,
    Text,
)
from oppidum.publishing.typography import printed


@dataclass(frozen=True)
class Piece:
    """A block ready for the template: `kind` is "html", "key", "table" or "chart"."""

    kind: str
    html: SafeString = SafeString("")
    rows: Sequence[Any] = ()
    drawing: Drawing | None = None
    has_comparison: bool = False


@dataclass(frozen=True)
class Row:
    """A key figure in a table or in large."""

    figure: KeyFigureValue
    period: str
    compared: str = ""
    change: str = ""

    @property
    def in_large(self) -> str:
        """The value as it stands in large: a long one may break before its unit."""
        said = self.figure.qualified
        return said.replace(NO_BREAK, " ") if len(said) > 11 else said


def pieces_of(blocks: Sequence[Block], language: str) -> list[Piece]:
    """The blocks in order; their charts are drawn together."""
    drawings = [block for block in blocks if isinstance(block, Drawing)]
    drawn = dict(zip((one.key for one in drawings), render_all([one.chart.spec for one in drawings]), strict=True))
    return [_piece(block, language, drawn) for block in blocks]


def _piece(block: Block, language: str, drawn: dict[str, bytes]) -> Piece:
    match block:
        case KeyStrip():
            return Piece("key", rows=[Row(one, unusual_period(one)) for one in block.figures])
        case FigureTable():
            return Piece("table", rows=_rows(block), has_comparison=bool(block.compared))
        case Drawing():
            return Piece("chart", html=svg_for_page(drawn[block.key]), drawing=block)
    return Piece("html", html=block_html(block, language))


def svg_for_page(svg: bytes) -> SafeString:
    """Our own drawing, as it stands in a page: its description is around it."""
    return mark_safe(svg.decode().replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))


def _rows(block: FigureTable) -> list[Row]:
    compared = block.compared or (None,) * len(block.figures)
    return [_row(one, other) for one, other in zip(block.figures, compared, strict=True)]


def _row(one: KeyFigureValue, other: KeyFigureValue | None) -> Row:
    if other is None or other.value is None or one.value is None:
        return Row(one, unusual_period(one))
    return Row(one, unusual_period(one), other.said, say_change(one.value, other.value, one.unit))


def block_html(block: Block, language: str) -> SafeString:
    """A block of words."""
    match block:
        case Paragraph():
            lead = mark_safe(' class="report-lead"') if block.is_lead else ""
            return format_html("<p{}>{}</p>", lead, inline_html(block.inside, language))
        case Heading():
            words = inline_html(block.inside, language)
            return format_html('<h{} id="{}">{}</h{}>', block.level, block.anchor, words, block.level)
        case Listing():
            items = ((mark_safe("".join(block_html(one, language) for one in item)),) for item in block.items)
            tag = "ol" if block.is_numbered else "ul"
            return format_html("<{}>{}</{}>", tag, format_html_join("", "<li>{}</li>", items), tag)
        case Quote():
            return format_html("<blockquote>{}</blockquote>", mark_safe("".join(block_html(one, language) for one in block.inside)))
    return SafeString("")


def inline_html(inside: Sequence[Inline], language: str) -> SafeString:
    """Words, marks, links, and numbers with their trails."""
    return format_html_join("", "{}", ((_inline(one, language),) for one in inside))


def _inline(one: Inline, language: str) -> SafeString | str:
    match one:
        case Text():
            return printed(one.text, language)
        case Break():
            return mark_safe("<br>")
        case Span():
            tag = "strong" if one.kind == "strong" else "em"
            return format_html("<{}>{}</{}>", tag, inline_html(one.inside, language), tag)
        case Link():
            return format_html('<a href="{}">{}</a>', one.address, inline_html(one.inside, language))
        case Number():
            return format_html('<a class="told" href="{}" title="{}">{}</a>', one.figure.trail, one.figure.label, one.said)
    return ""
