"""The floor of intake: the same rows into tables of the same shape, with nothing in between but PostgreSQL itself.

`insert_per_second`: each report its own transaction, from as many connections, in a procedure on the server (no client, no network,
no parsing; commits are as durable as ours). `copy_per_second`: all in one COPY per table.
"""

import threading
import time

import psycopg

ROWS = 6000
# The tables that one report writes, and the column that names its report.
TABLES = {"cases_case": "id"} | dict.fromkeys(("cases_live", "cases_journal", "cases_party", "cases_effect"), "case_id")

_PROCEDURE = f"""
    create procedure bench_insert(part int, parts int) language plpgsql as $$
    declare report bigint;
    begin
        for report in select id from bench_from_cases_case where id % parts = part order by id loop
            {" ".join(f"insert into bench_{t} select * from bench_from_{t} where {key} = report;" for t, key in TABLES.items())}
            commit;
        end loop;
    end $$
"""


def measure_floor(connections: int, url: str) -> dict[str, float]:
    """Both floors, on the last `ROWS` reports."""
    url = url.replace("postgis:", "postgresql:", 1)
    with psycopg.connect(url, autocommit=True) as server:
        _make_tables(server)
        try:
            inserted = _timed_inserts(connections, url)
            server.execute(f"truncate {', '.join(f'bench_{table}' for table in TABLES)}")
            copied = _timed_copy(server)
        finally:
            _drop_tables(server)
    return {"insert_per_second": round(ROWS / inserted, 1), "copy_per_second": round(ROWS / copied, 1)}


def _make_tables(server: psycopg.Connection) -> None:
    _drop_tables(server)
    for table, key in TABLES.items():
        server.execute(f"create table bench_{table} (like {table} including all)")
        server.execute(
            f"create table bench_from_{table} as select * from {table} "
            f"where {key} in (select id from cases_case order by id desc limit {ROWS})"
        )
        server.execute(f"create index on bench_from_{table} ({key})")
        server.execute(f"analyze bench_from_{table}")
    server.execute(_PROCEDURE)


def _drop_tables(server: psycopg.Connection) -> None:
    server.execute("drop procedure if exists bench_insert")
    for table in TABLES:
        server.execute(f"drop table if exists bench_{table}, bench_from_{table}")


def _timed_inserts(connections: int, url: str) -> float:
    def part(n: int) -> None:
        with psycopg.connect(url, autocommit=True) as own:
            own.execute(f"call bench_insert({n}, {connections})")

    threads = [threading.Thread(target=part, args=(n,)) for n in range(connections)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def _timed_copy(server: psycopg.Connection) -> float:
    texts = {}
    for table in TABLES:
        with server.cursor().copy(f"copy bench_from_{table} to stdout") as out:
            texts[table] = b"".join(out)
    began = time.perf_counter()
    with server.transaction():
        for table, text in texts.items():
            with server.cursor().copy(f"copy bench_{table} from stdin") as into:
                into.write(text)
    return time.perf_counter() - began
