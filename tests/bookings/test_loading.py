"""Bookable places are read from a file, again and again."""

import pytest
from django.core.management import call_command

from oppidum.bookings.finding import find_free
from oppidum.bookings.loading import DEMO, PlacesFileError, load_places
from oppidum.bookings.models import Resource, Site, Slot
from oppidum.bookings.taking import take
from oppidum.people.loading import DEMO as PEOPLE
from oppidum.people.loading import load_people
from oppidum.territory.models import Commune, Zone
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


def test_hours_may_hold_in_some_weeks_or_a_part_of_the_year_and_days_may_be_closed(town, tmp_path):
    path = tmp_path / "places.toml"
    path.write_text("""
[[resources]]
code = "pool"
kind = "lane"
name = "Bassin"
openings = [
    { weekdays = [3], starts = "14:00", ends = "15:00", weeks = [2027-03-08] },
    { weekdays = [1, 3], starts = "18:00", ends = "19:00", first = 2027-03-15, last = 2027-03-31, capacity = 2 },
]
exceptions = [
    { first = 2027-03-22, last = 2027-03-26, reason = "Vidange" },
    { days = [2027-04-10], starts = "10:00", ends = "12:00", reason = "Gala" },
]
""")
    for _again in range(2):
        load_places(path)
    slots = Slot.objects.filter(day__gte="2027-03-01").order_by("starts_at")
    assert [(str(slot.day), int(slot.capacity)) for slot in slots] == [
        ("2027-03-10", 1), ("2027-03-15", 2), ("2027-03-17", 2), ("2027-03-31", 2), ("2027-04-10", 1),
    ]  # fmt: skip


def test_every_place_of_the_demonstration_has_its_team_and_its_ground(db):
    call_command("territory", "load", "200054807", verbosity=0)
    load_people(PEOPLE, "demonstration")
    load_places(DEMO)
    assert not Resource.objects.filter(team=None).exists()
    assert not Site.objects.filter(commune=None).exists()
    zones = {f"{zone.layer}:{zone.code}" for zone in Zone.objects.all()} | set(
        Commune.objects.members().values_list("code", flat=True)
    )
    for resource in Resource.objects.exclude(serves=[]):
        assert set(resource.serves) <= zones, resource.code
