"""Definitions as filed: the declaration a case was filed under stays readable for as long as the case refers to it."""

import json

from django.db import transaction
from django.utils.translation import override

from oppidum.cases.declaration import definition_version, get_service
from oppidum.core import clock
from oppidum.core.sql import server_cursor

_KEEP = """
    insert into cases_definition (version, service, body, first_used_at) values (%s, %s, %s, %s) on conflict (version) do nothing
"""
_kept: set[str] = set()


def keep_definition(service_code: str) -> None:
    """Store the service's present definition beside the first case filed under it; once per process, free afterwards."""
    version = definition_version(service_code)
    if version in _kept:
        return
    with override("en"):
        body = json.dumps(get_service(service_code).as_data(), ensure_ascii=False)
    with server_cursor() as cursor:
        cursor.execute(_KEEP, [version, service_code, body, clock.now()])
    transaction.on_commit(lambda: _kept.add(version))


def forget() -> None:
    """Store it anew at the next filing: for tests that throw their database away."""
    _kept.clear()
