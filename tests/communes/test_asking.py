"""A commune asks from its space: the form opens with its town hall, the case is its own, and the metropolis' answer comes back to it."""

import pytest
from django.conf import settings
from django.test import Client

from oppidum.bookings.models import Booking
from oppidum.cases import outbox
from oppidum.cases.models import Case, Entry, Live
from tests.communes.scene import build, wednesday
from tests.people_of_town import PASSWORD


@pytest.fixture
def scene(town, tmp_path):
    kept, settings.MEDIA_ROOT = settings.MEDIA_ROOT, tmp_path
    yield build()
    settings.MEDIA_ROOT = kept


def sign_in(officer) -> Client:
    browser = Client(headers={"accept-language": "fr"})
    assert browser.login(username=officer.username, password=PASSWORD)
    return browser


def fill(browser, begun, **pages):
    """Send the pages of a form, then the whole; the case that came of it."""
    for page, sent in pages.items():
        answer = browser.post(begun.replace("/what/", f"/{page}/"), sent | {"shown": list(sent)})
        assert answer.status_code == 303, (page, answer.content.decode()[:3000])
    sent = browser.post(begun.replace("/what/", "/check/"))
    assert sent.status_code == 303 and sent["Location"].endswith("/sent/"), sent
    assert browser.get(sent["Location"]).status_code == 200
    while outbox.deliver():
        pass
    return Case.objects.order_by("-pk").first()


def hall(side):
    return {"place-address": f"Rue {side.mark}", "place-lon": str(side.at[0]), "place-lat": str(side.at[1])}


def test_a_request_goes_from_the_space_to_the_metropolis_and_its_answer_comes_back(scene):
    own = scene.aubane
    browser = sign_in(own.officers["agent"])
    begun = browser.post(f"/commune/{own.code}/requests/new")["Location"]
    case = fill(
        browser,
        begun,
        what={"wants": "request"} | hall(own),
        request={"subject": "loan", "title": "Une nacelle", "details": "Pour les guirlandes", "urgent": "yes"},
        who={"post": "officer", "you-name": "Luc", "you-email": "luc@aubane.example"},
    )
    assert case.commune_id == own.code and case.channel == "desk"
    filed = Entry.objects.get(case_id=case.pk, seq=1)
    assert (filed.actor_kind, filed.actor_name) == ("resident", str(own.officers["agent"]))
    ana = sign_in(scene.people.ana)
    told = {"outcome": "agreed", "message": "Mardi à huit heures", "seen": Live.objects.get(pk=case.pk).version}
    assert ana.post(f"/desk/case/{case.code}/act/give_answer/", told).status_code == 302
    page = browser.get(f"/desk/case/{case.code}/").content.decode()
    assert "Mardi à huit heures" in page and "Une nacelle" in browser.get(f"/commune/{own.code}/requests/").content.decode()
    assert case.code not in sign_in(scene.bellefont.officers["admin"]).get("/commune/13902/requests/").content.decode()


def test_a_seat_is_booked_from_the_space_and_given_back_at_the_desk(scene):
    own = scene.aubane
    browser, seat = sign_in(own.officers["elu"]), f"law@{wednesday():%Y-%m-%d}T09:00/12:00"
    begun = browser.post(f"/commune/{own.code}/training/book", {"session": seat})["Location"]
    case = fill(
        browser,
        begun,
        what={"wants": "training"} | hall(own),
        session={"session": seat, "trainee": "Lia Roux"},
        who={"post": "councillor", "you-name": "Élu", "you-email": "elu@aubane.example"},
    )
    assert Booking.objects.get(reference=case.code).state == "taken"
    assert "Lia Roux" in browser.get(f"/commune/{own.code}/training/").content.decode()
    seen = Live.objects.get(pk=case.pk).version
    assert browser.post(f"/desk/case/{case.code}/act/cancel/", {"seen": seen}).status_code == 302
    assert Booking.objects.get(reference=case.code).state == "freed"


def test_a_session_that_is_not_offered_opens_no_form(scene):
    browser = sign_in(scene.aubane.officers["agent"])
    answer = browser.post("/commune/13901/training/book", {"session": "law@2020-01-01T09:00/12:00"})
    assert answer["Location"] == "/commune/13901/training/"


def test_nobody_else_is_shown_the_form(scene):
    for browser in (Client(), sign_in(scene.people.ana)):
        assert browser.post("/services/commune-request/ask/").status_code == 404
        assert (
            "Ouvrir l’espace de la commune"
            in browser.get("/services/commune-request/", headers={"accept-language": "fr"}).content.decode()
        )
