"""Where a run can go on after it was killed: each worker's lanes and tally in a file, named by the transaction that they belong to.

The file is written and synced first; then the transaction that holds the days' work is committed with the file's number in the table
of checkpoints. Killed before, the database is back at the checkpoint before, whose file is still there.
"""

import os
import pickle
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from oppidum.core.sql import rows, server_cursor

_TABLE = """
    create table if not exists rehearsal_checkpoint (worker int primary key, number int not null, day date not null, done boolean not null)
"""
_WRITE = """
    insert into rehearsal_checkpoint (worker, number, day, done) values (%s::int, %s::int, %s::date, %s::boolean)
    on conflict (worker) do update set number = excluded.number, day = excluded.day, done = excluded.done
"""


@dataclass(frozen=True)
class Checkpoint:
    """The last day that a worker lived to its end, and what it had in mind then."""

    number: int
    day: date
    done: bool


def make_table() -> None:
    """The table of checkpoints: part of a run's database alone, and of no installation's."""
    with server_cursor() as cursor:
        cursor.execute(_TABLE)


def read_checkpoint(worker: int) -> Checkpoint | None:
    """The last one that was committed, or None at the beginning."""
    found = rows("select number, day, done from rehearsal_checkpoint where worker = %s::int", [worker])
    return Checkpoint(*found[0]) if found else None


def write_checkpoint(folder: Path, worker: int, checkpoint: Checkpoint, state: Any) -> None:
    """Write the file, then the row in the caller's transaction: whoever commits it commits both."""
    path = _path(folder, worker, checkpoint.number)
    with path.open("wb") as file:
        pickle.dump(state, file, protocol=pickle.HIGHEST_PROTOCOL)
        file.flush()
        os.fsync(file.fileno())
    with server_cursor() as cursor:
        cursor.execute(_WRITE, [worker, checkpoint.number, checkpoint.day, checkpoint.done])


def read_state(folder: Path, worker: int, checkpoint: Checkpoint) -> Any:
    """What the worker had in mind; the file is its own, written on this machine."""
    with _path(folder, worker, checkpoint.number).open("rb") as file:
        return pickle.load(file)


def clear_before(folder: Path, worker: int, number: int) -> None:
    """Remove the files of earlier checkpoints, once a later one is committed."""
    for path in folder.glob(f"worker-{worker}-*.state"):
        if int(path.stem.rpartition("-")[2]) < number:
            path.unlink()


def _path(folder: Path, worker: int, number: int) -> Path:
    return folder / f"worker-{worker}-{number}.state"
