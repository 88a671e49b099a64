"""The one clock. Everything that needs to know the time asks `now()`; rehearsals and tests move it with `at()`."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")

_moved: ContextVar[datetime | None] = ContextVar("moved_clock", default=None)


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return _moved.get() or datetime.now(UTC)


def today() -> date:
    """The current day where the authority is."""
    return local_day(now())


@lru_cache(maxsize=1024)
def local_day(instant: datetime) -> date:
    """The day on which `instant` falls where the authority is (a delay counts days of its own time zone)."""
    return instant.astimezone(PARIS).date()


def local_time(instant: datetime) -> time:
    """The wall clock of the authority at `instant`."""
    return instant.astimezone(PARIS).time()


def midnight(day: date) -> datetime:
    """The instant at which `day` begins where the authority is."""
    return datetime(day.year, day.month, day.day, tzinfo=PARIS).astimezone(UTC)


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Move the clock to `instant` (aware) for the block; nests, and is private to the thread or task."""
    if instant.tzinfo is None:
        raise ValueError("the clock is moved to an aware instant")
    token = _moved.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _moved.reset(token)
