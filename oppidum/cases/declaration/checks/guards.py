"""Guards leave a way: no condition that never holds, no branch that is never taken, no case that every guard turns away.

What can hold together is decided over the declared answers (`deciding.py`), and each fault shows the answers that make it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from oppidum.cases.declaration.checks.acting import is_sure, time_leads_on
from oppidum.cases.declaration.checks.asking import forms, names_read
from oppidum.cases.declaration.checks.conditions import expressions_of
from oppidum.cases.declaration.deciding import Domain, Undecided, find_example, show_example
from oppidum.cases.declaration.domains import domains_of, sure
from oppidum.cases.declaration.expressions import All, AnyOf, Comparison, Expression, Given, InZone, Not, OneOf
from oppidum.cases.declaration.fields import Condition
from oppidum.cases.declaration.flow import STAY, Step
from oppidum.cases.declaration.letter_checks import sure_at_steps
from oppidum.cases.declaration.service import Service


def hold_sometimes(service: type[Service]) -> Iterator[str]:
    """Each condition can hold; one inside a list's rows, or that reads what isn't declared, is told elsewhere."""
    domains = domains_of(service)
    rows = {column for _where, form in forms(service) for one in form.values() for column in getattr(one, "fields", ())}
    for where, condition in expressions_of(service):
        readable = _is_condition(condition) and not names_read(condition) & rows and names_read(condition) <= set(domains)
        if readable and _example([condition], [], domains) is None:
            yield f"{where}: its condition can never hold ({_said(condition)}): correct it or drop it"


def branches_are_taken(service: type[Service]) -> Iterator[str]:
    """The first way of a branch that holds is taken, so each must hold somewhere the ways before it don't."""
    domains = domains_of(service)
    for step in service.flow.steps.values():
        for move in step.moves.values():
            before: list[Any] = []
            guard = [move.action.when] if move.action.when is not None else []
            for condition, to in move.ways:
                alone = _example([condition, *guard], [], domains)
                if before and alone is not None and _example([condition, *guard], before, domains) is None:
                    yield (
                        f"step '{step.name}': action '{move.action.name}' never leads to '{to}': whenever its condition holds, one "
                        f"before it does (as with {show_example(alone, domains)}): put it first or narrow the other"
                    )
                before.append(condition)
            if before and _example(guard, before, domains) is None:
                yield (
                    f"step '{step.name}': action '{move.action.name}' never leads to '{move.to}': its branches leave nothing over; "
                    f"make '{move.to}' unconditional by dropping the last condition"
                )


def never_turn_everybody_away(service: type[Service]) -> Iterator[str]:
    """In each open step, whatever was answered, an action that leads on is offered, or time leads on."""
    domains, at = domains_of(service), sure_at_steps(service)
    for step in service.flow.steps.values():
        guards = _guards(service, step)
        if guards:
            example = _example([], guards, sure(domains, at.get(step.name, frozenset())))
            if example is not None:
                yield (
                    f"step '{step.name}': nobody can lead on a case with {show_example(example, domains)}: every action there has a "
                    "condition (when=) that fails; offer one without, or waits= and then="
                )


def _guards(service: type[Service], step: Step) -> list[Any]:
    """The conditions of all that leads on; none if something leads on without one."""
    leading_on = [move.action for move in step.moves.values() if STAY not in move.targets]
    if step.is_end or step.then or step.joined or time_leads_on(service, leading_on):
        return []
    sure_ones = [action for action in leading_on if is_sure(action)]
    return [] if any(action.when is None for action in sure_ones) else [action.when for action in sure_ones]


def _is_condition(one: Any) -> bool:
    """Whether it gives yes or no; amounts and computed values don't."""
    return isinstance(one, Condition | All | AnyOf | Comparison | Given | InZone | Not | OneOf)


def _example(holding: list, failing: list, domains: Mapping[str, Domain]) -> dict[str, Any] | None:
    """An example, or an empty one where there are too many answers to try."""
    try:
        return find_example(holding, failing, domains)
    except Undecided:
        return {}


def _said(condition: Expression | Condition) -> str:
    return condition.say({}) if hasattr(condition, "say") else f"{condition.name} : {' / '.join(map(str, condition.values))}"
