"""Walking through the parts of a declaration: dataclasses within mappings within tuples, down to what is looked for."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise

# Most of a declaration is texts and numbers: those hold no part.
_LEAVES = (str, int, float, bool, type(None), type, Promise)


def find_parts(value: Any, kinds: tuple[type, ...]) -> list[Any]:
    """Every part of `value` that is of one of `kinds`, in its order: whole ones, not what they are made of."""
    found: list[Any] = []
    _find(value, kinds, found)
    return found


def _find(value: Any, kinds: tuple[type, ...], found: list[Any]) -> None:
    if isinstance(value, _LEAVES):
        return
    if isinstance(value, kinds):
        found.append(value)
    elif names := _names_of(type(value)):
        for name in names:
            _find(getattr(value, name), kinds, found)
    elif isinstance(value, Mapping):
        for one in value.values():
            _find(one, kinds, found)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            _find(one, kinds, found)


@lru_cache(maxsize=1024)
def _names_of(cls: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(cls)) if is_dataclass(cls) else ()
