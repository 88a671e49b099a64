"""The floor of a replay: the very rows that it left, copied by PostgreSQL alone into empty tables with the same indexes.

Nothing is decided, checked, read again or changed: each row is written once, in its last state. A replay that writes a case's standing
at each of its moves can't reach it; what it shows is how much of the time is the engine's and not the database's.
"""

import threading
import time
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import NamedTuple

import psycopg
from psycopg import sql

SCHEMA = "bench_floor"
CHUNK_BYTES = 32_000_000
LEAST_ROWS = 1000
# What was there before the year began isn't its rows: the territory, and the reference systems of PostGIS.
_LARGE = (
    "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and reltuples >= %s"
    " and relname <> 'spatial_ref_sys' and not starts_with(relname, 'territory_') order by 1"
)
_COLUMNS = (
    "select array_agg(attname::text order by attnum) from pg_attribute"
    " where attrelid = %s::regclass and attnum > 0 and not attisdropped and attgenerated = ''"
)


class Floor(NamedTuple):
    """`tables`: rows of each table that was copied."""

    seconds: float
    tables: dict[str, int]


def measure_copy(url: str, folder: Path, connections: int = 2) -> Floor:
    """Export each table with at least `LEAST_ROWS` rows into `folder`, then copy all into empty twins, on so many connections at once."""
    url = url.replace("postgis:", "postgresql:", 1)
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("analyze")
        columns = {
            table: server.execute(_COLUMNS, [table]).fetchone()[0] for (table,) in server.execute(_LARGE, [LEAST_ROWS]).fetchall()
        }
        server.execute(f"drop schema if exists {SCHEMA} cascade")
        server.execute(f"create schema {SCHEMA}")
        try:
            files: list[tuple[str, Path]] = []
            counted = {}
            for table, names in columns.items():
                server.execute(_named("create table {twin} (like {table} including all)", table, names))
                counted[table], written = _export(server, table, names, folder)
                files += [(table, path) for path in written]
            seconds = _copy_all(url, files, columns, connections)
            for table, rows in counted.items():
                if (found := server.execute(_named("select count(*) from {twin}", table, [])).fetchone()[0]) != rows:
                    raise RuntimeError(f"{table}: {rows} rows went out, {found} came in")
        finally:
            server.execute(f"drop schema if exists {SCHEMA} cascade")
    return Floor(seconds, counted)


def _export(server: psycopg.Connection, table: str, names: list[str], folder: Path) -> tuple[int, list[Path]]:
    """The table's rows as files of whole lines, each about `CHUNK_BYTES` large."""
    rows, written, part = 0, [], bytearray()

    def write() -> None:
        written.append(folder / f"{table}.{len(written)}")
        written[-1].write_bytes(part)
        part.clear()

    with server.cursor().copy(_named("copy {table} ({columns}) to stdout", table, names)) as lines:
        for line in lines:
            rows += bytes(line).count(b"\n")
            part += line
            if len(part) >= CHUNK_BYTES:
                write()
    if part:
        write()
    return rows, written


def _copy_all(url: str, files: list[tuple[str, Path]], columns: dict[str, list[str]], connections: int) -> float:
    left: SimpleQueue = SimpleQueue()
    for one in sorted(files, key=lambda file: -file[1].stat().st_size):
        left.put(one)
    failed: list[BaseException] = []

    def work() -> None:
        try:
            with psycopg.connect(url, autocommit=True) as own:
                while True:
                    table, path = left.get_nowait()
                    _copy_one(own, table, columns[table], path)
        except Empty:
            return
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(connections)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return time.perf_counter() - began


def _copy_one(server: psycopg.Connection, table: str, names: list[str], path: Path) -> None:
    with open(path, "rb") as file, server.cursor().copy(_named("copy {twin} ({columns}) from stdin", table, names)) as into:
        while part := file.read(1 << 20):
            into.write(part)


def _named(text: str, table: str, names: list[str]) -> sql.Composed:
    return sql.SQL(text).format(
        table=sql.Identifier("public", table),
        twin=sql.Identifier(SCHEMA, table),
        columns=sql.SQL(", ").join(map(sql.Identifier, names)),
    )
