"""Bookable places are read from a file, again and again."""

import pytest

from oppidum.bookings.finding import find_free
from oppidum.bookings.loading import DEMO, PlacesFileError, load_places
from oppidum.bookings.models import Resource, Slot
from oppidum.bookings.taking import take
from tests.bookings.scenes import wish

pytestmark = pytest.mark.django_db


def test_the_demonstration_loads_twice_and_keeps_what_is_booked(town):
    first = load_places(DEMO)
    free = find_free("bulky-truck", areas={"13001"})
    take(wish(str(free[0]), kind="bulky-truck"))
    assert load_places(DEMO) == first
    assert Slot.objects.filter(taken__gt=0).count() == 1
    assert Resource.objects.filter(kind="visitor-berth").count() == 38


def test_every_fault_of_a_file_is_told(town, tmp_path):
    path = tmp_path / "places.toml"
    path.write_text('[[resources]]\ncode = "x"\nopenings = [{ weekdays = [8] }]\n[[berths]]\nsite = "atlantis"\n')
    with pytest.raises(PlacesFileError) as wrong:
        load_places(path)
    assert len(wrong.value.faults) == 4
