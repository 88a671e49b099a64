"""Rate limits shared by all processes of an installation, kept in the database.

A process takes permits from the shared count in small lots, so that a busy key costs one write per lot, not one per request;
the count is exact, at most the unused rest of a lot is lost when a process ends. Windows are fixed (a minute, an hour).
"""

import threading
import time

from django.db import connection

_LOTS: dict[str, tuple[int, int]] = {}
_LOCK = threading.Lock()
_KEPT = 20_000

_TAKE = """
    insert into core_rate as r (key, window_start, taken) values (%s, %s, %s)
    on conflict (key) do update set
        taken = case when r.window_start = excluded.window_start then r.taken + excluded.taken else excluded.taken end,
        window_start = excluded.window_start
    returning taken
"""


def allow(key: str, limit: int, per_seconds: int = 60) -> bool:
    """Whether one more request under `key` is within `limit` a window of `per_seconds`.

    Real time, not `clock.now()`: a rehearsal that moves the clock must not open or shut the gate.
    """
    window = int(time.time()) // per_seconds
    with _LOCK:
        held = _LOTS.get(key)
        if held and held[0] == window and held[1] > 0:
            _LOTS[key] = (window, held[1] - 1)
            return True
    lot = max(1, min(limit // 20, 100))
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [key, window, lot])
        taken = cursor.fetchone()[0]
    granted = max(0, min(lot, limit - (taken - lot)))
    with _LOCK:
        if len(_LOTS) > _KEPT:
            _LOTS.clear()
        _LOTS[key] = (window, max(0, granted - 1))
    return granted > 0


def forget() -> None:
    """Drop what this process holds and the shared counts: for tests."""
    with _LOCK:
        _LOTS.clear()
    with connection.cursor() as cursor:
        cursor.execute("delete from core_rate")
