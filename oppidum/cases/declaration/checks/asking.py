"""Questions depend on what was asked before them, so that one pass gives one result, in the browser as on the server."""

from collections.abc import Iterator, Mapping

from oppidum.cases.declaration.fields import Computed, Field, Items, pages_of
from oppidum.cases.declaration.service import Service


def asks_before_it_depends(service: type[Service]) -> Iterator[str]:
    set_by_acts = {name for action in service.flow.actions.values() for name in (*action.demands, *action.sets, *action.adds)}
    for where, form in forms(service):
        # An act's questions may depend on the case itself, and on what other acts set.
        earlier = {*service.form, *set_by_acts} if where.startswith("action") else set()
        for page in pages_of(form):
            for read in sorted(names_read(page.when) - earlier):
                yield f"{where}: page '{page.name}' depends on '{read}', which is not asked before it: move it after '{read}'"
            yield from _asked_in_order(where, page.questions, earlier)


def _asked_in_order(where: str, questions: Mapping[str, Field], earlier: set[str]) -> Iterator[str]:
    """Faults of questions asked after those of `earlier`, which grows by them."""
    for name, question in questions.items():
        for read in sorted(_read_by(question) - earlier):
            yield f"{where}: '{name}' depends on '{read}', which is not asked before it: move '{name}' after it"
        if isinstance(question, Items):
            yield from _asked_in_order(f"{where}: '{name}'", question.fields, set(earlier))
        earlier.add(name)


def _read_by(question: Field) -> frozenset[str]:
    """What a question's being asked, being required or its worked out value depends on."""
    required = None if isinstance(question.required, bool) else question.required
    value = question.value if isinstance(question, Computed) else None
    return names_read(question.when) | names_read(required) | names_read(value)


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
