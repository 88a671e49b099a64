"""Who answers a call: an observation in a register, a project, an offer. While no call is open they wait, and come in the first weeks of the next."""

import math
from collections.abc import Mapping
from datetime import date, timedelta

from oppidum.cases.declaration import get_service
from oppidum.cases.declaration.campaigns import last_instant
from oppidum.cases.rules.standing import Command
from oppidum.core import clock
from oppidum.rehearsal.replay.requests.timing import File

# Of those who wait for a call, one in so many comes on each day of the next.
ONE_IN = 7


class Callers:
    """The numbers of those who wait, by service."""

    def __init__(self):
        self._waiting: dict[str, list[int]] = {}

    def wait(self, code: str, number: int) -> None:
        self._waiting.setdefault(code, []).append(number)

    def come(self, code: str, files: Mapping[int, File], day: date) -> list[int]:
        """Who comes today, the first who waited first."""
        waiting = self._waiting.get(code)
        if not waiting or not open_calls(code, files, day):
            return []
        count = math.ceil(len(waiting) / ONE_IN)
        self._waiting[code] = waiting[count:]
        return waiting[:count]


def open_calls(code: str, files: Mapping[int, File], day: date) -> dict[str, int]:
    """The calls that a request to this service can answer on that day: their codes and cases."""
    contest = get_service(code).contest
    if contest is None:
        return {}
    now = clock.midnight(day + timedelta(days=1))
    return {
        one.code: pk
        for pk, one in files.items()
        if one.service == contest.service
        and one.case.step == contest.step
        and (closes := one.case.facts.get(contest.until))
        and now < last_instant(closes)
    }


def leads_the_call_on(one: File, command: Command) -> bool:
    """Whether the act may be the choice that the call waited for: what is done about the other answers then comes after it."""
    service = get_service(one.service, one.case.definition)
    move = service.flow.steps[one.case.step].moves.get(command.action)
    return service.contest is not None and move is not None and not service.contest.goes_on.keys().isdisjoint(move.targets)
