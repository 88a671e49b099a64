"""POST requests: what somebody's program sends becomes a report, or is refused with the field at fault."""

import json
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from oppidum.cases.models import Case, Entry, Message, Party, Photo
from oppidum.cases.public import case_id_of
from oppidum.interfaces import keys
from oppidum.operations.benches.counting import statements_counted
from tests.territory.town import FAR_AWAY, IN_DORGUES


def test_a_report_is_filed_and_answered_as_in_the_specification(program, pothole, people):
    answer = program.post(pothole())
    [told] = json.loads(answer.content)
    assert list(told) == ["service_request_id", "service_notice", "account_id"]
    case = Case.objects.select_related("live").get(pk=case_id_of(told["service_request_id"]))
    assert (case.channel, case.commune_id, case.live.team_id) == ("open311", "13901", people.roads.pk)
    assert case.words == "Un trou devant l'école" and case.answers == {"where": "road"}
    assert f"/follow/{case.code}" in told["service_notice"]  # the author's key, told to the author alone
    assert Entry.objects.get(case_id=case.pk, seq=1).actor_name == "Allô Castelmer"


def test_the_answer_in_xml_nests_the_request(program, pothole):
    drawn = ElementTree.fromstring(program.post(pothole(), "requests.xml").content)
    assert drawn.tag == "service_requests" and [child.tag for child in drawn[0]] == [
        "service_request_id",
        "service_notice",
        "account_id",
    ]


def test_several_values_of_one_attribute_are_kept(program, pothole):
    request_id = program.file(
        pothole(
            **{
                "service_code": "cleanliness.dirty_street",
                "attribute[where]": None,
                "attribute[what][]": ["litter", "glass"],
            }
        )
    )
    assert sorted(Case.objects.get(pk=case_id_of(request_id)).answers["what"]) == ["glass", "litter"]


def test_who_reports_is_kept_apart_and_never_told_again(program, pothole):
    person = {
        "email": "Zoe.Roux@Example.org",
        "first_name": "Zoé",
        "last_name": "Roux",
        "phone": "06 12 34 56 78",
        "device_id": "tt222111",
        "account_id": "123456",
    }
    request_id = program.file(pothole(**person))
    party = Party.objects.get(case_id=case_id_of(request_id))
    assert (party.name, party.email, party.phone) == ("Zoé Roux", "zoe.roux@example.org", "+33612345678")
    said = "".join(
        program.get(path, extensions="true").content.decode().lower()
        for path in ("requests.json", "requests.xml", f"requests/{request_id}.json", f"requests/{request_id}.xml")
    )
    for secret in ("roux", "zoé", "612345678", "06 12", "tt222111", "123456"):
        assert secret not in said


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"service_code": None}, 400, "service_code"),
        ({"service_code": "roads.moon"}, 404, "service_code"),
        ({"jurisdiction_id": "sfgov.org"}, 404, "jurisdiction_id"),
        ({"lat": None}, 400, "lat"),
        ({"lat": None, "long": None}, 400, "lat"),
        ({"lat": "43,35"}, 400, "lat"),
        ({"lat": "nan"}, 400, "lat"),
        ({"long": "1e9"}, 400, "long"),
        ({"lat": None, "long": None, "address_id": "42"}, 400, "address_id"),
        ({"lat": None, "long": None, "address_string": "zzzz qqqq"}, 400, "address_string"),
        ({"address_string": "x" * 301}, 400, "address_string"),
        ({"attribute[where]": None}, 400, "attribute[where]"),
        ({"attribute[where]": "the moon"}, 400, "attribute[where]"),
        ({"attribute[colour]": "red"}, 400, "attribute[colour]"),
        ({"attribute": "red"}, 400, "attribute"),
        ({"description": "x" * 4001}, 400, "description"),
        ({"description": "x" * 100_000}, 400, "description"),
        ({"email": "nobody"}, 400, "email"),
        ({"phone": "call me"}, 400, "phone"),
        ({"first_name": "x" * 101}, 400, "first_name"),
        ({"media_url": "javascript:alert(1)"}, 400, "media_url"),
        ({"locale": "tlh"}, 400, "locale"),
        ({"api_key": None}, 403, "api_key"),
        ({"api_key": "opd_wrong"}, 403, "api_key"),
    ],
)
def test_a_wrong_parameter_is_named_and_nothing_is_filed(program, pothole, change, status, field):
    assert f"{field}: " in program.refused(program.post(pothole(**change)), status)
    assert not Case.objects.exists()


def test_all_faults_are_told_at_once(program, pothole):
    told = program.refused(program.post(pothole(lat="x", email="nobody", description="x" * 5000)), 400)
    assert [line.split(":")[0] for line in told.splitlines()] == ["description", "lat", "email"]


def test_outside_the_territory_the_neighbours_town_hall_is_named(program, pothole):
    told = program.refused(program.post(pothole(long=IN_DORGUES[0], lat=IN_DORGUES[1])), 400)
    assert "Dorgues" in told and "04 42 00 00 99" in told
    program.refused(program.post(pothole(long=FAR_AWAY[0], lat=FAR_AWAY[1])), 400)


def test_an_address_alone_is_found_in_the_gazetteer(program, pothole):
    request_id = program.file(pothole(lat=None, long=None, address_string="12 boulevard de la Mer, Castelmer"))
    case = Case.objects.get(pk=case_id_of(request_id))
    assert case.commune_id == "13903" and case.address == "12 boulevard de la Mer, Castelmer"


def test_where_life_is_at_risk_the_number_to_call_comes_first(program, pothole):
    told = program.refused(program.post(pothole(**{"attribute[where]": "nonsense", "attribute[accident]": "true"})), 400)
    assert "15" in told and "attribute[accident]" in told
    assert not Case.objects.exists()


def test_the_same_form_sent_twice_is_one_report(program, pothole):
    first = program.post(pothole(), HTTP_IDEMPOTENCY_KEY="form-1")
    again = program.post(pothole(), HTTP_IDEMPOTENCY_KEY="form-1")
    assert json.loads(again.content)[0]["service_request_id"] == json.loads(first.content)[0]["service_request_id"]
    other = keys.make_key("Another program", ["open311:write"])
    program.post(pothole(api_key=other), HTTP_IDEMPOTENCY_KEY="form-1")
    assert Case.objects.count() == 2
    assert "Idempotency-Key" in program.refused(program.post(pothole(), HTTP_IDEMPOTENCY_KEY="x" * 300), 400)


def test_the_address_of_a_picture_is_noted_for_officers_and_not_published(program, pothole):
    request_id = program.file(pothole(media_url="http://pictures.example/1.jpg"))
    note = Message.objects.get(case_id=case_id_of(request_id))
    assert note.kind == "note" and "http://pictures.example/1.jpg" in note.text
    assert "pictures.example" not in program.get("requests.json", extensions="true").content.decode()


def test_only_a_form_in_utf_8_is_read(program, pothole, key):
    answer = program.client.post("/open311/v2/requests.json", pothole(), content_type="application/json")
    assert "Content-Type" in program.refused(answer, 400)
    latin = b"api_key=" + key.encode() + b"&service_code=roads.pothole&lat=43.35&long=5.05&description=caf%E9"
    answer = program.client.post("/open311/v2/requests.json", latin, content_type="application/x-www-form-urlencoded")
    assert "description" in program.refused(answer, 400)


def test_a_form_larger_than_we_take_is_refused_unread(program, pothole):
    program.refused(program.post(pothole(description="x" * 3_000_000)), 413)
    huge = program.client.post(
        "/open311/v2/requests.json", b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=10**9
    )
    program.refused(huge, 413)


def test_a_key_beyond_its_limit_waits(program, pothole):
    slow = keys.make_key("Slow", ["open311:write"], limit=2)
    answers = [program.post(pothole(api_key=slow)) for _ in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 60


def test_a_stranger_needs_no_cookie_and_no_csrf_token(pothole, people):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/open311/v2/requests.json", pothole())
    assert answer.status_code == 200 and not answer.cookies


def test_a_real_client_files_over_http_and_a_replay_at_the_same_moment_is_one_report(live_server, town, key, pothole):
    from urllib.parse import urlencode
    from urllib.request import Request, urlopen

    def post(_):
        asked = Request(f"{live_server.url}/open311/v2/requests.json", urlencode(pothole()).encode(), {"Idempotency-Key": "one"})
        with urlopen(asked) as answer:
            return json.load(answer)[0]["service_request_id"]

    with ThreadPoolExecutor(4) as pool:
        codes = set(pool.map(post, range(4)))
    assert len(codes) == 1 and Case.objects.count() == 1
    with urlopen(f"{live_server.url}/open311/v2/requests/{codes.pop()}.xml") as answer:
        assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
        assert ElementTree.parse(answer).findtext("request/status") == "open"


def picture() -> bytes:
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    return out.getvalue()


def test_pictures_come_with_a_multipart_form_and_are_published(program, pothole, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    form = pothole() | {"media": SimpleUploadedFile("hole.png", picture(), "image/png")}
    answer = program.client.post("/open311/v2/requests.json", form)
    assert answer.status_code == 200, answer.content.decode()
    [told] = program.json("requests.json")
    assert told["media_url"].startswith(settings.PUBLIC_URL) and told["media_url"].endswith(".jpg")
    assert Photo.objects.get().case_id == case_id_of(told["service_request_id"])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("media", b"#!/bin/sh\nrm -rf /"),
        ("media", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("media", b""),
        ("photo", b"x"),
    ],
)
def test_a_disguised_picture_is_refused_and_nothing_is_filed(program, pothole, name, content):
    form = pothole() | {name: SimpleUploadedFile("hole.jpg", content, "image/jpeg")}
    answer = program.client.post("/open311/v2/requests.json", form)
    assert program.refused(answer, 400).startswith(name) and not Case.objects.exists()


def test_filing_is_one_statement_once_the_process_is_warm(program, pothole, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):  # a process remembers what is committed
        program.file(pothole())
    with statements_counted() as sent:
        program.file(pothole(email="zoe@example.org", first_name="Zoé"))
    assert len([one for one in sent if "savepoint" not in one.lower()]) == 1
