"""Rules and prices that begin after the year lived: their first values hold from the year before it, in the process that lives the year.

The installation's declarations are not touched: a service that has no rule yet for a past year could not be lived in it at all.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from oppidum.cases.declaration import Service, catalogue
from oppidum.cases.declaration.law import Dated
from oppidum.cases.declaration.registry import _versions
from oppidum.cases.declaration.rulebook import forget_rules
from oppidum.cases.declaration.tariffs import Tariff


def backdate(year: int) -> list[str]:
    """Let every rehearsed service have its rules in that year; returns the codes of those that had none of some rule."""
    first, changed = date(year - 1, 1, 1), []
    for code, service in sorted(catalogue().items()):
        if service.rehearsal is not None and (parts := _parts(service, first)):
            told = {"__doc__": service.__doc__, "__module__": service.__module__}
            catalogue()[code] = type(service.__name__, (service,), parts | told)
            _versions()[code] = catalogue()[code].version()
            changed.append(code)
    if changed:
        forget_rules()
    return changed


def _parts(service: type[Service], first: date) -> dict[str, Any]:
    rules = {name: _ruled(rule, first) for name, rule in service.rules.items()}
    tariffs = {name: _priced(tariff, first) for name, tariff in service.tariffs.items()}
    changed = {"rules": rules} if rules != dict(service.rules) else {}
    return changed | ({"tariffs": tariffs} if tariffs != dict(service.tariffs) else {})


def _ruled(rule: Dated, first: date) -> Dated:
    """The rule, its first value in force from `first` where that is earlier."""
    earliest, *later = rule.values
    return replace(rule, values=(replace(earliest, day=first.isoformat()), *later)) if earliest.day > first.isoformat() else rule


def _priced(tariff: Tariff, first: date) -> Tariff:
    versions = sorted(tariff.versions, key=lambda one: one.since)
    if not versions or versions[0].since <= first.isoformat():
        return tariff
    return replace(tariff, versions=(replace(versions[0], since=first.isoformat()), *versions[1:]))
