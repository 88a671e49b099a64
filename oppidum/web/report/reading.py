"""The report as pages: the editions, the front page of one, a chapter, the index of its figures, the PDF."""

from dataclasses import dataclass
from itertools import pairwise

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from oppidum.core.errors import NotFound
from oppidum.publishing.models import ReportEdition
from oppidum.publishing.report.chapters import plain
from oppidum.publishing.report.editions import find_file
from oppidum.publishing.report.tree import Chapter, Heading
from oppidum.publishing.report.words import index_of, lists_of, overview_of
from oppidum.web.report.entry import Reading, comparable_years, find_reading, language, may_see_drafts
from oppidum.web.report.markup import Row, pieces_of


@dataclass(frozen=True)
class Section:
    """A section of a chapter, for its contents."""

    anchor: str
    title: str


@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """The reports that this reader may read, newest first."""
    found = ReportEdition.objects.all()
    if not may_see_drafts(request):
        found = found.exclude(published_at=None)
    return render(request, "report/editions.html", {"editions": found})


@require_safe
def home(request: HttpRequest, year: int) -> HttpResponse:
    """The front page: the year in figures, highlights, contents."""
    reading = find_reading(request, year)
    context = _context(reading) | {
        "overview": [Row(one, "") for one in overview_of(reading.report)],
        "highlights": lists_of(reading.report),
        "years": comparable_years(year),
        "count": len(reading.report.figures()),
    }
    return render(request, "report/home.html", context)


@require_safe
def chapter(request: HttpRequest, year: int, chapter: str) -> HttpResponse:
    """One chapter, with the ones before and after."""
    reading = find_reading(request, year)
    found = reading.chapter(chapter)
    before, after = _neighbours(reading, found)
    part = next(one for one in reading.report.parts if found in one.chapters)
    context = _context(reading) | {
        "chapter": found,
        "part": part,
        "pieces": pieces_of(found.blocks, language()),
        "sections": [Section(b.anchor, plain(b.inside)) for b in found.blocks if isinstance(b, Heading) and b.level == 2],
        "before": before,
        "after": after,
        "years": comparable_years(year),
    }
    return render(request, "report/chapter.html", context)


@require_safe
def index(request: HttpRequest, year: int) -> HttpResponse:
    """Every key figure of the report, with its source and the chapters that tell it."""
    reading = find_reading(request, year)
    told: dict[str, list[Chapter]] = {}
    for one in reading.report.chapters():
        for figure in one.figures():
            told.setdefault(figure.name, []).append(one)
    letters = index_of(reading.report)
    for letter in letters:
        for item in letter["items"]:
            item["chapters"] = told.get(item["name"], [])
            item["trail"] = f"{reverse('figures:figure', args=[item['name']])}?year={year}"
    return render(request, "report/index.html", _context(reading) | {"letters": letters})


@require_safe
def pdf(request: HttpRequest, year: int) -> HttpResponse:
    """The PDF that was made ahead."""
    reading = find_reading(request, year)
    found = find_file(year, language(), is_draft=reading.is_draft)
    if found is None:
        return render(request, "report/no_pdf.html", _context(reading), status=404)
    kept, path = found
    answer = FileResponse(path.open("rb"), content_type="application/pdf", filename=f"report-{year}-{kept.language}.pdf")
    answer["ETag"] = f'"{kept.sha256[:32]}"'
    return answer


def _context(reading: Reading) -> dict:
    found = find_file(reading.report.year, language(), is_draft=reading.is_draft)
    return {
        "reading": reading,
        "report": reading.report,
        "year": reading.report.year,
        "query": reading.query,
        "file": found[0] if found else None,
    }


def _neighbours(reading: Reading, found: Chapter) -> tuple[Chapter | None, Chapter | None]:
    chapters = list(reading.report.chapters())
    if found not in chapters:
        raise NotFound()
    before = {b.name: a for a, b in pairwise(chapters)}
    after = {a.name: b for a, b in pairwise(chapters)}
    return before.get(found.name), after.get(found.name)
