"""Every condition, amount and computed value of a declaration, with where it stands."""

from collections.abc import Iterator
from typing import Any

from oppidum.cases.declaration.checks.asking import forms
from oppidum.cases.declaration.expressions import Expression
from oppidum.cases.declaration.fields import Condition
from oppidum.cases.declaration.service import Service
from oppidum.cases.declaration.walking import find_parts

WHOLE = (Expression, Condition)

# Parts of a service that hold expressions outside its forms and its flow, with what one of them is called in a sentence.
PARTS = {
    "eligibility": "eligibility",
    "clocks": "clock",
    "opinions": "opinion",
    "bookings": "booking",
    "fees": "fee",
    "grants": "grant",
    "letters": "letter",
    "routes": "route",
    "escalations": "escalation",
    "partners": "partner",
    "figures": "figure",
}


def expressions_of(service: type[Service]) -> Iterator[tuple[str, Any]]:
    """(where, expression): whole ones, not their parts. Old conditions (`answered`) are expressions too."""
    for where, form in forms(service):
        for name, question in form.items():
            for one in find_parts(question, WHOLE):
                yield f"{where}: '{name}'", one
        for page in getattr(form, "pages", ()):
            if page.when is not None:
                yield f"{where}: page '{page.name}'", page.when
    for action in service.flow.actions.values():
        if action.when is not None:
            yield f"action '{action.name}'", action.when
        yield from ((f"action '{action.name}'", one.when) for one in action.barred)
        for value in action.sets.values():
            if isinstance(value, Expression):
                yield f"action '{action.name}'", value
    for step in service.flow.steps.values():
        if step.unless is not None:
            yield f"step '{step.name}'", step.unless
        for move in step.moves.values():
            for condition, _to in move.ways:
                yield f"step '{step.name}': action '{move.action.name}'", condition
    for part, word in PARTS.items():
        for number, held in enumerate(getattr(service, part, ()), start=1):
            name = getattr(held, "name", "") or getattr(held, "code", "") or str(number)
            for one in find_parts(held, WHOLE):
                yield f"{word} '{name}'{rows_of(held, one)}", one
    for hold in getattr(service.privacy, "holds", ()):
        yield "privacy", hold.when


def rows_of(held: Any, expression: Any) -> str:
    """Of a fee's line that is reckoned for each row of a list: which list, so that the row's columns may be read."""
    for line in getattr(held, "lines", ()):
        if getattr(line, "each", "") and any(one is expression for one in find_parts(line, WHOLE)):
            return f", each of '{line.each}'"
    return ""
