"""Long answers row by row: a cursor that the server keeps, and CSV lines as they come."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connection, transaction

CHUNK = 1000


def stream_rows(sql: str, params: Sequence[Any] = ()) -> Iterator[tuple]:
    """All rows of a query, fetched a thousand at a time, in a transaction of their own while they are read."""
    connection.ensure_connection()
    with transaction.atomic(), connection.connection.cursor(name="oppidum_stream") as cursor:
        cursor.itersize = CHUNK
        cursor.execute(sql, params)
        yield from cursor


def stream_named(sql: str, params: Mapping[str, Any]) -> Iterator[Sequence[Any]]:
    """The names of the columns, then all rows, as `stream_rows` gives them; parameters by name."""
    connection.ensure_connection()
    with transaction.atomic(), connection.connection.cursor(name="oppidum_stream") as cursor:
        cursor.itersize = CHUNK
        cursor.execute(sql, params)
        yield tuple(column.name for column in cursor.description)
        yield from cursor


class _Echo:
    """A file for the csv module that gives back each line."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[Sequence[Any]], delimiter: str = ",") -> Iterator[str]:
    """RFC 4180 lines, for files that programs read: no byte order mark, no guard against formulas."""
    writer = csv.writer(_Echo(), delimiter=delimiter)
    yield from (writer.writerow(row) for row in rows)
