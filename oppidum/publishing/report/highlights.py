"""Highlights of the year: dated events that officers write down, and milestones of projects.

A room above that knows dated facts of its own (the projects of a service) gives them with `add_source`: a function from a year to
highlights, called each time.
"""

from collections.abc import Callable, Iterable

from oppidum.publishing.models import ReportHighlight
from oppidum.publishing.report.tree import Highlight

Source = Callable[[int], Iterable[Highlight]]
_sources: list[Source] = []


def add_source(source: Source) -> None:
    """One more place where highlights come from; said twice, it counts once."""
    if source not in _sources:
        _sources.append(source)


def list_highlights(year: int, directorate: str = "") -> list[Highlight]:
    """The highlights of a year by day, those of one directorate where it is given; in the active language."""
    found = [_of_row(row) for row in ReportHighlight.objects.filter(on__year=year).order_by("on", "pk")]
    for source in _sources:
        found += [one for one in source(year) if one.on.year == year]
    found.sort(key=lambda one: one.on)
    return [one for one in found if not directorate or one.directorate == directorate]


def _of_row(row: ReportHighlight) -> Highlight:
    return Highlight(on=row.on, title=row.title, directorate=row.directorate, project=row.project, address=row.address)
