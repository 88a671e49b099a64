"""Who sees which answers: masks by the viewer's rights, the same on every face (desk, interface, export, paper, search).

Pure: from the declaration and the rights. An answer that names a person, or that its question or the declaration guards, is seen by
officers with one of the rights that the declaration gives (`Sees`), else with "persons". GDPR, art. 5(1)(c) and 25: only what is needed.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from oppidum.cases.declaration import Field, Service, get_service, privacy_of

PERSONS = frozenset({"persons"})
# A question of these kinds is answered with a person, however it is declared.
PERSONAL_KINDS = frozenset({"party", "contact", "statement"})


def rights_for(service: type[Service], name: str, question: Field | None) -> frozenset[str] | None:
    """The rights of which one is needed to see the answer `name`; None where everybody who sees the case does."""
    privacy = privacy_of(service)
    if privacy is not None:
        for sees in privacy.sees:
            if name in sees.fields:
                return frozenset(sees.rights)
        if name in privacy.sensitive or name in privacy.identity_papers:
            return PERSONS
    guarded = question is not None and (question.private or question.kind in PERSONAL_KINDS)
    return PERSONS if guarded else None


def sees_persons(officer: Any, case: Any) -> bool:
    """Whether an officer sees the persons of a case in sight, and what names them: letters, files. `case` with its `live`."""
    opened = get_service(case.service, case.live.definition).for_communes == "persons"
    return "persons" in officer.rights_over(case.live.team_id, persons=opened)


def may_see(service: type[Service], name: str, question: Field | None, rights: frozenset[str]) -> bool:
    """Whether a viewer with those rights sees the answer `name`."""
    needed = rights_for(service, name, question)
    return needed is None or not needed.isdisjoint(rights)


@lru_cache(maxsize=2048)
def hidden_names(code: str, rights: frozenset[str]) -> frozenset[str]:
    """The answers of a service that a viewer with those rights doesn't see; "lines.name" for one inside each row of a group."""
    service = get_service(code)
    forms = [service.form, *(category.questions for category in service.categories.values())]
    forms += [action.demands for action in service.flow.actions.values()]
    hidden: set[str] = set()
    for form in forms:
        for name, question in form.items():
            if not may_see(service, name, question, rights):
                hidden.add(name)
            inner: Mapping[str, Field] = getattr(question, "fields", None) or {}
            hidden |= {f"{name}.{each}" for each, one in inner.items() if not may_see(service, f"{name}.{each}", one, rights)}
    return frozenset(hidden)


def masked(code: str, answers: Mapping[str, Any], rights: frozenset[str]) -> dict[str, Any]:
    """The answers as a viewer with those rights may see them: what is hidden is left out, not starred."""
    hidden = hidden_names(code, rights)
    if not hidden:
        return dict(answers)
    shown = {}
    for name, value in answers.items():
        if name in hidden:
            continue
        inside = {each.partition(".")[2] for each in hidden if each.startswith(f"{name}.")}
        shown[name] = _without(value, inside) if inside else value
    return shown


def _without(value: Any, names: set[str]) -> Any:
    if isinstance(value, list):
        return [_without(one, names) for one in value]
    return {name: held for name, held in value.items() if name not in names} if isinstance(value, dict) else value
