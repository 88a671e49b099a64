"""What brings a case at rest back before the officers by itself (see `rules/resting.py`)."""

from oppidum.cases.declaration.clocks import Clock
from oppidum.cases.declaration.flow import BACK, STAY, Step
from oppidum.cases.declaration.service import Service


def wants_somebody(service: type[Service], step: Step, clock: Clock) -> bool:
    """Whether somebody has to act before the clock's end while it runs in that step: it counts as due, or nothing but an act of the
    authority's ends it."""
    asks = clock.is_due or (clock.whose == "authority" and not clock.falls)
    return asks and not wakes_by_itself(service, step, clock)


def wakes_by_itself(service: type[Service], step: Step, clock: Clock) -> bool:
    """Whether the end of the clock leads out of the step: the authority's own to where the case is seen again, the applicant's anywhere."""
    move = step.moves.get(clock.silence or "")
    if move is None or not {STAY, BACK, step.name}.isdisjoint(move.targets):
        return False
    return clock.whose == "applicant" or not any(
        service.flow.steps[to].is_end or service.flow.steps[to].rests for to in move.targets
    )
