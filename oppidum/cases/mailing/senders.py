"""Who is sending, and whether they live: a sender holds an advisory lock of its database session, which PostgreSQL lets go of when the
process dies, however it dies (docs/decisions/0005-mail-at-most-once.md). Mails and text messages are sent under it, each in a space of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from secrets import randbits

from django.db import connection

MAILS = 0x6D61696C
TEXTS = 0x74657874

_RECOVER = """
    update {table} set fate = 'unknown'
    where fate = 'sending' and not exists (
        select 1 from pg_locks
        where locktype = 'advisory' and objsubid = 2 and granted and classid = %s and objid = {table}.sender
            and database = (select oid from pg_database where datname = current_database())
    )
"""


@contextmanager
def sender(space: int) -> Iterator[int]:
    """A sender's number, alive while the block lasts. `space` is the first half of its lock, the number the second."""
    number = randbits(31)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s, %s)", [space, number])
    try:
        yield number
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s, %s)", [space, number])


def give_up_dead(table: str, space: int) -> int:
    """Turn what a dead sender left `sending` into `unknown`; returns how many. It is never sent again by itself."""
    with connection.cursor() as cursor:
        cursor.execute(_RECOVER.format(table=table), [space])
        return cursor.rowcount
