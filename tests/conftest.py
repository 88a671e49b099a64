"""Situations that all tests share: the town of three communes, its teams and officers, a clock that can be moved."""

import os
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import trans_real
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from oppidum.core.cluster import ClusterError, private_cluster
from oppidum.operations.preparing import NotPrepared, compile_messages, prepare_files
from oppidum.operations.vendoring import VendorError

pytest_plugins = ["tests.browser", "tests.database"]

# A test fails for what it finds, never for a busy machine.
hypothesis_settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("house")


def pytest_configure(config):
    """The private cluster runs before Django first asks for a database; translations and browser files are fresh."""
    # The real hasher is slow on purpose: five officers a test would take longer than the test.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if hasattr(config, "workerinput"):
        return  # one of several processes (make test): the first of them prepared all this before it started the others
    try:
        if not os.environ.get("DATABASE_URL"):
            private_cluster(settings.VAR).start()
        if compile_messages(settings.ROOT):
            _read_translations_anew()
        prepare_files()
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a folder that isn't there
    except (ClusterError, NotPrepared, VendorError) as error:
        raise pytest.UsageError(str(error)) from None


def _read_translations_anew():
    """Django was set up before this hook, in a fresh clone without a single compiled translation, and keeps what it read."""
    trans_real._translations.clear()
    trans_real._default = None
    translation.deactivate()


@pytest.fixture(autouse=True)
def _fresh_process():
    """Nothing that a process remembers outlives a test."""
    from oppidum.cases import definitions
    from oppidum.cases.routing import teams
    from oppidum.cases.writing import forget_months
    from oppidum.figures import naming, remembering
    from oppidum.people import remits
    from oppidum.territory import locate

    definitions.forget()
    locate.forget()
    naming.forget()
    remembering.forget()
    remits.forget()
    teams.forget()
    forget_months()


# Made anew after each flush where they are missing, which takes longer than the flush.
_LASTING = frozenset({"django_content_type", "auth_permission"})


@pytest.fixture(autouse=True, scope="session")
def _only_what_was_written_is_emptied():
    """After a test that commits Django truncates every table, which takes a second for two hundred of them: a handful hold anything."""
    from django.db.backends.postgresql.operations import DatabaseOperations

    def sql_flush(self, style, tables, *, reset_sequences=False, allow_cascade=False):
        asked = [table for table in tables if table not in _LASTING]
        if not asked:
            return []
        name = self.quote_name
        with self.connection.cursor() as cursor:
            cursor.execute(" union all ".join(f"select '{one}' where exists (select from {name(one)})" for one in asked))
            written = [table for (table,) in cursor.fetchall()]
        emptied = [f"delete from {name(one)};" for one in written]
        return ["set session_replication_role = replica;", *emptied, "reset session_replication_role;"] if emptied else []

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        yield


@pytest.fixture(autouse=True)
def journal_emptied(request):
    """A test that commits leaves an empty journal: no flush may empty it, so it is done as only the database's owner can."""
    if "transactional_db" not in request.fixturenames and not _commits(request.node):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica; truncate cases_journal; reset session_replication_role")


def _commits(test) -> bool:
    """Whether the test is marked to commit, or drives the real server."""
    marked = test.get_closest_marker("django_db")
    return bool(marked and marked.kwargs.get("transaction")) or "live_server" in test.fixturenames


@pytest.fixture
def town(db):
    """The intercommunality of Castelmer with Aubane, Bellefont and Castelmer (see tests/territory/town.py)."""
    from tests.territory.town import load_town

    return load_town()


@pytest.fixture
def people(town):
    """Its teams and officers (see tests/people_of_town.py): `people.roads`, `people.ana`..."""
    from tests.people_of_town import load_people

    return load_people()


@pytest.fixture
def moved():
    """Move the clock: `with moved(2027, 3, 1, 9): ...`"""
    from oppidum.core import clock

    return lambda *parts: clock.at(datetime(*parts, tzinfo=clock.PARIS).astimezone(UTC))
