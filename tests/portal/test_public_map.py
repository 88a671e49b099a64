"""The public map and its list: what they show, what they never show, and what they answer to nonsense."""

import json
import re

import pytest
from django.core.cache import cache
from django.db.models.expressions import RawSQL
from django.test import Client

from oppidum.cases.acting import act_on
from oppidum.cases.filing import file_cases, prepare_case
from oppidum.cases.models import Case
from oppidum.cases.public import public_id
from oppidum.cases.public_reports import MOST_POINTS, PublicFilter, list_spots
from oppidum.cases.rules.standing import Actor, Command
from oppidum.services.living_environment.report import Report
from oppidum.web.portal.public_map import read_box, widen
from tests.desk.conftest import report
from tests.territory.town import IN_AUBANE, IN_BELLEFONT

ANA = Actor("officer", 1, "Ana", frozenset({"act", "assign"}))
TOWN = "4.9,43.2,5.4,43.5"


@pytest.fixture(autouse=True)
def _nothing_kept(db):
    cache.clear()


def ask(query: str = "", **headers):
    return Client().get(f"/reports/points.geojson?bbox={TOWN}{query}", **headers)


def features(query: str = "") -> list[dict]:
    return json.loads(ask(query).content)["features"]


def listed(query: str = "") -> str:
    answer = Client().get(f"/reports/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def close(filed, text="Comblé"):
    act_on(filed.case_id, Command("finish", ANA, {"what_was_done": text}))


def test_map_and_list_show_the_same_open_reports(people):
    here, there, done = report(), report(at=IN_BELLEFONT, commune="13902"), report()
    close(done)
    shown = {feature["properties"]["id"] for feature in features()}
    assert shown == {public_id(here.case_id), public_id(there.case_id)}
    page = listed()
    assert all(f'data-map-point="{name}"' in page for name in shown) and public_id(done.case_id) not in page


def test_a_point_says_what_it_is_and_leads_to_its_public_page(people):
    filed = report()
    [feature] = features()
    told = feature["properties"]
    assert told["href"] == f"/reports/{public_id(filed.case_id)}" and "Aubane" in told["text"]
    assert feature["geometry"]["coordinates"] == list(IN_AUBANE)
    assert Client().get(told["href"]).status_code == 200


def test_no_person_and_no_masked_number_stands_in_the_list_or_its_search(people):
    report(words="Appelez Zoé au 06 12 34 56 78, voiture AB-123-CD, zoe@example.org")
    page = listed()
    assert "06 12 34" not in page and "AB-123-CD" not in page and "zoe@example.org" not in page
    for words in ("0612345678", "06 12 34 56 78", "AB-123-CD", "zoe@example.org", '"06 12"', "12 34"):
        assert not features(f"&words={words}"), words


def test_a_code_finds_nothing_in_the_public_search(people):
    filed, lettered = report(), report()
    Case.objects.filter(pk=lettered.case_id).update(code="ABCDE-FGHJK")
    Case.objects.update(search=RawSQL("to_tsvector('french', plain_words(code || ' ' || address || ' ' || words))", ()))
    for words in ("ABCDE-FGHJK", "ABCDE", "fghjk", "ABCDES", filed.code, filed.code.replace("-", " ")):
        assert not features(f"&words={words}"), words
    assert features("&words=trou")


def test_hidden_reports_and_private_subjects_are_nowhere(people):
    hidden = report(words="Insulte cachée")
    report("noise.neighbours", "Fête chez Durand")
    act_on(hidden.case_id, Command("hide", ANA))
    for query in ("", "?state=late", "?words=cachée", "?words=Durand", "?group=noise"):
        page = listed(query)
        assert "Insulte" not in page and "Fête" not in page
    assert features() == [] and features("&group=noise") == []


def test_the_filters_narrow_map_and_list_alike(people, moved):
    with moved(2027, 3, 1, 9):
        hole, lamp = report(words="Un trou énorme"), report(at=IN_BELLEFONT, commune="13902", words="Chaussée défoncée")
        act_on(lamp.case_id, Command("start", ANA))
    with moved(2027, 3, 10, 9):
        done = report(words="Déjà comblé")
        close(done)
    with moved(2027, 3, 20, 9):
        for query, expected in (
            ("group=roads", {hole, lamp}),
            ("group=noise", set()),
            ("commune=13902", {lamp}),
            ("state=planned", {lamp}),
            ("state=late", {hole, lamp}),
            ("state=done", {done}),
            ("words=enorme", {hole}),
            ("words=défoncée", {lamp}),
        ):
            names = {public_id(filed.case_id) for filed in expected}
            assert {f["properties"]["id"] for f in features("&" + query)} == names, query
            assert all(name in listed("?" + query) for name in names)
    cache.clear()
    with moved(2027, 4, 20, 9):
        assert features("&state=done") == []


@pytest.mark.parametrize(
    "query", ["?group=%00&commune=x&state=?&words=%27%22%3Cscript%3E", "?words=" + "x" * 5000, "?after=zzz", "?state=all"]
)
def test_filters_that_can_not_be_read_break_nothing(people, query):
    report()
    assert "<script>" not in listed(query).split("<main")[1].replace("<script src", "")


@pytest.mark.parametrize(
    "bbox",
    ["", "1,2,3", "a,b,c,d", "5,43,4,44", "5,44,6,43", "nan,43,6,44", "5,43,inf,44", "5,43,6,44,7", "200,43,210,44", "5;43;6;44"],
)
def test_a_box_that_is_none_gets_a_clear_400(town, bbox):
    answer = Client().get("/reports/points.geojson", {"bbox": bbox})
    assert answer.status_code == 400 and answer["Content-Type"] == "application/problem+json"
    assert answer.json()["field"] == "bbox" and "bbox=5.2" in answer.json()["detail"]


def test_a_map_zoomed_out_over_the_edge_of_the_world_is_answered(people):
    report()
    assert read_box("-300,-95,300,95") == (-180, -90, 180, 90)
    assert len(json.loads(Client().get("/reports/points.geojson?bbox=-300,-95,300,95").content)["features"]) == 1


def test_a_small_move_asks_for_the_same_box_and_the_box_holds_what_was_asked():
    west, south, east, north = widen((5.3601, 43.2902, 5.4103, 43.3304))
    assert west <= 5.3601 and south <= 43.2902 and east >= 5.4103 and north >= 43.3304
    assert widen((5.3602, 43.2903, 5.4104, 43.3305)) == (west, south, east, north)
    assert east - west < 2 * (5.4103 - 5.3601)


def test_an_unchanged_map_is_answered_304(people):
    report()
    first = ask()
    assert "max-age" in first["Cache-Control"]
    again = ask(headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304 and again.content == b""


def test_points_speak_the_readers_language(people):
    report()
    browser = Client()
    french = browser.get(f"/reports/points.geojson?bbox={TOWN}").content.decode()
    english = browser.get(f"/reports/points.geojson?bbox={TOWN}&lang=en").content.decode()
    assert "Nid-de-poule" in french and "Pothole" in english


@pytest.fixture
def crowd(people):
    """Three thousand reports over Aubane, on a grid."""
    raw = {"category": "roads.pothole", "where": "road", "words": "Un trou"}
    return file_cases(
        prepare_case(Report, raw, lon=5.01 + 0.0013 * (n % 60), lat=43.31 + 0.0013 * (n // 60), commune="13901", channel="portal")
        for n in range(3000)
    )


def test_a_crowd_is_gathered_in_numbers_and_nobody_is_lost(crowd):
    found = features()
    assert len(found) <= MOST_POINTS
    assert sum(feature["properties"].get("gathers", 1) for feature in found) == 3000
    assert not any("id" in f["properties"] and "gathers" in f["properties"] for f in found)


def test_a_closer_look_shows_each_report(crowd):
    spots = list_spots(PublicFilter(), (5.0, 43.3, 5.05, 43.33))
    assert 0 < len(spots) < MOST_POINTS and all(spot.case_id for spot in spots)


def test_the_list_is_walked_to_its_end_without_gaps_or_repeats(crowd):
    browser, address, seen = Client(), "/reports/", []
    for _page in range(4):
        page = browser.get(address).content.decode()
        seen += re.findall(r'data-map-point="(\w+)"', page)
        address = "/reports/" + re.search(r'rel="next" href="([^"]+)"', page)[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 80
    assert "3\u202f000 signalements" in browser.get(address).content.decode()


def test_the_list_says_none_one_or_many(people):
    assert "Aucun signalement ouvert" in listed() and "Aucun signalement ne correspond" in listed("?group=roads")
    report()
    assert "1 signalement<" in listed()


def test_the_page_costs_the_same_queries_for_one_or_many(crowd, django_assert_max_num_queries):
    Client().get("/reports/")
    with django_assert_max_num_queries(3):
        listed()
    with django_assert_max_num_queries(2):
        ask("&commune=13901")
