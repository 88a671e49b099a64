"""Key figures and their values of a year from a CSV file: all rows or none, as often as one likes.

    id  direction  theme  label_fr  label_en  value  unit  period  kind  precision  line  quote  method

A row whose value differs from what is known becomes a new entry, and the earlier one stays, superseded; a row that says the same
changes nothing. What is locked is left as it is, and told. An empty value defines the figure without declaring it.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from oppidum.cases.lists.reading import ListRefused, RowFault, read_table
from oppidum.figures.declared.changing import lock_edition
from oppidum.figures.declared.rows import KNOWN, REQUIRED, FigureRow, read_row
from oppidum.figures.declared.storing import store_entries, store_figures
from oppidum.figures.wording import is_known_unit
from oppidum.people.models import Directorate, Officer


@dataclass
class Imported:
    """What an import came to. With a fault nothing was changed; `notes` are worth a look, `locked` the figures left as they were."""

    year: int
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    locked: list[str] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Signed:
    """Who answers for the values of a file: with a validator (another person) they count as validated."""

    entered_by: Officer | None = None
    validated_by: Officer | None = None


def import_key_figures(path: Path, year: int | None = None, signed: Signed | None = None, *, dry_run: bool = False) -> Imported:
    """Read a file into the edition of `year` (by default the year that most of its periods name)."""
    signed = signed or Signed()
    try:
        table = read_table(path.read_bytes())
    except ListRefused as refused:
        return Imported(year or 0, faults=[RowFault(1, "", "", str(refused))])
    faults = _faults_of_header(table.header)
    found: list[tuple[int, FigureRow]] = []
    if not faults:
        for one in table.rows:
            row, wrong = read_row(one.number, one.cells)
            faults += wrong
            if row is not None:
                found.append((one.number, row))
        faults += _faults_between(found)
    if not faults and year is None and (year := _usual_year(found)) is None:
        faults.append(RowFault(1, "period", "", _("No row names a year: say it with --year.")))
    done = Imported(year or 0, len(found), faults=sorted(faults, key=lambda one: one.row))
    if faults or dry_run:
        return done
    done.notes = _notes([row for _number, row in found])
    with transaction.atomic():
        _store(done, [row for _number, row in found], path.name, signed)
    return done


def _store(done: Imported, found: list[FigureRow], source: str, signed: Signed) -> None:
    # The edition's row is locked first by whoever changes entries of the year: two imports follow one another.
    edition = lock_edition(done.year)
    figures = store_figures(found)
    stored = store_entries(edition, {row.name: row for row in found if row.value is not None}, figures, source, signed)
    done.new, done.changed, done.unchanged, done.locked = stored.new, stored.changed, stored.unchanged, stored.locked


def _faults_of_header(header: list[str]) -> list[RowFault]:
    if not any(header):
        return [RowFault(1, "", "", _("The file is empty: its first row names the columns."))]
    faults = [
        RowFault(1, name, "", _("This column is missing: add it to the first row.")) for name in REQUIRED if name not in header
    ]
    faults += [
        RowFault(1, name, "", _("This column stands twice: keep one."))
        for name, times in Counter(header).items()
        if name and times > 1
    ]
    unknown = [name for name in header if name and name not in KNOWN]
    known = ", ".join(KNOWN)
    return faults + [
        RowFault(1, name, "", _("This column isn't read here. Known columns: %(known)s.") % {"known": known}) for name in unknown
    ]


def _faults_between(found: list[tuple[int, FigureRow]]) -> list[RowFault]:
    first: dict[str, int] = {}
    faults = []
    for number, row in found:
        if row.name in first:
            says = _("This figure stands already in row %(row)d: keep one of them.") % {"row": first[row.name]}
            faults.append(RowFault(number, "id", row.name, says))
        first.setdefault(row.name, number)
    return faults


def _usual_year(found: list[tuple[int, FigureRow]]) -> int | None:
    years = Counter(row.period for _number, row in found if len(row.period) == 4 and row.period.isdigit())
    return int(years.most_common(1)[0][0]) if years else None


def _notes(found: list[FigureRow]) -> list[str]:
    """What can be loaded and yet deserves a look."""
    units = Counter(row.unit for row in found if not is_known_unit(row.unit))
    notes = [
        _("unit “%(unit)s” (%(count)d rows): there are no words for it, it will be shown as it is written")
        % {"unit": unit, "count": count}
        for unit, count in sorted(units.items())
    ]
    there = set(Directorate.objects.values_list("code", flat=True))
    missing: Mapping[str, int] = Counter(row.directorate for row in found if row.directorate not in there)
    notes += [
        _("directorate “%(code)s” (%(count)d rows): none of this authority has that code, so nobody can be asked for these figures")
        % {"code": code, "count": count}
        for code, count in sorted(missing.items())
    ]
    return notes
