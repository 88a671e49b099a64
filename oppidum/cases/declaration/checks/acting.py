"""Somebody may act: each action names who takes it, and no open step waits for a resident or a third party alone."""

from collections.abc import Iterator

from oppidum.cases.declaration.flow import STAY, Action, Step
from oppidum.cases.declaration.service import Service

# Who acts beside the officers. The first kinds may never answer; a body (organe délibérant) sits, and time always comes.
MAY_STAY_SILENT = ("resident", "partner", "commune", "third")
SURE = ("system", "body")


def somebody_may_act(service: type[Service]) -> Iterator[str]:
    rights = _rights()
    for action in service.flow.actions.values():
        if not action.by:
            yield f"action '{action.name}': nobody may take it; say by="
        for who in action.by:
            if _kind(who) not in (*MAY_STAY_SILENT, *SURE) and who not in rights:
                yield f"action '{action.name}': by='{who}' is no right of a role nor a party; rights: {', '.join(sorted(rights))}"
    for step in service.flow.steps.values():
        yield from _never_left_alone(service, step)


def _never_left_alone(service: type[Service], step: Step) -> Iterator[str]:
    if step.is_end or step.then or step.joined:
        return
    leading_on = [move.action for move in step.moves.values() if STAY not in move.targets]
    if not any(is_sure(action) for action in leading_on) and not time_leads_on(service, leading_on):
        who = "only the resident" if all(set(action.by) <= {"resident"} for action in leading_on) else "only outsiders"
        yield f"step '{step.name}': {who} can act; add waits= and then="


def is_sure(action: Action) -> bool:
    """Whether an officer or a body can take it; what only the system takes needs a delay or a clock that makes it."""
    return any(_kind(who) not in (*MAY_STAY_SILENT, "system") for who in action.by)


def time_leads_on(service: type[Service], leading_on: list[Action]) -> bool:
    return any(clock.silence in {action.name for action in leading_on} for clock in service.clocks)


def _kind(who: str) -> str:
    """ "third" of "third:notary"."""
    return who.partition(":")[0]


def _rights() -> frozenset[str]:
    from oppidum.people.models import Right  # When the applications are ready, and this module is read before.

    return frozenset(Right.values)
