"""Counting what reaches the database, whoever sends it: Django's cursors and the engines' own (core/sql.py)."""

from contextlib import contextmanager

import psycopg

_NOT_QUERIES = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


@contextmanager
def all_queries():
    """The list of statements executed in the block. Django's own capture misses those of `server_cursor()`."""
    sent, plain = [], psycopg.Cursor.execute

    def execute(self, query, *args, **kwargs):
        text = query if isinstance(query, str) else query.as_string(None) if hasattr(query, "as_string") else bytes(query).decode()
        if not text.startswith(_NOT_QUERIES):
            sent.append(text)
        return plain(self, query, *args, **kwargs)

    psycopg.Cursor.execute = execute
    try:
        yield sent
    finally:
        psycopg.Cursor.execute = plain
