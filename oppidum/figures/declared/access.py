"""Who may enter, validate and lock: the right "figures" within one's own directorate, the right "report" for the whole.

Everybody with the right "figures" reads all key figures at the desk, whoever owns them.
"""

from collections.abc import Collection
from dataclasses import dataclass

from oppidum.figures.models import Entry, KeyFigure
from oppidum.people.models import Directorate, Officer, Right


@dataclass(frozen=True)
class Reach:
    """What an officer may do with declared figures; read once per request."""

    officer: int
    directorates: frozenset[str]
    teams: frozenset[int]
    has_figures: bool
    owns_report: bool
    is_everywhere: bool = False

    def may_enter(self, figure: KeyFigure) -> bool:
        """Only those whose department answers for it."""
        return self.has_figures and (self.is_everywhere or figure.directorate in self.directorates or figure.owner_id in self.teams)

    def may_validate(self, figure: KeyFigure) -> bool:
        """Of the same department, or in charge of the report; whether they entered it themselves is asked of the entry."""
        return self.owns_report or self.may_enter(figure)

    def entered(self, entry: Entry) -> bool:
        return entry.entered_by_id == self.officer


def reach_of(officer: Officer) -> Reach:
    """Two queries at most."""
    teams = frozenset(officer.teams.values_list("pk", flat=True))
    codes = Directorate.objects.filter(teams__in=teams).values_list("code", flat=True) if teams else []
    return Reach(
        officer.pk,
        frozenset(codes),
        teams,
        officer.may(Right.FIGURES),
        officer.may(Right.REPORT),
        officer.is_superuser,
    )


def list_answerable(directorates: Collection[str]) -> dict[str, list[Officer]]:
    """Who is asked for the figures of each directorate: its active officers with the right "figures" and an address. Two queries."""
    found: dict[str, list[Officer]] = {code: [] for code in directorates}
    officers = (
        Officer.objects.filter(is_active=True, role__rights__contains=[Right.FIGURES], teams__directorate__code__in=directorates)
        .exclude(email="")
        .distinct()
        .order_by("pk")
        .prefetch_related("teams__directorate")
    )
    for officer in officers:
        for code in {team.directorate.code for team in officer.teams.all() if team.directorate}:
            if code in found:
                found[code].append(officer)
    return found
