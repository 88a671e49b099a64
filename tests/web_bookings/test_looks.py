"""Bookings in chromium: a time chosen on a phone, the week, the closing, the basin and the waiting list, with axe, by day and by night."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from oppidum.bookings.calendars import make_slots
from oppidum.bookings.models import Opening, Resource, Site
from oppidum.bookings.waiting import Joining, join_list
from oppidum.core import clock
from tests.browser import check_page, wait_for_maps
from tests.portal.test_booking_a_time import Household

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = (360, 1440)


@pytest.fixture
def places(people):
    """A truck of Aubane every day of the week, and Cassis with three berths for which two wait."""
    truck = Resource.objects.create(
        code="truck-a",
        kind="bulky-truck",
        name="Camion d’Aubane",
        serves=["13901"],
        capacity=14,
        unit="m3",
        team=people.cleanliness,
    )
    hours = [("07:00", "12:00"), ("13:00", "17:00")]
    Opening.objects.bulk_create(Opening(resource=truck, weekday=d, starts=s, ends=e) for d in range(1, 8) for s, e in hours)
    make_slots(clock.today(), clock.today() + timedelta(days=50), [truck])
    harbour = Site.objects.create(code="cassis", name="Port de Cassis", place="SRID=4326;POINT(5.22 43.35)")
    Resource.objects.bulk_create(
        Resource(
            code=f"a{n}", kind="berth", name=f"A{n}", by="nights", site=harbour, team=people.cleanliness, limits={"length_m": 5 + n}
        )
        for n in range(1, 4)
    )
    for n, length in enumerate((7, 20)):
        how = [["Lives in the metropolis", 10 - n]]
        entry = Joining(
            key=f"k{n}", kind="berth", reference=f"R{n}", site="cassis", points=10 - n, how=how, size={"length_m": length}
        )
        join_list([entry])
    return truck


def test_times_can_be_chosen_on_a_phone(places, open_page):
    household = Household(Client())
    household.until_time()
    page = open_page(household.address("time"), width=360)
    assert page.locator("input[type=radio]").count() > 8
    check_page(page, widths=LOOKS)


def test_the_page_of_a_case_shows_its_time(places, open_page):
    client = Client()
    _place, sent = Household(client).until_sent()
    code = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", client.get(sent["Location"]).content.decode())[0]
    check_page(open_page(f"/follow/{code}"), widths=LOOKS)


@pytest.mark.parametrize(
    "path", ["/desk/bookings/", "/desk/bookings/truck-a/", "/desk/bookings/truck-a/close/", "/desk/bookings/harbour/cassis/"]
)
def test_the_desk_of_bookings_is_accessible_and_fits(places, open_page, people, path):
    Household(Client()).until_sent()
    tomorrow = (clock.today() + timedelta(days=3)).isoformat()
    page = open_page(f"{path}?first={tomorrow}" if path.endswith("close/") else path, officer=people.bob)
    wait_for_maps(page)
    check_page(page, widths=LOOKS)


def test_a_waiting_list_is_accessible_and_fits(places, open_page):
    check_page(open_page("/waiting-lists/marina-berth/"), widths=LOOKS)
