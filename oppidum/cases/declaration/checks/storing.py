"""A declaration is data: it can be stored beside the cases filed under it, and restored as it is."""

import json
from collections.abc import Iterator

from oppidum.cases.declaration.plain_data import Unreadable
from oppidum.cases.declaration.service import Service
from oppidum.cases.declaration.versions import ALL, MAY_REACH, OPEN_CASES, change_of, restore


def can_be_stored(service: type[Service]) -> Iterator[str]:
    try:
        service.version()
    except TypeError as error:
        yield str(error)


def can_be_restored(service: type[Service]) -> Iterator[str]:
    """The same declaration comes out of what is stored. Costs as much as all other proofs, so a start does without."""
    try:
        data = json.loads(json.dumps(service.as_data()))
        if restore(data).as_data() != data:
            yield "restored from what is stored, it isn't the same: declare it with frozen dataclasses of plain data"
    except Unreadable as error:
        yield f"can't be restored: {error}"


def says_whom_a_change_reaches(service: type[Service]) -> Iterator[str]:
    change = change_of(service)
    named = change.reaches if isinstance(change.reaches, dict) else {"substance": change.reaches}
    for part, reach in named.items():
        if part not in MAY_REACH:
            yield f"change: '{part}' is no part of a declaration: {', '.join(MAY_REACH)}"
        elif reach not in MAY_REACH[part]:
            yield f"change: '{part}' can't reach '{reach}': {', '.join(MAY_REACH[part])}"
    for old, new in change.steps.items():
        if new not in service.flow.steps:
            yield f"change: '{old}' goes on in '{new}', which is no step: correct the name"
        elif service.flow.steps[new].is_end:
            yield f"change: '{old}' goes on in '{new}', which is an end: a change decides no case"
    if change.steps and not change.moves_open_cases:
        yield f"change: steps= is for a change that reaches '{OPEN_CASES}': say so, or drop it (texts reach {ALL} anyway)"
