"""The dates that follow from a case's facts: promise, pauses, legal clocks, waiting steps.

All are derived, never typed. Days are those of the authority's time zone. A pause counts in working days, as the promise does.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from oppidum.bookings.places import read_place
from oppidum.cases.declaration.clocks import FILE, MOVERS, Clock
from oppidum.cases.declaration.expressions import Expression
from oppidum.cases.declaration.routing import PROMISE, End
from oppidum.cases.declaration.service import Service
from oppidum.cases.rules.clock_states import NOT_STARTED, RUNNING, ClockState, clock_state
from oppidum.cases.rules.escalating import find_escalations, find_silent
from oppidum.cases.rules.standing import Fact, Standing
from oppidum.core.calendar import Length, add_working_days, days, working_days_between
from oppidum.core.clock import local_day, midnight

DAY = timedelta(days=1)


@lru_cache(maxsize=16384)
def due_on(clock_from: date, promise: int, paused_days: int) -> date:
    """The last day of the promise: `promise` working days after `clock_from`, later by the working days of the pauses."""
    return add_working_days(clock_from, promise + paused_days)


def paused_days_of(paused_on: date, until: date) -> int:
    """Working days that a pause took from the promise. One that ends on the day it began took none."""
    return working_days_between(paused_on, until)


def begin_clocks(service: type[Service], case: Standing, fact: Fact) -> dict[str, list]:
    """The events that filing makes, of clocks that can't be reckoned from the day of filing alone."""
    return {
        clock.name: [["start", _written(_start(clock, case, fact))]]
        for clock in service.clocks
        if FILE in clock.starts and not clock.is_plain
    }


def move_clocks(service: type[Service], case: Standing, fact: Fact) -> dict[str, list] | None:
    """The clocks' events after `fact`, or None when it moves none of them."""
    movers = _movers(service).get(fact.action, ())
    lapsed = fact.data.get("clock") if fact.actor.kind == "system" else None
    if not movers and lapsed is None:
        return None
    after = {name: list(events) for name, events in case.clocks.items()}
    if lapsed is not None:
        counts_hours = any(clock.name == lapsed and clock.in_hours for clock in service.clocks)
        after.setdefault(lapsed, []).append(["lapse", _written(fact.legal_at if counts_hours else legal_day(fact))])
    for clock, kind in movers:
        has_begun = clock.is_plain or clock.name in after or kind in ("start", "restart")
        if clock.name != lapsed and has_begun:
            when = _start(clock, case, fact) if kind == "start" else _when(clock, case, fact)
            event = [kind, _written(when)]
            after.setdefault(clock.name, []).append(event + _more(service, case, clock, kind, fact))
    return after


def correct_starts(service: type[Service], case: Standing, facts: Mapping[str, Any]) -> dict[str, list]:
    """The clocks' events when answers were corrected: a clock counted from an answer counts from what it ought to have been. None begins anew."""
    after = dict(case.clocks)
    for clock in service.clocks:
        given, events = facts.get(clock.starts_from), after.get(clock.name)
        if given and events and events[0][0] == "start":
            after[clock.name] = [["start", _written(_read(clock, given))], *events[1:]]
    return after


def clock_states(service: type[Service], case: Standing) -> Iterator[tuple[Clock, ClockState]]:
    """Where each clock of the case stands, in the order of the declaration; those that never began are left out."""
    rules: Mapping[str, Any] | None = None
    for clock in service.clocks:
        events = case.clocks.get(clock.name, ())
        if not events and not clock.is_plain:
            continue
        if rules is None and (clock.when is not None or events or not isinstance(clock.lasts, Length)):
            rules = service.known(case) if _reads_facts(service) else service.rules_on(case.filed_on)
        if clock.when is not None and not clock.when.holds(rules) or not _is_law(clock, rules):
            continue
        if not events and isinstance(clock.lasts, Length):
            yield clock, _untouched(clock.lasts, case.filed_on)
            continue
        state = clock_state(clock, events, rules, case.filed_on)
        if state.status != NOT_STARTED or state.intervals:
            yield clock, state


def _is_law(clock: Clock, rules: Mapping[str, Any] | None) -> bool:
    """Whether the rule that gives the clock its length was in force on the day of filing: before, there was no such time."""
    given = clock.lasts.value(rules or {}) if isinstance(clock.lasts, Expression) else clock.lasts
    if isinstance(given, str) and rules is not None:
        return not rules.keys().isdisjoint((given, f"rule:{given}"))
    return given is not None


def dates_of(service: type[Service], case: Standing) -> tuple[date | None, date | None]:
    """What is due, and the next day on which time alone changes the case; None where there is no such day.

    Due is the earliest of the promise and of the running clocks. While paused the promise has no date: it depends on the answer.
    """
    promised = promise_of(case)
    due = [promised] if promised else []
    wakes = []
    if service.clocks:
        quiet = not case.clocks and not _reads_facts(service)
        ends, falls = _quiet_dates(service, case.filed_on) if quiet else _clock_dates(clock_states(service, case))
        due += ends if case.is_open else ()
        wakes += falls
    step = service.flow.steps[case.step]
    if step.waits is not None:
        wakes.append(case.step_since + timedelta(days=step.waits + 1))
    wakes += [day for day, _silent in find_silent(service, case)] if service.opinions else []
    wakes += [local_day(at) for at, _one in find_escalations(service, case, ends_of(service, case))] if service.escalations else []
    return min(due, default=None), min(wakes, default=None) if case.is_open else None


def _clock_dates(states: Iterable[tuple[Clock, ClockState]]) -> tuple[list[date], list[date]]:
    """Of running clocks: the last days that count as due, and the days on which a silence falls."""
    ends, falls = [], []
    for clock, state in states:
        if state.is_counting:
            if clock.is_due:
                ends.append(state.ends_on)
            if clock.falls:
                falls.append(local_day(state.ends_at))
    return ends, falls


@lru_cache(maxsize=4096)
def _quiet_dates(service: type[Service], filed_on: date) -> tuple[list[date], list[date]]:
    """The same while nothing has happened to any clock: the day of filing says it all, and most cases stay so."""
    rules = service.rules_on(filed_on)
    return _clock_dates(
        (clock, clock_state(clock, (), rules, filed_on)) for clock in service.clocks if clock.is_plain and _is_law(clock, rules)
    )


def promise_of(case: Standing) -> date | None:
    """The last day of the promise; none while it is paused."""
    paused = case.paused_on is not None or not case.promise
    return None if paused else due_on(case.clock_from, case.promise, case.paused_days)


def ends_of(service: type[Service], case: Standing) -> dict[str, End]:
    """The end of each running clock, by name, and of the promise."""
    ends = {clock.name: End(state.ends_on, state.ends_at) for clock, state in clock_states(service, case) if state.is_counting}
    promised = promise_of(case)
    return ends | {PROMISE: End(promised, midnight(promised + DAY))} if promised else ends


def fallen(service: type[Service], case: Standing, now: datetime) -> list[tuple[datetime, Clock]]:
    """The clocks whose time is over at `now`, each with its legal instant, the earliest first."""
    found = [
        (state.ends_at, clock)
        for clock, state in clock_states(service, case)
        if clock.falls and state.is_counting and state.ends_at <= now
    ]
    return sorted(found, key=lambda each: each[0])


def legal_day(fact: Fact) -> date:
    """The day on which a fact counts. What time does at a midnight belongs to the day that ended then: a refusal by silence is born
    at the end of the eighth day, and what runs from it has the ninth as its first day (CAA Versailles, 10 Nov. 2022, 21VE00107)."""
    day = local_day(fact.legal_at)
    return day - DAY if fact.actor.kind == "system" and fact.legal_at == midnight(day) else day


@lru_cache(maxsize=4096)
def _untouched(lasts: Length, filed_on: date) -> ClockState:
    last = lasts.last_day(filed_on)
    return ClockState(RUNNING, lasts, filed_on, last, midnight(last + DAY))


@lru_cache(maxsize=256)
def _movers(service: type[Service]) -> dict[str, tuple[tuple[Clock, str], ...]]:
    """The clocks that each action moves, and the event that it makes."""
    found: dict[str, list[tuple[Clock, str]]] = {}
    for clock in service.clocks:
        for attribute, kind in MOVERS.items():
            for action in getattr(clock, attribute):
                if action != FILE:
                    found.setdefault(action, []).append((clock, kind))
    return {action: tuple(moves) for action, moves in found.items()}


@lru_cache(maxsize=256)
def _reads_facts(service: type[Service]) -> bool:
    return any(isinstance(clock.lasts, Expression) or clock.when is not None for clock in service.clocks)


def _start(clock: Clock, case: Standing, fact: Fact) -> date | datetime:
    given = (fact.data.get(clock.starts_from) or case.facts.get(clock.starts_from)) if clock.starts_from else None
    return _read(clock, given) if given else _when(clock, case, fact)


def _when(clock: Clock, case: Standing, fact: Fact) -> date | datetime:
    """When the act counts for this clock: the day that its own answer gives, or its legal day; the instant for clocks in hours."""
    given = fact.data.get(clock.dated_by.get(fact.action, ""))
    if given:
        return _read(clock, given)
    return fact.legal_at if clock.in_hours else legal_day(fact)


def _read(clock: Clock, given: str | Mapping[str, str]) -> date | datetime:
    """A day or an instant; of a period, its last day; of a place booked, the first."""
    if isinstance(given, Mapping):
        given = given["to"]
    if "@" in given:
        given = read_place(given).day.isoformat()
    instant = datetime.fromisoformat(given) if "T" in given else None
    if clock.in_hours:
        return instant or midnight(date.fromisoformat(given))
    return local_day(instant) if instant else date.fromisoformat(given)


def _written(when: date | datetime) -> str:
    """A day, or an instant in UTC: whoever acts may tell it by the wall of the town, and the journal is read back in UTC."""
    return (when.astimezone(UTC) if isinstance(when, datetime) else when).isoformat()


def _more(service: type[Service], case: Standing, clock: Clock, kind: str, fact: Fact) -> list[str]:
    """What an interruption or an extension says beyond its day: the last day of the pause, or how much longer."""
    given = {"interrupt": clock.interruption, "extend": clock.extension}.get(kind)
    if given is None:
        return []
    if isinstance(given, Expression):
        given = given.value(service.known(case) | fact.data) or days(0)
    if isinstance(given, str):
        given = fact.data[given] if given in fact.data else service.rules_on(case.filed_on)[given]
    if kind == "extend":
        return [str(given)]
    if isinstance(given, Length):
        start = _when(clock, case, fact)
        return [_written(given.ends_at(start) if isinstance(start, datetime) else given.last_day(start))]
    return [given]
