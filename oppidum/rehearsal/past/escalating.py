"""An escalation tried on the cases of a period: whom it would have told how often, and whether of what was late in the end."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from oppidum.cases.declaration import Service
from oppidum.cases.declaration.routing import PROMISE, Escalation
from oppidum.cases.rules.clocks import clock_states, due_on
from oppidum.core import clock
from oppidum.core.errors import NotFound
from oppidum.core.sql import server_cursor

SHOWN = 24
_OVER = ("stop", "lapse")
_PROMISED = """
    select c.code, l.filed_on, l.commune, l.clock_from, l.promise, l.paused_days, (l.ended_at at time zone 'Europe/Paris')::date
    from cases_case c join cases_live l on l.case_id = c.id
    where c.service = %s and l.filed_on between %s and %s and l.promise > 0
"""
_CLOCKED = """
    select c.code, l.filed_on, l.commune, l.category, l.facts::text, l.clocks::text, (l.ended_at at time zone 'Europe/Paris')::date
    from cases_case c join cases_live l on l.case_id = c.id where c.service = %s and l.filed_on between %s and %s
"""


class Told(NamedTuple):
    """A case of which somebody would have been told."""

    code: str
    told_on: date
    commune: str
    ends_on: date
    was_late: bool


class _Run(NamedTuple):
    """The life of a date: its last day, and the day on which it was met (None: not yet)."""

    code: str
    filed_on: date
    commune: str
    ends_on: date
    met_on: date | None


class _Case(NamedTuple):
    """As much of a standing as its clocks read."""

    filed_on: date
    commune: str
    category: str
    facts: dict[str, Any]
    clocks: dict[str, list]
    is_open: bool = True


@dataclass
class EscalationTrial:
    """What it would have told: of `cases` with the date, `told` ones; `late` ended after it, `told_late` of them were told before.

    `months`: first day of the month -> cases told of; `communes` likewise.
    """

    first: date
    last: date
    cases: int = 0
    told: int = 0
    late: int = 0
    told_late: int = 0
    months: Counter = field(default_factory=Counter)
    communes: Counter = field(default_factory=Counter)
    samples: list[Told] = field(default_factory=list)

    @property
    def for_nothing(self) -> int:
        """Cases that somebody was told of and that were in time."""
        return self.told - self.told_late


def try_escalation(service: type[Service], one: Escalation, first: date, last: date) -> EscalationTrial:
    """Tell, in thought, of the cases filed from `first` to `last`. Their dates are those they had in the end: a pause or a suspension
    moves what was told before it. Raises `NotFound` for a clock that the service doesn't have."""
    if one.clock != PROMISE and one.clock not in {each.name for each in service.clocks}:
        raise NotFound()
    today, trial = clock.today(), EscalationTrial(first, last)
    runs = _promises(service, first, last) if one.clock == PROMISE else _clocks(service, one.clock, first, last)
    for run in runs:
        trial.cases += 1
        was_late = (run.met_on or today) > run.ends_on
        told_on = max(run.ends_on - timedelta(days=one.before), run.filed_on)
        is_told = told_on <= (run.met_on or today)
        trial.late += was_late
        if is_told:
            _count(trial, Told(run.code, told_on, run.commune, run.ends_on, was_late))
    return trial


def _count(trial: EscalationTrial, told: Told) -> None:
    trial.told += 1
    trial.told_late += told.was_late
    month = told.told_on.replace(day=1)
    trial.months[month] += 1
    trial.communes[told.commune] += 1
    if trial.months[month] <= 2 and len(trial.samples) < SHOWN:
        trial.samples.append(told)


def _promises(service: type[Service], first: date, last: date) -> Iterator[_Run]:
    with server_cursor() as cursor:
        for code, filed_on, commune, since, promise, paused, ended_on in cursor.execute(_PROMISED, [service.code, first, last]):
            yield _Run(code, filed_on, commune, due_on(since, promise, paused), ended_on)


def _clocks(service: type[Service], name: str, first: date, last: date) -> Iterator[_Run]:
    """The clock as if nothing had met it, and the day on which something did."""
    with server_cursor() as cursor:
        for code, filed_on, commune, category, facts, events, ended_on in cursor.execute(_CLOCKED, [service.code, first, last]):
            told = json.loads(events)
            met_on, mine = ended_on, list(told.get(name, ()))
            if mine and mine[-1][0] in _OVER:
                met_on = date.fromisoformat(mine.pop()[1][:10])
            case = _Case(filed_on, commune, category, json.loads(facts), {name: mine} if mine else {})
            for one, state in clock_states(service, case):
                if one.name == name and state.is_counting:
                    yield _Run(code, filed_on, commune, state.ends_on, met_on)
