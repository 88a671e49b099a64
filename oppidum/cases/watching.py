"""What the one door tells whoever looks on: cases filed, entries written (see `core/watching.py`)."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from oppidum.cases.new_case import NewCase
from oppidum.cases.rules.standing import Fact, Standing
from oppidum.core import watching

FILINGS, ENTRIES, CALLS = "cases filed", "journal entries", "calls"
# The kinds of effects that were just put into the outbox to be carried out.
EFFECTS = "kinds of effects"
# Told by the room that talks to partners, which nobody below it may import.
MESSAGES = "messages to and from partners"


class Filing(NamedTuple):
    """A case just filed, where it stands after its first facts (filed, routed)."""

    new: NewCase
    standing: Standing
    facts: list[Fact]
    code: str


class Entry(NamedTuple):
    """An entry just written, between the standing before and after it."""

    before: Standing
    fact: Fact
    after: Standing


class Exchanged(NamedTuple):
    """A message that was just queued for a partner, or taken in from one."""

    partner: str
    case_id: int | None
    at: datetime


@contextmanager
def watching_cases(filed: Callable[[Sequence[Filing]], None], entered: Callable[[Sequence[Entry]], None]) -> Iterator[None]:
    """Have all filings and all later entries of this process told, batch by batch, in the transaction that writes them."""
    with watching.watching(FILINGS, filed), watching.watching(ENTRIES, entered):
        yield
