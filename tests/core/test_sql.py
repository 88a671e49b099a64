"""Statements that come again are prepared, however many others come between."""

import pytest
from django.db import connection

from oppidum.core.sql import rows

pytestmark = pytest.mark.django_db

ASKED = "select 'the engine asks this once a day', %s::int"
OTHERS = 150  # more than psycopg keeps in mind by itself


def test_what_comes_again_is_prepared_among_statements_that_never_do():
    for day in range(7):
        rows(ASKED, [day])
        with connection.cursor() as cursor:
            for n in range(OTHERS):
                cursor.execute("select %s", [f"{day} {n}"])
    kept = rows("select statement from pg_prepared_statements where statement like '%%once a day%%'")
    assert len([one for one in kept if "$1" in one[0]]) == 1
