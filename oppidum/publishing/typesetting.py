"""From the data of papers to one PDF file, and back to each paper in it.

Typst sets a chunk of papers in one compilation, in a few milliseconds each, with fonts that it carries: every machine makes the
same pages. The file is tagged (PDF/UA-1) and made to last (PDF/A-2a).
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import segno
import typst

from oppidum.core import clock

TEMPLATES = Path(__file__).parent / "templates"
STANDARDS = ["ua-1", "a-2a"]


class LostPaper(Exception):
    """A file whose outline doesn't tell where each paper begins: its parts can't be found again."""


@dataclass(frozen=True)
class Typeset:
    """A PDF file, and the first page of each paper in it, from 0; `pages` is how many there are in all."""

    pdf: bytes
    starts: tuple[int, ...]
    pages: int

    def span(self, n: int) -> tuple[int, int]:
        """First page of the paper at position `n`, and how many it has."""
        end = self.starts[n + 1] if n + 1 < len(self.starts) else self.pages
        return self.starts[n], end - self.starts[n]


def typeset(papers: Sequence[Mapping[str, Any]]) -> Typeset:
    """All papers in one file, in their order; see `composing.py` for what a paper's data hold."""
    pdf = typst.compile(
        TEMPLATES / "papers.typ",
        root=TEMPLATES,
        ignore_system_fonts=True,
        sys_inputs={"papers": json.dumps(papers, ensure_ascii=False)},
        pdf_standards=STANDARDS,
        timestamp=clock.now().replace(microsecond=0),
    )
    with pikepdf.open(io.BytesIO(pdf)) as read:
        starts = _starts(read)
        if len(starts) != len(papers):
            raise LostPaper(f"{len(papers)} papers were set, {len(starts)} are found again")
        return Typeset(pdf, starts, len(read.pages))


def _starts(pdf: pikepdf.Pdf) -> tuple[int, ...]:
    """Where each paper begins: the outline's entries of the first level, in one walk over the pages."""
    numbers = {page.obj.objgen: n for n, page in enumerate(pdf.pages)}
    with pdf.open_outline() as outline:
        return tuple(numbers[entry.destination[0].objgen] for entry in outline.root)


def code_image(link: str, alt: str) -> dict[str, str]:
    """A link as a QR code, drawn as SVG, with its text alternative."""
    out = io.BytesIO()
    segno.make(link, error="m").save(out, kind="svg", border=0, xmldecl=False, svgns=True, dark="#1B2430")
    return {"svg": out.getvalue().decode(), "alt": alt}
