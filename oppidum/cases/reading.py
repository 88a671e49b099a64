"""Reading cases for the rules: standings under lock, and journals, a whole batch in one query."""

import json
from collections.abc import Sequence

from oppidum.cases.rules.standing import Actor, Fact, Standing
from oppidum.core.sql import plain_array, server_cursor

LIVE_COLUMNS = ", ".join(Standing._fields)
# Most cases have neither facts nor moved clocks: what is empty travels as null, which costs nothing to read.
_COLUMNS = ", ".join(f"nullif({name}, '{{}}')" if name in ("facts", "clocks") else name for name in Standing._fields)

# Rows are locked in the order of their ids, so that two batches that share cases wait for each other instead of deadlocking.
_LOCKED = f"select {_COLUMNS} from cases_live where case_id = any(%s::text::bigint[]) order by case_id for no key update"
_READ = f"select {_COLUMNS} from cases_live where case_id = any(%s::text::bigint[])"
_JOURNAL = """
    select case_id, seq, valid_at, recorded_at, actor_kind, actor_id, actor_name, action, from_step, to_step, data
    from cases_journal where case_id = any(%s::text::bigint[]) order by case_id, seq
"""


def lock_standings(case_ids: Sequence[int]) -> dict[int, Standing]:
    """The standings of those cases, locked until the transaction ends; unknown ids are left out."""
    return _standings(_LOCKED, case_ids)


def read_standings(case_ids: Sequence[int]) -> dict[int, Standing]:
    """The standings of those cases, as they are now."""
    return _standings(_READ, case_ids)


def _standings(sql: str, case_ids: Sequence[int]) -> dict[int, Standing]:
    with server_cursor() as cursor:
        # Binary: days and instants arrive as numbers, half the cost of reading their text.
        cursor.execute(sql, [plain_array(case_ids)], binary=True)
        return {row[0]: Standing(*row[:-2], row[-2] or {}, row[-1] or {}) for row in cursor.fetchall()}


def read_journals(case_ids: Sequence[int]) -> dict[int, list[Fact]]:
    """The whole journal of each case, in order."""
    journals: dict[int, list[Fact]] = {}
    with server_cursor() as cursor:
        for case_id, seq, valid_at, recorded_at, kind, actor, name, action, from_step, to_step, data in cursor.execute(
            _JOURNAL, [plain_array(case_ids)]
        ):
            data = json.loads(data) if isinstance(data, str) else data
            journals.setdefault(case_id, []).append(
                Fact(seq, valid_at, recorded_at, Actor(kind, actor, name), action, from_step, to_step, data)
            )
    return journals
