"""Questions depend on what was asked before them, so that one pass gives one result, in the browser as on the server."""

from collections.abc import Iterator, Mapping

from oppidum.cases.declaration.fields import Field
from oppidum.cases.declaration.service import Service


def asks_before_it_depends(service: type[Service]) -> Iterator[str]:
    for where, form in forms(service):
        earlier: set[str] = set()
        for name, question in form.items():
            for read in sorted(names_read(question.when) - earlier):
                yield f"{where}: '{name}' depends on '{read}', which is not asked before it: move '{name}' after it"
            earlier.add(name)


def forms(service: type[Service]) -> Iterator[tuple[str, Mapping[str, Field]]]:
    """Every form of the declaration, with where it stands."""
    yield "form", service.form
    for category in service.categories.values():
        yield f"category '{category.code}'", category.questions
    for action in service.flow.actions.values():
        yield f"action '{action.name}'", action.demands


def names_read(condition: object) -> frozenset[str]:
    """The answers that a condition reads; none without a condition."""
    if condition is None:
        return frozenset()
    return condition.names() if hasattr(condition, "names") else frozenset({condition.name})
