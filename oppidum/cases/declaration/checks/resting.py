"""Steps that rest hide nothing: no promise and no answer of the authority runs in them, and what sleeps through is no call for help."""

from collections.abc import Iterator

from oppidum.cases.declaration.clocks import FILE
from oppidum.cases.declaration.fields import Text
from oppidum.cases.declaration.flow import BACK, STAY, Step
from oppidum.cases.declaration.resting import wants_somebody
from oppidum.cases.declaration.service import Service


def hides_nothing(service: type[Service]) -> Iterator[str]:
    for step in service.flow.steps.values():
        faults = _resting(service, step) if step.rests else _awake(step)
        yield from (f"step '{step.name}' {fault}" for fault in faults)


def _awake(step: Step) -> Iterator[str]:
    if step.sleeps_through or step.unless is not None:
        yield "doesn't rest, so sleeps_through= and unless= mean nothing: say rests=True or drop them"


def _resting(service: type[Service], step: Step) -> Iterator[str]:
    if step.is_end:
        yield "rests, but an end is closed anyway: drop rests=True"
        return
    if not step.pauses and (service.promise or any(category.promise for category in service.categories.values())):
        yield "rests while the promise to the resident runs: say pauses=True there, or drop rests=True"
    if step.joined:
        yield "rests while opinions are awaited: drop rests=True"
    yield from _opinions(step)
    yield from _clocks(service, step)
    yield from _sleeps(service, step)


def _opinions(step: Step) -> Iterator[str]:
    for move in step.moves.values():
        if move.action.asks and STAY in move.targets:
            yield f"rests, but '{move.action.name}' asks for opinions there: lead it to a step that doesn't rest"


def _clocks(service: type[Service], step: Step) -> Iterator[str]:
    """What leads into the step starts no clock that somebody must keep before its end."""
    into = {name for one in service.flow.steps.values() for name, move in one.moves.items() if step.name in move.targets}
    into |= {FILE} if step.name in (service.flow.first, *service.routing) else set()
    for clock in service.clocks:
        for name in sorted(into.intersection(clock.starts)):
            if wants_somebody(service, step, clock):
                yield (
                    f"rests, but '{name}' leads there and starts the clock '{clock.name}', which has to be kept: "
                    "let its silence lead to a step that doesn't rest, or drop rests=True"
                )


def _sleeps(service: type[Service], step: Step) -> Iterator[str]:
    for name in step.sleeps_through:
        move = step.moves.get(name)
        if move is None or STAY not in move.targets or BACK in move.targets:
            yield f"sleeps through '{name}', which is no action that leaves the case there: correct the name, or drop it"
        elif "act" in move.action.by and len(move.action.by) == 1:
            yield f"sleeps through '{name}', which only officers take: their own acts wake nothing, drop it"
        elif any(clock.is_due and name in clock.starts and clock.whose == "authority" for clock in service.clocks):
            yield f"sleeps through '{name}', which starts a clock of the authority's: somebody has to answer, drop it"
        elif any(isinstance(question, Text) and question.private for question in move.action.demands.values()):
            yield f"sleeps through '{name}', by which somebody writes a message: somebody has to read it, drop it"
