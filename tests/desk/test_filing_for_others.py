"""An officer files for somebody at the front desk, through the same pages as a resident; the journal says both."""

import re

import pytest
from django.test import Client

from oppidum.cases.models import Case, Draft, Entry
from tests.people_of_town import PASSWORD
from tests.portal.conftest import street_party  # noqa: F401  (the situation of the portal)
from tests.portal.test_asking import Request


class AtTheDesk(Request):
    """A draft that Cleo, of the contact centre, writes for somebody."""

    def __init__(self, client, way="phone"):
        self.client = client
        begun = client.post("/desk/file/street-party/", {"way": way})
        self.token = re.search(r"/ask/([\w-]{22})/who/", begun["Location"])[1]


@pytest.fixture
def cleo(people):
    browser = Client()
    assert browser.login(username="cleo", password=PASSWORD)
    return browser


def test_a_request_by_telephone_is_the_residents_by_way_of_the_officer(cleo, people, street_party):  # noqa: F811
    code = AtTheDesk(cleo).to_sent()
    case = Case.objects.get(code=code)
    filed = Entry.objects.get(case_id=case.pk, action="file")
    assert (case.channel, filed.actor_kind, filed.actor_id) == ("phone", "resident", people.cleo.pk)
    assert case.parties.get().email == "ana@example.fr"


def test_the_way_in_is_one_of_the_house(cleo, street_party):  # noqa: F811
    AtTheDesk(cleo, way="pigeon")
    assert Draft.objects.get().channel == "front_desk"


def test_every_service_with_a_form_is_offered_and_what_the_authority_opens_itself_to_who_may_act(cleo, people, street_party):  # noqa: F811
    assert "street-party" in cleo.get("/desk/file/").content.decode()
    assert "assembly-act" not in cleo.get("/desk/file/").content.decode()
    ana = Client()
    ana.login(username="ana", password=PASSWORD)
    assert "assembly-act" in ana.get("/desk/file/").content.decode()


def test_an_act_of_the_assembly_is_opened_by_officers_and_by_nobody_else(people, client):
    ana = Client()
    ana.login(username="ana", password=PASSWORD)
    begun = ana.post("/desk/file/assembly-act/")
    assert begun.status_code == 302 and ana.get(begun["Location"]).status_code == 200
    assert client.get(begun["Location"]).status_code == 404


def test_strangers_are_sent_to_the_login_page(client, people, street_party):  # noqa: F811
    assert "/desk/login/" in client.get("/desk/file/")["Location"]
    assert "/desk/login/" in client.post("/desk/file/street-party/")["Location"]
