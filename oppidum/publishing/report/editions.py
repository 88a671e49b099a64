"""The report of a year as it is read now: facts and texts put together, remembered for a while, and its PDF made ahead and kept."""

import hashlib
from datetime import timedelta
from pathlib import Path

from django.utils.translation import override

from oppidum.core import clock
from oppidum.figures.remembering import remember
from oppidum.publishing import keeping
from oppidum.publishing.models import ReportEdition, ReportFile
from oppidum.publishing.report.assembling import assemble
from oppidum.publishing.report.chapters import words_of
from oppidum.publishing.report.cover import territory_svg
from oppidum.publishing.report.facts import Facts
from oppidum.publishing.report.gathering import TOLERANCE_M, gather
from oppidum.publishing.report.outline import LANGUAGES
from oppidum.publishing.report.setting import SetReport, set_pdf
from oppidum.publishing.report.tree import Report
from oppidum.publishing.report.workflow import bodies_of
from oppidum.territory.outlines import outlines_geojson

KEPT = timedelta(minutes=5)
COVER_LINE = "#3D7C96"


def facts_of(year: int, language: str, compared_with: int | None, *, validated_only: bool) -> Facts:
    """The facts of a year in a language, gathered once in five minutes."""

    def make() -> Facts:
        with override(language):
            return gather(year, compared_with=compared_with, validated_only=validated_only)

    return remember(("report facts", year, language, compared_with, validated_only), make, KEPT)


def read_report(year: int, language: str, compared_with: int | None = None, *, is_draft: bool) -> Report:
    """The report. A draft has every text and every value; what everybody reads, the approved and the validated ones alone."""
    bodies = bodies_of(year, language, approved_only=not is_draft)
    words = hashlib.sha256(repr(sorted(bodies.items())).encode()).hexdigest()

    def make() -> Report:
        facts = facts_of(year, language, compared_with, validated_only=not is_draft)
        with override(language):
            return assemble(facts, bodies, is_draft=is_draft)

    return remember(("report", year, language, compared_with, is_draft, words), make, KEPT)


def make_pdf(report: Report) -> SetReport:
    """The report as PDF, with its cover."""
    with override(report.language):
        return set_pdf(report, clock.now(), territory_svg(outlines_geojson(TOLERANCE_M), COVER_LINE))


def make_file(edition: ReportEdition, language: str) -> ReportFile | None:
    """Make the PDF of an edition and keep it; None when the one that is kept says the same. Its name has its content's print, so that a
    reader who is downloading the one before gets it whole."""
    report = read_report(edition.year, language, edition.compared_with, is_draft=not edition.is_published)
    made_from = _print_of(report)
    kept = ReportFile.objects.filter(edition=edition, language=language).first()
    if kept is not None and kept.made_from == made_from and keeping.path_of(kept.file).exists():
        return None
    made = make_pdf(report)
    name = f"reports/{edition.year}-{language}-{hashlib.sha256(made.pdf).hexdigest()[:12]}.pdf"
    sha256 = keeping.store(name, made.pdf)
    values = {
        "made_from": made_from,
        "file": name,
        "sha256": sha256,
        "size": len(made.pdf),
        "pages": made.pages,
        "charts": made.charts,
        "maps": made.maps,
        "made_at": clock.now(),
    }
    return ReportFile.objects.update_or_create(edition=edition, language=language, defaults=values)[0]


def make_missing_files() -> int:
    """The PDF of every edition whose texts or figures changed since; gives how many were made."""
    editions = ReportEdition.objects.order_by("-year")[:5]
    return sum(make_file(edition, language) is not None for edition in editions for language in LANGUAGES)


def find_file(year: int, language: str, *, is_draft: bool) -> tuple[ReportFile, Path] | None:
    """The kept PDF, if its file is there. A draft's is not for everybody: once published, one made before is not given out."""
    kept = ReportFile.objects.filter(edition=year, language=language).select_related("edition").first()
    if kept is None:
        return None
    published_at = kept.edition.published_at
    if not is_draft and (published_at is None or kept.made_at < published_at):
        return None
    path = keeping.path_of(kept.file)
    return (kept, path) if path.exists() else None


def _print_of(report: Report) -> str:
    """What the report says, as a digest: instants of counting apart, which change with every minute."""
    said: list[object] = [report.title, report.compared_with, report.is_draft, report.highlights]
    for chapter in report.chapters():
        said += [chapter.number, chapter.title, *(words_of(block) for block in chapter.blocks)]
        said += [(one.name, one.qualified, one.is_validated, one.label) for one in chapter.figures()]
        said += [(one.key, one.chart.title, one.chart.rows) for one in chapter.drawings()]
    return hashlib.sha256(repr(said).encode()).hexdigest()
