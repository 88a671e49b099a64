"""What changed between two versions: rows added, removed and changed, by key. DuckDB joins the two files, on disk where they are large."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from oppidum.publishing.datasets.writing import read_csv

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Changes:
    """Numbers of rows; `columns` tells that the columns themselves differ, so that all rows are others."""

    added: int
    removed: int
    changed: int
    columns: bool = False

    def as_data(self) -> dict[str, int]:
        return asdict(self)


def compare(before: Path, after: Path, key: tuple[str, ...]) -> Changes:
    """The changes from one CSV to the other; `key` names a row in both."""
    old, new = _header(before), _header(after)
    if old != new:
        return Changes(_count(after), _count(before), 0, columns=True)
    same = " and ".join(f'a."{name}" is not distinct from b."{name}"' for name in key)
    other = " or ".join([f'a."{name}" is distinct from b."{name}"' for name in new if name not in key] or ["false"])
    sql = f"""select count(*) filter (where a._row is null), count(*) filter (where b._row is null),
                     count(*) filter (where a._row and b._row and ({other}))
              from (select *, true as _row from {table_sql(before)}) a full outer join (select *, true as _row from {table_sql(after)}) b on {same}"""
    with connect() as base:
        return Changes(*base.execute(sql).fetchone())


def connect() -> "duckdb.DuckDBPyConnection":
    """An own DuckDB in memory, held to one thread and half a gigabyte; what is larger goes to its temporary files."""
    import duckdb

    return duckdb.connect(config={"threads": 1, "memory_limit": "512MB"})


def table_sql(path: Path) -> str:
    """A CSV of ours as a table of texts, for a FROM clause."""
    quoted = str(path).replace("'", "''")
    return (
        f"read_csv('{quoted}', header=true, all_varchar=true, delim=',', quote='\"', escape='\"', nullstr='', "
        "max_line_size=67108864, auto_detect=false, columns={"
        + ", ".join(f"'{_quoted(n)}': 'VARCHAR'" for n in _header(path))
        + "})"
    )


def _quoted(name: str) -> str:
    return name.replace("'", "''")


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return file.readline().rstrip("\r\n").split(",")


def _count(path: Path) -> int:
    return sum(1 for _ in read_csv(path))
