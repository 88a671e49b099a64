"""Choosing a time on the portal without JavaScript: bulky waste from the first page to the code, then moved and cancelled by its author."""

import re
from datetime import timedelta

import pytest

from oppidum.bookings.calendars import make_slots
from oppidum.bookings.models import Booking, Opening, Resource, Site
from oppidum.cases.acting import act_on
from oppidum.cases.booking.places import read_places
from oppidum.cases.booking.times import sweep_offers
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Case, Draft
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.standing import Actor
from oppidum.core import clock
from oppidum.services.ecology_culture_sport.marina import MarinaBerth
from tests.territory.town import IN_AUBANE

pytestmark = pytest.mark.django_db
PLACE = r'value="(truck-a@[^"]+)"'


@pytest.fixture
def truck(people):
    truck = Resource.objects.create(code="truck-a", kind="bulky-truck", name="Aubane", serves=["13901"], capacity=2, unit="m3")
    Opening.objects.bulk_create(Opening(resource=truck, weekday=d, starts="08:00", ends="12:00") for d in range(1, 7))
    make_slots(clock.today(), clock.today() + timedelta(days=50), [truck])
    return truck


class Household:
    """Somebody who asks for a pick-up, page by page, sending back what each page names."""

    def __init__(self, client):
        self.client = client
        begun = client.post("/services/bulky-waste/ask/")
        self.token = re.search(r"/ask/([\w-]{22})/", begun["Location"])[1]

    def address(self, page):
        return f"/services/bulky-waste/ask/{self.token}/{page}/"

    def read(self, page):
        return self.client.get(self.address(page)).content.decode()

    def send(self, page, **answers):
        shown = re.findall(r'name="shown" value="([^"]+)"', self.read(page))
        return self.client.post(self.address(page), {"shown": shown, **{n.replace("__", "-"): v for n, v in answers.items()}})

    def until_time(self, what="armchair"):
        self.send("objects", objects__0__what=what, objects__0__how_many="2")
        lon, lat = IN_AUBANE
        return self.send("place", address__address="1 rue de la République", address__lon=lon, address__lat=lat)

    def until_sent(self):
        self.until_time()
        place = re.search(PLACE, self.read("time"))[1]
        self.send("time", pickup=place)
        self.send("you", contact__name="Ada", contact__email="ada@example.org")
        return place, self.client.post(self.address("check"), {})


def test_a_time_is_chosen_and_taken_with_the_request(truck, client):
    place, sent = Household(client).until_sent()
    assert sent.status_code == 303
    case = Case.objects.get()
    assert read_places(case.code) == {"bulky-truck": place}
    page = client.get(f"/follow/{case.code}").content.decode()
    assert "Enlèvement" in page and "de 8\xa0h à 12\xa0h" in page


def test_the_place_taken_meanwhile_is_said_and_nothing_is_filed(truck, client):
    household = Household(client)
    household.until_time()
    place = re.search(PLACE, household.read("time"))[1]
    household.send("time", pickup=place)
    household.send("you", contact__name="Ada", contact__email="ada@example.org")
    Household(client).until_sent()
    refused = household.client.post(household.address("check"), {})
    assert refused.status_code == 303
    assert "vient d’être prise" in client.get(refused["Location"]).content.decode()
    assert Case.objects.count() == Booking.objects.count() == 1
    assert place not in household.read("time")
    assert Draft.objects.filter(code="").count() == 1


def test_its_author_moves_and_cancels_it(truck, client):
    place, _ = Household(client).until_sent()
    case = Case.objects.get()
    page = client.get(f"/follow/{case.code}").content.decode()
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    other = next(one for one in re.findall(PLACE, page) if one != place)
    moved = client.post(f"/follow/{case.code}/act/move", {"seen": seen, "pickup": other})
    assert moved.status_code == 302
    assert read_places(case.code) == {"bulky-truck": other}
    client.post(f"/follow/{case.code}/act/cancel", {"seen": str(int(seen) + 1)})
    assert read_places(case.code) == {}


def test_rubble_ends_before_a_time_is_asked(truck, client):
    stopped = Household(client).until_time(what="rubble")
    assert stopped.status_code == 303
    assert "déchèterie" in client.get(stopped["Location"]).content.decode()


@pytest.fixture
def cassis(people):
    site = Site.objects.create(code="cassis", name="Cassis")
    for code, kind in (("v1", "visitor-berth"), ("v2", "visitor-berth"), ("a1", "berth")):
        Resource.objects.create(code=code, kind=kind, name=code.upper(), by="nights", site=site, limits={"length_m": 10})
    return site


class Skipper(Household):
    """Somebody who asks for nights at the quay."""

    def __init__(self, client):
        self.client = client
        begun = client.post("/services/marina-visit/ask/")
        self.token = re.search(r"/ask/([\w-]{22})/", begun["Location"])[1]

    def address(self, page):
        return f"/services/marina-visit/ask/{self.token}/{page}/"


def test_nights_at_the_quay_are_chosen_priced_and_booked(cassis, client):
    skipper, first = Skipper(client), clock.today() + timedelta(days=20)
    skipper.send("stay", harbour="cassis", stay__from=first.isoformat(), stay__to=(first + timedelta(days=3)).isoformat())
    skipper.send("boat", boat_name="Mistral", propulsion="sail", length_m="7,5", beam_m="2,6", draught_m="1,2")
    page = skipper.read("berth")
    assert "V1 (Cassis)" in page and "3 nuits" in page
    chosen = f"v1@{first}/{first + timedelta(days=3)}"
    skipper.send("berth", berth=chosen)
    skipper.send("you", contact__name="Ada", contact__email="ada@example.org")
    assert "75" in skipper.read("check")
    assert skipper.client.post(skipper.address("check"), {}).status_code == 303
    assert read_places(Case.objects.get().code) == {"visitor-berth": chosen}


def test_who_waits_for_a_berth_sees_the_rank_and_how_it_was_reckoned(cassis, client):
    raw = {
        "harbour": "cassis", "propulsion": "sail", "length_m": 7, "beam_m": 2, "draught_m": 1, "registration": "MA 1", "lives_here": "yes",
        "applicant": {"kind": "person", "name": "Ada"}, "contact": {"name": "Ada", "email": "ada@example.org"},
    }  # fmt: skip
    filed = file_case(prepare_case(MarinaBerth, raw, channel="portal"))
    act_on(filed.case_id, prepare(MarinaBerth, "register", {}, Actor("officer", 1, "Mia", frozenset({"act"}))))
    page = client.get(f"/follow/{filed.code}").content.decode()
    assert "numéro 1 sur 1" in page and "Habite la métropole" in page and "15" in page
    sweep_offers()
    page = client.get(f"/follow/{filed.code}").content.decode()
    assert "A1, Cassis" in page and "proposé" in page and "Accepter le poste" in page
