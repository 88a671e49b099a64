"""The metropolis' own parameters: a TOML file, named by `OPPIDUM_RULES`, with the values that its deliberations give.

    [bulky-waste]
    pickups_a_year = [
        {since = "2026-01-01", value = 4, source = "Deliberation 2025-311 of 11 December 2025"},
        {since = "2027-01-01", value = 6, source = "Deliberation 2026-288 of 10 December 2026", verified = true},
    ]
    notice = [{since = "2026-01-01", value = "10 working days", source = "Rules of the service, art. 7"}]

Lengths of time are written in words, amounts as "23000 EUR". The values replace those of the declaration. Only parameters that the
declaration calls the metropolis' own may stand here: what the law sets, a file can't change.
"""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oppidum.cases.declaration.faults import DefinitionError
from oppidum.cases.declaration.law import Dated, Since
from oppidum.core.calendar import Length, parse_length

if TYPE_CHECKING:
    from oppidum.cases.declaration.service import Service

_EUROS = re.compile(r"(\d+)(?:[.,](\d{2}))? EUR")
_KEYS = {"since", "until", "value", "source", "verified", "note"}


def overrides_of(code: str) -> Mapping[str, tuple]:
    """The metropolis' values for the service of that code, by the name of the rule; empty without a file."""
    return overrides().get(code, {})


@lru_cache(maxsize=1)
def overrides() -> Mapping[str, Mapping[str, tuple]]:
    """All own values, by service and rule. DefinitionError with every fault of the file as a sentence."""
    path = os.environ.get("OPPIDUM_RULES", "")
    if not path:
        return {}
    try:
        raw = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise DefinitionError(f"{path}: can't be read ({error.strerror}); OPPIDUM_RULES names the file of own parameters") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DefinitionError(f"{path}: is no TOML: {error}") from None
    return read_overrides(raw, path)


def read_overrides(raw: Mapping[str, Any], path: str) -> Mapping[str, Mapping[str, tuple]]:
    """The tables of the file as values; DefinitionError lists every fault of their form."""
    faults: list[str] = []
    found: dict[str, dict[str, tuple]] = {}
    for code, table in raw.items():
        if not isinstance(table, dict):
            faults.append(f"'{code}': write a table [{code}] with the service's parameters")
            continue
        for name, rows in table.items():
            found.setdefault(code, {})[name] = tuple(_rows(f"[{code}] {name}", rows, faults))
    if faults:
        raise DefinitionError("\n".join(f"{path}: {fault}" for fault in faults))
    return found


def _rows(where: str, rows: Any, faults: list[str]) -> Iterator[Any]:
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        faults.append(f"{where}: write a list of values, each {{since = ..., value = ..., source = ...}}")
        return
    days = []
    for row in rows:
        missing, unknown = {"since", "value", "source"} - set(row), set(row) - _KEYS
        if missing or unknown:
            faults.append(f"{where}: " + "; ".join(_said(missing, unknown)))
            continue
        try:
            since, until = _day(row["since"]), _day(row.get("until", ""))
        except ValueError as error:
            faults.append(f"{where}: {error}")
            continue
        days.append(since)
        note = str(row.get("note", ""))
        yield Since(since, row["value"], source=str(row["source"]), verified=bool(row.get("verified")), until=until, note=note)
    if days != sorted(set(days)):
        faults.append(f"{where}: give the values in the order of their days, one a day")


def _said(missing: set[str], unknown: set[str]) -> Iterator[str]:
    if missing:
        yield f"{', '.join(sorted(missing))} missing"
    if unknown:
        yield f"unknown: {', '.join(sorted(unknown))}"


def _day(value: Any) -> str:
    if value == "":
        return ""
    if isinstance(value, date):
        return value.isoformat()[:10]
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise ValueError(f"'{value}' is no day: write it as 2027-03-31") from None


def like(value: Any, model: Any) -> Any:
    """A value of the file as the kind that the declaration has. ValueError says what was expected."""
    if isinstance(model, Length):
        return parse_length(str(value))
    if isinstance(model, bool) or isinstance(value, bool):
        if isinstance(model, bool) and isinstance(value, bool):
            return value
        raise ValueError(f"{value!r} is not {'true or false' if isinstance(model, bool) else 'a value of the right kind'}")
    if isinstance(model, int) and isinstance(value, str) and (match := _EUROS.fullmatch(value.strip())):
        return int(match[1]) * 100 + int(match[2] or 0)
    if isinstance(model, (int, float)) and isinstance(value, (int, float)):
        return value
    if isinstance(model, tuple) and isinstance(value, list):
        return tuple(value)
    if type(model) is type(value):
        return value
    raise ValueError(f"{value!r} is of another kind than {model!r}")


def model_of(rule: Dated) -> Any:
    """A value of the kind that the rule has."""
    return next((one.value for one in reversed(rule.values) if one.value is not None), None)


def fit_overrides(services: "Mapping[str, type[Service]]") -> list[str]:
    """Faults of the file against the catalogue, as sentences."""
    faults: list[str] = []
    path = os.environ.get("OPPIDUM_RULES", "")
    for code, table in overrides().items():
        if code not in services:
            faults.append(f"{path}: [{code}]: no such service; known: {', '.join(sorted(services))}")
            continue
        for name, rows in table.items():
            faults += [f"{path}: [{code}] {name}: {fault}" for fault in _fit(services[code], name, rows)]
    return faults


def _fit(service: "type[Service]", name: str, rows: tuple) -> Iterator[str]:
    rule = service.rules.get(name)
    own = sorted(n for n, r in service.rules.items() if r.own)
    if rule is None:
        yield f"the service has no such parameter; its own ones: {', '.join(own) or 'none'}"
        return
    if not rule.own:
        yield f"the law sets this one ({rule.values[-1].source}): a metropolis can't; its own ones: {', '.join(own) or 'none'}"
        return
    for row in rows:
        try:
            like(row.value, model_of(rule))
        except ValueError as error:
            yield f"since {row.day}: {error}"
