"""A test that commits leaves the database as it found it, the journal included, whichever way it commits."""

import pytest
from django.db import connection

from oppidum.cases.models import Case, Entry
from tests.desk.conftest import report


def file_into_nothing():
    assert not Case.objects.exists() and not Entry.objects.exists()
    report()
    assert Entry.objects.count() == 2 and not connection.in_atomic_block


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_by_its_mark(people, turn):
    file_into_nothing()


@pytest.mark.parametrize("turn", [1, 2])
def test_by_its_fixture(people, transactional_db, turn):
    file_into_nothing()


@pytest.mark.parametrize("turn", [1, 2])
def test_by_the_real_server(people, live_server, turn):
    file_into_nothing()
