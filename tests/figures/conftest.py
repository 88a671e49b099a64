"""The rehearsed winter, once for all tests of a file: each of them works on a savepoint of its own."""

import pytest

from oppidum.core import clock
from tests.figures.rehearsed import UNTIL, rehearsed_winter


@pytest.fixture(scope="module")
def winter(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), rehearsed_winter():
        yield


@pytest.fixture
def after_winter(winter, db):
    """The evening of the last rehearsed day."""
    with clock.at(UNTIL):
        yield
