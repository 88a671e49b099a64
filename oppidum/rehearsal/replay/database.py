"""A run's own database: a copy of the *base*, which holds this installation's territory, people, places and rules, and no case.

The base is made once and made anew when the installation's set-up or the tables change. The installation itself is only read.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import psycopg
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from oppidum.people.models import Officer
from oppidum.rehearsal.replay.demo_setup import DEMO_FILES, load_demo_setup
from oppidum.territory.models import Intercommunality

BASE = "base"
# What an installation is set up with. Streets stay at home: seven hundred thousand rows that no rehearsal reads.
SET_UP_APPS = ("territory", "people")
SET_UP_TABLES = (
    "cases_routingrule",
    "bookings_site",
    "bookings_resource",
    "bookings_opening",
    "bookings_exceptional",
    "bodies_secretariat",
    "bodies_body",
    "bodies_councillor",
    "bodies_member",
    "publishing_letterhead",
    "publishing_signaturedelegation",
    "publishing_absence",
)
LEFT_OUT = frozenset({"territory_street", "territory_word"})


_home: list[str] = []


def name_of(run: str) -> str:
    """The name of a run's database: the installation's own, and the run's."""
    home = _home[0] if _home else connection.settings_dict["NAME"]
    return f"{home}_rehearsal_{run}".lower().replace("-", "_").replace(".", "_")


class NoDatabase(Exception):
    """A run's database can't be made; the text says why."""


def make_database(name: str) -> None:
    """Make `name` anew as a copy of the base. Raises `NoDatabase`."""
    with _server() as server:
        # Of several runs that begin at once, the first makes the base and the others wait for it.
        server.execute("select pg_advisory_lock(hashtext(%s))", [name_of(BASE)])
        ensure_base()
        server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
        server.execute(sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(name_of(BASE))))


def drop_database(name: str) -> None:
    """Remove a run's database. Raises `ValueError` for one that no run made."""
    if not name.startswith(name_of("")):
        raise ValueError(f"{name} is no database of a run")
    with _server() as server:
        server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def exists(name: str) -> bool:
    with _server() as server:
        return server.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is not None


def size_of(name: str) -> int:
    """Bytes that the database takes on disk."""
    with _server() as server:
        return server.execute("select pg_database_size(%s::name)", [name]).fetchone()[0]


def url_of(name: str) -> str:
    """The DATABASE_URL of another database on the server in use."""
    of = connection.settings_dict
    user = quote(of["USER"] or "", safe="") + (f":{quote(of['PASSWORD'], safe='')}" if of["PASSWORD"] else "")
    return f"postgis://{user}@{quote(of['HOST'] or '', safe='')}:{of['PORT'] or 5432}/{quote(name)}"


@contextmanager
def using(name: str) -> Iterator[None]:
    """Django of this process uses the database `name` for the block. Not within a transaction."""
    _home.append(connection.settings_dict["NAME"])
    connection.close()
    connection.settings_dict["NAME"] = name
    _forget()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = _home.pop()
        _forget()


def _forget() -> None:
    """What the process remembers belongs to the database that it read it from."""
    from oppidum.cases import definitions
    from oppidum.cases.routing import teams
    from oppidum.cases.writing import forget_months
    from oppidum.figures import naming, remembering
    from oppidum.people import remits
    from oppidum.territory import locate

    for one in (definitions, locate, naming, remembering, remits, teams):
        one.forget()
    forget_months()


def ensure_base() -> None:
    """Make the base where there is none, or where tables or set-up changed since."""
    copied = _read_set_up()
    stamp = _stamp(copied)
    with _server() as server:
        found = server.execute(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = %s", [name_of(BASE)]
        ).fetchone()
        if found and found[0] == stamp:
            return
        server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name_of(BASE))))
        server.execute(sql.SQL("create database {}").format(sql.Identifier(name_of(BASE))))
    with using(name_of(BASE)):
        call_command("migrate", interactive=False, verbosity=0)
        if copied:
            _write_set_up(copied)
        else:
            load_demo_setup()
        with connection.cursor() as cursor:
            cursor.execute("analyze")
    with _server() as server:
        server.execute(sql.SQL("comment on database {} is {}").format(sql.Identifier(name_of(BASE)), sql.Literal(stamp)))


def _stamp(copied: dict[str, bytes]) -> str:
    told = hashlib.sha256(repr(sorted(MigrationLoader(None).disk_migrations)).encode())
    for table, content in sorted(copied.items()):
        told.update(table.encode() + content)
    for file in () if copied else DEMO_FILES:
        told.update(file.read_bytes())
    return told.hexdigest()


def _tables() -> list[str]:
    """The tables of the set-up, those that others point at first."""
    own = [m._meta.db_table for label in SET_UP_APPS for m in apps.get_app_config(label).get_models(include_auto_created=True)]
    return [table for table in [*own, *SET_UP_TABLES] if table not in LEFT_OUT]


def _read_set_up() -> dict[str, bytes]:
    """The installation's set-up as PostgreSQL writes it out, by table; nothing where there is none yet."""
    try:
        if not Intercommunality.objects.exists() or not Officer.objects.exists():
            return {}
        found = {}
        with connection.cursor() as cursor:
            for table in _tables():
                with cursor.copy(f"copy (select * from {table} order by 1) to stdout") as out:
                    found[table] = b"".join(bytes(part) for part in out)
        return found
    except Exception as error:
        if "does not exist" in str(error):  # no tables, or no database yet
            return {}
        raise
    finally:
        connection.close()


def _write_set_up(copied: dict[str, bytes]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        for table, content in copied.items():
            cursor.execute(f"delete from {table}")
            with cursor.copy(f"copy {table} from stdin") as into:
                into.write(content)
            cursor.execute(
                "select setval(pg_get_serial_sequence(%s, 'id'), (select max(id) from " + table + "))"
                if _has_number(cursor, table)
                else "select %s",
                [table],
            )
        cursor.execute("reset session_replication_role")


def _has_number(cursor, table: str) -> bool:
    """Whether the table's rows are numbered by a sequence that has to go on after them."""
    cursor.execute(
        "select pg_get_serial_sequence(%s, 'id') is not null from information_schema.columns where table_name = %s and column_name = 'id'",
        [table, table],
    )
    found = cursor.fetchone()
    return bool(found and found[0])


@contextmanager
def _server() -> Iterator[psycopg.Connection]:
    """A connection to the server itself, outside any transaction. Raises `NoDatabase` where the role may not make databases."""
    of = connection.settings_dict
    told = {"host": of["HOST"], "port": of["PORT"], "user": of["USER"], "password": of["PASSWORD"], "dbname": "postgres"}
    try:
        with psycopg.connect(**{name: value for name, value in told.items() if value}, autocommit=True) as server:
            yield server
    except (psycopg.errors.InsufficientPrivilege, psycopg.OperationalError) as error:
        raise NoDatabase(f"a run needs a database of its own, and this role can't make one: {error}") from error
