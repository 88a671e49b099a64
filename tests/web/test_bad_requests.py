"""Requests that nobody's browser sends: a clear answer, never a 500."""

import random
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from oppidum.core import rates
from tests.people_of_town import PASSWORD
from tests.web.test_routes import arguments, routes

ODD = [
    "",
    "\x00",
    "a\x00b",
    "%",
    "' or 1=1--",
    "<script>",
    "é" * 50,
    "😀",
    "-1",
    "0",
    "9" * 20,
    "1e400",
    "nan",
    "-inf",
    "nan,nan,nan,nan",
    "5,43,6,44",
    "1e308,1e308,-1e308,2",
    "9999-12-31",
    "0000-00-00",
    "2027-02-30",
    "9999-12-31T23:59:59-14:00",
    "0001-01-01T00:00:00+14:00",
    "2026",
    "0",
    "10000",
    "roads",
    "roads.pothole",
    "13901",
    "mine",
    "closed",
    "'*:*&|!",
    '"a',
    "٣",
    "²",
    "../../etc/passwd",
    "x" * 3000,
    "en",
    "true",
    "open",
    "ABCDE-FGHJK",
]
NAMES = [
    "q",
    "category",
    "commune",
    "team",
    "officer",
    "channel",
    "step",
    "words",
    "bbox",
    "order",
    "view",
    "page",
    "size",
    "case",
    "act",
    "back",
    "list",
    "lang",
    "code",
    "year",
    "split",
    "after",
    "state",
    "group",
    "service_code",
    "status",
    "start_date",
    "end_date",
    "updated_after",
    "updated_before",
    "lat",
    "long",
    "lon",
    "page_size",
    "extensions",
    "locale",
    "jurisdiction_id",
    "service_request_id",
    "api_key",
    "phone",
    "period",
    "next",
    "search",
]
ROUTES = routes()


@pytest.fixture(autouse=True)
def _fresh_counts(db):
    rates.forget()


@pytest.fixture
def officer(people):
    """Dora, who sees her directorate, in a browser that shows a 500 as a visitor would see it."""
    browser = Client(raise_request_exception=False)
    assert browser.login(username="dora", password=PASSWORD)
    return browser


@pytest.mark.parametrize("seed", range(4))
def test_no_address_with_any_query_breaks(officer, seed):
    """Some hundred requests a seed: another seed is another day's fuzzing."""
    dice, stranger, broken = random.Random(seed), Client(raise_request_exception=False), []
    for name, pattern in ROUTES * 2:
        if name.endswith("pdf"):
            continue
        query = "&".join(f"{dice.choice(NAMES)}={quote(dice.choice(ODD), safe='')}" for _ in range(dice.randint(1, 4)))
        headers = {"HX-Request": "true", "HX-Target": dice.choice(["case-pane", "act-panel"])} if dice.random() < 0.3 else {}
        address = f"{reverse(name, kwargs=arguments(pattern))}?{query}"
        answer = dice.choice([officer, stranger]).get(address, headers=headers)
        if answer.status_code >= 500 and not name.startswith("web:health"):
            broken.append((address, headers))
    assert not broken


@pytest.mark.parametrize("path", ["/desk/photo/a%00b/thumb/", "/photos/a%00b/thumb.jpg", "/my/%00", "/stop/%00", "/figures/%00/"])
def test_a_nul_in_an_address_is_nothing_we_know(officer, path):
    assert officer.get(path).status_code == 404


@pytest.mark.parametrize("referer", ["http://[", "http://testserver//elsewhere.example/", "javascript:alert(1)"])
def test_the_way_back_is_an_address_of_ours_or_none(client, people, referer):
    page = client.get("/desk-of-nobody/", headers={"Referer": referer})
    assert page.status_code == 404 and "//elsewhere" not in page.content.decode() and "javascript:" not in page.content.decode()


def test_a_name_that_holds_a_nul_signs_nobody_in(client, people):
    assert client.post("/desk/login/", {"username": "ana\x00", "password": "x"}).status_code == 200


def test_behind_a_trusted_proxy_tries_are_counted_by_the_client_and_not_by_the_proxy(client, people, settings):
    from oppidum.web.desk import entry

    def tries(n, **more):
        return client.post("/desk/login/", {"username": f"x{n}", "password": "x"}, **more).status_code

    settings.TRUSTED_PROXIES = 1
    for n in range(entry.TRIES_PER_ADDRESS):
        tries(n, HTTP_X_FORWARDED_FOR=f"10.0.0.{n}, 192.0.2.1")
    assert tries("a", HTTP_X_FORWARDED_FOR="10.9.9.9, 192.0.2.1") == 429, "what a client writes itself proves nothing"
    assert tries("b", HTTP_X_FORWARDED_FOR="192.0.2.2") == 200, "another client is not locked out"


def test_without_a_trusted_proxy_the_header_opens_nothing(client, people):
    from oppidum.web.desk import entry

    codes = [
        client.post("/desk/login/", {"username": f"x{n}", "password": "x"}, HTTP_X_FORWARDED_FOR=f"192.0.2.{n}").status_code
        for n in range(entry.TRIES_PER_ADDRESS + 1)
    ]
    assert codes[-1] == 429
