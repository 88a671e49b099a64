"""The lake read by DuckDB: figures computed by their own SQL, and a connection for whoever asks otherwise."""

from pathlib import Path
from typing import Any

import duckdb

from oppidum.figures.lake.dialects import for_duckdb
from oppidum.figures.lake.tables import TABLES, VIEWS, Table
from oppidum.figures.lake.writing import FILE, lake_folder
from oppidum.figures.tallying import Run

_BUCKET = "create macro width_bucket(instant, edges) as len(list_filter(edges, lambda edge: edge <= instant))"
_KINDS = {"int64": "bigint", "string": "varchar", "bool": "boolean", "date32[day]": "date", "decimal128(26, 6)": "decimal(26,6)"}
_INSTANT = "timestamptz"


def open_lake(folder: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A connection in which each table of the lake is a view of its name (docs/reference/figures.md lists them)."""
    folder = folder or lake_folder()
    lake = duckdb.connect()
    lake.execute("set timezone = 'UTC'")
    lake.execute(_BUCKET)
    for table in TABLES:
        lake.execute(f"create view {table.name} as {_select(folder, table)}")
    for name, sql in VIEWS.items():
        lake.execute(f"create view {name} as {sql}")
    return lake


def _select(folder: Path, table: Table) -> str:
    """A table from its files; an empty one of the same columns where nothing was written."""
    columns = [
        f"{_quoted(name)}::json as {name}" if name in ("answers", "data", "dimensions") else _quoted(name) for name in table.columns
    ]
    if table.name == "cases_case":
        columns.append("id::varchar as code")
    files = list((folder / table.name).glob(f"**/{FILE}"))
    if not files:
        typed = [f"null::{_KINDS.get(str(kind), _INSTANT)} as {_quoted(name)}" for name, (_, kind) in table.columns.items()]
        return f"select {', '.join(columns)} from (select {', '.join(typed)}) where false"
    pattern = str(folder / table.name / ("*/" if table.at else "") / FILE).replace("'", "''")
    return f"select {', '.join(columns)} from read_parquet('{pattern}', hive_partitioning = false)"


def _quoted(name: str) -> str:
    return f'"{name}"'


def run_on(lake: duckdb.DuckDBPyConnection) -> Run:
    """How `compute_all` reads this lake."""

    def run(sql: str, params: dict[str, Any]) -> list[tuple]:
        return lake.execute(for_duckdb(sql, params)).fetchall()

    return run
