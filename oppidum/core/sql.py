"""Set-based SQL on Django's own connection, with parameters bound by the server.

Django binds on the client side, so each statement is parsed and planned again. The engines' few hot statements go through
`server_cursor`, where psycopg prepares a statement after its fifth use on a connection.
"""

import itertools
import re
from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import connection


def server_cursor() -> psycopg.Cursor:
    """A psycopg cursor on Django's current connection (same transaction), with server-side binding.

    Use as a context manager. Results are plain tuples.
    """
    connection.ensure_connection()
    return psycopg.Cursor(connection.connection)


def numbered(sql: str) -> str:
    """A statement with its %s turned into $1, $2, ...: for `raw_cursor`, once per program."""
    count = itertools.count(1)
    return re.sub("%s", lambda _: f"${next(count)}", sql)


def raw_cursor() -> psycopg.RawCursor:
    """A cursor for `numbered` statements. psycopg reads the placeholders of long statements anew each time: here it need not."""
    connection.ensure_connection()
    return psycopg.RawCursor(connection.connection)


def rows(sql: str, params: Sequence[Any] | dict[str, Any] = ()) -> list[tuple]:
    """All rows of a query, as tuples."""
    with server_cursor() as cursor:
        return cursor.execute(sql, params).fetchall()


def dict_rows(sql: str, params: Sequence[Any] | dict[str, Any] = ()) -> list[dict[str, Any]]:
    """All rows of a query, as dictionaries by column name."""
    with server_cursor() as cursor:
        cursor.execute(sql, params)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def plain_array(values: Sequence[Any]) -> str:
    """A PostgreSQL array literal of numbers, days, instants, truths or identifiers without quotes, commas or braces; None is NULL.

    Three times cheaper than a general array dump, for the engine's own columns. Never for what a user wrote: see `text_array`.
    """
    return "{" + ",".join(["NULL" if v is None else str(v) or '""' for v in values]) + "}"


def text_array(values: Sequence[str | None]) -> str:
    """A PostgreSQL array literal of any text, every element quoted; NUL, which no text there can hold, is left out."""
    quoted = ["NULL" if v is None else '"' + v.replace("\\", "\\\\").replace('"', '\\"') + '"' for v in values]
    return "{" + ",".join(quoted).replace("\x00", "") + "}"
