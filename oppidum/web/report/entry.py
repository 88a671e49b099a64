"""Who reads which edition: everybody a published one, officers with the right to figures its draft before."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from oppidum.core.errors import NotFound
from oppidum.figures.models import Entry
from oppidum.figures.overview import list_years
from oppidum.people.models import Right
from oppidum.publishing.models import ReportEdition
from oppidum.publishing.report.editions import read_report
from oppidum.publishing.report.outline import LANGUAGES
from oppidum.publishing.report.tree import Chapter, Report
from oppidum.web.desk.entry import officers_only, require_right


@dataclass(frozen=True)
class Reading:
    """A report as this reader may read it. `compared_with` is what they asked for, or the edition's own choice."""

    edition: ReportEdition
    report: Report
    compared_with: int | None
    is_draft: bool

    @property
    def query(self) -> str:
        """What every address of the report keeps."""
        return f"?compare={self.compared_with}" if self.compared_with and self.compared_with != self.edition.compared_with else ""

    def chapter(self, name: str) -> Chapter:
        """A chapter, or `NotFound`."""
        found = next((one for one in self.report.chapters() if one.name == name), None)
        if found is None:
            raise NotFound(chapter=name)
        return found


def language() -> str:
    """The language that the page is read in, as the report knows it."""
    code = (get_language() or "fr")[:2]
    return code if code in LANGUAGES else "fr"


def may_see_drafts(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.may(Right.FIGURES)


def find_reading(request: HttpRequest, year: int) -> Reading:
    """The report of a year. Raises `NotFound` for a draft that isn't this reader's to see."""
    edition = ReportEdition.objects.filter(year=year).first()
    if edition is None or not (edition.is_published or may_see_drafts(request)):
        raise NotFound(year=year)
    compared_with = asked_comparison(request, year) or edition.compared_with
    report = read_report(year, language(), compared_with, is_draft=not edition.is_published)
    return Reading(edition, report, compared_with, not edition.is_published)


def asked_comparison(request: HttpRequest, year: int) -> int | None:
    """`?compare=2022`, if there are figures of that year."""
    asked = request.GET.get("compare", "")
    return int(asked) if asked.isdigit() and len(asked) == 4 and int(asked) in comparable_years(year) else None


def comparable_years(year: int) -> list[int]:
    """Other years that have figures, newest first."""
    known = set(Entry.objects.filter(is_current=True).values_list("year", flat=True).distinct()) | set(list_years())
    return sorted(known - {year}, reverse=True)


def writers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The page is for officers who may see internal figures: they write the report."""

    @wraps(view)
    @officers_only
    def guarded(request, *args, **kwargs):
        require_right(request, Right.FIGURES)
        return view(request, *args, **kwargs)

    return guarded
