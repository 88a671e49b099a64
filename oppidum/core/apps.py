from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created

# Statements that a connection keeps in mind, and prepares those that come again. Django's own, whose values are part of their text, count too
# and never come again: of psycopg's hundred they would leave no room for what a request or a lived day asks once.
REMEMBERED = 1000


class CoreConfig(AppConfig):
    name = "oppidum.core"

    def ready(self) -> None:
        connection_created.connect(_remember_statements)


def _remember_statements(connection: Any, **_: Any) -> None:
    connection.connection.prepared_max = REMEMBERED
