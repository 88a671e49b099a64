"""Definitions as filed: the declaration a case was filed under is kept for as long as the case refers to it, and decides it."""

import json
from functools import lru_cache

from django.db import transaction

from oppidum.cases.declaration import Service, catalogue, definition_version, get_service
from oppidum.cases.declaration.plain_data import Unreadable
from oppidum.cases.declaration.versions import (
    ALL,
    QUESTIONS,
    SUBSTANCE,
    TEXTS,
    change_of,
    hashes_of,
    is_whole,
    restore,
    with_texts_of,
)
from oppidum.core import clock
from oppidum.core.sql import rows, server_cursor

_KEEP = """
    insert into cases_definition (version, service, body, first_used_at) values (%s, %s, %s, %s) on conflict (version) do nothing
"""
_READ = "select body from cases_definition where service = %s and version = %s"
_kept: set[str] = set()
_older: dict[tuple[str, str], type[Service]] = {}


def keep_definition(service_code: str) -> None:
    """Store the service's present definition beside the first case filed under it; once per process, free afterwards."""
    version = definition_version(service_code)
    if version in _kept:
        return
    with server_cursor() as cursor:
        cursor.execute(_KEEP, [version, service_code, _body_of(get_service(service_code)), clock.now()])
    transaction.on_commit(lambda: _kept.add(version))


@lru_cache(maxsize=512)
def _body_of(service: type[Service]) -> str:
    """Written once: a transaction that files many batches asks for it with each until it commits."""
    return json.dumps(service.as_data(), ensure_ascii=False)


def get_older(service_code: str, version: str) -> type[Service]:
    """The service as it was declared in that version, in today's words where texts reach everybody; read once per process.

    Raises `Unreadable` when the version wasn't kept, or its parts are gone.
    """
    found = _older.get((service_code, version))
    if found is None:
        found = _older[service_code, version] = _restore(service_code, version)
    return found


def _restore(service_code: str, version: str) -> type[Service]:
    body = next((one for (one,) in rows(_READ, [service_code, version])), None)
    if body is None:
        raise Unreadable(
            f"{service_code}: version {version} wasn't kept; the cases filed under it name a definition that isn't there"
        )
    data = json.loads(body) if isinstance(body, str) else body
    today = catalogue().get(service_code)
    if today is None:  # The service is no longer offered; its cases go on.
        return restore(data, version)
    if not is_whole(data):
        return today
    now, then = hashes_of(today.as_data()), hashes_of(data)
    if (now[QUESTIONS], now[SUBSTANCE]) == (then[QUESTIONS], then[SUBSTANCE]) and change_of(today).reach_of(TEXTS) == ALL:
        return today
    return restore(with_texts_of(data, today.as_data()) if change_of(today).reach_of(TEXTS) == ALL else data, version)


def questions_changed(service_code: str, version: str) -> bool:
    """Whether today's questions are others than those of that version; of a version that wasn't kept nothing is said."""
    body = next((one for (one,) in rows(_READ, [service_code, version])), None)
    if body is None:
        return False
    data = json.loads(body) if isinstance(body, str) else body
    return hashes_of(data)[QUESTIONS] != hashes_of(catalogue()[service_code].as_data())[QUESTIONS]


def label_of_step(service_code: str, step: str) -> str:
    """A step's name in the reader's language, also of a step that only an older declaration has."""
    today = catalogue().get(service_code)
    if today is not None and step in today.flow.steps:
        return str(today.flow.steps[step].label)
    for version in _versions_kept(service_code):
        if step in (steps := get_older(service_code, version).flow.steps):
            return str(steps[step].label)
    return step


def label_of_category(service_code: str, category: str) -> str:
    """What a case is about, in the reader's language: its category, or its service; their codes where they are declared no more."""
    today = catalogue().get(service_code)
    found = today.categories.get(category) if today is not None else None
    return str(found.name) if found else category or (str(today.name) if today is not None else service_code)


def _versions_kept(service_code: str) -> list[str]:
    return [
        v for (v,) in rows("select version from cases_definition where service = %s order by first_used_at desc", [service_code])
    ]


def forget() -> None:
    """Store it anew at the next filing: for tests that throw their database away."""
    _kept.clear()
    _older.clear()
