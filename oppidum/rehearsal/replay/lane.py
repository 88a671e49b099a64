"""What a lane is: a simulator of some cases, which the worker asks day by day and tells what came of it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from oppidum.cases.acting import Outcome
from oppidum.cases.calls import NewCall
from oppidum.cases.filing import Filed, NewCase
from oppidum.cases.rules.standing import Command, Standing
from oppidum.cases.watching import Entry
from oppidum.rehearsal.replay.notes import Notes


class Lane:
    """Cases that nobody outside the lane acts on.

    A run's checkpoints hold its `memory`: every attribute, pickled, but those named in `OUTFIT`, which are made anew from the plan.

    A day goes: `arrive`, the cases are filed, `filed` each; `turns` up to `ROUNDS` times, acted on, `went` each; time does its part;
    `calls`; `end_of_day`. Entries that others made on its cases (time, consequences) come as `seen` in between.
    """

    ROUNDS = 6
    OUTFIT: frozenset[str] = frozenset()

    def __init__(self, name: str):
        self.name = name
        self.notes = Notes()

    def memory(self) -> dict[str, Any]:
        """What must not be forgotten between two days."""
        return {name: value for name, value in self.__dict__.items() if name not in self.OUTFIT}

    def remember(self, memory: Mapping[str, Any]) -> None:
        """Go on where a lane made from the same plan stood when it gave its `memory`."""
        self.__dict__.update(memory)

    def arrive(self, day: date) -> list[NewCase]:
        """What is filed on that day, with `filed_at` within it, in an order that only the seed decides."""
        return []

    def filed(self, new: NewCase, filed: Filed) -> None:
        """What came of a case that arrived: filed (with its standing), or refused for want of a place."""

    def turns(self, day: date, round: int) -> Iterable[tuple[int, Command]]:
        """Acts of that day, one a case, with `valid_at`; asked again after they were carried out, until there are none."""
        return ()

    def went(self, case_id: int, command: Command, outcome: Outcome) -> None:
        """What came of an act."""

    def seen(self, entry: Entry) -> None:
        """Something that this lane did not ask for happened to one of its cases."""

    def calls(self, day: date) -> list[NewCall]:
        """Calls received on that day."""
        return []

    def end_of_day(self, day: date) -> None:
        """The only place where a lane may use the database: sittings, payments, what no command brings about."""

    def end_of_week(self, day: date) -> None:
        """Before a checkpoint: note what stands."""

    def awake(self, case: Standing) -> bool:
        """Whether the worker looks after the dates of this case (silence, waits): not for one that the lane lets sleep for good."""
        return True
