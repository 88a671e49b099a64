"""For rehearsals: what a rehearsed case would send stays here, marked as such, in the transaction that decided it."""

from datetime import datetime

from oppidum.core.sql import server_cursor

_WITHHOLD = "update cases_effect set done_at = created_at, error = 'withheld: rehearsal' where done_at is null and created_at = %s"


def withhold(now: datetime) -> int:
    """Mark the effects decided at that instant of the moved clock as done, without carrying them out; returns how many."""
    with server_cursor() as cursor:
        return cursor.execute(_WITHHOLD, [now]).rowcount
