"""Services that open cases on one another: the other exists, gets the answers that it needs, and its end leads this one on."""

from collections.abc import Iterator, Mapping

from oppidum.cases.declaration.checks.places import place_of
from oppidum.cases.declaration.contests import contest_faults_between
from oppidum.cases.declaration.domains import domains_of
from oppidum.cases.declaration.entitled import entitled_faults_between
from oppidum.cases.declaration.flow import Action
from oppidum.cases.declaration.linking import Open
from oppidum.cases.declaration.marks import mark_faults_between
from oppidum.cases.declaration.overlaps import overlap_faults_between
from oppidum.cases.declaration.service import Service

ANY_END = "*"


def check_links(services: Mapping[str, type[Service]]) -> list[str]:
    """All faults between the declarations of a catalogue, as sentences."""
    return [
        f"{service.code}{place_of(service, fault)}: {fault}"
        for service in services.values()
        for fault in _between(service, services)
    ]


def _between(service: type[Service], services: Mapping[str, type[Service]]) -> Iterator[str]:
    for action in service.flow.actions.values():
        for wanted in action.opens:
            yield from _faults(service, action, wanted, services)
    yield from contest_faults_between(service, services)
    yield from overlap_faults_between(service, services)
    yield from entitled_faults_between(service, services)
    yield from mark_faults_between(service, services)
    answering = [one for one in services.values() if one.contest and one.contest.service == service.code]
    for action in service.flow.actions.values():
        if action.parts and not any(action.parts in one.flow.actions for one in answering):
            yield f"action '{action.name}': parts='{action.parts}' is no action of a service that answers its calls: correct the name"


def _faults(service: type[Service], action: Action, wanted: Open, services: Mapping[str, type[Service]]) -> Iterator[str]:
    where = f"action '{action.name}': opens '{wanted.service}'"
    other = services.get(wanted.service)
    if other is None:
        yield f"{where}, which is no service of the catalogue: declare it or correct the code"
        return
    known = set(domains_of(service))
    for name, source in wanted.answers.items():
        if name not in other.form:
            yield f"{where}: it has no question '{name}': correct the name"
        if source not in known:
            yield f"{where}: '{name}' is taken from '{source}', which nothing asks or sets here: correct the name"
    for name in wanted.says:
        if name not in other.form:
            yield f"{where}: it has no question '{name}': correct the name in says="
    given = {*wanted.answers, *wanted.says}
    for name, question in other.form.items():
        if question.required is True and question.when is None and question.kind != "computed" and name not in given:
            yield f"{where}: its question '{name}' needs an answer: say in answers= from what it is taken"
    for step, follower in wanted.goes_on.items():
        if step != ANY_END and not (step in other.flow.steps and other.flow.steps[step].is_end):
            yield f"{where}: goes_on names '{step}', which is no end of it: name an end, or '{ANY_END}'"
        if follower not in service.flow.actions:
            yield f"{where}: goes_on='{follower}' is no action of this service: correct the name"
        elif "system" not in service.flow.actions[follower].by:
            yield f"{where}: goes_on='{follower}' is not the engine's to take: say by=\"system\" on that action"
