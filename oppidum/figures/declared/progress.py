"""Where the figures of a year stand, by directorate, and the list behind each number."""

from dataclasses import dataclass
from datetime import date

from oppidum.core.sql import dict_rows, rows
from oppidum.figures.catalogue import all_figures
from oppidum.people.models import Directorate

# The filters of the list, as conditions on its columns; "late" is what is owed after its day.
VIEWS = {
    "all": "true",
    "requested": "e.state = 'requested'",
    "late": "e.state = 'requested' and e.due_on < %(today)s",
    "returned": "e.state = 'requested' and e.refused_because <> ''",
    "entered": "e.state = 'entered'",
    "validated": "e.state in ('validated', 'locked')",
    "missing": "e.id is null",
}


@dataclass(frozen=True)
class Progress:
    """The figures of a directorate by where they stand; `missing` ones were never asked for."""

    code: str
    name: str
    total: int
    missing: int
    requested: int
    late: int
    entered: int
    validated: int

    @property
    def share(self) -> int:
        """Validated ones in per cent, never rounded up to the whole."""
        return 100 * self.validated // self.total if self.total else 0


_PROGRESS = """
    select k.directorate, count(*), count(*) filter (where e.id is null), count(*) filter (where e.state = 'requested'),
        count(*) filter (where e.state = 'requested' and e.due_on < %(today)s), count(*) filter (where e.state = 'entered'),
        count(*) filter (where e.state in ('validated', 'locked'))
    from figures_keyfigure k left join figures_entry e on e.figure_id = k.id and e.year = %(year)s::int and e.is_current
    group by k.directorate
"""
_LIST = """
    select k.name, k.label_fr, k.label_en, k.directorate, k.theme, k.unit, e.id as entry, e.value, coalesce(e.state, '') as state,
        e.precision, e.due_on, e.entered_by_id, e.refused_because, e.evidence_id, o.first_name, o.last_name, o.username,
        b.value as before, b.year as before_year
    from figures_keyfigure k
    left join figures_entry e on e.figure_id = k.id and e.year = %(year)s::int and e.is_current
    left join lateral (select p.value, p.year from figures_entry p where p.figure_id = k.id and p.year < %(year)s::int
        and p.is_current and p.state in ('validated', 'locked') order by p.year desc limit 1) b on true
    left join people_officer o on o.id = e.entered_by_id
    where {where} order by k.rank, k.name
"""


def list_progress(year: int, today: date) -> list[Progress]:
    """Every directorate with key figures, by name. Two queries."""
    names = dict(Directorate.objects.values_list("code", "name"))
    found = rows(_PROGRESS, {"year": year, "today": today})
    return sorted((Progress(code, names.get(code, code), *counts) for code, *counts in found), key=lambda one: one.name)


def list_standing(
    year: int, today: date, *, view: str = "all", directorate: str = "", theme: str = "", words: str = ""
) -> list[dict]:
    """The key figures of a view, each with its entry and the last value told before. One query."""
    where, given = [VIEWS[view]], {"year": year, "today": today}
    for column, wanted in (("directorate", directorate), ("theme", theme)):
        if wanted:
            where.append(f"k.{column} = %({column})s::text")
            given[column] = wanted
    if words.strip():
        where.append("unaccent(k.label_fr || ' ' || k.label_en || ' ' || k.name) ilike '%%' || unaccent(%(words)s::text) || '%%'")
        given["words"] = words.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    computed = {figure.states: name for name, figure in all_figures().items() if figure.states}
    return [
        row | {"computed_by": computed.get(row["name"], "")} for row in dict_rows(_LIST.format(where=" and ".join(where)), given)
    ]


def list_editions(today: date) -> list[int]:
    """The years that have entries, and this one, newest first."""
    return sorted({today.year, *(year for (year,) in rows("select distinct year from figures_entry"))}, reverse=True)


_MOSTLY_TOLD = """
    select year from figures_entry where is_current and state in ('validated', 'locked')
    group by year having 2 * count(*) >= (select count(*) from figures_keyfigure) order by year desc limit 1
"""


def find_told_edition() -> int | None:
    """The newest year of which at least half of the key figures were told: the one that readers mean when they name none."""
    return next((year for (year,) in rows(_MOSTLY_TOLD)), None)
