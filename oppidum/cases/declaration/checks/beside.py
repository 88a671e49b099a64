"""What stands beside the steps: opinions that can be asked for and waited for, rules that route, escalations that a date can bring."""

from collections.abc import Iterator

from oppidum.cases.declaration.opinions import NO_ANSWER
from oppidum.cases.declaration.routing import PRIORITIES, PROMISE


def asks_who_can_answer(service) -> Iterator[str]:
    """Opinions have an end and an answer for silence; what is asked is declared; a step that waits for opinions can go on."""
    declared = {one.name for one in service.opinions}
    for one in service.opinions:
        if one.of.partition(":")[0] not in ("team", "third", "body") or ":" not in one.of:
            yield f"opinion '{one.name}': say who gives it: of='team:CODE', 'third:ROLE' or 'body:CODE'"
        if isinstance(one.due, int) and one.due < 1:
            yield f"opinion '{one.name}': give at least one day (due=)"
        if one.silence != NO_ANSWER and one.silence not in one.options:
            yield f"opinion '{one.name}': silence='{one.silence}' is none of its options: name one, or '{NO_ANSWER}'"
    for action in service.flow.actions.values():
        for name in action.asks:
            if name not in declared:
                yield f"action '{action.name}': asks for '{name}', which is no opinion of this service: declare it in `opinions`"
    for step in service.flow.steps.values():
        if not step.joined:
            continue
        move = step.moves.get(step.joined)
        if move is None or "system" not in move.action.by:
            yield f"step '{step.name}': joined='{step.joined}' is no action of this step that the system may take: offer it by='system'"


def routes_and_escalates(service) -> Iterator[str]:
    """Routing rules change something; escalations count back from a clock that there is, and each is told apart in the journal."""
    for one in service.routes:
        if not (one.team or one.priority or one.promise is not None):
            yield f"route '{one.says}': it changes nothing: give a team, a priority or a promise"
        if one.priority and one.priority not in PRIORITIES:
            yield f"route '{one.says}': priority is one of {', '.join(PRIORITIES)}"
    dates = {clock.name for clock in service.clocks} | {PROMISE}
    seen: set[str] = set()
    for one in service.escalations:
        if one.clock not in dates:
            yield f"escalation '{one.key}': there is no clock '{one.clock}': name one of {', '.join(sorted(dates))}"
        if one.key in seen:
            yield f"escalation '{one.key}': declared twice; give one of them a name="
        seen.add(one.key)
