"""The inbox's twin for programs."""

import pytest

from oppidum.interfaces.keys import forget, make_key
from tests.desk.queries import all_queries


@pytest.fixture(autouse=True)
def _fresh_keys():
    forget()


def test_an_officer_reads_the_same_list_as_on_the_page(desk, cases):
    answer = desk("ana").get("/api/cases?view=all").json()
    assert [c["code"] for c in answer["cases"]] == [cases.old.code, cases.hole.code, cases.asked.code]
    assert (answer["total"], answer["cases"][1]["step"], answer["cases"][1]["due_on"]) == (3, "assigned", "2027-03-15")


def test_a_key_with_the_scope_reads_all_cases_and_finds_no_person(client, cases, now):
    key = make_key("observatory", ["api:read"])
    answer = client.get("/api/cases", headers={"X-API-Key": key}).json()
    assert answer["total"] == 5
    assert client.get("/api/cases?words=mercadier", headers={"X-API-Key": key}).json()["total"] == 0
    assert client.get("/api/cases?view=mine", headers={"X-API-Key": key}).json()["total"] == 0


def test_strangers_and_keys_for_other_things_are_refused_with_a_problem(client, cases, now):
    assert client.get("/api/cases").status_code == 401
    key = make_key("reporter", ["open311:write"])
    answer = client.get("/api/cases", headers={"X-API-Key": key})
    assert answer.status_code == 403 and answer["Content-Type"] == "application/problem+json"


def test_counts_are_those_of_the_inbox(desk, cases):
    assert desk("ana").get("/api/cases/counts").json()["waiting"] == 1


@pytest.mark.parametrize("query", ["size=0", "size=100000", "page=0", "page=x", "team=x"])
def test_a_wrong_parameter_is_told(desk, query):
    answer = desk("ana").get(f"/api/cases?{query}")
    assert answer.status_code == 422 and answer.json()["code"] == "invalid"


def test_the_twin_takes_few_queries(desk, cases):
    browser = desk("ana")
    browser.get("/api/cases")
    with all_queries() as sent:
        browser.get("/api/cases")
    assert len(sent) <= 6


def test_the_api_describes_itself(client, town):
    described = client.get("/api/openapi.json").json()
    assert {"/api/cases", "/api/cases/counts"} <= set(described["paths"])
