"""The dates that follow from a case's facts: promise, pauses, legal silence, waiting steps.

All are derived, never typed. Days are those of the authority's time zone. A pause counts in working days, as the promise does.
"""

from datetime import date, timedelta

from oppidum.cases.declaration.service import LegalClock, Service
from oppidum.cases.rules.standing import Standing
from oppidum.core.calendar import add_months, add_working_days, working_days_between


def due_on(clock_from: date, promise: int, paused_days: int) -> date:
    """The last day of the promise: `promise` working days after `clock_from`, later by the working days of the pauses."""
    return add_working_days(clock_from, promise + paused_days)


def paused_days_of(paused_on: date, until: date) -> int:
    """Working days that a pause took from the promise. One that ends on the day it began took none."""
    return working_days_between(paused_on, until)


def legal_end(clock: LegalClock, filed_on: date) -> date:
    """The last day of a legal clock: same number in the month of its end, else the month's last day (see LAW: CPC art. 641).

    It ends at midnight and, for a tacit decision, doesn't move to a working day.
    """
    return add_months(filed_on, clock.months) if clock.months else filed_on + timedelta(days=clock.days)


def wakes_on(service: type[Service], case: Standing) -> date | None:
    """The next day on which time alone changes the case, or None: a waiting step runs out, or a legal clock's silence falls."""
    if not case.is_open:
        return None
    days = []
    step = service.flow.steps[case.step]
    if step.waits is not None:
        days.append(case.step_since + timedelta(days=step.waits + 1))
    if case.silence_on is None:
        days += [legal_end(clock, case.filed_on) + timedelta(days=1) for clock in service.clocks]
    return min(days, default=None)
