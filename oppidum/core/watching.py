"""Looking on: whoever counts for itself what is written (a rehearsal's tally) is told by the door that wrote it.

A door tells in the transaction that writes, once the rows are there. What a door may yet undo, because a part of it failed, it writes
within `all_or_nothing`: then it is told when it holds. With nobody looking it costs one look-up a batch.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction

_watchers: dict[str, list[Callable[[Sequence[Any]], None]]] = {}
# What was told within each open `all_or_nothing`, the innermost last.
_untold: list[list[tuple[str, Sequence[Any]]]] = []


def is_watched(door: str) -> bool:
    """Whether somebody wants to know what this door writes: whoever tells need not make the list otherwise."""
    return door in _watchers


def tell(door: str, written: Sequence[Any]) -> None:
    """Tell what was written through `door`, in its order."""
    if _untold and door in _watchers:
        _untold[-1].append((door, written))
        return
    for seen in _watchers.get(door, ()):
        seen(written)


@contextmanager
def all_or_nothing(apart: bool = True) -> Iterator[None]:
    """A transaction, or a part of one, that is told once it is done; where it fails it is undone, and nobody hears of it.

    Not `apart`: within a transaction it shares its fate, without a savepoint of its own: whoever began it must let the error through.
    """
    if not _watchers:
        with transaction.atomic(savepoint=apart):
            yield
        return
    _untold.append([])
    try:
        with transaction.atomic(savepoint=apart):
            yield
    except BaseException:
        _untold.pop()
        raise
    for door, written in _untold.pop():
        tell(door, written)


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
