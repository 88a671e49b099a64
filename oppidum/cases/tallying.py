"""What a firm had in other cases, reckoned under a lock on the firm: so that of two acts at once the second sees the first."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from oppidum.cases.declaration import Service
from oppidum.cases.declaration.tallies import Tally
from oppidum.cases.models import Case
from oppidum.cases.rules.standing import Command, Decision, Standing
from oppidum.core.calendar import Length
from oppidum.core.clock import local_day
from oppidum.core.sql import rows, text_array

_LOCK = "select pg_advisory_xact_lock(hashtextextended('firm:' || who, 0)) from unnest(%s::text::text[]) as who order by who"
# By the index of what answers say (`person_marks`) and by no other, then by the service and the party that is meant.
_ENTRIES = """
    with marked as materialized (
        select id, code, service, answers -> %(same)s ->> 'siren' as siren from cases_case
        where answers <> '{}' and person_marks(answers) @@ %(marks)s::tsquery
    ), firm as materialized (
        select * from marked where service = any(%(services)s::text::text[]) and siren = any(%(sirens)s::text::text[])
    )
    select firm.siren, firm.id, firm.code, firm.service, j.action, (j.valid_at at time zone 'Europe/Paris')::date, j.data
    from firm join cases_journal j on j.case_id = firm.id where j.action = any(%(actions)s::text::text[]) order by j.valid_at, firm.id
"""


class Line(NamedTuple):
    """An act of another case that counts; what was taken back is negative."""

    case_id: int
    code: str
    service: str
    day: date
    cents: int


class Tallies:
    """The tallies of a batch: firms are locked once, and what the batch itself decides counts for those that come after."""

    def __init__(self, pairs: Sequence[tuple[Standing, type[Service], Command]], now: datetime):
        self.day = local_day(now)
        self.wanted = {case.case_id: found for case, service, command in pairs if (found := tallies_read(service, command))}
        self.answers = _answers(self.wanted)
        self.decided: list[tuple[str, str, Line]] = []
        locked = {siren for case_id, found in self.wanted.items() for one in found for siren in self._sirens(case_id, one)}
        if locked:
            rows(_LOCK, [text_array(sorted(locked))])

    def read(self, service: type[Service], case: Standing) -> dict[str, int]:
        """The sums that the act of this case is held against, by name."""
        found = {}
        for tally in self.wanted.get(case.case_id, ()):
            sirens = self._sirens(case.case_id, tally)
            lines = list_lines(service, tally, sirens, case, self.day)
            now = [
                line
                for name, siren, line in self.decided
                if name == tally.name and siren in sirens and line.case_id != case.case_id
            ]
            found[tally.name] = sum(line.cents for line in (*lines, *now))
        return found

    def note(self, case: Standing, decision: Decision) -> None:
        """What was decided counts for the next of the batch."""
        for tally in self.wanted.get(case.case_id, ()):
            own = self._sirens(case.case_id, tally)[:1]
            if own and (cents := _cents(tally, decision.fact.action, decision.fact.data)):
                self.decided.append((tally.name, own[0], Line(case.case_id, "", case.service, self.day, cents)))

    def _sirens(self, case_id: int, tally: Tally) -> list[str]:
        return sirens_of(tally, self.answers.get(case_id, {}))


def tallies_read(service: type[Service], command: Command) -> tuple[Tally, ...]:
    """The tallies that the conditions of an action read."""
    action = service.flow.actions.get(command.action)
    if not service.tallies or action is None:
        return ()
    conditions = [one.when for one in action.barred] + ([action.when] if action.when is not None else [])
    names = frozenset().union(*(one.names() for one in conditions))
    return tuple(tally for tally in service.tallies if tally.name in names)


def sirens_of(tally: Tally, answers: Mapping[str, Any]) -> list[str]:
    """The firm's own number first, then those of the firms that are one undertaking with it."""
    own = [answers.get(tally.same) or {}]
    linked = [held for name in tally.also for row in answers.get(name) or () for held in row.values() if isinstance(held, Mapping)]
    return list(dict.fromkeys(one["siren"] for one in (*own, *linked) if one.get("siren")))


def list_lines(service: type[Service], tally: Tally, sirens: Sequence[str], case: Standing, day: date) -> list[Line]:
    """The acts of other cases that count on that day, the oldest first."""
    if not sirens:
        return []
    lasts = service.rules_on(case.filed_on)[tally.within] if isinstance(tally.within, str) else tally.within
    found = rows(
        _ENTRIES,
        {
            "same": tally.same,
            "marks": " | ".join(f"'={siren}'" for siren in sirens),
            "sirens": text_array(sirens),
            "services": text_array(tally.services or (service.code,)),
            "actions": text_array([*tally.adds, *tally.takes]),
        },
    )
    return [
        Line(case_id, code, of, on, cents)
        for _siren, case_id, code, of, action, on, data in found
        if case_id != case.case_id and _counts(lasts, on, day) and (cents := _cents(tally, action, json.loads(data)))
    ]


def _counts(lasts: Length, on: date, day: date) -> bool:
    return on <= day <= lasts.last_day(on)


def _cents(tally: Tally, action: str, data: Mapping[str, Any]) -> int:
    if action in tally.takes:
        return -int(data.get(tally.takes[action]) or 0)
    return int(data.get(tally.adds[action]) or 0) if action in tally.adds else 0


def _answers(case_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    ids = list(case_ids)
    return dict(Case.objects.filter(pk__in=ids).values_list("pk", "answers")) if ids else {}
