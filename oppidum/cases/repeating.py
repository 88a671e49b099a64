"""A form sent twice acts once: a second press, a reload, a proxy that tries again.

What moves a case on is turned away the second time by the version that the form carries. Notes and messages are never refused for
that, and so would be written, and mailed, twice: what the same officer did in the same words since the form was shown is that act.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

from oppidum.cases.acting import Outcome, act
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.standing import Command
from oppidum.core.sql import rows

# The officer's last entry on each case: whoever did something else since means it when they do it again.
_LAST = """
    select distinct on (j.case_id) j.case_id, j.seq, j.action, j.data::text, m.text from cases_journal j
    left join cases_message m on m.case_id = j.case_id and m.seq = j.seq
    where j.case_id = any(%s::bigint[]) and j.actor_id = %s::bigint and j.actor_kind = any(%s::text[])
    order by j.case_id, j.seq desc
"""


def act_once(officer: int, pairs: Sequence[tuple[int, Command]]) -> list[Outcome]:
    """`act` for a form of that officer. A command that was carried out since it was shown comes to the case as it stands now."""
    with alone(officer):
        done = _done(officer, pairs)
        outcomes = {outcome.case_id: outcome for outcome in act([pair for pair in pairs if pair[0] not in done])}
        standings = read_standings(sorted(done)) if done else {}
    return [outcomes.get(case_id) or Outcome(case_id, standings[case_id]) for case_id, _command in pairs]


def _done(officer: int, pairs: Sequence[tuple[int, Command]]) -> set[int]:
    """The cases whose command stands in their journal already. A command without a version was shown nothing: it counts as new."""
    wanted = {case_id: command for case_id, command in pairs if command.seen}
    if not wanted:
        return set()
    kinds = sorted({command.actor.kind for command in wanted.values()})
    last = {
        case_id: (seq, action, json.loads(data), text)
        for case_id, seq, action, data, text in rows(_LAST, [sorted(wanted), officer, kinds])
    }
    return {case_id for case_id, (seq, action, data, text) in last.items() if _says(wanted[case_id], seq, action, data, text)}


def _says(command: Command, seq: int, action: str, data: dict, text: str | None) -> bool:
    """Whether an entry is what the command asks for: every answer stands in its data, or is its words."""
    if seq <= command.seen or action != command.action:
        return False
    given = {name: value for name, value in command.data.items() if value not in (None, "")}
    return all(str(data.get(name, text)) == str(value) for name, value in given.items())


@contextmanager
def alone(officer: int) -> Iterator[None]:
    """The same officer's forms wait for each other. Held by the session, not a transaction: batches stay as short as they are."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(hashtextextended('desk-form', %s))", [officer])
        try:
            yield
        finally:
            cursor.execute("select pg_advisory_unlock(hashtextextended('desk-form', %s))", [officer])
