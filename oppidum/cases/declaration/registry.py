"""The catalogue: every declared service, found through the entry point group `oppidum.services`.

An entry point names a module with a list `SERVICES`; a metropolis keeps its own services in its own package the same way.
"""

from functools import lru_cache
from importlib.metadata import entry_points

from django.utils.translation import override

from oppidum.cases.declaration.checks import check_service
from oppidum.cases.declaration.checks.linking import check_links
from oppidum.cases.declaration.faults import DefinitionError
from oppidum.cases.declaration.overriding import fit_overrides
from oppidum.cases.declaration.service import Service
from oppidum.cases.declaration.tariff_file import fit_tariffs
from oppidum.core.packages import GROUP


@lru_cache(maxsize=1)
def catalogue() -> dict[str, type[Service]]:
    """All services by code, checked. Raises `DefinitionError` listing every fault of every declaration."""
    # Checked in the source language: a translation read now would be kept, and set-up may not have compiled it yet.
    with override(None, deactivate=True):
        found, faults = _gather()
    if faults:
        raise DefinitionError("\n".join(faults))
    return found


def _gather() -> tuple[dict[str, type[Service]], list[str]]:
    found: dict[str, type[Service]] = {}
    faults: list[str] = []
    for point in sorted(entry_points(group=GROUP), key=lambda p: p.name):
        for service in point.load().SERVICES:
            if service.code in found:
                faults.append(f"{service.code}: declared twice, by {found[service.code].__module__} and {service.__module__}")
            found[service.code] = service
            faults += check_service(service)
    return found, faults + check_links(found) + fit_overrides(found) + fit_tariffs(found)


def get_service(code: str, version: str = "") -> type[Service]:
    """The service of that code, as declared today or, for a case, in the `version` that it was filed under.

    KeyError if there is none; `Unreadable` if that version wasn't kept.
    """
    today = catalogue()
    if not version or (code in today and version == _versions().get(code)):
        return today[code]
    from oppidum.cases.definitions import get_older  # Kept in the database, which declarations don't know.

    return get_older(code, version)


def definition_version(code: str) -> str:
    """The version that new cases of the service are filed under, computed once per process."""
    return _versions()[code]


@lru_cache(maxsize=1)
def _versions() -> dict[str, str]:
    return {code: service.version() for code, service in catalogue().items()}
