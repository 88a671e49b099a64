"""Where personal data stand: each room says once how it finds a person, hands out what it holds, and removes it.

    personal_data("bookings", find=find_booked, export=export_bookings, remove=remove_bookings)

Purge, access, portability and erasure then reach all rooms alike (GDPR, art. 5(1)(e), 15, 17, 20).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from oppidum.core.sql import rows


@dataclass(frozen=True)
class Sought:
    """Whom one looks for: e-mails in lower case, telephones as E.164, a name, a birth day (ISO), numbers such as a SIRET."""

    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    name: str = ""
    born_on: str = ""
    numbers: tuple[str, ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """What identifies alone: each stands for one person."""
        return self.emails + self.phones + self.numbers

    @property
    def is_empty(self) -> bool:
        return not (self.values or self.name)


@dataclass(frozen=True)
class Trace:
    """Where a person was found. `by`: "email", "phone", "number", "name_and_birth", or "name" and "words", which prove nothing
    (`sure` is false: an officer looks). `role` says what the person is there: author, follower, named, caller, payer..."""

    source: str
    case_id: int | None
    by: str
    role: str = "named"
    sure: bool = True
    key: str = ""


Find = Callable[[Sought], Iterable[Trace]]
Remove = Callable[[Sequence[int], bool], object]
Export = Callable[[Sequence[int]], Mapping[int, list[dict[str, Any]]]]


@dataclass(frozen=True)
class Source:
    """A room that holds personal data. `export` gives per case a list of records, each {"kind": ..., and what it says}."""

    name: str
    find: Find
    remove: Remove
    export: Export


SOURCES: dict[str, Source] = {}


def personal_data(name: str, *, find: Find, remove: Remove, export: Export) -> None:
    """Register a room's personal data, from its `AppConfig.ready`.

    `find(sought)` gives traces, in a query or two whatever the size of the table. `remove(case_ids, entirely)` removes or blanks what
    is personal, in the caller's transaction; `entirely`: the file is destroyed, not only made anonymous. `export(case_ids)` gives
    what is held of those cases.
    """
    SOURCES[name] = Source(name, find, remove, export)


def find_person(sought: Sought) -> list[Trace]:
    """Every trace of the person in every room; nothing for an empty search."""
    return [] if sought.is_empty else [trace for source in SOURCES.values() for trace in source.find(sought)]


def remove_of(case_ids: Sequence[int], entirely: bool = False) -> None:
    """Remove the personal data of those cases in every room, in the caller's transaction."""
    if case_ids:
        for source in SOURCES.values():
            source.remove(case_ids, entirely)


def export_of(case_ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """What every room holds of those cases, each record with its `source`."""
    records: dict[int, list[dict[str, Any]]] = {case_id: [] for case_id in case_ids}
    for source in SOURCES.values():
        for case_id, held in source.export(case_ids).items():
            records[case_id] += [{"source": source.name} | record for record in held]
    return records


@dataclass(frozen=True)
class Keeper:
    """A reason to keep cases whose time is over, looked at again at the moment of purge."""

    name: str
    says: Any
    find: Callable[[Sequence[int]], Iterable[int]] = field(repr=False)


KEEPERS: dict[str, Keeper] = {}


def keeps(name: str, says: Any, find: Callable[[Sequence[int]], Iterable[int]]) -> None:
    """Register a reason to keep: `find(case_ids)` gives those that must be kept, e.g. because money is still owed."""
    KEEPERS[name] = Keeper(name, says, find)


def held_back(case_ids: Sequence[int]) -> dict[int, Any]:
    """The cases that some room must keep, each with the reason; one query per reason."""
    held: dict[int, Any] = {}
    for keeper in KEEPERS.values():
        for case_id in keeper.find(case_ids):
            held.setdefault(case_id, keeper.says)
    return held


_LAST = """
    select case_id, action, max(valid_at at time zone 'Europe/Paris')::date from cases_journal
    where case_id = any(%s) and action = any(%s) group by case_id, action
"""


def last_days(case_ids: Sequence[int], actions: Iterable[str]) -> dict[int, dict[str, Any]]:
    """The last day on which each of those actions happened, by case."""
    found: dict[int, dict[str, Any]] = {case_id: {} for case_id in case_ids}
    if wanted := sorted(set(actions)):
        for case_id, action, day in rows(_LAST, [list(case_ids), wanted]):
            found[case_id][action] = day
    return found
