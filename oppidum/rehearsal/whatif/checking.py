"""What is wrong with a scenario's changes, all of it, each sentence with its place. Against the catalogue alone: no database."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from oppidum.cases.declaration import catalogue
from oppidum.cases.declaration.faults import DefinitionError
from oppidum.cases.declaration.overriding import like, model_of
from oppidum.core.calendar import parse_length
from oppidum.rehearsal.replay.declaring import DEFINED, TERMS, changed_service
from oppidum.rehearsal.replay.plan import Changes
from oppidum.rehearsal.replay.spells import read_spells

LARGEST_FACTOR = 100
BOOKED = ("without", "capacity", "minutes_longer", "weekdays", *TERMS)


def faults_of(changes: Changes) -> Iterator[str]:
    """All faults, in the order of the file's parts. What the database alone knows (teams, trucks, communes) is looked at by `find_missing`."""
    for part, check in _CHECKS.items():
        value = getattr(changes, part)
        wanted = (tuple, list) if part == "days" else (Mapping,)
        if not isinstance(value, wanted):
            yield f"{part}: write a {'list of tables [[changes.days]]' if part == 'days' else f'table [changes.{part}]'}"
        else:
            yield from (f"{part}{fault}" for fault in check(value))


def _crews(told: Mapping[str, Any]) -> Iterator[str]:
    for team, more in told.items():
        if not _is_number(more) or not more:
            yield f".{team}: crews more (2) or fewer (-1), not {more!r}"


def _factors(known: Callable[[], set[str]], of_what: str) -> Callable[[Mapping[str, Any]], Iterator[str]]:
    def check(told: Mapping[str, Any]) -> Iterator[str]:
        for name, factor in told.items():
            if name not in known():
                yield f".{name}: no {of_what}; known: {', '.join(sorted(known()))}"
            if not _is_number(factor) or not 0 <= factor <= LARGEST_FACTOR:
                yield f".{name}: a factor from 0 to {LARGEST_FACTOR} (1.1: a tenth more), not {factor!r}"

    return check


def _rehearsed() -> set[str]:
    return {code for code, one in catalogue().items() if one.rehearsal}


def _volumes() -> set[str]:
    return _rehearsed() | {group.code for group in catalogue()["report"].groups} | {"calls"}


def _by_service(check: Callable[[Any, Mapping[str, Any]], Iterator[str]]) -> Callable[[Mapping[str, Any]], Iterator[str]]:
    def checked(told: Mapping[str, Any]) -> Iterator[str]:
        for code, table in told.items():
            if code not in catalogue():
                yield f".{code}: no such service; known: {', '.join(sorted(catalogue()))}"
            elif not isinstance(table, Mapping) or not table:
                yield f".{code}: write a table with what changes"
            else:
                yield from (f".{code}{fault}" for fault in check(catalogue()[code], table))

    return checked


def _parameters(service: Any, table: Mapping[str, Any]) -> Iterator[str]:
    own = sorted([n for n, rule in service.rules.items() if rule.own] + [n for n, one in service.tariffs.items() if one.own])
    for name, value in table.items():
        rule, tariff = service.rules.get(name), service.tariffs.get(name)
        if not (rule and rule.own) and not (tariff and tariff.own):
            law = " (the law sets it: change it under definitions.rules)" if rule else ""
            yield f".{name}: no parameter of the metropolis{law}; its own ones: {', '.join(own) or 'none'}"
        elif rule:
            yield from _alike(f".{name}", value, rule)
        elif not isinstance(value, Mapping) or ("factor" in value) == ("rows" in value):
            yield f'.{name}: a price is changed by {{factor = 1.1}} or by other rows: {{rows = [[…, "12.50 EUR"]]}}'


def _alike(where: str, value: Any, rule: Any) -> Iterator[str]:
    try:
        like(value, model_of(rule))
    except ValueError as error:
        yield f"{where}: {error}"


def _bookings(service: Any, table: Mapping[str, Any]) -> Iterator[str]:
    if not service.bookings:
        yield ": nothing is booked in this service"
    for name, value in table.items():
        if name not in BOOKED:
            yield f".{name}: unknown; known: {', '.join(BOOKED)}"
        elif name in TERMS:
            yield from _length(f".{name}", value)
        elif name == "capacity" and (not _is_number(value) or not 0 < value <= LARGEST_FACTOR):
            yield f".{name}: a factor above 0 (1.2: a fifth more), not {value!r}"
        elif name == "minutes_longer" and (not isinstance(value, int) or not 0 < value <= 600):
            yield f".{name}: minutes from 1 to 600, not {value!r}"
        elif name == "weekdays" and (not isinstance(value, list) or not value or not set(value) <= set(range(1, 8))):
            yield f".{name}: a list of days from 1 (Monday) to 7, not {value!r}"
        elif name == "without" and (not isinstance(value, list) or not all(isinstance(one, str) for one in value)):
            yield f".{name}: a list of codes of resources, not {value!r}"


def _definitions(service: Any, table: Mapping[str, Any]) -> Iterator[str]:
    known = {"categories": {*service.categories, *(group.code for group in service.groups)}}
    known |= {"clocks": {one.name for one in service.clocks}, "rules": set(service.rules)}
    faults = []
    for name, value in table.items():
        if name not in DEFINED:
            faults.append(f".{name}: can't be changed; what can: {', '.join(DEFINED)}")
        elif name == "promise":
            faults += _days(".promise", value)
        elif name == "per_day":
            if not _is_number(value) or value <= 0 or not service.rehearsal:
                faults.append(
                    f".per_day: files that the officers decide on a working day, of a service that is rehearsed, not {value!r}"
                )
        elif not isinstance(value, Mapping):
            faults.append(f".{name}: write a table of names and values")
        else:
            for part, one in value.items():
                where = f".{name}.{part}"
                if part not in known[name]:
                    faults.append(f"{where}: no such one; known: {', '.join(sorted(known[name])) or 'none'}")
                else:
                    check = {"categories": _days, "clocks": _length}.get(name)
                    faults += check(where, one) if check else _alike(where, one, service.rules[part])
    yield from faults
    if not faults:
        try:
            changed_service(service, Changes(definitions={service.code: table}))
        except DefinitionError as error:
            yield f": {error}"


def _days(where: str, value: Any) -> Iterator[str]:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 400:
        yield f"{where}: working days from 0 (none) to 400, not {value!r}"


def _length(where: str, value: Any) -> Iterator[str]:
    try:
        parse_length(str(value))
    except ValueError as error:
        yield f"{where}: {error}"


def _spells(told: Any) -> Iterator[str]:
    for n, one in enumerate(told, 1):
        try:
            read_spells([one])
        except (ValueError, TypeError) as error:
            yield f" {n}: {error}"


def _zones(told: Mapping[str, Any]) -> Iterator[str]:
    layers = {one.area for one in catalogue().values() if one.area} | {
        layer for one in catalogue().values() for question in one.form.values() if (layer := getattr(question, "inside", ""))
    }
    for layer, communes in told.items():
        if layer not in layers:
            yield f".{layer}: no service is ruled by this layer of zones; known: {', '.join(sorted(layers))}"
        if not isinstance(communes, list) or not communes or not all(isinstance(c, str) and len(c) == 5 for c in communes):
            yield f'.{layer}: a list of INSEE codes of communes, as ["13055"], not {communes!r}'


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_CHECKS: dict[str, Callable[[Any], Iterator[str]]] = {
    "crews": _crews,
    "officers": _factors(_rehearsed, "service is rehearsed under this name"),
    "volumes": _factors(_volumes, "service or group of reports"),
    "parameters": _by_service(_parameters),
    "bookings": _by_service(_bookings),
    "days": _spells,
    "zones": _zones,
    "definitions": _by_service(_definitions),
}
