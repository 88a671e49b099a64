"""The week of a truck and the basin of a harbour at the desk; a day closed with its consequences; waiting lists for everybody."""

from datetime import date, datetime, timedelta

import pytest

from oppidum.bookings.calendars import make_slots
from oppidum.bookings.models import Booking, Opening, Resource, Site, Slot
from oppidum.bookings.waiting import Joining, join_list
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.core import clock
from oppidum.services.living_environment.bulky_waste import BulkyWaste
from tests.people_of_town import PASSWORD
from tests.territory.town import IN_AUBANE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def march():
    with clock.at(datetime(2027, 3, 1, 9, tzinfo=clock.PARIS)):
        yield


@pytest.fixture
def truck(people):
    truck = Resource.objects.create(
        code="truck-a", kind="bulky-truck", name="Camion A", serves=["13901"], capacity=5, unit="m3", team=people.cleanliness
    )
    Opening.objects.bulk_create(Opening(resource=truck, weekday=d, starts="08:00", ends="12:00") for d in range(1, 6))
    make_slots(date(2027, 3, 1), date(2027, 3, 1) + timedelta(days=40), [truck])
    return truck


@pytest.fixture
def bob(client, people):
    client.login(username="bob", password=PASSWORD)
    return client


def appointment(day=3):
    lon, lat = IN_AUBANE
    raw = {
        "objects": [{"what": "sofa", "how_many": 1}], "address": {"address": "1 rue de la République", "lon": lon, "lat": lat},
        "pickup": f"truck-a@2027-03-{day:02}T08:00/12:00", "contact": {"name": "Ada", "email": "ada@example.org"},
    }  # fmt: skip
    return file_case(prepare_case(BulkyWaste, raw, channel="portal"))


def test_a_week_shows_what_is_taken_and_what_is_free(truck, bob):
    appointment()
    page = bob.get("/desk/bookings/truck-a/").content.decode()
    assert "1,5 / 5 m3" in page and "3,5" in page and "De 8" not in page
    assert "Fermer mercredi 3" in page


def test_resources_of_other_teams_are_not_there(truck, client, people):
    client.login(username="ana", password=PASSWORD)
    assert client.get("/desk/bookings/truck-a/").status_code == 404
    assert client.get("/desk/bookings/truck-a/close/?first=2027-03-03").status_code == 404
    assert "Camion A" not in client.get("/desk/bookings/").content.decode()


def test_who_may_not_act_closes_nothing(truck, client, people):
    people.cleo.teams.add(people.cleanliness)
    client.login(username="cleo", password=PASSWORD)
    closed = client.post("/desk/bookings/truck-a/close/", {"first": "2027-03-03", "reason": "Grève"})
    assert closed.status_code == 403
    assert Slot.objects.filter(is_open=False).count() == 0


def test_a_closing_says_first_what_it_does_then_does_it(truck, bob):
    appointment()
    seen = bob.get("/desk/bookings/truck-a/close/?first=2027-03-03").content.decode()
    assert "jeudi 4\xa0mars\xa02027" in seen and Booking.objects.get(state="taken").day == date(2027, 3, 3)
    done = bob.post("/desk/bookings/truck-a/close/", {"first": "2027-03-03", "last": "2027-03-03", "reason": "Grève"})
    assert done.status_code == 302
    assert Booking.objects.get(state="taken").day == date(2027, 3, 4)
    week = bob.get(done["Location"]).content.decode()
    assert "1 réservation a été déplacée." in week and "Grève" in week
    bob.post("/desk/bookings/truck-a/open/", {"first": "2027-03-03"})
    assert Slot.objects.filter(is_open=False).count() == 0


@pytest.mark.parametrize(
    "asked",
    [{"first": ""}, {"first": "2027-03-05", "last": "2027-03-04"}, {"first": "2027-02-01"}, {"first": "2027-03-03", "reason": " "}],
)
def test_a_closing_that_makes_no_sense_is_told_and_closes_nothing(truck, bob, asked):
    assert bob.post("/desk/bookings/truck-a/close/", {"reason": "Grève"} | asked).status_code == 422
    assert Slot.objects.filter(is_open=False).count() == 0


@pytest.fixture
def harbour(people):
    harbour = Site.objects.create(code="cassis", name="Cassis")
    for n in (1, 2, 10):
        Resource.objects.create(
            code=f"a{n}", kind="berth", name=f"A{n}", by="nights", site=harbour, team=people.cleanliness, limits={"length_m": 8}
        )
    join_list(
        [
            Joining(
                key="j", kind="berth", reference="AAAAA-AAAAA", site="cassis", points=5, how=[["Sail", 5]], size={"length_m": 7}
            ),
            Joining(key="k", kind="berth", reference="BBBBB-BBBBB", site="cassis", points=9, size={"length_m": 6}),
        ]
    )
    return harbour


def test_a_basin_lists_its_berths_in_order_and_who_waits(harbour, bob):
    page = bob.get("/desk/bookings/harbour/cassis/").content.decode()
    assert page.index("A1<") < page.index("A2<") < page.index("A10<")
    assert "3 postes sont libres" in page and "AAAAA" not in page


def test_everybody_sees_the_rule_and_the_order_and_nobody_by_name(harbour, client):
    page = client.get("/waiting-lists/marina-berth/").content.decode()
    assert "Habite la métropole" in page and page.index(">9<") < page.index(">5<")
    assert "AAAAA" not in page
    assert client.get("/waiting-lists/report/").status_code == 404
