"""The flow as a graph: every step is reached, from every step an end is, and delays lead on."""

from collections.abc import Iterator, Mapping

from oppidum.cases.declaration.flow import BACK, STAY
from oppidum.cases.declaration.service import Service


def leads_to_steps_that_exist(service: type[Service]) -> Iterator[str]:
    steps = service.flow.steps
    if any(service.routing) and not all(service.routing):
        yield "declare both steps of `routing`: where a filed case stands whose team is known, then one whose team isn't"
    for name in filter(None, service.routing):
        if name not in steps:
            yield f"routing leads to '{name}', which is no step: declare it or correct the name"
    for step in steps.values():
        for move in step.moves.values():
            for target in move.targets:
                if target not in steps and target not in (BACK, STAY):
                    yield (
                        f"step '{step.name}': action '{move.action.name}' leads to '{target}', which is no step: declare it or "
                        "correct the name"
                    )


def reaches_every_step(service: type[Service]) -> Iterator[str]:
    reached = closure({service.flow.first}, edges(service))
    for name in service.flow.steps:
        if name not in reached:
            yield f"step '{name}' can't be reached; lead an action to it or drop it"


def can_end_everywhere(service: type[Service]) -> Iterator[str]:
    if not any(step.is_end for step in service.flow.steps.values()):
        yield "no step is an end: declare one with end(...)"
    backwards: dict[str, set[str]] = {}
    for source, targets in edges(service).items():
        for target in targets:
            backwards.setdefault(target, set()).add(source)
    ending = closure({s.name for s in service.flow.steps.values() if s.is_end}, backwards)
    for name in service.flow.steps:
        if name not in ending:
            yield f"step '{name}' can't end; give it an action or a delay (waits=, then=) that leads on"


def delays_lead_on(service: type[Service]) -> Iterator[str]:
    for step in service.flow.steps.values():
        if (step.waits is None) != (step.then is None):
            yield f"step '{step.name}': waits= and then= go together"
        if step.then and step.then not in step.moves:
            yield f"step '{step.name}': then='{step.then}' is no action of this step: offer it here or name another"
        elif step.then and STAY in step.moves[step.then].targets:
            yield f"step '{step.name}': then='{step.then}' leaves the case where it is, for ever: let it lead on"
        if step.joined and step.joined not in step.moves:
            yield f"step '{step.name}': joined='{step.joined}' is no action of this step: offer it here or name another"
        if step.is_end and step.waits is not None:
            yield f"step '{step.name}': an end waits for nothing: drop waits= and then="


def edges(service: type[Service]) -> dict[str, set[str]]:
    """Where each step can lead; BACK may return to any open step that has a move into this one."""
    steps = service.flow.steps
    found = {name: {to for m in step.moves.values() for to in m.targets if to in steps} for name, step in steps.items()}
    found[service.flow.first] |= set(service.routing) & set(steps)
    into = {name: {s for s, targets in found.items() if name in targets} for name in steps}
    for name, step in steps.items():
        if any(BACK in m.targets for m in step.moves.values()):
            found[name] |= into[name]
    return found


def closure(starts: set[str], leads: Mapping[str, set[str]]) -> set[str]:
    """All that is reached from `starts`."""
    seen, todo = set(starts), list(starts)
    while todo:
        for target in leads.get(todo.pop(), ()):
            if target not in seen:
                seen.add(target)
                todo.append(target)
    return seen
