"""Closed months written to the lake: each table's month is one file, written aside and put into place whole.

Rows stream from PostgreSQL's COPY through Arrow into Parquet, in batches, without an object for a row. A month is written again when
its rows are no longer those that were written: something was entered late, or a file was destroyed. `notes.json` keeps what each month
was, version by version.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as parquet
from django.conf import settings
from django.db import connection

from oppidum.core import clock
from oppidum.core.calendar import add_months
from oppidum.core.sql import rows
from oppidum.figures.lake.tables import TABLES, Table, kept_names

FILE, NOTES = "data.parquet", "notes.json"
BLOCK = 1 << 22  # bytes of CSV that Arrow parses at a time
_NO_MONTH = ""


class Written(NamedTuple):
    """What a run wrote: files, rows, and the months that were written again."""

    files: int
    rows: int
    again: list[str]


def lake_folder() -> Path:
    """Where the lake lies: OPPIDUM_LAKE, else `lake` in OPPIDUM_VAR."""
    return Path(settings.LAKE)


def write_lake(until: date | None = None, folder: Path | None = None) -> Written:
    """Write every closed month that is not there as it is now. `until`: a day of the last month wanted (default: the last closed one)."""
    folder, this_month = folder or lake_folder(), clock.today().replace(day=1)
    end = min(this_month, add_months(until.replace(day=1), 1)) if until else this_month
    folder.mkdir(parents=True, exist_ok=True)
    files, count, again = 0, 0, []
    with _alone(folder):
        notes = read_notes(folder)
        for table in TABLES:
            known = notes.setdefault(table.name, {})
            for month, seen in (_seen_months(table, end, set(known)) if table.at else {_NO_MONTH: ""}).items():
                if table.at and known.get(month, {}).get("seen") == seen:
                    continue
                written = _write_month(folder, table, month)
                files, count = files + 1, count + written
                if table.at:
                    again += [f"{table.name} {month}"] if month in known else []
                    known[month] = _note(known.get(month), written, seen)
                    _write_notes(folder, notes)
    return Written(files, count, again)


def _note(before: dict | None, written: int, seen: str) -> dict[str, Any]:
    earlier = [*before["earlier"], {name: before[name] for name in ("version", "rows", "written_at")}] if before else []
    version = before["version"] + 1 if before else 1
    return {
        "version": version,
        "rows": written,
        "seen": seen,
        "written_at": clock.now().isoformat(timespec="seconds"),
        "earlier": earlier,
    }


def _seen_months(table: Table, end: date, known: set[str]) -> dict[str, str]:
    """What each closed month is now, by its name: one query. A month that was written and has no rows left is empty."""
    month = f"to_char({table.at} at time zone 'Europe/Paris', 'YYYY-MM')"
    sql = f"select {month}, count(*), {table.seen()} from {table.rows} where {table.at} < %(end)s group by 1 order by 1"
    found = {name: f"{counted} {seen}" for name, counted, seen in rows(sql, _kept() | {"end": clock.midnight(end)})}
    emptied = {month: "0" for month in known if month < f"{end:%Y-%m}" and month not in found}
    return dict(sorted((emptied | found).items()))


def _kept() -> dict[str, str]:
    return {"kept": json.dumps(kept_names())}


def _write_month(folder: Path, table: Table, month: str) -> int:
    """One file; returns its rows."""
    place = folder / table.name / (f"month={month}" if month else "") / FILE
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_suffix(".aside")
    written = 0
    with parquet.ParquetWriter(aside, table.schema(), compression="zstd") as out:
        for batch in _batches(table, month):
            out.write_batch(batch)
            written += batch.num_rows
    with aside.open("rb") as done:
        os.fsync(done.fileno())
    os.replace(aside, place)
    return written


def _batches(table: Table, month: str) -> Iterator[pa.RecordBatch]:
    columns = ", ".join(f'{sql} as "{name}"' for name, (sql, _) in table.columns.items())
    where, given = "true", _kept()
    if month:
        first = date.fromisoformat(f"{month}-01")
        given |= {"first": clock.midnight(first), "next": clock.midnight(add_months(first, 1))}
        where = f"{table.at} >= %(first)s and {table.at} < %(next)s" + (f" and {table.since} >= %(first)s" if table.since else "")
    connection.ensure_connection()
    # The statement is bound here: COPY takes no parameters.
    with psycopg.ClientCursor(connection.connection) as cursor:
        statement = cursor.mogrify(f"copy (select {columns} from {table.rows} where {where}) to stdout (format csv)", given)
        with cursor.copy(statement) as copied:
            source = _Stream(copied)
            if source.is_empty():
                return
            yield from csv.open_csv(
                source,
                read_options=csv.ReadOptions(column_names=list(table.columns), block_size=BLOCK),
                parse_options=csv.ParseOptions(newlines_in_values=True),
                convert_options=csv.ConvertOptions(
                    column_types=table.schema(),
                    null_values=[""],
                    true_values=["t"],
                    false_values=["f"],
                    strings_can_be_null=True,
                    quoted_strings_can_be_null=False,
                ),
            )


class _Stream:
    """What COPY sends, as a file that Arrow reads."""

    closed = False

    def __init__(self, copied: psycopg.Copy):
        self._blocks, self._left = iter(copied), b""

    def is_empty(self) -> bool:
        self._left = bytes(next(self._blocks, b""))
        return not self._left

    def read(self, size: int = -1) -> bytes:
        parts, have = [self._left], len(self._left)
        while size < 0 or have < size:
            block = next(self._blocks, None)
            if block is None:
                break
            parts.append(bytes(block))
            have += len(block)
        whole = b"".join(parts)
        if size < 0:
            size = len(whole)
        self._left = whole[size:]
        return whole[:size]

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def close(self) -> None:
        self.closed = True


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One writer at a time; the others wait."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def read_notes(folder: Path) -> dict[str, dict[str, dict]]:
    """What was written: table -> month -> version, rows, what its rows were, when, and the versions before."""
    path = folder / NOTES
    return json.loads(path.read_text()) if path.exists() else {}


def _write_notes(folder: Path, notes: dict) -> None:
    aside = folder / f"{NOTES}.aside"
    aside.write_text(json.dumps(notes, indent=1, sort_keys=True))
    os.replace(aside, folder / NOTES)
