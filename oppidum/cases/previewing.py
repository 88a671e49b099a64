"""What a batch of commands would come to, without writing anything: the preview of an act on a selection."""

from collections.abc import Sequence
from datetime import datetime

from oppidum.cases.acting import Outcome
from oppidum.cases.declaration import get_service
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.decide import decide
from oppidum.cases.rules.evolve import evolve
from oppidum.cases.rules.standing import Command
from oppidum.core import clock
from oppidum.core.errors import NotFound, Refusal


def foresee(commands: Sequence[tuple[int, Command]], now: datetime | None = None) -> list[Outcome]:
    """The outcomes that `act` would have now, in the order of the commands; one query, nothing is written or locked."""
    now = now or clock.now()
    standings = read_standings([case_id for case_id, _ in commands])
    return [_foresee(standings.get(case_id), case_id, command, now) for case_id, command in commands]


def _foresee(case, case_id: int, command: Command, now: datetime) -> Outcome:
    if case is None:
        return Outcome(case_id, refusal=NotFound())
    service = get_service(case.service, case.definition)
    try:
        return Outcome(case_id, evolve(service, case, decide(service, case, command, now).fact))
    except Refusal as refusal:
        return Outcome(case_id, refusal=refusal)
