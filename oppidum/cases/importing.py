"""A whole file filed at once, all of it or nothing: the command's way. The desk's, in pieces by the worker, is `lists/uploads.py`.

    columns     applicant.kind  applicant.name  contact.email  kind  day  lines.0.what  lines.0.amount  ...
    our own     key (the row's name in the system that it comes from: imported again it is the same case), filed_on, lon, lat, address

Nothing is filed as long as one row has a fault; every fault is told by row and column. A line of the file is a row: the header is row 1.
"""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from oppidum.cases.declaration import Service
from oppidum.cases.filing import file_cases
from oppidum.cases.lists.columns import columns_for, faults_of_header
from oppidum.cases.lists.reading import ListRefused, RowFault, read_table
from oppidum.cases.lists.rows import Keys, read_rows
from oppidum.core import clock

__all__ = ["Imported", "columns_for", "import_file"]


@dataclass
class Imported:
    """What an import came to: rows read, faults, and, when there were none and it was no rehearsal, the codes of new cases."""

    rows: int = 0
    faults: list[RowFault] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    known: int = 0


def import_file(service: type[Service], path: Path, *, dry_run: bool = False, now: datetime | None = None) -> Imported:
    """File each row of a CSV file as a case. Rows that were imported before (same `key`, else same content) are found, not filed."""
    now = now or clock.now()
    try:
        table = read_table(path.read_bytes())
    except ListRefused as refused:
        return Imported(faults=[RowFault(1, "", "", str(refused))])
    if wrong := [RowFault(1, column, "", says) for column, says in faults_of_header(service, table.header)]:
        return Imported(faults=wrong)
    read = read_rows(service, table.rows, Keys(table.rows), now)
    done = Imported(rows=len(read), faults=[fault for one in read for fault in one.faults])
    if done.faults or dry_run:
        return done
    for one, filed in zip(read, file_cases([one.case for one in read if one.case], now), strict=True):
        if filed.refusal:  # What a booking refuses is known only when it is taken; the other rows stand.
            done.faults.append(RowFault(one.row.number, filed.refusal.field or "", "", str(filed.refusal)))
            continue
        done.codes += [filed.code] if filed.is_new else []
        done.known += not filed.is_new
    return done
