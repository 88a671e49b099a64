"""The proof that a case's state is what its journal says: fold every journal anew and compare."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from oppidum.cases.declaration import get_service
from oppidum.cases.reading import read_journals, read_standings
from oppidum.cases.rules.evolve import fold
from oppidum.cases.rules.standing import Standing
from oppidum.core.sql import rows

BATCH = 5000


@dataclass(frozen=True)
class Difference:
    """A case whose kept state is not the fold of its journal: column, what is kept, what the journal says."""

    case_id: int
    column: str
    kept: Any
    derived: Any


def verify(after: int = 0) -> Iterator[tuple[int, list[Difference]]]:
    """Check all cases with an id above `after`, in batches; yields how many were checked so far and the batch's differences."""
    checked = 0
    while ids := [i for (i,) in rows("select id from cases_case where id > %s order by id limit %s", [after, BATCH])]:
        kept, journals = read_standings(ids), read_journals(ids)
        differences = []
        for case_id in ids:
            differences += _compare(case_id, kept.get(case_id), journals.get(case_id))
        checked += len(ids)
        after = ids[-1]
        yield checked, differences


def _compare(case_id: int, kept: Standing | None, journal: list | None) -> list[Difference]:
    if kept is None or not journal:
        return [Difference(case_id, "case", kept, journal)]
    if [fact.seq for fact in journal] != list(range(1, len(journal) + 1)):
        return [Difference(case_id, "seq", len(journal), [fact.seq for fact in journal])]
    derived = fold(get_service(kept.service, journal[0].data["definition"]), case_id, journal)
    return [
        Difference(case_id, name, old, new) for name, old, new in zip(Standing._fields, kept, derived, strict=True) if old != new
    ]
