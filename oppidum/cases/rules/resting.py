"""Rest: an open case about which nobody has anything to do, until time or somebody wakes it.

A step that `rests` says so of the cases that stand in it. What is owed is never hidden by rest: a promise that runs keeps a case awake, and
so does a legal clock whose end counts as due, unless that end itself brings the case into a step in which it is seen again. What is heard
from outside (a resident's act, also one that the call centre writes down, a third party's, an opinion), a silence that was recorded, a warning and an officer being put in charge wake
it; then it is awake until an officer has acted on it, or it leaves the step.
"""

from oppidum.cases.declaration import recorded
from oppidum.cases.declaration.flow import Action, Step
from oppidum.cases.declaration.resting import wants_somebody
from oppidum.cases.declaration.service import Service
from oppidum.cases.rules import asking, clocks
from oppidum.cases.rules.standing import Actor, Fact, Standing

# Who acts under these rights alone writes down what was heard, and leaves it to those who act on the case.
HEARS = frozenset({"intake", "ask", "note"})
_IN_CHARGE = ("team", "officer")


def begins_at_rest(service: type[Service], case: Standing) -> bool:
    """Whether a case that comes into its step rests there."""
    return service.flow.steps[case.step].rests and not is_owed(service, case)


def rests_after(service: type[Service], before: Standing, after: Standing, fact: Fact) -> bool:
    """Whether the case rests after `fact`, which led from `before` to `after`."""
    step = service.flow.steps[after.step]
    if not step.rests or not (after.step != before.step or _is_quiet(service, step, before, fact)):
        return False
    return not is_owed(service, after)


def _is_quiet(service: type[Service], step: Step, before: Standing, fact: Fact) -> bool:
    """Whether nobody has to look at the case after an entry that leaves it in its step."""
    if fact.action in step.sleeps_through:
        return before.rests
    if fact.action == recorded.ESCALATE or (fact.action == asking.OPINION and fact.actor.kind != "system"):
        return False
    if fact.actor.kind == "system" or fact.action in recorded.RECORDED:
        return before.rests and "clock" not in fact.data
    return fact.actor.kind == "officer" and recorded.HEARD not in fact.data and not any(fact.data.get(name) for name in _IN_CHARGE)


def is_heard(action: Action, actor: Actor, team: int | None) -> bool:
    """Whether an officer who takes the action on a case of that team only writes down what was heard: the entry then says so."""
    return actor.kind == "officer" and actor.rights_over(team).intersection(action.by) <= HEARS


def is_owed(service: type[Service], case: Standing) -> bool:
    """Whether somebody has something to do: what the step itself names, the promise, or a clock whose end the case would sleep through."""
    step = service.flow.steps[case.step]
    if clocks.promise_of(case) is not None or (step.unless is not None and step.unless.holds(service.known(case))):
        return True
    return bool(service.clocks) and any(
        state.is_counting and wants_somebody(service, step, clock) for clock, state in clocks.clock_states(service, case)
    )
