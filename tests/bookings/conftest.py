import pytest

from oppidum.core import clock
from tests.bookings import scenes


@pytest.fixture(autouse=True)
def march():
    with clock.at(scenes.NOW):
        yield


@pytest.fixture
def trucks(town):
    return scenes.load_trucks()


@pytest.fixture
def harbour(town):
    return scenes.load_harbour()
