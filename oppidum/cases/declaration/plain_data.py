"""Declarations as plain data and back: what is stored beside a case can be run again, years later, as it was.

    {"type": "Number", "label": {"_": "Surface"}, "minimum": 9}     a part: its class, and what differs from the class' defaults
    {"_": "Surface"}                                                a text to be translated, in its source language
    {"format": "{} {}", "of": [{"_": ...}, ...]}                    several texts put together
    {"map": [["sale", {"_": "Sale"}], ...]}                         a mapping, in its order (a JSON column would lose it)
    {"date": "2027-03-01"}, {"decimal": "0.3"}, {"fraction": "1/3"}, {"set": [...]}

Leaving defaults out keeps a version's name when the language gains a word, and lets an old body be read by a newer engine.
"""

import importlib
import pkgutil
import re
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from oppidum.cases.declaration.flow import Flow, Move, Step

# Packages whose parts are named by their class alone; a part of any other package bears its module too.
HOUSES = ("oppidum.cases.declaration", "oppidum.core.calendar")


class Unreadable(Exception):
    """A stored declaration that this engine can't read; says which part, and what to do."""


def to_plain(value: Any) -> Any:
    """Plain data of a declared value. Raises `TypeError` for what isn't data: a function, a connection."""
    match value:
        case Promise():
            return _text_to_plain(value)
        case None | bool() | int() | float() | str():
            return value
        case date():
            return {"date": value.isoformat()}
        case Decimal():
            return {"decimal": str(value)}
        case Fraction():
            return {"fraction": str(value)}
        case Flow():
            return _flow_to_plain(value)
    if is_dataclass(value) and not isinstance(value, type):
        return _part_to_plain(value)
    if isinstance(value, Mapping):
        return {"map": [[to_plain(key), to_plain(held)] for key, held in value.items()]}
    if isinstance(value, set | frozenset):
        return {"set": sorted((to_plain(one) for one in value), key=str)}
    if isinstance(value, list | tuple):
        return [to_plain(one) for one in value]
    raise TypeError(f"{value!r} can't be stored in a declaration: declare it as data")


def from_plain(data: Any) -> Any:
    """The value that `to_plain` made this data of. Raises `Unreadable`."""
    if isinstance(data, list):
        return tuple(from_plain(one) for one in data)
    if not isinstance(data, Mapping):
        return data
    match data:
        case {"_": str(text)}:
            return gettext_lazy(text)
        case {"format": str(template), "of": each}:
            return format_lazy(template, *map(from_plain, each), **from_plain(data.get("named", {"map": []})))
        case {"map": pairs}:
            return {from_plain(key): from_plain(held) for key, held in pairs}
        case {"set": each}:
            return frozenset(from_plain(one) for one in each)
        case {"date": text}:
            return date.fromisoformat(text)
        case {"decimal": text}:
            return Decimal(text)
        case {"fraction": text}:
            return Fraction(text)
        case {"type": "Flow"}:
            return _flow_from_plain(data)
        case {"type": str(name)}:
            return _part_from_plain(name, data)
    raise Unreadable(f"{dict(data)!r} is no part of a declaration")


def _text_to_plain(text: Promise) -> dict[str, Any]:
    """What a lazy text is made of: Django keeps the function that it will call, and its arguments."""
    function, args, named, *_result = text.__reduce__()[1]
    if function.__name__ == "gettext":
        return {"_": str(args[0])}
    if function.__name__ == "_format_lazy":
        more = {"named": to_plain(named)} if named else {}
        return {"format": str(args[0]), "of": [to_plain(one) for one in args[1:]]} | more
    raise TypeError(f"'{text}' is neither gettext_lazy nor format_lazy: declare it with one of them")


def _part_to_plain(part: Any) -> dict[str, Any]:
    cls = type(part)
    known = parts_by_name().get(cls.__name__) is cls
    data: dict[str, Any] = {"type": cls.__name__ if known else f"{cls.__module__}:{cls.__qualname__}"}
    for name, default in _defaults(cls):
        value = getattr(part, name)
        if default is MISSING or type(value) is not type(default) or not _same(value, default):
            data[name] = to_plain(value)
    return data


@lru_cache(maxsize=1024)
def _defaults(cls: type) -> tuple[tuple[str, Any], ...]:
    return tuple((o.name, o.default_factory() if o.default_factory is not MISSING else o.default) for o in fields(cls))


def _same(value: Any, default: Any) -> bool:
    """Equal in content: expressions compare by making a comparison, so plain data are compared."""
    if value is default or isinstance(value, bool | int | float | str):
        return value == default
    if isinstance(value, Mapping | tuple | list) and not (value and default):
        return not value and not default
    return to_plain(value) == to_plain(default)


def _part_from_plain(name: str, data: Mapping[str, Any]) -> Any:
    cls = _find_class(name)
    values = {key: from_plain(held) for key, held in data.items() if key != "type"}
    declared = {one.name: one for one in fields(cls)}
    if unknown := sorted(set(values) - set(declared)):
        raise Unreadable(f"{name} has no {', '.join(unknown)} any more: read it in `plain_data.py` as it was meant")
    part = object.__new__(cls)
    for key, one in declared.items():
        if key not in values:
            if one.default is MISSING and one.default_factory is MISSING:
                raise Unreadable(f"{name} now wants {key}: give it a default that means what was meant before")
            values[key] = one.default_factory() if one.default is MISSING else one.default
        object.__setattr__(part, key, values[key])
    return part


def _find_class(name: str) -> type:
    if (found := parts_by_name().get(name)) is not None:
        return found
    module, _, qualified = name.partition(":")
    try:
        found = importlib.import_module(module)
        for step in qualified.split("."):
            found = getattr(found, step)
    except (ImportError, AttributeError, ValueError):
        found = None
    if not (isinstance(found, type) and is_dataclass(found)):
        raise Unreadable(f"there is no part '{name}' any more: keep the class, or read it as what replaced it")
    return found


@lru_cache(maxsize=1)
def parts_by_name() -> dict[str, type]:
    """Every dataclass of the language by its name."""
    found: dict[str, type] = {}
    for house in HOUSES:
        package = importlib.import_module(house)
        inside = pkgutil.walk_packages(getattr(package, "__path__", ()), f"{house}.")
        for module in [package, *(importlib.import_module(one.name) for one in inside if ".checks" not in one.name)]:
            for name, held in vars(module).items():
                if (
                    isinstance(held, type)
                    and is_dataclass(held)
                    and held.__module__ == module.__name__
                    and re.match(r"[A-Z]", name)
                ):
                    found.setdefault(name, held)
    return found


def _flow_to_plain(flow: Flow) -> dict[str, Any]:
    """Each action once; a step's moves name theirs."""
    steps = []
    for step in flow.steps.values():
        data = {key: held for key, held in _part_to_plain(step).items() if key != "moves"}
        steps.append(data | {"moves": [_move_to_plain(move) for move in step.moves.values()]})
    return {"type": "Flow", "actions": [to_plain(action) for action in flow.actions.values()], "steps": steps}


def _move_to_plain(move: Move) -> list[Any]:
    return [move.action.name, move.to, *([to_plain(move.ways)] if move.ways else [])]


def _flow_from_plain(data: Mapping[str, Any]) -> Flow:
    actions = {action.name: action for action in map(from_plain, data["actions"])}
    steps: list[Step] = []
    for one in data["steps"]:
        bare = _part_from_plain("Step", {**one, "moves": {"map": []}})
        moves = {name: Move(actions[name], to, *map(from_plain, rest)) for name, to, *rest in one["moves"]}
        steps.append(Step(**{**vars(bare), "moves": moves}))
    return Flow(*steps)
