"""Finding is quick where there is much to look through."""

import time
from datetime import date, timedelta

import pytest
from django.db import connection

from oppidum.bookings.calendars import make_slots
from oppidum.bookings.finding import find_free, find_free_nights
from oppidum.bookings.models import Opening, Resource, Slot
from oppidum.bookings.rules.terms import Terms
from tests.bookings.scenes import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def two_years_of_fifty_trucks(town):
    trucks = Resource.objects.bulk_create(
        Resource(code=f"t{n}", kind="truck", name=f"T{n}", serves=[f"139{n % 4:02}"], capacity=10) for n in range(50)
    )
    Opening.objects.bulk_create(
        Opening(resource=t, weekday=d, starts="08:00", ends="16:00", minutes=240) for t in trucks for d in range(1, 6)
    )
    make_slots(TODAY, TODAY + timedelta(days=730))
    with connection.cursor() as cursor:
        cursor.execute("analyze bookings_slot; analyze bookings_resource")


def milliseconds(find) -> float:
    find()
    took = []
    for _ in range(7):
        began = time.perf_counter()
        find()
        took.append((time.perf_counter() - began) * 1000)
    return min(took)


def test_a_free_slot_among_two_years_of_fifty_trucks_is_found_in_fifty_milliseconds(
    two_years_of_fifty_trucks, django_assert_num_queries
):
    assert Slot.objects.count() > 50_000
    month = Terms(lead_days=2, horizon_days=30)
    assert milliseconds(lambda: find_free("truck", areas={"13901"}, amount=2, terms=month)) < 50
    assert milliseconds(lambda: find_free("truck", amount=2, terms=Terms(horizon_days=730))) < 50


def test_free_nights_among_a_thousand_berths(town):
    Resource.objects.bulk_create(
        Resource(code=f"b{n}", kind="berth", name=f"B{n}", by="nights", limits={"length_m": 5 + n % 15}) for n in range(1000)
    )
    arrival = date(2027, 7, 1)
    assert milliseconds(lambda: find_free_nights("berth", arrival, arrival + timedelta(days=3), size={"length_m": 9})) < 50
