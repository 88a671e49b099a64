"""What comes from a partner: believed by its signature, acted on where it fits, parked in sight where it doesn't."""

import json

import pytest

from oppidum.cases.models import Entry
from oppidum.cases.reading import read_standings
from oppidum.core import clock, rates
from oppidum.interfaces.partners.models import Endpoint, Message
from oppidum.interfaces.partners.receiving import try_parked
from oppidum.interfaces.partners.signing import HEADER, sign
from tests.interfaces.partner_fixtures import leak  # noqa: F401 -- a fixture

Fate = Message.Fate


@pytest.fixture
def say(client, db):
    """`say(id=..., case=..., event=...)`: the operator's system speaks."""
    rates.forget()
    Endpoint.objects.create(code="operator", url="https://operator.example/", secret="shared")

    def post(secret="shared", at=None, raw=None, code="operator", **said):
        body = json.dumps({"id": "1"} | said).encode() if raw is None else raw
        header = sign(secret, body, at or int(clock.now().timestamp()))
        return client.post(f"/partners/{code}/", body, content_type="application/json", headers={HEADER: header})

    return post


@pytest.fixture
def working(leak):  # noqa: F811
    case_id = leak.file(meter="M-1")
    leak.take(case_id, "begin")
    return case_id, leak.code(case_id)


def test_an_event_that_fits_is_acted_on_in_the_partners_name(say, working):
    case_id, code = working
    answer = say(case=code, event="repaired", words="Joint changé")
    assert (answer.status_code, answer.json()["fate"]) == (202, "taken")
    assert read_standings([case_id])[case_id].step == "done"
    entry = Entry.objects.get(action="finish")
    assert (entry.actor_kind, entry.actor_name, entry.data["what_was_done"]) == ("partner", "Water operator", "Joint changé")


def test_the_same_id_twice_is_once(say, working):
    _case_id, code = working
    for _time in range(2):
        assert say(case=code, event="repaired", words="Joint changé").json()["fate"] == "taken"
    assert Entry.objects.filter(action="finish").count() == 1 and Message.objects.filter(comes_in=True).count() == 1


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"case": "nonsense", "event": "repaired"}, "no case"),
        ({"event": "exploded"}, "stands for no action"),
        ({"event": "repaired"}, "what_was_done"),
        ({"event": "repaired", "data": "x", "words": 3, "case": {"a": 1}}, "no case"),
    ],
)
def test_what_does_not_fit_is_parked_with_the_reason(say, working, said, why):
    _case_id, code = working
    answer = say(**{"case": code} | said)
    assert (answer.status_code, answer.json()["fate"]) == (202, "parked") and why in answer.json()["reason"]
    assert Message.objects.get(comes_in=True).fate == Fate.PARKED


def test_what_came_too_early_is_taken_when_the_case_is_there(say, leak):  # noqa: F811
    case_id = leak.file()
    assert say(case=leak.code(case_id), event="repaired", words="Joint changé").json()["fate"] == "parked"
    leak.take(case_id, "begin")
    assert try_parked(Message.objects.get(comes_in=True).pk).fate == Fate.TAKEN
    assert read_standings([case_id])[case_id].step == "done"


def test_a_stranger_is_refused_and_leaves_nothing(say, working):
    _case_id, code = working
    assert say(secret="guess", case=code, event="repaired").status_code == 401
    assert say(at=1, case=code, event="repaired").status_code == 401, "an old message played again"
    assert say(code="nobody").status_code == 401
    assert not Message.objects.filter(comes_in=True).exists()


@pytest.mark.parametrize(
    ("raw", "status"), [(b"no json", 400), (b"[]", 400), (b'{"event": "x"}', 400), (b'{"id": "' + b"x" * 300_000 + b'"}', 413)]
)
def test_what_can_not_be_read_is_said_to_be(say, raw, status):
    assert say(raw=raw).status_code == status


def test_a_partner_that_is_switched_off_is_not_believed(say):
    Endpoint.objects.update(is_active=False)
    assert say(event="repaired").status_code == 401
