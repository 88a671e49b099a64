"""Two questions a supervisor asks: is the process alive (no database asked), and can it serve (database, migrations, outbox)."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from oppidum.cases.files.scanning import too_old as files_too_old


def database_answers() -> str:
    """Empty when it does, else why not."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return ""


def migrations_applied() -> str:
    """Empty when the code and the tables agree; a process that once saw them agree doesn't look again."""
    if _agreed:
        return ""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        return f"{len(missing)} migrations to apply"
    _agreed.append(True)
    return ""


_agreed: list[bool] = []
# What somebody must look at although requests can be served: told beside the checks, without a 503 (a room adds its own).
ALARMS: dict[str, Callable[[], str]] = {"files": files_too_old}
# Rooms add what else must hold before a request is sent here, e.g. that the outbox is not stuck (`AppConfig.ready`).
CHECKS: dict[str, Callable[[], str]] = {"database": database_answers, "migrations": migrations_applied}


@never_cache
@require_safe
def live(request):
    """The process answers."""
    return JsonResponse({"status": "live"})


@never_cache
@require_safe
def ready(request):
    """Every check and every alarm, by name: "ok" or what is wrong; 503 when a check is."""
    found = {name: _run(check) for name, check in CHECKS.items()}
    well = all(said == "ok" for said in found.values())
    alarms = {name: _run(alarm) for name, alarm in ALARMS.items()}
    answer = {"status": "ready" if well else "not ready", "checks": found, "alarms": alarms}
    return JsonResponse(answer, status=200 if well else 503)


def _run(check: Callable[[], str]) -> str:
    try:
        return check() or "ok"
    except DatabaseError as error:
        return f"the database doesn't answer ({type(error).__name__})"
