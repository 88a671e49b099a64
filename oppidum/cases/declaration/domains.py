"""What each name of a service can hold: the answers of its form, the demands of its actions, the facts that actions set.

One reading of the declaration, for the checks, for the generator of answers and for whoever wants to know what a name means.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from oppidum.cases.declaration.deciding import Domain
from oppidum.cases.declaration.expressions import Amount, Expression
from oppidum.cases.declaration.fields import Field
from oppidum.cases.declaration.service import Service

# What the engine knows of every case, beside answers and facts (see `Service.known`, `Route`).
ENGINE = {
    "today": Domain("day", may_lack=False),
    "filed_on": Domain("day", may_lack=False),
    "category": Domain("other", may_lack=True),
    "commune": Domain("other", may_lack=True),
    "channel": Domain("other", may_lack=True),
    "weekday": Domain("number", least=0, most=6, whole=True, may_lack=False),
    "hour": Domain("number", least=0, most=23, whole=True, may_lack=False),
}


def fields_of(service: type[Service]) -> Iterator[tuple[str, Field]]:
    """Every question that the service can ask, by name: form, categories, demands of actions."""
    yield from service.form.items()
    for category in service.categories.values():
        yield from category.questions.items()
    for action in service.flow.actions.values():
        yield from action.demands.items()


@lru_cache(maxsize=256)
def domains_of(service: type[Service]) -> Mapping[str, Domain]:
    """The domain of every name that a condition of the service may read."""
    found = dict(ENGINE)
    if service.categories:
        found["category"] = Domain("choice", tuple(service.categories), may_lack=False)
    for name, question in fields_of(service):
        found[name] = _either(found[name], domain_of(question)) if name in found else domain_of(question)
    for name, values in _set_by_actions(service).items():
        found[name] = _either(found[name], _written(values)) if name in found else _written(values)
    for tally in service.tallies:
        found[tally.name] = Domain("money", least=0, whole=True)
    for action in service.flow.actions.values():
        for name, asked in action.adds.items():
            kind = action.demands[asked].kind if asked in action.demands else "number"
            found.setdefault(name, Domain(kind, least=0))
    for opinion in service.opinions:
        found[f"opinion:{opinion.name}"] = Domain("choice", (*opinion.options, "none"))
        found[f"asked:{opinion.name}"] = Domain("day")
    return found


def domain_of(question: Field) -> Domain:
    """What an answer to this question can be."""
    lacks = question.required is not True or question.when is not None
    match question.kind:
        case "choice":
            return Domain("choice", tuple(question.options), many=question.many, may_lack=lacks)
        case "yes_no":
            return Domain("yes_no", may_lack=lacks)
        case "number" | "money":
            whole = getattr(question, "whole", True)
            return Domain(question.kind, least=question.minimum, most=question.maximum, whole=whole, may_lack=lacks)
        case "day":
            return Domain("day", may_lack=lacks)
        case "computed":
            kind = getattr(question, "as_", "number")
            return Domain(kind if kind in ("number", "money", "day", "yes_no") else "other", may_lack=True)
    return Domain("other", may_lack=lacks)


def sure(domains: Mapping[str, Domain], names: frozenset[str]) -> dict[str, Domain]:
    """The same domains where these names are known to be there."""
    return {name: replace(one, may_lack=False) if name in names else one for name, one in domains.items()}


def _set_by_actions(service: type[Service]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for action in service.flow.actions.values():
        for name, value in action.sets.items():
            found.setdefault(name, []).append(value)
    return found


def _written(values: list[Any]) -> Domain:
    if any(isinstance(v, Expression) and not isinstance(v, Amount) for v in values):
        return Domain("other")
    plain = [v.literal if isinstance(v, Amount) else v for v in values]
    if all(isinstance(v, bool) for v in plain):
        return Domain("choice", tuple(dict.fromkeys(plain)))
    return Domain("choice", tuple(dict.fromkeys(v for v in plain if isinstance(v, str | int | bool))))


def _either(one: Domain, other: Domain) -> Domain:
    """The domain of a name that is asked in two places."""
    if one.kind == other.kind == "choice":
        return Domain("choice", tuple(dict.fromkeys((*one.values, *other.values))), one.many or other.many)
    if one == other:
        return one
    if one.kind == other.kind:
        return Domain(one.kind, whole=one.whole and other.whole)
    return Domain("other")
