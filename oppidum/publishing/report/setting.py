"""The report on paper: one PDF for screen and print, tagged (PDF/UA-1) and made to last (PDF/A-2a), the same from every machine.

Everything variable goes to the Typst template as one JSON text: no word of an author is ever read as markup.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pikepdf
import segno
import typst
from django.conf import settings

from oppidum.figures.key_figures import KeyFigureValue
from oppidum.publishing.charts import render_all
from oppidum.publishing.charts.drawing import FONTS
from oppidum.publishing.report.tree import (
    Block,
    Break,
    Chapter,
    Drawing,
    FigureTable,
    Heading,
    Inline,
    KeyStrip,
    Link,
    Listing,
    Number,
    Paragraph,
    Part,
    Quote,
    Report,
    Span,
    Text,
)
from oppidum.publishing.report.words import index_of, lists_of, overview_of, words
from oppidum.publishing.typesetting import STANDARDS
from oppidum.publishing.typography import printed

TEMPLATE = Path(__file__).parent / "report.typ"


@dataclass(frozen=True)
class SetReport:
    """The PDF, and what was counted in it."""

    pdf: bytes
    pages: int
    charts: int
    maps: int


def set_pdf(report: Report, now: datetime, cover: str = "") -> SetReport:
    """The report as a PDF file; `cover` is the territory as SVG. Call it in the report's language."""
    pdf = _compile(report, now, cover, format="pdf", pdf_standards=STANDARDS, timestamp=now.replace(microsecond=0))
    with pikepdf.open(io.BytesIO(pdf)) as read:
        pages = len(read.pages)
    maps = report.count_maps()
    return SetReport(pdf, pages, len(report.drawings()) - maps, maps)


def set_pages(report: Report, now: datetime, cover: str = "", dpi: int = 72) -> list[bytes]:
    """The same pages as PNG images: what tests and eyes look at."""
    made = _compile(report, now, cover, format="png", ppi=dpi)
    return made if isinstance(made, list) else [made]


def _compile(report: Report, now: datetime, cover: str, **options: Any) -> Any:
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"report": json.dumps(report_data(report, now, cover), ensure_ascii=False)},
        **options,
    )


def report_data(report: Report, now: datetime, cover: str) -> dict[str, Any]:
    """All that the template says."""
    drawings = report.drawings()
    svgs = dict(zip((one.number for one in drawings), render_all([one.chart.spec for one in drawings]), strict=True))
    write = _Writer(report, svgs)
    return {
        "lang": report.language,
        "year": str(report.year),
        "title": printed(report.title, report.language),
        "authority": printed(report.authority, report.language),
        "cover": cover,
        "is_draft": report.is_draft,
        "words": words(report, now),
        "overview": [write.figure(one) for one in overview_of(report)],
        "highlights": lists_of(report),
        "parts": [write.part(one) for one in report.parts],
        "index": index_of(report),
    }


class _Writer:
    """Blocks to the template's JSON, in the report's typography."""

    def __init__(self, report: Report, svgs: Mapping[int, bytes]) -> None:
        self.report, self.svgs = report, svgs

    def part(self, part: Part) -> dict[str, Any]:
        return {
            "number": part.number,
            "title": self._print(part.title),
            "tone": part.tone,
            "chapters": [self.chapter(one) for one in part.chapters],
        }

    def chapter(self, chapter: Chapter) -> dict[str, Any]:
        address = f"{settings.PUBLIC_URL}/report/{self.report.year}/{chapter.name}/"
        return {
            "number": chapter.number,
            "title": self._print(chapter.title),
            "address": address,
            "qr": _qr(address),
            "blocks": [self.block(one) for one in chapter.blocks],
        }

    def block(self, block: Block) -> dict[str, Any]:
        match block:
            case Paragraph():
                return {"k": "lead" if block.is_lead else "p", "c": self.inlines(block.inside)}
            case Heading():
                return {"k": "h", "level": block.level, "c": self.inlines(block.inside)}
            case Listing():
                items = [[self.block(one) for one in item] for item in block.items]
                return {"k": "ol" if block.is_numbered else "ul", "items": items}
            case Quote():
                return {"k": "quote", "c": [self.block(one) for one in block.inside]}
            case KeyStrip():
                return {"k": "key", "figures": [self.figure(one) for one in block.figures]}
            case FigureTable():
                return self.table(block)
            case Drawing():
                return self.drawing(block)
        return {"k": "p", "c": []}

    def table(self, block: FigureTable) -> dict[str, Any]:
        compared = [one.said if one and one.value is not None else "–" for one in block.compared]
        return {"k": "table", "figures": [self.figure(one) for one in block.figures], "compared": compared}

    def drawing(self, block: Drawing) -> dict[str, Any]:
        chart = block.chart
        return {
            "k": "chart",
            "number": str(block.number),
            "title": self._print(chart.title),
            "svg": self.svgs[block.number].decode(),
            "alt": chart.alt,
            "note": self._print(chart.note),
            "is_map": chart.kind == "map",
            "address": f"{settings.PUBLIC_URL}/report/{self.report.year}/charts/{block.key}/",
        }

    def figure(self, one: KeyFigureValue) -> dict[str, Any]:
        return {
            "name": one.name,
            "label": self._print(one.label),
            "said": one.qualified,
            "period": self._print(unusual_period(one)),
            "href": f"{settings.PUBLIC_URL}{one.trail}",
            "is_validated": one.is_validated,
        }

    def inlines(self, inside: Sequence[Inline]) -> list[dict[str, Any]]:
        return [made for one in inside for made in self._inline(one)]

    def _inline(self, one: Inline) -> list[dict[str, Any]]:
        match one:
            case Text():
                return [{"k": "t", "t": self._print(one.text)}]
            case Break():
                return [{"k": "br"}]
            case Span():
                return [{"k": one.kind, "c": self.inlines(one.inside)}]
            case Link():
                address = f"{settings.PUBLIC_URL}{one.address}" if one.address.startswith("/") else one.address
                return [{"k": "a", "href": address, "c": self.inlines(one.inside)}]
            case Number():
                return [{"k": "n", "name": one.figure.name, "t": one.said, "href": f"{settings.PUBLIC_URL}{one.figure.trail}"}]
        return []

    def _print(self, text: object) -> str:
        return printed(text, self.report.language)


def unusual_period(one: KeyFigureValue) -> str:
    """The period in words where it is neither the year nor its last day, which go without saying."""
    return "" if one.period in ("", str(one.year), f"as-of-{one.year}-12-31") else one.said_period


def _qr(link: str) -> str:
    out = io.BytesIO()
    segno.make(link, error="m").save(out, kind="svg", border=0, xmldecl=False, svgns=True, dark="#1B2430")
    return out.getvalue().decode()
