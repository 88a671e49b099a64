"""Marks: what a service is to a room above `cases`, said by the service, so that no room knows it by its code.

    VOTE = Mark("vote", steps=("voting", "counting"), acts=("count_vote",), asks=("title", "budget"))      the room, in its `marks.py`
    marks = (VOTE,)                                                                                        the service
    VOTE.service.flow, VOTE.code                                                                           the room again

A mark names all that its room reads of the declaration: steps, acts, and questions of the form or of an act; that they exist is proved at
start. One service of a catalogue bears it at most; where none does, the room has nothing to show. A mark decides nothing about a case: it
is no part of a version.
"""

from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Any


@dataclass(frozen=True)
class Mark:
    """What a room takes a service for, and reads of it; see the head of the module."""

    name: str
    _: KW_ONLY
    steps: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()

    @property
    def service(self) -> Any:
        """The service that bears it. LookupError where none does."""
        if (found := self._find()) is None:
            raise LookupError(f"no service bears the mark '{self.name}'")
        return found

    @property
    def code(self) -> str:
        """The code of the service that bears it, for a query; "", which no case has, where none does."""
        found = self._find()
        return found.code if found else ""

    def _find(self) -> Any:
        from oppidum.cases.declaration.registry import catalogue  # Which checks the marks.

        return next((service for service in catalogue().values() if self in service.marks), None)


# Problems in public space: what the map, the contact centre and Open311 take and show.
REPORTS = Mark("reports", acts=("follow", "message"))


def mark_faults(service: Any) -> Iterator[str]:
    """What a room would look for in vain, a sentence each."""
    flow = service.flow
    asked = {*service.form, *(name for action in flow.actions.values() for name in action.demands)}
    for mark in service.marks:
        for what, wanted, known in (
            ("step", mark.steps, flow.steps),
            ("act", mark.acts, flow.actions),
            ("question", mark.asks, asked),
        ):
            for name in wanted:
                if name not in known:
                    yield f"mark '{mark.name}': its room reads the {what} '{name}', which the service lacks: declare it or leave the mark"


def mark_faults_between(service: Any, services: Mapping[str, Any]) -> Iterator[str]:
    """A mark that another service bears too."""
    for mark in service.marks:
        others = [one.code for one in services.values() if mark in one.marks and one is not service]
        if others:
            yield f"mark '{mark.name}': '{others[0]}' bears it too: a room knows one service by it"
