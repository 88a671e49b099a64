"""What the one door tells whoever looks on: cases filed, entries written (see `core/watching.py`)."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from oppidum.cases.new_case import NewCase
from oppidum.cases.rules.standing import Fact, Standing
from oppidum.core import watching

FILINGS, ENTRIES, CALLS = "cases filed", "journal entries", "calls"


class Filing(NamedTuple):
    """A case just filed, where it stands after its first facts (filed, routed)."""

    new: NewCase
    standing: Standing
    facts: list[Fact]


class Entry(NamedTuple):
    """An entry just written, between the standing before and after it."""

    before: Standing
    fact: Fact
    after: Standing


@contextmanager
def watching_cases(filed: Callable[[Sequence[Filing]], None], entered: Callable[[Sequence[Entry]], None]) -> Iterator[None]:
    """Have all filings and all later entries of this process told, batch by batch, in the transaction that writes them."""
    with watching.watching(FILINGS, filed), watching.watching(ENTRIES, entered):
        yield
