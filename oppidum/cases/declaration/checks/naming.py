"""What conditions read exists: each name is asked or set, each dated rule declared, each opinion, booking and service there."""

from collections.abc import Iterator
from typing import Any

from oppidum.cases.declaration.checks.asking import forms, names_read
from oppidum.cases.declaration.checks.conditions import expressions_of
from oppidum.cases.declaration.domains import ENGINE, domains_of, fields_of
from oppidum.cases.declaration.expressions import Expression, OverItems
from oppidum.cases.declaration.fields import Field
from oppidum.cases.declaration.recorded import RECORDED, WRITTEN
from oppidum.cases.declaration.service import Service

# What a form may hold that stays with the person: rules work on facts, which outlive names (RGPD, art. 5(1)(c)).
PERSONAL = frozenset({"party", "contact", "address", "statement", "files"})


def read_what_exists(service: type[Service]) -> Iterator[str]:
    known = set(domains_of(service))
    rows = {name: set(getattr(one, "fields", {})) for name, one in fields_of(service) if getattr(one, "fields", None)}
    told = {id(one) for _where, form in forms(service) for question in form.values() for one in (question.when, question.required)}
    for where, expression in expressions_of(service):
        if id(expression) in told:  # Asked too late, or not at all: `asking.py` says so.
            continue
        inside = {column for name, columns in rows.items() if where.endswith(f"'{name}'") for column in columns}
        for name in sorted(names_read(expression) - known - inside):
            yield f"{where}: reads '{name}', which nothing asks or sets: correct the name or ask for it"
        for name in sorted(expression.rules() - set(service.rules)) if isinstance(expression, Expression) else ():
            yield f"{where}: reads the rule '{name}', which isn't among `rules`: declare it with its article"
        for part in _over_items(expression):
            for name in sorted(part.inner_names() - known - rows.get(part.name, set())):
                yield f"{where}: reads '{name}' in a row of '{part.name}', which has no such column"


def _over_items(one: Any) -> Iterator[OverItems]:
    if isinstance(one, OverItems):
        yield one
    for part in one.parts() if hasattr(one, "parts") else ():
        yield from _over_items(part)


def name_what_exists(service: type[Service]) -> Iterator[str]:
    opinions = {one.name for one in service.opinions}
    bookings = {one.name for one in service.bookings}
    for action in service.flow.actions.values():
        if action.name in RECORDED:
            yield f"action '{action.name}': the engine writes entries of that name itself: give the action another name"
        for attribute in ("asks", "voids"):
            for name in getattr(action, attribute):
                if name not in opinions:
                    yield f"action '{action.name}': {attribute}='{name}' is no opinion of the service: declare it in `opinions`"
        for name in sorted((set(action.sets) | set(action.demands)) & WRITTEN):
            yield f"action '{action.name}': '{name}' is what the engine itself writes into an entry: give the answer another name"
        for attribute in ("books", "frees"):
            if (name := getattr(action, attribute)) and name not in bookings:
                yield f"action '{action.name}': {attribute}='{name}' is no booking of the service: declare it in `bookings`"
        for name, question in action.demands.items():
            if name in service.form and service.form[name].kind != question.kind:
                yield f"action '{action.name}': demands '{name}', which the form asks as another kind and would lose: give it another name"
        for name, asked in action.adds.items():
            question = action.demands.get(asked)
            if getattr(question, "kind", "") not in ("number", "money") or question.private:
                yield f"action '{action.name}': adds '{asked}' to '{name}': demand it as an open Number or Money"
        if action.goes_on:
            yield from _goes_on(service, action)
    if service.goes_on and not _begins_with(service):
        yield f"goes_on='{service.goes_on}' is nothing that the engine may take where a filed case stands: offer it there, by=\"system\""
    for attribute in ("opens", "closes", "late") if service.campaign else ():
        if (name := getattr(service.campaign, attribute)) and name not in service.rules:
            yield f"campaign: {attribute}='{name}' isn't among `rules`: declare the day there, it changes each year"
    questions = {name for form in (service.form, *(c.questions for c in service.categories.values())) for name in form}
    for name in sorted(set(service.fixed) - questions):
        yield f"fixed: '{name}' is no question of the form: correct the name"
    asked = {name for action in service.flow.actions.values() for name in action.asks}
    for name in sorted(opinions - asked):
        yield f"opinion '{name}': no action asks for it: name it in asks="


def leaves_the_engine_its_names(service: type[Service]) -> Iterator[str]:
    """What is said and what the engine knows of every case are read by one name: one would hide the other. The act that moves a case
    to another category asks for the very thing."""
    asked = {name for name, question in fields_of(service) if getattr(question, "to", "") != name}
    for name in sorted(asked & ENGINE.keys()):
        yield f"'{name}' is what the engine itself tells of every case: give the question another name"
    for action in service.flow.actions.values():
        for name in sorted((action.sets.keys() | action.adds.keys()) & ENGINE.keys()):
            yield f"action '{action.name}': '{name}' is what the engine itself tells of every case: give what it sets another name"


def _begins_with(service: type[Service]) -> bool:
    """Whether the act that follows the filing is offered, to the engine, in each step where a filed case can stand."""
    steps = [service.flow.steps.get(name) for name in (service.routing if all(service.routing) else (service.flow.first,))]
    moves = [step.moves.get(service.goes_on) for step in steps if step is not None]
    return all(move is not None and "system" in move.action.by for move in moves)


def _goes_on(service: type[Service], action: Any) -> Iterator[str]:
    """What follows an action by itself is offered where the action leads, and doesn't follow itself for ever."""
    follower = service.flow.actions.get(action.goes_on)
    if follower is None:
        yield f"action '{action.name}': goes_on='{action.goes_on}' is no action of the flow: offer it in the step it leads to"
        return
    seen = [action.name]
    while follower is not None and follower.goes_on:
        if follower.name in seen:
            yield f"action '{action.name}': goes on to itself without end, by {' → '.join([*seen, follower.name])}"
            return
        seen.append(follower.name)
        follower = service.flow.actions.get(follower.goes_on)


def keep_persons_out_of_rules(service: type[Service]) -> Iterator[str]:
    """What rules read stays with the case when persons are forgotten: it must not be personal."""
    asked = dict(fields_of(service))
    for name in sorted(service.facts_read & set(asked)):
        question = asked[name]
        if (question.kind in PERSONAL or question.private) and type(question).fact_of is Field.fact_of:
            yield f"'{name}' is personal and read by rules, which keep what they read: ask what they need as a question of its own"
