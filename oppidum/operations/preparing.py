"""What must stand before the system can serve: database, tables, translations, files for the browser.

Each step looks first and does nothing when nothing changed, so that a second start takes seconds.
"""

import hashlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import get_resolver
from django.utils.translation import activate, get_language
from django.utils.translation.reloader import translation_file_changed

from oppidum.core.cluster import PrivateCluster, private_cluster
from oppidum.operations.vendoring import copy_vendor

Say = Callable[[str], None]
MIGRATING = 0x0991D0  # the advisory lock of whoever migrates


class NotPrepared(Exception):
    """A step could not be done; the text says which tool or file is missing."""


@contextmanager
def timed(say: Say, what: str) -> Iterator[None]:
    """One line when it is done, with its duration."""
    began = time.monotonic()
    yield
    say(f"  {what}  {time.monotonic() - began:.1f} s")


def own_cluster() -> PrivateCluster | None:
    """The private cluster, or None when DATABASE_URL names another server."""
    return None if os.environ.get("DATABASE_URL") else private_cluster(settings.VAR)


def migrate() -> int:
    """Apply what is missing, and return how many migrations that was. Two at once: the second waits, finds none."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [MIGRATING])
    try:
        executor = MigrationExecutor(connection)
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if missing:
            call_command("migrate", interactive=False, verbosity=0)
        return missing
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [MIGRATING])


def compile_messages(root: Path) -> int:
    """Compile the translations that changed since; return how many. Written beside, then moved: never half a file.

    This process too speaks by them from here on: what a first start files would else keep texts in English.
    """
    folders = [root / "oppidum", *settings.LOCALE_PATHS]
    stale = [path for folder in folders for path in folder.rglob("LC_MESSAGES/*.po") if _is_stale(path)]
    if stale and not shutil.which("msgfmt"):
        raise NotPrepared("msgfmt is missing: apt-get install gettext (or run bin/setup)")
    for path in stale:
        draft = path.with_suffix(f".mo.{os.getpid()}")
        done = subprocess.run(["msgfmt", "--check-format", "-o", draft, path], capture_output=True, text=True, check=False)
        if done.returncode:
            draft.unlink(missing_ok=True)
            raise NotPrepared(f"A translation can't be compiled.\n{done.stderr.strip()}")
        draft.replace(path.with_suffix(".mo"))
    if stale:
        language = get_language()
        translation_file_changed(None, stale[0].with_suffix(".mo"))
        activate(language or settings.LANGUAGE_CODE)
    return len(stale)


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def collect_static() -> int:
    """Gather and compress the files for the browser, if one of them changed; return how many there are.

    Compressing all of them each time would take longer than everything else in a second start.
    """
    mark, count = _print_of_static()
    stamp = Path(f"{settings.STATIC_ROOT}.stamp")
    root = Path(settings.STATIC_ROOT)
    if stamp.exists() and stamp.read_text() == mark and root.exists() and any(root.iterdir()):
        return 0
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(mark)
    return count


def _print_of_static() -> tuple[str, int]:
    lines = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            file = os.stat(storage.path(path))
            lines.append(f"{path} {file.st_size} {file.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest(), len(lines)


def prepare_files() -> None:
    """What tests need besides the database: translations, and the browser's libraries."""
    compile_messages(settings.ROOT)
    copy_vendor(settings.ROOT, settings.VAR)


def load_application() -> None:
    """Load all that a web server loads, here, where a fault is said once; its own processes would say it for ever."""
    try:
        get_wsgi_application()
        get_resolver().url_patterns  # noqa: B018  # imports every room's addresses and views
    except Exception as error:
        raise NotPrepared(f"The application can't be loaded: {type(error).__name__}: {error}") from error


def prepare(say: Say) -> None:
    """Everything but the database server, which must run."""
    with timed(say, "translations and browser files"):
        prepare_files()
        collect_static()
    with timed(say, "tables"):
        migrate()
    load_application()
