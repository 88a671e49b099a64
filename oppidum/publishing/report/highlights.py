"""Highlights of the year: dated events that officers write down, and what projects reached and delivered."""

from oppidum.publishing.models import ReportHighlight
from oppidum.publishing.projects import Achievement, list_achievements
from oppidum.publishing.report.tree import Highlight

# Which directorate tells of a project's theme.
_OF_THEME = {
    "mobility": "mobility",
    "housing": "planning-housing",
    "water": "living-environment-water",
    "waste": "living-environment-water",
    "environment": "ecology-culture-sport",
    "facilities": "ecology-culture-sport",
    "economy": "economy",
    "digital": "support",
}


def list_highlights(year: int, directorate: str = "") -> list[Highlight]:
    """The highlights of a year by day, those of one directorate where it is given; in the active language."""
    found = [_of_row(row) for row in ReportHighlight.objects.filter(on__year=year).order_by("on", "pk")]
    found += [_of_project(one) for one in list_achievements(year)]
    found.sort(key=lambda one: one.on)
    return [one for one in found if not directorate or one.directorate == directorate]


def _of_row(row: ReportHighlight) -> Highlight:
    return Highlight(on=row.on, title=row.title, directorate=row.directorate, project=row.project, address=row.address)


def _of_project(one: Achievement) -> Highlight:
    return Highlight(
        on=one.on,
        title=one.what,
        directorate=_OF_THEME.get(one.theme, ""),
        project=one.project,
        address=f"/projects/{one.public_id}/",
    )
