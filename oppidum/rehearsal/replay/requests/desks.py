"""Officers' desks: how many files of a service are decided on a working day, the oldest first; the others wait for the next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from oppidum.core.calendar import is_working_day
from oppidum.rehearsal.replay.plan import Plan

Turn = tuple[int, int, str]


@dataclass
class Desks:
    """What each service's officers can still do today. `per_day`: files on a working day at scale 1; 0 is as many as there are."""

    per_day: Mapping[str, float]
    plan: Plan
    _left: dict[str, float] = field(default_factory=dict)
    _waiting: list[Turn] = field(default_factory=list)

    def open(self, day: date) -> None:
        """A new day: a working day has its capacity, another none; a part of a file that was left over goes on."""
        self._waiting = []
        for code, rate in self.per_day.items():
            if rate:
                today = rate * self.plan.scale * self.plan.changes.officers.get(code, 1.0) if is_working_day(day) else 0.0
                self._left[code] = self._left.get(code, 0.0) % 1.0 + today

    def take(self, service: str, turn: Turn) -> bool:
        """Whether there is still time for the file today; if not, its turn waits."""
        if not self.per_day.get(service):
            return True
        if self._left.get(service, 0.0) < 1.0:
            self._waiting.append(turn)
            return False
        self._left[service] -= 1.0
        return True

    def waiting(self) -> list[Turn]:
        """The turns for which there was no time, in their order; they are asked for once."""
        found, self._waiting = self._waiting, []
        return found
