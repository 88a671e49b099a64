"""A text read for the rules: its blocks, its quantities, and how a place is cited."""

from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from oppidum.figures.contradictions.quantities import Quantity, quantities_of
from oppidum.figures.contradictions.reading_text import Block, Document

SHOWN_WORDS = 6


@dataclass
class Reading:
    """A document with its quantities, read once for all rules."""

    document: Document

    @cached_property
    def quantities(self) -> list[Quantity]:
        return quantities_of(self.document)

    @cached_property
    def by_block(self) -> dict[int, list[Quantity]]:
        found: dict[int, list[Quantity]] = {}
        for quantity in self.quantities:
            found.setdefault(quantity.block.index, []).append(quantity)
        return found

    def of(self, block: Block) -> list[Quantity]:
        """The quantities of a block, in order."""
        return self.by_block.get(block.index, [])

    def items_after(self, block: Block) -> list[Block]:
        """The list items that `block` announces: those right behind it, up to the first block that is none."""
        items: list[Block] = []
        following = self.document.next_blocks(block)
        for place, one in enumerate(following):
            is_tail = bool(items) and one.kind == "paragraph" and len(one.text.split()) <= 4 and one.text[-1:] not in ".:;"
            if (
                is_tail
                and place + 1 < len(following)
                and following[place + 1].kind == "item"
                and following[place + 1].page == one.page
            ):
                continue
            if items and (one.number is None) != (items[0].number is None):
                break
            if one.kind != "item" or one.first_line - (items or [block])[-1].last_line > 6:
                break
            items.append(one)
        return items


def cite(quantity: Quantity, words: int = SHOWN_WORDS) -> str:
    """The quantity as a reader finds it: quoted, with its line."""
    return cite_words(quantity.quoted(words), quantity.line)


# Where the numbers are key figures and not a text's, the names of their lines.
naming: ContextVar[dict[int, str] | None] = ContextVar("naming", default=None)


def cite_words(words: str, line: int) -> str:
    if names := naming.get():
        return _("“%(words)s”") % {"words": names.get(line, words)}
    return _("“%(words)s” (line %(line)s)") % {"words": words, "line": line}


def lines_of(*quantities: Quantity) -> tuple[int, ...]:
    return tuple(sorted({line for quantity in quantities for line in quantity.lines}))


def values_of(*quantities: Quantity) -> tuple[str, ...]:
    return tuple(quantity.written for quantity in quantities)
