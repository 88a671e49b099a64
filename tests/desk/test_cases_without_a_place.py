"""A case that lies nowhere on the ground: business in a harbour, a right over one's data. Its page, its paper and the export hold."""

import csv
import io

import pytest
from django.test import Client

from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.people import remits
from oppidum.people.models import Remit
from oppidum.services.support.rights_request import RightsRequest
from tests.people_of_town import PASSWORD


@pytest.fixture
def asked(people):
    """Ada asks to see her data; the roads team answers here."""
    Remit.objects.create(service="rights-request", team=people.roads, category="*")
    remits.forget()
    raw = {"right": "access", "for_whom": "me", "contact": {"name": "Ada", "email": "ada@example.org"}}
    return file_case(prepare_case(RightsRequest, raw, channel="portal"))


@pytest.fixture
def ana(people):
    browser = Client()
    assert browser.login(username="ana", password=PASSWORD)
    return browser


def test_it_is_read_and_printed_like_any_other(ana, asked):
    assert ana.get(f"/desk/case/{asked.code}/").status_code == 200
    paper = ana.get(f"/desk/case/{asked.code}.pdf")
    assert paper.status_code == 200 and paper.content.startswith(b"%PDF")


def test_its_line_of_the_export_has_no_coordinates(ana, asked):
    sent = b"".join(ana.get("/desk/export.csv?view=all").streaming_content).decode("utf-8-sig")
    [line] = csv.DictReader(io.StringIO(sent), delimiter=";")
    assert asked.code in line.values() and line["Longitude"] == line["Latitude"] == ""
