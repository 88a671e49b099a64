"""The database of the tests: the migrations are applied once, to a template, and each test process gets a copy of it.

A copy takes a fraction of a second where the migrations take ten. The template stands in the private cluster under a name that holds the
migrations, the libraries and the month, so that a change of any of them makes another one; former ones are dropped. On a server that
DATABASE_URL names nothing is left behind: there each process migrates its own.

Commits of the tests wait for no disk: what a test database holds is worth nothing after a power cut. Processes that a test starts to
kill them connect by themselves, and are as durable as in production (`tests/cases/test_kill.py`, `tests/loop`).
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import psycopg
import pytest
from django.conf import settings
from django.db import connections

from oppidum.core.cluster import private_cluster

PREFIX = "template_tests_"


def pytest_configure():
    """Before the first connection of this process."""
    settings.DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Overrides pytest-django's: the database is copied, unless it would be one of another server."""
    if os.environ.get("DATABASE_URL"):
        return
    connections["default"].settings_dict["TEST"] |= {"TEMPLATE": make_template(), "MIGRATE": False}


def make_template() -> str:
    """The name of the migrated database, which is made if it isn't there. Two processes at once: the second waits, finds it."""
    cluster, name = private_cluster(settings.VAR), f"{PREFIX}{_print_of_tables()}"
    with _alone(), psycopg.connect(_address(cluster.url("oppidum")), autocommit=True) as server:
        known = {one for (one,) in server.execute("select datname from pg_database")}
        if name in known:
            return name
        for former in known:
            if former.startswith(PREFIX):
                server.execute(f'drop database "{former}" with (force)')
        draft = f"{PREFIX}draft"
        cluster.create_database(draft)
        environment = os.environ | {"DATABASE_URL": cluster.url(draft)}
        subprocess.run([sys.executable, "-m", "oppidum", "migrate", "-v0"], cwd=settings.ROOT, env=environment, check=True)
        server.execute(f'alter database "{draft}" rename to "{name}"')
    return name


def _print_of_tables() -> str:
    """Of all that decides how the tables look. A migration makes the journal's first months, so the month counts too."""
    found = hashlib.sha256(f"{date.today():%Y-%m}".encode())
    for path in [settings.ROOT / "requirements.lock", *sorted((settings.ROOT / "oppidum").glob("**/migrations/*.py"))]:
        found.update(f"{path.relative_to(settings.ROOT)}\n".encode() + path.read_bytes())
    return found.hexdigest()[:12]


@contextmanager
def _alone() -> Iterator[None]:
    with open(settings.VAR / "tests.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _address(url: str) -> str:
    return url.replace("postgis:", "postgresql:", 1)
