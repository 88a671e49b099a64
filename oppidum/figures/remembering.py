"""What was computed stays good for a minute, so that a page asked for a thousand times counts once.

Kept by process, for the database and the clock it was counted with: rehearsals and tests never read what was counted elsewhere.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import timedelta
from typing import Any

from django.db import connection

from oppidum.core import clock

KEPT = timedelta(seconds=60)
KEPT_PAST = timedelta(minutes=10)  # What is over changes seldom: by an entry that is written late.
# One figure's part is a few hundred bytes; the years and parts of all figures that anybody asks for within a minute are fewer.
MOST = 2000

_kept: OrderedDict[Hashable, tuple[Any, Any]] = OrderedDict()
_lock = threading.Lock()
_counting: dict[Hashable, threading.Lock] = {}


def remember(key: Hashable, make: Callable[[], Any], kept: timedelta = KEPT) -> Any:
    """What `make` gave for `key` within the last minute, or gives now. Who asks meanwhile waits rather than counts a second time."""
    key = (connection.settings_dict["NAME"], key)
    found = _find(key, kept)
    if found is None:
        with _lock:
            counting = _counting.setdefault(key, threading.Lock())
        with counting:
            found = _find(key, kept)
            if found is None:
                found = (clock.now(), make())
                _keep(key, found)
    return found[1]


def _find(key: Hashable, kept: timedelta) -> tuple[Any, Any] | None:
    with _lock:
        found = _kept.get(key)
    # A clock that was moved back has not seen this yet.
    return found if found and timedelta(0) <= clock.now() - found[0] < kept else None


def _keep(key: Hashable, found: tuple[Any, Any]) -> None:
    with _lock:
        _kept[key] = found
        _kept.move_to_end(key)
        _counting.pop(key, None)
        while len(_kept) > MOST:
            _kept.popitem(last=False)


def forget() -> None:
    """Count anew: between tests, and after a rehearsal in this process."""
    with _lock:
        _kept.clear()
        _counting.clear()
