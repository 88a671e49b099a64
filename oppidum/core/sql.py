"""Set-based SQL on Django's own connection, with parameters bound by the server.

Django binds on the client side, so each statement is parsed and planned again. The engines' few hot statements go through
`server_cursor`, where psycopg prepares a statement after its fifth use on a connection.
"""

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
