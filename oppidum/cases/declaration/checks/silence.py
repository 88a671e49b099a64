"""Silence falls where it may: wherever a clock can run out, the act that its silence is stands open, or silence is a fact beside."""

from collections.abc import Iterator

from oppidum.cases.declaration.clocks import FILE, MOVERS, Clock
from oppidum.cases.declaration.flow import BACK, STAY
from oppidum.cases.declaration.service import Service

WAITING, RUNNING, HELD, OVER = "not started", "running", "held", "over"
# Where an event leaves a clock; interrupted time runs on by itself, so the clock may still run out.
_AFTER = {"stop": OVER, "resume": RUNNING, "restart": RUNNING, "start": RUNNING, "wait": HELD, "suspend": HELD}


def falls_where_it_may(service: type[Service]) -> Iterator[str]:
    """Only for clocks whose silence is an act of the flow: the others record a fact, whatever the step."""
    for clock in service.clocks:
        if clock.silence in service.flow.actions:
            yield from _runs_out_where_it_may(service, clock)


def _runs_out_where_it_may(service: type[Service], clock: Clock) -> Iterator[str]:
    """Every (step, state of the clock) that acts can lead to, breadth first; BACK may lead to any step that leads here."""
    steps = service.flow.steps
    into = {name: {s.name for s in steps.values() for m in s.moves.values() if name in m.targets} for name in steps}
    first = RUNNING if FILE in clock.starts else WAITING
    todo = [(name, first) for name in {service.flow.first, *filter(None, service.routing)} & set(steps)]
    seen = set(todo)
    while todo:
        name, state = todo.pop(0)
        for move in steps[name].moves.values():
            after = _moved(clock, move.action.name, state)
            for target in move.targets:
                for to in {name} if target == STAY else into[name] if target == BACK else {target} & set(steps):
                    if (to, after) not in seen:
                        seen.add((to, after))
                        todo.append((to, after))
    for name, step in steps.items():
        if (name, RUNNING) in seen and not step.is_end and clock.silence not in step.moves:
            yield (
                f"clock '{clock.name}': may run out in step '{name}', where '{clock.silence}' isn't offered: offer it there, or stop "
                "the clock on every way to it"
            )


def _moved(clock: Clock, action: str, state: str) -> str:
    if action == clock.silence and state == RUNNING:
        return OVER
    for mover, event in MOVERS.items():
        if (
            action in getattr(clock, mover)
            and event in _AFTER
            and not (event in ("resume", "suspend", "wait") and state in (WAITING, OVER))
        ):
            state = _AFTER[event]
    return state
