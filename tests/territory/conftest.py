"""The real territory, loaded once for each module of this room's tests that is about real places."""

import pytest
from django.core.management import call_command
from django.db import connection

from oppidum.territory import locate

AMP = "200054807"


@pytest.fixture(autouse=True)
def _no_ground_outlives_a_test():
    locate.forget()
    yield
    locate.forget()


@pytest.fixture(scope="module")
def _committed_metropolis(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        call_command("territory", "load", AMP)
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("truncate territory_intercommunality, territory_stamp, territory_word cascade")


@pytest.fixture
def metropolis(_committed_metropolis, db):
    """The Métropole Aix-Marseille-Provence, loaded by its SIREN. Not for modules that build the town."""
    return AMP
