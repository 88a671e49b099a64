"""For rehearsals: what a rehearsed case would send stays here, marked as such, in the transaction that decided it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from oppidum.core.sql import server_cursor

MESSAGES = ["notify", "letter", "tell", "ask"]
WITHHELD = "withheld: rehearsal"

_WITHHOLD = f"update cases_effect set done_at = created_at, error = '{WITHHELD}' where done_at is null and created_at = %s"
_WITHHOLD_MESSAGES = f"""
    update cases_effect set done_at = created_at, error = '{WITHHELD}' where done_at is null and kind = any(%s::text[])
"""
_held: ContextVar[frozenset[str]] = ContextVar("withheld_kinds", default=frozenset())


@contextmanager
def withholding() -> Iterator[None]:
    """Write the messages of the block as withheld from the start: half the work of marking them afterwards."""
    token = _held.set(frozenset(MESSAGES))
    try:
        yield
    finally:
        _held.reset(token)


def held_since(kind: str, now: datetime) -> datetime | None:
    """The instant at which an effect of that kind counts as done because it is withheld; None for one that leaves."""
    return now if kind in _held.get() else None


def withhold_messages() -> int:
    """Mark everything that waits to be written to somebody as done, and leave the engine's own consequences to be carried out."""
    with server_cursor() as cursor:
        return cursor.execute(_WITHHOLD_MESSAGES, [MESSAGES]).rowcount


def withhold(now: datetime) -> int:
    """Mark the effects decided at that instant of the moved clock as done, without carrying them out; returns how many."""
    with server_cursor() as cursor:
        return cursor.execute(_WITHHOLD, [now]).rowcount
