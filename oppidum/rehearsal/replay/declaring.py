"""A scenario's declarations, put at work in a process that lives one run and nothing else. The installation's own are not touched.

Parameters and prices go the way of an installation's own values: files named by `OPPIDUM_RULES` and `OPPIDUM_TARIFFS`, beside the run's
other files, with the installation's own values kept where the scenario says nothing. What no file can say (a promise, the length of a legal
clock, the terms of a booking) is a subclass of the service under the same code.
"""

import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from oppidum.cases.declaration import Service, catalogue
from oppidum.cases.declaration.checks import check_service
from oppidum.cases.declaration.faults import DefinitionError
from oppidum.cases.declaration.law import Since
from oppidum.cases.declaration.overriding import like, model_of
from oppidum.cases.declaration.registry import _versions
from oppidum.cases.declaration.rulebook import forget_rules
from oppidum.cases.declaration.tariff_file import VARIABLE as TARIFFS
from oppidum.cases.declaration.tariff_file import forget as forget_tariffs
from oppidum.cases.declaration.tariff_file import with_own
from oppidum.cases.declaration.tariffs import Anything, Over, Tariff, UpTo
from oppidum.core.calendar import parse_length
from oppidum.rehearsal.replay.plan import Changes

RULES = "OPPIDUM_RULES"
SINCE, SOURCE = "2000-01-01", "scenario"
TERMS = ("lead", "horizon")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
DEFINED = ("promise", "categories", "clocks", "rules", "per_day")


def declare(changes: Changes, folder: Path) -> None:
    """Put the scenario's declarations at work in this process, and in those that it starts. `folder` keeps the files of own values.

    For a process that has read no rule yet: what it reckoned from the rules before stays reckoned. Raises `DefinitionError`.
    """
    if changes.parameters and not _is_written(folder):
        _write_own(changes.parameters, folder)
    wanted = set(changes.definitions) | {code for code, parts in changes.bookings.items() if not parts.keys().isdisjoint(TERMS)}
    for code in sorted(wanted):
        catalogue()[code] = changed_service(catalogue()[code], changes)
        _versions()[code] = catalogue()[code].version()


def _is_written(folder: Path) -> bool:
    """Whether this process was started by one that wrote the files of own values already."""
    return any(Path(os.environ.get(variable, "")).parent == folder for variable in (RULES, TARIFFS))


def changed_service(service: type[Service], changes: Changes) -> type[Service]:
    """The service as the scenario has it. Raises `DefinitionError` where the change makes it impossible."""
    parts = dict(_parts(service, changes.definitions.get(service.code, {})))
    terms = {name: parse_length(text) for name, text in changes.bookings.get(service.code, {}).items() if name in TERMS}
    if terms:
        parts["bookings"] = tuple(replace(one, **terms) for one in service.bookings)
    told = {"__doc__": service.__doc__, "__module__": service.__module__}
    changed = type(service.__name__, (service,), parts | told)
    if faults := check_service(changed):
        raise DefinitionError("\n".join(faults))
    return changed


def _parts(service: type[Service], told: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if "promise" in told:
        yield "promise", told["promise"]
    if "per_day" in told:
        yield "rehearsal", replace(service.rehearsal, per_day=told["per_day"])
    if categories := told.get("categories"):
        promised = {code: _promise_of(one, categories) for code, one in service.categories.items()}
        yield "categories", {code: replace(one, promise=promised[code]) for code, one in service.categories.items()}
    if lengths := told.get("clocks"):
        clocks = (replace(one, lasts=parse_length(lengths[one.name])) if one.name in lengths else one for one in service.clocks)
        yield "clocks", tuple(clocks)
    if values := told.get("rules"):
        yield "rules", {name: _ruled(rule, values[name]) if name in values else rule for name, rule in service.rules.items()}


def _promise_of(category: Any, told: Mapping[str, int]) -> int:
    """The category's own, else its group's, else as it was."""
    return told.get(category.code, told.get(category.group, category.promise))


def _ruled(rule: Any, value: Any) -> Any:
    return replace(rule, values=(Since(SINCE, like(value, model_of(rule)), source=SOURCE),))


def _write_own(parameters: Mapping[str, Mapping[str, Any]], folder: Path) -> None:
    rules, tariffs = _own(RULES), _own(TARIFFS)
    for code, values in parameters.items():
        service = catalogue()[code]
        for name, value in values.items():
            if name in service.tariffs:
                tariff = with_own(service.tariffs, code)[name]
                tariffs.setdefault(code, {})[name] = list(_versions_of(tariff, value))
            else:
                rules.setdefault(code, {})[name] = [{"since": SINCE, "value": value, "source": SOURCE}]
    folder.mkdir(parents=True, exist_ok=True)
    for variable, content in ((RULES, rules), (TARIFFS, tariffs)):
        if content:
            path = folder / f"{variable.removeprefix('OPPIDUM_').lower()}.toml"
            path.write_text(as_toml(content), encoding="utf-8")
            os.environ[variable] = str(path)
    forget_rules()
    forget_tariffs()


def _own(variable: str) -> dict[str, dict[str, Any]]:
    """What the installation's own file says already; nothing without one."""
    path = os.environ.get(variable, "")
    return tomllib.loads(Path(path).read_text(encoding="utf-8")) if path else {}


def _versions_of(tariff: Tariff, told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The tariff's versions with every price multiplied, or with other rows, as the file of own prices writes them."""
    for version in tariff.versions:
        rows = told.get("rows") or [
            [*map(_cell, row[:-1]), f"{round(row[-1] * told['factor']) // 100}.{round(row[-1] * told['factor']) % 100:02d} EUR"]
            for row in version.rows
        ]
        yield {"since": version.since, "source": SOURCE, "rows": rows}


def _cell(key: Any) -> Any:
    if isinstance(key, Anything):
        return "*"
    if isinstance(key, UpTo | Over):
        return f"{'<=' if isinstance(key, UpTo) else '>'} {key.limit}"
    return list(key) if isinstance(key, tuple) else key


def as_toml(tables: Mapping[str, Mapping[str, Any]]) -> str:
    """Two levels of tables as TOML: enough for files of own values."""
    return "\n".join(line for code, table in tables.items() for line in (f"[{_key(code)}]", *as_lines(table), ""))


def as_lines(table: Mapping[str, Any]) -> list[str]:
    """A table's keys and values, a line each."""
    return [f"{_key(name)} = {_value(value)}" for name, value in table.items()]


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(name)} = {_value(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str | bool | int | float) else str(value)
