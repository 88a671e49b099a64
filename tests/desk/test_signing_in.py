"""Signing in and out."""

import pytest

from oppidum.core import rates
from oppidum.web.desk.entry import TRIES_PER_NAME
from tests.people_of_town import PASSWORD


@pytest.fixture(autouse=True)
def _no_tries_yet(db):
    rates.forget()


def sign_in(client, name, password=PASSWORD, **more):
    return client.post("/desk/login/", {"username": name, "password": password, **more})


def test_an_officer_signs_in_to_the_inbox_and_out_again(client, people):
    assert sign_in(client, "ana")["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200
    assert client.post("/desk/logout/")["Location"] == "/desk/login/"
    assert client.get("/desk/").status_code == 302


def test_a_wrong_password_says_what_to_do(client, people):
    answer = sign_in(client, "ana", "wrong")
    assert answer.status_code == 200 and "notice-danger" in answer.content.decode()


def test_a_name_tried_too_often_waits(client, people):
    for _ in range(TRIES_PER_NAME):
        sign_in(client, "ana", "wrong")
    assert sign_in(client, "ANA").status_code == 429


def test_the_next_page_is_never_another_site(client, people):
    assert sign_in(client, "ana", next="https://evil.example/")["Location"] == "/desk/"


def test_an_officer_who_left_does_not_come_in(client, people):
    people.ana.is_active = False
    people.ana.save()
    assert sign_in(client, "ana").status_code == 200


def test_a_stranger_who_guesses_shuts_nobody_out_but_himself(client, people, settings):
    settings.TRUSTED_PROXIES = 1
    for _ in range(TRIES_PER_NAME + 1):
        answer = client.post("/desk/login/", {"username": "ana", "password": "wrong"}, HTTP_X_FORWARDED_FOR="192.0.2.66")
    assert answer.status_code == 429
    right = {"username": "ana", "password": PASSWORD}
    assert client.post("/desk/login/", right, HTTP_X_FORWARDED_FOR="192.0.2.7").status_code == 302


def test_an_officer_is_signed_out_after_a_working_day(client, people):
    client.post("/desk/login/", {"username": "ana", "password": PASSWORD})
    assert client.session.get_expiry_age() <= 12 * 3600
