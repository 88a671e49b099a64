"""The law of a service as a book: what is in force on a day, what the metropolis set itself, what nobody has verified yet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from oppidum.cases.declaration.fields import labels_of as field_labels
from oppidum.cases.declaration.law import Dated
from oppidum.cases.declaration.overriding import like, model_of, overrides, overrides_of

if TYPE_CHECKING:
    from oppidum.cases.declaration.service import Service


def rules_of(service: "type[Service]") -> Mapping[str, Dated]:
    """The service's rules, those of the metropolis with the values that its own file gives them."""
    own = overrides_of(service.code)
    if not own:
        return service.rules
    return {name: _with_own(rule, own[name]) if name in own else rule for name, rule in service.rules.items()}


def _with_own(rule: Dated, rows: tuple) -> Dated:
    model = model_of(rule)
    return replace(rule, values=tuple(replace(row, value=like(row.value, model)) for row in rows), own=True)


@lru_cache(maxsize=4096)
def rules_on(service: "type[Service]", day: date) -> Mapping[str, Any]:
    """The values in force on `day`, by name; a rule without one on that day isn't there."""
    found = {name: rule.find(day) for name, rule in rules_of(service).items()}
    return MappingProxyType({name: one.value for name, one in found.items() if one is not None})


def labels_of(service: "type[Service]") -> dict[str, Any]:
    """What expressions of the service are said with: its questions, and its rules under "rule:NAME"."""
    rules = {f"rule:{name}": rule.label for name, rule in service.rules.items() if rule.label}
    return {**field_labels(service.form), **rules, **{tally.name: tally.label for tally in service.tallies}}


@dataclass(frozen=True)
class RuleLine:
    """A line of a service's law: a value, its dates of force (ISO; empty for open) and where it is written."""

    name: str
    label: Any
    value: Any
    unit: Any
    source: str
    since: str
    until: str
    is_own: bool
    is_verified: bool
    note: str


def list_rules(service: "type[Service]", day: date | None = None) -> list[RuleLine]:
    """Every value of every rule of the service, or those in force on `day`; dated rules first, then the clocks' own articles."""
    lines = []
    for name, rule in rules_of(service).items():
        wanted = rule.values if day is None else tuple(filter(None, (rule.find(day),)))
        lines += [
            RuleLine(name, rule.label, o.value, rule.unit, o.source, o.day, rule.ends_on(o), rule.own, o.verified, o.note)
            for o in wanted
        ]
    return lines + list(_clocks(service))


def list_unverified(service: "type[Service]", day: date) -> list[RuleLine]:
    """What the service rests on, on that day, that nobody has held against the text: officers see it named."""
    return [line for line in list_rules(service, day) if not line.is_verified]


def _clocks(service: "type[Service]") -> Iterator[RuleLine]:
    """Clocks whose length stands in the declaration itself; those that name a rule are listed as that rule."""
    for clock in service.clocks:
        lasts = getattr(clock, "lasts", None)
        if lasts is not None and not isinstance(lasts, str):
            yield RuleLine(clock.name, clock.label, lasts, "", clock.source, "", "", False, clock.verified, "")


def check_rules(service: "type[Service]") -> Iterator[str]:
    """Faults of a service's dated law: no source, or values of different kinds."""
    for name, rule in service.rules.items():
        if not isinstance(rule, Dated):
            yield f"rule '{name}': declare it with dated(Since(...), ...)"
            continue
        for one in rule.values:
            if not one.source:
                yield f"rule '{name}': give the article or the deliberation of its value since {one.day} (source=)"
        kinds = {type(one.value).__name__ for one in rule.values if one.value is not None}
        if len(kinds) > 1:
            yield f"rule '{name}': its values are of different kinds ({', '.join(sorted(kinds))}): one rule, one kind"


def forget_rules() -> None:
    """Read the metropolis' file again: for tests, and after it was changed."""
    rules_on.cache_clear()
    overrides.cache_clear()
