"""Services for programs: described as data, filed through the same validation as the page."""

import json

import pytest

from oppidum.cases.models import Case
from oppidum.interfaces.keys import make_key
from tests.cases.small_services import SmallInspection, SmallPermit, declare


@pytest.fixture(autouse=True)
def services(monkeypatch):
    declare(monkeypatch, SmallPermit, SmallInspection)


@pytest.fixture
def send(client, people):
    key = make_key("registre", ["api:write", "api:read"])

    def post(answers, code="small-permit", **more):
        body = json.dumps({"answers": answers} | more)
        return client.post(f"/api/services/{code}/cases", body, content_type="application/json", headers={"X-API-Key": key})

    post.key = key
    return post


def test_a_program_reads_what_a_service_asks(client, send):
    told = client.get("/api/services/small-permit", headers={"X-API-Key": send.key}).json()
    assert [q["name"] for page in told["pages"] for q in page["questions"]] == ["metres", "colour"]
    listed = client.get("/api/services", headers={"X-API-Key": send.key}).json()
    assert {"report", "small-permit"} <= {one["code"] for one in listed}


def test_a_program_files_a_request_once_however_often_it_sends_it(send):
    first, again = send({"metres": 12}, key="a-1"), send({"metres": 12}, key="a-1")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["code"] == again.json()["code"]
    case = Case.objects.get()
    assert (case.channel, case.answers, case.live.step) == ("api", {"metres": 12}, "filed")


def test_a_fault_files_nothing_and_names_its_question(send):
    answer = send({"colour": "green"})
    assert answer.status_code == 422 and answer["Content-Type"] == "application/problem+json"
    assert {fault["field"] for fault in answer.json()["errors"]} == {"metres", "colour"}
    assert not Case.objects.exists()


@pytest.mark.parametrize("scopes, status", [([], 401), (["api:read"], 403)])
def test_only_a_key_for_it_files(client, people, scopes, status):
    headers = {"X-API-Key": make_key("reader", scopes)} if scopes else {}
    answer = client.post("/api/services/small-permit/cases", "{}", content_type="application/json", headers=headers)
    assert answer.status_code == status


def test_an_unknown_service_is_not_found(send):
    assert send({}, code="no-such").status_code == 404
