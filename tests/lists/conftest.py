"""A list of businesses to write to about the special waste fee, as an officer makes it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from oppidum.cases.lists import uploads
from oppidum.core import rates
from oppidum.services.living_environment.special_waste_notice import CODE
from tests.people_of_town import PASSWORD
from tests.territory.town import IN_AUBANE

HEADER = "key;applicant.kind;applicant.name;applicant.number;place.lon;place.lat;place.address;about"
SEND = f"/desk/lists/send/{CODE}/"


def row(n, name="Boulangerie du Port", about="rules", number="73282932000074"):
    lon, lat = IN_AUBANE
    return f"2027:{n};company;{name};{number};{lon};{lat};{n} rue de la République, 13901 Aubane;{about}"


def a_list(*rows, header=HEADER, encoding="utf-8"):
    """The bytes of a list."""
    return "\r\n".join([header, *rows]).encode(encoding)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def sign_in(people):
    rates.forget()

    def sign_in(name: str) -> Client:
        browser = Client(headers={"accept-language": "fr"})
        assert browser.login(username=name, password=PASSWORD)
        return browser

    return sign_in


@pytest.fixture
def send(sign_in):
    """Send a file as an officer of the roads team; the answer."""
    browser = sign_in("ana")

    def send(content: bytes, name="liste.csv", browser=browser):
        return browser.post(SEND, {"file": SimpleUploadedFile(name, content)})

    send.browser = browser
    return send


@pytest.fixture
def in_pieces_of_two(monkeypatch):
    monkeypatch.setattr(uploads, "PIECE", 2)
