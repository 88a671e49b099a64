"""GET requests: filters, pages, what is told and what is not."""

import json
from datetime import timedelta
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from oppidum.cases.acting import act_on
from oppidum.cases.filing import file_case, prepare_case
from oppidum.cases.models import Case, Live
from oppidum.cases.public import case_id_of, public_id
from oppidum.cases.rules.standing import Actor, Command
from oppidum.core import clock
from oppidum.interfaces import keys
from oppidum.services.living_environment.report import Report
from tests.territory.town import IN_AUBANE, IN_BELLEFONT

ANA = Actor("officer", 1, "Ana", frozenset({"act", "assign"}))
FIELDS = [
    "service_request_id",
    "status",
    "status_notes",
    "service_name",
    "service_code",
    "description",
    "agency_responsible",
    "service_notice",
    "requested_datetime",
    "updated_datetime",
    "expected_datetime",
    "address",
    "address_id",
    "zipcode",
    "lat",
    "long",
    "media_url",
]


@pytest.fixture
def filed(program):
    """File a report: `filed(days_ago=100, place=IN_BELLEFONT, category="cleanliness.dirty_street")`; returns its identifier."""

    def file(days_ago=0, place=IN_AUBANE, category="roads.pothole", words="Un trou", **answers):
        answers = answers or ({"where": "road"} if category == "roads.pothole" else {})
        commune = "13901" if place == IN_AUBANE else "13902"
        new = prepare_case(
            Report,
            {"category": category, "words": words, **answers},
            lon=place[0],
            lat=place[1],
            commune=commune,
            channel="portal",
            filed_at=clock.now() - timedelta(days=days_ago),
        )
        return public_id(file_case(new).case_id)

    return file


@pytest.fixture
def ids(program):
    """The identifiers that a query gives."""
    return lambda **asked: {one["service_request_id"] for one in program.json("requests.json", **asked)}


def stamp(days_ago: int) -> str:
    return (clock.now() - timedelta(days=days_ago)).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_request_has_the_fields_of_the_specification_in_both_formats(program, filed):
    name = filed()
    [told] = program.json(f"requests/{name}.json")
    drawn = program.xml(f"requests/{name}.xml")
    assert drawn.tag == "service_requests" and drawn[0].tag == "request"
    assert list(told) == [child.tag for child in drawn[0]] == FIELDS
    assert told["service_request_id"] == name and told["status"] == "open" and told["agency_responsible"] == "Voirie"
    assert (told["lat"], told["long"], told["zipcode"]) == (43.35, 5.05, "13910")
    assert told["address_id"] is None and drawn[0].find("address_id").text is None


def test_even_one_request_is_a_list_in_json(program, filed):
    name = filed()
    assert isinstance(program.json("requests.json"), list) and isinstance(program.json(f"requests/{name}.json"), list)
    assert program.json("requests.json", service_code="cleanliness.dirty_street") == []
    assert len(program.xml("requests.xml", service_code="cleanliness.dirty_street")) == 0


def test_times_carry_their_zone(program, filed, moved):
    with moved(2027, 7, 1, 9):
        [told] = program.json(f"requests/{filed()}.json")
    assert told["requested_datetime"] == "2027-07-01T09:00:00+02:00" and told["expected_datetime"] == "2027-07-16T23:59:59+02:00"


def test_a_closed_request_was_updated_when_it_was_closed(program, filed, moved):
    with moved(2027, 3, 1, 9):
        name = filed()
    with moved(2027, 3, 2, 9):
        act_on(case_id_of(name), Command("finish", ANA, {"what_was_done": "Comblé"}))
    with moved(2027, 3, 5, 9):
        act_on(case_id_of(name), Command("note", Actor("officer", 1, "Ana", frozenset({"note"})), {"note": "Vu"}))
        [told] = program.json("requests.json", status="closed")
    assert told["status"] == "closed" and told["updated_datetime"] == "2027-03-02T09:00:00+01:00"


def test_ninety_days_are_told_unless_dates_are_asked_for(ids, filed):
    new, old = filed(days_ago=89), filed(days_ago=100)
    assert ids() == {new}
    assert ids(start_date=stamp(120)) == {new, old}
    assert ids(end_date=stamp(95)) == {old}
    assert ids(start_date=stamp(101), end_date=stamp(99)) == {old}
    assert ids(service_request_id=old) == {old}


def test_filters_combine_and_an_empty_one_is_none(ids, filed):
    pothole, other = filed(), filed(category="cleanliness.dirty_street", place=IN_BELLEFONT)
    assert ids(service_code="roads.pothole") == {pothole}
    assert ids(service_code="roads.pothole,cleanliness.dirty_street") == {pothole, other}
    assert ids(status="open", service_code="") == {pothole, other} and ids(status="closed") == set()
    assert ids(status="open,closed", jurisdiction_id="", start_date="", page="") == {pothole, other}


def test_identifiers_override_all_other_filters(ids, filed):
    first, second = filed(), filed(days_ago=200)
    assert ids(service_request_id=f"{first},{second},{public_id(999)},nonsense", status="closed") == {first, second}


def test_places_are_found_by_box_and_by_distance(ids, filed):
    aubane, bellefont = filed(), filed(place=IN_BELLEFONT)
    assert ids(bbox="5.0,43.3,5.1,43.4") == {aubane}
    assert ids(lat="43.35", long="5.149", radius="500") == {bellefont}
    assert ids(lat="43.35", long="5.10", radius="5000") == {aubane, bellefont}


def test_what_changed_since_is_found_however_old_the_request(ids, filed, moved):
    with moved(2027, 1, 4, 9):
        old, still = filed(), filed()
    with moved(2027, 6, 1, 9):
        act_on(case_id_of(old), Command("start", ANA))
    with moved(2027, 6, 2, 9):
        assert ids(updated_after="2027-05-31T00:00:00Z") == {old}
        assert ids(updated_before="2027-05-31T00:00:00Z") == {still}


@pytest.mark.parametrize(
    "written",
    [
        "{day}T00:00:00Z",
        "{day}T00:00Z",
        "{day}T00:00:00.123456789Z",
        "{day}T01:00:00+01:00",
        "{day}T01:00:00%2B01:00",
        "{day}t00:00:00z",
        "{day}T00:00:00,5Z",
        "{day}T01:00:00+0100",
    ],
)
def test_instants_are_read_as_programs_write_them(program, filed, written):
    name = filed()
    text = written.format(day=(clock.now() - timedelta(days=2)).date())
    for asked in (text, quote(text, safe="%")):  # with a "+" that arrives as a space, and escaped
        answer = program.client.get(f"/open311/v2/requests.json?start_date={asked}")
        assert [one["service_request_id"] for one in json.loads(answer.content)] == [name], asked


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"start_date": "2027-01-01T00:00:00"}, "start_date"),  # no zone
        ({"start_date": "2027-01-01"}, "start_date"),
        ({"end_date": "yesterday"}, "end_date"),
        ({"start_date": "2027-02-30T00:00:00Z"}, "start_date"),
        ({"start_date": "0001-01-01T00:00:00+14:00"}, "start_date"),
        ({"start_date": "9999-12-01T00:00:00Z"}, "start_date"),
        ({"end_date": "0001-01-10T00:00:00Z"}, "end_date"),
        ({"start_date": "2027-01-01T00:00:00Z", "end_date": "2027-06-01T00:00:00Z"}, "end_date"),
        ({"start_date": "2027-02-01T00:00:00Z", "end_date": "2027-01-01T00:00:00Z"}, "end_date"),
        ({"updated_after": "2027-01-01"}, "updated_after"),
        ({"status": "done"}, "status"),
        ({"page": "0"}, "page"),
        ({"page": "²"}, "page"),
        ({"page": "1000", "page_size": "1000"}, "page"),
        ({"page_size": "1001"}, "page_size"),
        ({"bbox": "1,2,3"}, "bbox"),
        ({"bbox": "5.1,43.3,5.0,43.4"}, "bbox"),
        ({"bbox": "nan,nan,nan,nan"}, "bbox"),
        ({"lat": "43.35", "long": "5.05"}, "radius"),
        ({"lat": "43.35", "long": "5.05", "radius": "-1"}, "radius"),
        ({"lat": "x", "long": "5.05", "radius": "10"}, "lat"),
        ({"extensions": "perhaps"}, "extensions"),
    ],
)
def test_a_wrong_parameter_is_named(program, asked, field):
    assert program.refused(program.get("requests.json", **asked), 400).startswith(f"{field}: ")


def test_what_does_not_exist_is_404(program):
    assert "service_code" in program.refused(program.get("requests.json", service_code="roads.moon"), 404)
    for name in (public_id(999_999), "nonsense", "%00", "0" * 13):
        program.refused(program.client.get(f"/open311/v2/requests/{name}.json"), 404)
        program.refused(program.client.get(f"/open311/v2/tokens/{name}.json"), 404)
    assert "service_request_id" in program.refused(program.get("requests.json", service_request_id="nonsense"), 404)


def test_pages_follow_each_other_by_link(program, filed):
    names = [filed(days_ago=n) for n in range(5)]  # newest first
    answer = program.get("requests.json", page_size=2)
    seen = [one["service_request_id"] for one in json.loads(answer.content)]
    while "Link" in answer:
        answer = program.client.get(answer["Link"].split(">")[0].removeprefix("<").partition("127.0.0.1:8000")[2])
        seen += [one["service_request_id"] for one in json.loads(answer.content)]
    assert seen == names


def test_a_token_leads_to_the_request(program, filed):
    name = filed()
    code = Case.objects.get(pk=case_id_of(name)).code
    assert program.json(f"tokens/{name}.json") == [{"service_request_id": name, "token": name}]
    assert program.xml(f"tokens/{code}.xml").findtext("request/service_request_id") == name


def test_the_authors_code_stands_nowhere(program, filed):
    name = filed()
    code = Case.objects.get(pk=case_id_of(name)).code
    for path in ("requests.json", "requests.xml", f"requests/{name}.json", f"tokens/{name}.json"):
        assert code not in program.get(path, extensions="true").content.decode()


def test_extensions_tell_answers_history_and_step_but_no_private_answer(program, filed):
    name = filed(category="cleanliness.graffiti", surface="private", owner="tenant")
    [told] = program.json(f"requests/{name}.json", extensions="true")
    assert [a["name"] for a in told["attributes"]] == ["surface"] and told["attributes"][0]["code"] == "private"
    assert told["extended_attributes"]["channel"] == "portal" and told["extended_attributes"]["commune_code"] == "13901"
    assert [note["type"] for note in told["notes"]] == ["received", "assigned"]
    assert "tenant" not in program.get(f"requests/{name}.json", extensions="true").content.decode()
    drawn = program.xml(f"requests/{name}.xml", extensions="true")
    assert [a.tag for a in drawn.find("request/attributes")] == ["attribute"]


def test_numbers_that_lead_to_a_person_are_masked_in_the_words(program, filed):
    [told] = program.json(f"requests/{filed(words='Appelez le 06 12 34 56 78 ou zoe@example.org')}.json")
    assert "06 12" not in told["description"] and "zoe@" not in told["description"]


def test_a_hidden_report_is_in_no_list_and_tells_its_state_alone_by_its_identifier(program, ids, filed):
    name = filed(words="Des mots à cacher")
    Live.objects.update(is_public=False)
    assert ids() == set()
    [told] = program.json(f"requests/{name}.json", extensions="true")
    assert told["status"] == "open" and told["attributes"] == []
    assert all(told[field] is None for field in ("description", "lat", "long", "media_url"))


def test_a_key_for_hidden_words_reads_them_and_another_is_refused(program, filed, key):
    name = filed(words="Des mots à cacher")
    Live.objects.update(is_public=False)
    reader = keys.make_key("Cabinet", ["open311:read-private"])
    assert program.json("requests.json", api_key=reader)[0]["description"] == "Des mots à cacher"
    program.refused(program.get(f"requests/{name}.json", api_key=key), 403)


def test_words_with_markup_stay_words(program, filed):
    words = "<script>alert(1)</script> & ]]> « é »"
    drawn = program.xml(f"requests/{filed(words=words)}.xml")
    assert drawn.findtext("request/description") == words
    assert ElementTree.tostring(drawn)


def test_a_thousand_requests_cost_the_queries_of_one(program, filed, django_assert_max_num_queries):
    for n in range(20):
        filed(days_ago=n)
    program.json("requests.json")
    with django_assert_max_num_queries(4):
        assert len(program.json("requests.json", extensions="true")) == 20


def test_reading_is_limited_per_address(program, monkeypatch):
    from oppidum.interfaces.open311 import edge

    monkeypatch.setattr(edge, "READS_A_MINUTE", 3)
    answers = [program.get("services.json") for _ in range(4)]
    assert [a.status_code for a in answers] == [200, 200, 200, 429] and answers[3]["Retry-After"]
    assert program.client.get("/open311/v2/services.json", REMOTE_ADDR="192.0.2.9").status_code == 200
