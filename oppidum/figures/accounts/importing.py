"""Reading a file of accounts: all rows or none; a later file of the same name takes the place of the earlier one, which stays."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from oppidum.cases.lists.reading import ListRefused, RowFault, read_table
from oppidum.core import clock
from oppidum.figures.accounts.checking import Imbalance, check
from oppidum.figures.accounts.kinds import LAYOUTS, Layout, Line
from oppidum.figures.models import AccountFile, AccountLine
from oppidum.territory.models import Commune


@dataclass
class ImportedAccounts:
    """What an import came to. With a fault nothing was changed; what doesn't balance is told and loaded all the same."""

    kind: str
    rows: int = 0
    is_known: bool = False
    took_place_of: int = 0
    faults: list[RowFault] = field(default_factory=list)
    imbalances: list[Imbalance] = field(default_factory=list)


def import_accounts(path: Path, kind: str, *, dry_run: bool = False) -> ImportedAccounts:
    """Read a file of accounts of `kind`. The same content read again changes nothing."""
    layout, done = LAYOUTS[kind], ImportedAccounts(kind)
    content = path.read_bytes()
    mark = hashlib.sha256(content).hexdigest()
    try:
        table = read_table(content)
    except ListRefused as refused:
        done.faults = [RowFault(1, "", "", str(refused))]
        return done
    done.faults = _faults_of_header(layout, table.header)
    lines: list[Line] = []
    for row in table.rows if not done.faults else ():
        done.rows += 1
        cells = {name: " ".join((row.cells.get(name) or "").split()) for name in layout.known}
        read = layout.read(row.number, cells)
        if isinstance(read, list):
            done.faults += [RowFault(row.number, column, cells.get(column, ""), says) for column, says in read]
        else:
            lines.append(read)
    done.faults += _faults_of_communes(lines)
    if done.faults:
        return done
    done.imbalances = check(kind, lines)
    if not dry_run:
        _store(done, path.name[:200], mark, lines)
    return done


@transaction.atomic
def _store(done: ImportedAccounts, name: str, mark: str, lines: list[Line]) -> None:
    current = AccountFile.objects.select_for_update().filter(kind=done.kind, name=name, is_current=True).first()
    if current and current.mark == mark:
        done.is_known = True
        return
    if current:
        done.took_place_of = current.lines.count()
        AccountFile.objects.filter(pk=current.pk).update(is_current=False)
    file = AccountFile.objects.create(kind=done.kind, name=name, mark=mark, imported_at=clock.now())
    AccountLine.objects.bulk_create(
        [
            AccountLine(
                file=file,
                row=line.row,
                kind=done.kind,
                year=line.year,
                month=line.month,
                commune_id=line.commune or None,
                dimensions=line.dimensions,
                quantity=line.quantity,
                unit=line.unit,
            )
            for line in lines
        ],
        batch_size=2000,
    )


def _faults_of_header(layout: Layout, header: list[str]) -> list[RowFault]:
    if not any(header):
        return [RowFault(1, "", "", _("The file is empty: its first row names the columns."))]
    faults = [
        RowFault(1, name, "", _("This column is missing: add it to the first row.")) for name in layout.needed if name not in header
    ]
    known: Mapping[str, str] = {"known": ", ".join(layout.known)}
    return faults + [
        RowFault(1, name, "", _("This column isn't read here. Known columns: %(known)s.") % known)
        for name in header
        if name and name not in layout.known
    ]


def _faults_of_communes(lines: list[Line]) -> list[RowFault]:
    """Communes that the territory hasn't, by their INSEE code. One query."""
    named = {line.commune for line in lines if line.commune}
    there = set(Commune.objects.members().filter(code__in=named).values_list("code", flat=True)) if named else set()
    says = _("No commune of this territory has this INSEE code: correct it, or leave it empty for the whole territory.")
    return [RowFault(line.row, "commune", line.commune, says) for line in lines if line.commune and line.commune not in there]
