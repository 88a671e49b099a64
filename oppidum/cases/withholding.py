"""For rehearsals: what a rehearsed case would send stays here, marked as such, in the transaction that decided it."""

from datetime import datetime

from oppidum.core.sql import server_cursor

_WITHHOLD = "update cases_effect set done_at = created_at, error = 'withheld: rehearsal' where done_at is null and created_at = %s"


_WITHHOLD_MESSAGES = """
    update cases_effect set done_at = created_at, error = 'withheld: rehearsal' where done_at is null and kind = any(%s::text[])
"""
MESSAGES = ["notify", "letter", "tell", "ask"]


def withhold_messages() -> int:
    """Mark everything that waits to be written to somebody as done, and leave the engine's own consequences to be carried out."""
    with server_cursor() as cursor:
        return cursor.execute(_WITHHOLD_MESSAGES, [MESSAGES]).rowcount


def withhold(now: datetime) -> int:
    """Mark the effects decided at that instant of the moved clock as done, without carrying them out; returns how many."""
    with server_cursor() as cursor:
        return cursor.execute(_WITHHOLD, [now]).rowcount
