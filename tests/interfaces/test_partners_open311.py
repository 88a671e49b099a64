"""A case handed to another city by Open311: our own GeoReport v2 is that city, in a server of its own."""

import pytest

from oppidum.cases.acting import act_on
from oppidum.cases.models import Case
from oppidum.cases.preparing import prepare
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.standing import Actor
from oppidum.interfaces import keys
from oppidum.interfaces.partners.models import Endpoint, Message
from oppidum.interfaces.partners.receiving import follow_filed
from oppidum.interfaces.partners.sending import send_waiting
from oppidum.services.living_environment.report import Report
from tests.interfaces.partner_fixtures import leak, machine  # noqa: F401 -- fixtures

Fate = Message.Fate


@pytest.fixture
def next_city(live_server, transactional_db):
    """The next city's address, and the key that it gave us."""
    keys.forget()
    token = keys.make_key("Castelmer", ["open311:write"])
    return Endpoint.objects.create(code="next-city", url=f"{live_server.url}/open311/v2", secret="-", api_key=token, is_inside=True)


def test_a_case_is_filed_there_followed_and_closed_here_when_it_is_done_there(next_city, leak):  # noqa: F811
    case_id = leak.file()
    leak.take(case_id, "pass_on")
    assert send_waiting() == 1
    message = Message.objects.get()
    there = Case.objects.get(service="report")
    assert message.fate == Fate.FOLLOWED and message.remote_id and there.words == "Une fuite" and there.channel == "open311"
    assert follow_filed() == 1 and follow_filed() == 0
    leak.take(case_id, "begin")
    act_on(there.pk, prepare(Report, "finish", {"what_was_done": "Tuyau réparé"}, Actor("officer", 1, "Max", frozenset({"act"}))))
    assert follow_filed() == 1
    message.refresh_from_db()
    assert (message.fate, message.remote_status) == (Fate.ENDED, "closed")
    standing = read_standings([case_id])[case_id]
    assert standing.step == "done"


def test_a_refusal_there_is_held_with_its_words(next_city, leak):  # noqa: F811
    next_city.api_key = "wrong"
    next_city.save()
    leak.take(leak.file(), "pass_on")
    assert send_waiting() == 0
    message = Message.objects.get()
    assert message.fate == Fate.HELD and "403" in message.error


def test_a_token_becomes_a_request_later(leak, machine, db):  # noqa: F811
    Endpoint.objects.create(code="next-city", url=machine.url.partition("/hook")[0], secret="-", is_inside=True)
    machine.says = b'[{"token": "abc"}]'
    leak.take(leak.file(), "pass_on")
    send_waiting()
    assert Message.objects.get().remote_id == "token:abc"
    machine.says = b'[{"service_request_id": "77", "status": "open"}]'
    assert follow_filed() == 1
    assert (Message.objects.get().remote_id, Message.objects.get().remote_status) == ("77", "open")
    assert [path for _m, path, _h, _b in machine.heard] == ["/requests.json", "/tokens/abc.json", "/requests/77.json"]


def test_a_city_that_speaks_no_georeport_is_tried_again(leak, machine, db):  # noqa: F811
    Endpoint.objects.create(code="next-city", url=machine.url.partition("/hook")[0], secret="-", is_inside=True)
    machine.says = b"<html>welcome</html>"
    leak.take(leak.file(), "pass_on")
    assert send_waiting() == 0 and Message.objects.get().fate == Fate.WAITING
