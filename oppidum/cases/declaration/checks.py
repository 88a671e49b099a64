"""Proofs over a declaration: a case can't get stuck, and nothing refers to what isn't there.

Each fault is one sentence: where, and what to do. They stop the start of the program, and `oppidum services check` prints them.
"""

import string
from collections.abc import Iterator, Mapping

from oppidum.cases.declaration.fees import fee_faults
from oppidum.cases.declaration.fields import Field
from oppidum.cases.declaration.flow import BACK, STAY
from oppidum.cases.declaration.letter_checks import check_letters
from oppidum.cases.declaration.privacy import check_privacy, privacy_of
from oppidum.cases.declaration.service import NOTICE_WORDS, Service


def check_service(service: type[Service]) -> list[str]:
    """All faults of one declaration, as sentences; empty when it may run."""
    where = service.code or service.__name__
    checks = (
        _identity,
        _targets,
        _reachable,
        _can_end,
        _somebody_acts,
        _timeouts,
        _conditions,
        _categories,
        _notices,
        check_privacy,
        fee_faults,
        check_letters,
    )
    return [f"{where}: {fault}" for check in checks for fault in check(service)]


def _identity(service) -> Iterator[str]:
    for name in ("code", "name", "owner"):
        if not getattr(service, name):
            yield f"declare `{name}`"
    if not service.retention and not privacy_of(service):
        yield "declare `retention`"
    if not service.__doc__:
        yield "say in the docstring what the service is, with its French name"


def _targets(service) -> Iterator[str]:
    if not all(service.routing):
        yield "declare `routing`: the step of a filed case whose team is known, then of one whose team isn't"
    for name in filter(None, service.routing):
        if name not in service.flow.steps:
            yield f"routing leads to '{name}', which is no step: declare it or correct the name"
    for step in service.flow.steps.values():
        for move in step.moves.values():
            if move.to not in service.flow.steps and move.to not in (BACK, STAY):
                yield (
                    f"step '{step.name}': action '{move.action.name}' leads to '{move.to}', which is no step: declare it or "
                    "correct the name"
                )


def _edges(service) -> dict[str, set[str]]:
    """Where each step can lead; BACK may return to any open step that has a move into this one."""
    steps = service.flow.steps
    edges = {name: {m.to for m in step.moves.values() if m.to in steps} for name, step in steps.items()}
    edges[service.flow.first] |= set(service.routing) & set(steps)
    into = {name: {s for s, targets in edges.items() if name in targets} for name in steps}
    for name, step in steps.items():
        if any(m.to == BACK for m in step.moves.values()):
            edges[name] |= into[name]
    return edges


def _closure(starts: set[str], edges: Mapping[str, set[str]]) -> set[str]:
    seen, todo = set(starts), list(starts)
    while todo:
        for target in edges.get(todo.pop(), ()):
            if target not in seen:
                seen.add(target)
                todo.append(target)
    return seen


def _reachable(service) -> Iterator[str]:
    reached = _closure({service.flow.first}, _edges(service))
    for name in service.flow.steps:
        if name not in reached:
            yield f"step '{name}' can't be reached; lead an action to it or drop it"


def _can_end(service) -> Iterator[str]:
    edges = _edges(service)
    backwards: dict[str, set[str]] = {}
    for source, targets in edges.items():
        for target in targets:
            backwards.setdefault(target, set()).add(source)
    ending = _closure({s.name for s in service.flow.steps.values() if s.is_end}, backwards)
    for name in service.flow.steps:
        if name not in ending:
            yield f"step '{name}' can't end; give it an action or a delay (waits=, then=) that leads on"


def _somebody_acts(service) -> Iterator[str]:
    for action in service.flow.actions.values():
        if not action.by:
            yield f"action '{action.name}': nobody may take it; say by="
    for step in service.flow.steps.values():
        leads_on = [m for m in step.moves.values() if m.to != STAY]
        if not step.is_end and not any(set(m.action.by) - {"resident"} for m in leads_on) and not step.then:
            yield f"step '{step.name}': only the resident can act; add waits= and then="


def _timeouts(service) -> Iterator[str]:
    for step in service.flow.steps.values():
        if (step.waits is None) != (step.then is None):
            yield f"step '{step.name}': waits= and then= go together"
        if step.then and step.then not in step.moves:
            yield f"step '{step.name}': then='{step.then}' is no action of this step: offer it here or name another"
    for clock in service.clocks:
        if clock.silence and clock.silence not in service.flow.actions:
            yield f"clock '{clock.name}': silence='{clock.silence}' is no action of the flow: offer it in a step or name another"
        if not clock.source:
            yield f"clock '{clock.name}': give the article that sets it (source=)"


def _conditions(service) -> Iterator[str]:
    forms: dict[str, Mapping[str, Field]] = {"form": service.form}
    forms |= {f"category '{c.code}'": c.questions for c in service.categories.values()}
    forms |= {f"action '{a.name}'": a.demands for a in service.flow.actions.values()}
    for where, form in forms.items():
        earlier: set[str] = set()
        for name, question in form.items():
            if question.when and question.when.name not in earlier:
                yield f"{where}: '{name}' depends on '{question.when.name}', which is not asked before it: move '{name}' after it"
            earlier.add(name)


def _categories(service) -> Iterator[str]:
    groups = {g.code for g in service.groups}
    for code, category in service.categories.items():
        if code != category.code or category.group not in groups:
            yield f"category '{code}': its code must be 'group.name' with a declared group"
        if category.promise < 1:
            yield f"category '{code}': promise at least one working day"
        if category.remit not in ("metropolis", "commune"):
            yield f"category '{code}': remit is 'metropolis' or 'commune'"
        for danger in category.dangers:
            if danger.when and danger.when.name not in category.questions:
                yield f"category '{code}': a danger depends on '{danger.when.name}', which is not asked: add the question"


def _notices(service) -> Iterator[str]:
    for notice in service.notices:
        if notice.action != "file" and notice.action not in service.flow.actions:
            yield f"notice '{notice.action}': no such action: name one of the flow, or 'file'"
        for text in (notice.subject, notice.body):
            unknown = {name for _, name, _, _ in string.Formatter().parse(str(text)) if name} - NOTICE_WORDS
            if unknown:
                yield f"notice '{notice.action}': unknown words {sorted(unknown)}; known: {sorted(NOTICE_WORDS)}"
