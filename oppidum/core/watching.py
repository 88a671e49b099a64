"""Looking on: whoever counts for itself what is written (a rehearsal's tally) is told by the door that wrote it.

A door tells in the transaction that writes, once the rows are there. With nobody looking it costs one look-up a batch.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

_watchers: dict[str, list[Callable[[Sequence[Any]], None]]] = {}


def is_watched(door: str) -> bool:
    """Whether somebody wants to know what this door writes: whoever tells need not make the list otherwise."""
    return door in _watchers


def tell(door: str, written: Sequence[Any]) -> None:
    """Tell what was written through `door`, in its order."""
    for seen in _watchers.get(door, ()):
        seen(written)


@contextmanager
def watching(door: str, seen: Callable[[Sequence[Any]], None]) -> Iterator[None]:
    """Have `seen` told of all that this process writes through `door` during the block."""
    _watchers.setdefault(door, []).append(seen)
    try:
        yield
    finally:
        _watchers[door].remove(seen)
        if not _watchers[door]:
            del _watchers[door]
