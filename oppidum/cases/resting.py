"""Who rests, settled anew: a declaration says today that cases rest in a step, or no longer do, and this reaches all that stand there.

Everything else keeps `rests` with the acts themselves (`rules/resting.py`).
"""

from collections.abc import Sequence

from oppidum.cases.declaration import catalogue, get_service
from oppidum.cases.reading import read_journals
from oppidum.cases.rules.evolve import fold
from oppidum.core.sql import plain_array, rows, server_cursor

BATCH = 5000
# In a step that rests and awake, or at rest in one that doesn't: few, but after a change.
_DOUBTFUL = """
    select case_id, service from cases_live l
    where is_open and case_id > %s and rests <> exists (
        select from unnest(%s::text[], %s::text[]) as resting(service, step) where resting.service = l.service and resting.step = l.step
    ) order by case_id limit %s
"""
_SETTLE = """
    update cases_live l set rests = new.rests from unnest(%s::text::bigint[], %s::text::int[], %s::text::bool[]) as new(case_id, version, rests)
    where l.case_id = new.case_id and l.version = new.version and l.rests <> new.rests
"""


def settle() -> int:
    """Let each open case rest or be awake as its journal says under today's declarations; returns how many changed."""
    resting = [(service.code, step.name) for service in catalogue().values() for step in service.flow.steps.values() if step.rests]
    codes, steps = [code for code, _ in resting], [step for _, step in resting]
    after, changed = 0, 0
    while doubtful := rows(_DOUBTFUL, [after, codes, steps, BATCH]):
        changed += _settle_batch(doubtful)
        after = doubtful[-1][0]
    return changed


def _settle_batch(doubtful: Sequence[tuple[int, str]]) -> int:
    journals = read_journals([case_id for case_id, _ in doubtful])
    told = [
        fold(get_service(service, journal[0].data["definition"]), case_id, journal)
        for case_id, service in doubtful
        if (journal := journals.get(case_id))
    ]
    # A case that moves on meanwhile is written by the act itself.
    columns = [plain_array([getattr(one, name) for one in told]) for name in ("case_id", "version", "rests")]
    with server_cursor() as cursor:
        return cursor.execute(_SETTLE, columns).rowcount
