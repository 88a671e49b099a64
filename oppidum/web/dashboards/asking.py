"""What an address of a dashboard asks for: a year that has records, and one to compare it with."""

from oppidum.core.errors import NotFound
from oppidum.figures.overview import list_years
from oppidum.web.dashboards.recipes import recorded_year
from oppidum.web.figures.asking import asked_year


def years_of(request) -> tuple[int, int | None]:
    """`?year=` and `?before=`: the year shown, and the one beside it; by default the year before, if it has records."""
    year, years = asked_year(request), list_years()
    if raw := request.GET.get("before", ""):
        before = recorded_year(raw)
        if before == year:
            raise NotFound()
        return year, before
    return year, year - 1 if year - 1 in years else None


def year_choices() -> list[tuple[str, str]]:
    """The years that have records, for a choice."""
    return [(str(year), str(year)) for year in list_years()]
