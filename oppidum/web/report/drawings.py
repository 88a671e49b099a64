"""One chart of the report on a page of its own, with its table, and to take away: SVG, PNG, CSV."""

import csv as csv_files
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oppidum.core.errors import NotFound
from oppidum.publishing.charts import render_png, render_svg
from oppidum.publishing.report.tree import Chapter, Drawing
from oppidum.web.report.entry import Reading, find_reading
from oppidum.web.report.markup import svg_for_page
from oppidum.web.spreadsheets import safe


@require_safe
def page(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """The chart, large, with its data as a table and the figures that it shows."""
    reading, chapter, drawing = _find(request, year, key)
    known = {one.name: one for one in reading.report.figures()}
    context = {
        "reading": reading,
        "report": reading.report,
        "year": year,
        "query": reading.query,
        "chapter": chapter,
        "drawing": drawing,
        "svg": svg_for_page(render_svg(drawing.chart.spec)),
        "formats": [
            ("report:chart-svg", _("Drawing (SVG)")),
            ("report:chart-png", _("Image (PNG)")),
            ("report:chart-csv", _("Data (CSV)")),
        ],
        "figures": [known[name] for name in drawing.chart.figures if name in known],
    }
    return render(request, "report/chart.html", context)


@require_safe
def svg(request: HttpRequest, year: int, key: str) -> HttpResponse:
    drawing = _find(request, year, key)[2]
    return _file(render_svg(drawing.chart.titled()), "image/svg+xml", f"{key}-{year}.svg")


@require_safe
def png(request: HttpRequest, year: int, key: str) -> HttpResponse:
    drawing = _find(request, year, key)[2]
    return _file(render_png(drawing.chart.titled()), "image/png", f"{key}-{year}.png")


@require_safe
def csv(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """The table twin, for a spreadsheet (RFC 4180, UTF-8 with its mark so that accents survive)."""
    drawing = _find(request, year, key)[2]
    out = io.StringIO()
    writer = csv_files.writer(out)
    writer.writerow(drawing.chart.columns)
    writer.writerows([safe(cell) for cell in row] for row in drawing.chart.rows)
    return _file(b"\xef\xbb\xbf" + out.getvalue().encode(), "text/csv; charset=utf-8", f"{key}-{year}.csv")


def _find(request: HttpRequest, year: int, key: str) -> tuple[Reading, Chapter, Drawing]:
    reading = find_reading(request, year)
    for chapter in reading.report.chapters():
        for drawing in chapter.drawings():
            if drawing.key == key:
                return reading, chapter, drawing
    raise NotFound(chart=key)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
