"""Who may open a picture, and with which headers."""

import pytest

from oppidum.cases.acting import act_on
from oppidum.cases.files.photos import path_of, public_url, save_upload, thumbnail_url
from oppidum.cases.filing import file_case, prepare_case
from oppidum.cases.rules.standing import Actor, Command
from oppidum.core import clock
from oppidum.services.living_environment.report import Report
from tests.portal.pictures import jpeg, upload
from tests.territory.town import IN_AUBANE

OFFICER = Actor("officer", 1, "Ana", frozenset({"act", "assign"}))


@pytest.fixture
def picture(people):
    return save_upload(upload(jpeg()), clock.now())


@pytest.fixture
def filed(picture):
    raw = {"category": "roads.pothole", "where": "road"}
    new = prepare_case(Report, raw, lon=IN_AUBANE[0], lat=IN_AUBANE[1], commune="13901", channel="portal", photos=(picture.token,))
    return file_case(new)


def test_a_picture_says_what_it_is_and_may_do_nothing(client, picture, filed):
    for address in (public_url(picture), thumbnail_url(picture)):
        answer = client.get(address)
        assert answer.status_code == 200 and answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff" and answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["Cache-Control"] == "public, max-age=3600"


def test_a_picture_of_a_form_not_sent_yet_is_no_ones_to_keep(client, picture):
    assert client.get(public_url(picture))["Cache-Control"] == "private, max-age=300"


def test_a_picture_of_a_subject_that_points_at_persons_is_kept_by_no_cache(client, picture, filed):
    act_on(filed.case_id, Command("recategorise", OFFICER, {"category": "noise.neighbours"}))
    assert client.get(public_url(picture))["Cache-Control"] == "private, max-age=300"


def test_a_hidden_reports_picture_is_for_its_officers_alone(client, people, picture, filed):
    act_on(filed.case_id, Command("hide", OFFICER, {"public": False}))
    assert client.get(public_url(picture)).status_code == 404
    client.force_login(people.bob)
    assert client.get(public_url(picture)).status_code == 404
    client.force_login(people.ana)
    answer = client.get(public_url(picture))
    assert answer.status_code == 200 and answer["Cache-Control"].startswith("private")


@pytest.mark.parametrize("address", ["/photos/unknown/full.jpg", "/photos/x/../../etc/passwd", "/photos/x/original.jpg"])
def test_what_is_not_there_is_not_found(client, db, address):
    assert client.get(address).status_code == 404


def test_a_file_that_is_gone_is_not_found(client, picture):
    path_of(picture, "full").unlink()
    assert client.get(public_url(picture)).status_code == 404


def test_a_size_that_does_not_exist_is_not_found(client, picture):
    assert client.get(f"/photos/{picture.token}/huge.jpg").status_code == 404
