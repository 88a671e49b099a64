"""Dates beside the clocks on which time acts: bodies that kept silent about an opinion, officers who are told that a date is near."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from oppidum.cases.declaration.recorded import ESCALATE
from oppidum.cases.declaration.routing import End, Escalation
from oppidum.cases.declaration.service import Service
from oppidum.cases.rules.asking import open_opinions, silent_opinion
from oppidum.cases.rules.standing import SYSTEM, Command, Standing
from oppidum.core.clock import midnight

TOLD = "told:"


def find_escalations(service: type[Service], case: Standing, ends: dict[str, End]) -> Iterator[tuple[datetime, Escalation]]:
    """The escalations still to come, each with its instant. `ends`: those of each running clock, and of the promise."""
    for one in service.escalations:
        if one.clock in ends and TOLD + one.key not in case.facts:
            yield max(one.tells_at(ends[one.clock]), midnight(case.step_since)), one


def find_silent(service: type[Service], case: Standing) -> Iterator[tuple[date, Command]]:
    """The opinions that time will answer, each with the day that follows its last one."""
    for one, last in open_opinions(service, case):
        yield last + timedelta(days=1), silent_opinion(one)


def find_over(service: type[Service], case: Standing, ends: dict[str, End], now: datetime) -> Iterator[tuple[datetime, Command]]:
    """What time has to do by `now`, each with the instant at which it counts; every command for the version that it was made for."""
    for day, command in find_silent(service, case):
        if midnight(day) <= now:
            yield midnight(day), command._replace(seen=case.version, valid_at=midnight(day))
    for at, one in find_escalations(service, case, ends):
        if at <= now:
            data = {"escalation": one.key, "to": one.to, "clock_ends_on": ends[one.clock].on.isoformat()}
            yield at, Command(ESCALATE, SYSTEM, data, case.version, valid_at=at)
