"""The metropolis' own prices: a TOML file, named by `OPPIDUM_TARIFFS`, with the tables that its deliberations vote.

    [school-transport]
    pass = [{since = "2028-03-01", source = "Deliberation 2028-12 of 20 February 2028", verified = true, rows = [
        ["city", true, "<= 400", "56.00 EUR"],
        ["city", true, "*", "224.00 EUR"],
    ]}]

A row holds the tariff's keys, then the price: "<= 8.5" and "> 8.5" are ranges, "*" is any key. A version takes the place of the one of the same
day in the declaration, or comes beside it. Only tariffs that the declaration calls the metropolis' own may stand here.
"""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from oppidum.cases.declaration.faults import DefinitionError
from oppidum.cases.declaration.tariffs import ANY, Over, Tariff, TariffVersion, UpTo, tariff_faults

VARIABLE = "OPPIDUM_TARIFFS"
_EUROS = re.compile(r"(\d+)(?:[.,](\d{2}))? EUR")
_RANGE = re.compile(r"(<=|>) *(\d+(?:\.\d+)?)")
_NEEDED, _KNOWN = {"since", "source", "rows"}, {"since", "source", "rows", "verified"}


def own_tariffs(code: str) -> Mapping[str, tuple[TariffVersion, ...]]:
    """The metropolis' versions for that service, by the name of the tariff; empty without a file."""
    return _read().get(code, {})


@lru_cache(maxsize=1)
def _read() -> Mapping[str, Mapping[str, tuple[TariffVersion, ...]]]:
    path = os.environ.get(VARIABLE, "")
    if not path:
        return {}
    try:
        raw = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise DefinitionError(f"{path}: can't be read ({error.strerror}); {VARIABLE} names the file of own prices") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DefinitionError(f"{path}: is no TOML: {error}") from None
    return read_tariffs(raw, path)


def read_tariffs(raw: Mapping[str, Any], path: str) -> Mapping[str, Mapping[str, tuple[TariffVersion, ...]]]:
    """The tables of the file as versions; DefinitionError lists every fault of their form."""
    faults: list[str] = []
    found = {
        code: {name: tuple(_versions(f"[{code}] {name}", versions, faults)) for name, versions in table.items()}
        for code, table in raw.items()
    }
    if faults:
        raise DefinitionError("\n".join(f"{path}: {fault}" for fault in faults))
    return found


def _versions(where: str, versions: Any, faults: list[str]) -> Iterator[TariffVersion]:
    for one in versions:
        if not isinstance(one, dict) or not set(one) >= _NEEDED or not set(one) <= _KNOWN:
            faults.append(f"{where}: a version is {{since = ..., source = ..., rows = [...]}}, perhaps with verified = true")
            continue
        try:
            rows = tuple((*map(_key, row[:-1]), _cents(row[-1])) for row in one["rows"])
        except (ValueError, TypeError, IndexError) as error:
            faults.append(f"{where}, {one['since']}: {error}")
            continue
        yield TariffVersion(str(one["since"])[:10], rows, source=str(one["source"]), verified=bool(one.get("verified")))


def _key(cell: Any) -> Any:
    if cell == "*":
        return ANY
    if isinstance(cell, str) and (found := _RANGE.fullmatch(cell)):
        limit = float(found[2]) if "." in found[2] else int(found[2])
        return UpTo(limit) if found[1] == "<=" else Over(limit)
    return tuple(cell) if isinstance(cell, list) else cell


def _cents(price: Any) -> int:
    if isinstance(price, str) and (found := _EUROS.fullmatch(price.strip())):
        return int(found[1]) * 100 + int(found[2] or 0)
    raise ValueError(f'{price!r} is no price: write it as "12.50 EUR"')


# Merged once for each declaration that a process knows; the declaration is kept beside, so that its id stays its own.
_merged: dict[int, tuple[Mapping[str, Tariff], Mapping[str, Tariff]]] = {}


def with_own(tariffs: Mapping[str, Tariff], code: str) -> Mapping[str, Tariff]:
    """The tariffs of the service of that code, with the metropolis' versions in their places."""
    own = own_tariffs(code)
    if not own:
        return tariffs
    if id(tariffs) not in _merged:
        merged = {name: tariff.with_versions(own[name]) if name in own else tariff for name, tariff in tariffs.items()}
        _merged[id(tariffs)] = tariffs, merged
    return _merged[id(tariffs)][1]


def fit_tariffs(services: Mapping[str, Any]) -> list[str]:
    """Faults of the file against the catalogue, as sentences."""
    path = os.environ.get(VARIABLE, "")
    return [f"{path}: [{code}]{fault}" for code, table in _read().items() for fault in _fit(services.get(code), table)]


def _fit(service: Any, table: Mapping[str, tuple[TariffVersion, ...]]) -> Iterator[str]:
    if service is None:
        yield ": no such service"
        return
    for name, versions in table.items():
        tariff = service.tariffs.get(name)
        if tariff is None or not tariff.own:
            own = ", ".join(sorted(n for n, t in service.tariffs.items() if t.own)) or "none"
            yield f" {name}: the service has no such tariff of the metropolis' own; its own ones: {own}"
        else:
            yield from (f" {fault}" for fault in tariff_faults(name, tariff.with_versions(versions)))


def forget() -> None:
    """Read the file again: for tests."""
    _read.cache_clear()
    _merged.clear()
