"""How many statements a piece of work sends to the database, whichever way it asks."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg


@contextmanager
def statements_counted() -> Iterator[list[str]]:
    """The texts of all statements sent in the block, in order; without the BEGIN and COMMIT that psycopg sends by itself."""
    sent: list[str] = []
    plain = psycopg.Cursor.execute

    def counted(self, query, params=None, **known):
        sent.append(str(query))
        return plain(self, query, params, **known)

    psycopg.Cursor.execute = counted
    try:
        yield sent
    finally:
        psycopg.Cursor.execute = plain
