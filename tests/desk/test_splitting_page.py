"""Making two cases of one at the desk: what goes is picked, double clicks and two officers do no harm, and the author finds both."""

import pytest

from oppidum.cases.acting import act_on
from oppidum.cases.filing import file_case, prepare_case
from oppidum.cases.models import Case
from oppidum.cases.rules.standing import Command, Contact
from tests.cases.small_services import declare
from tests.cases.test_splitting import RAW, Works
from tests.desk.conftest import ANA
from tests.territory.town import IN_AUBANE

PLACED = {"splitplace-address": "Rue de la République", "splitplace-lon": str(IN_AUBANE[0]), "splitplace-lat": str(IN_AUBANE[1])}
SIGNAL = {"split-category": "other.other", "split-shown-category": "other.other", "split-words": "Autre chose", "split-key": "abc"}


def version(case):
    return Case.objects.get(pk=case.case_id).live.version


def send(browser, filed, seen=None, **more):
    return browser.post(f"/desk/case/{filed.code}/split/", PLACED | SIGNAL | {"seen": seen or version(filed)} | more)


@pytest.fixture
def works(cases, now, monkeypatch, people):
    declare(monkeypatch, Works)
    filed = file_case(prepare_case(Works, RAW, channel="portal", contact=Contact("Zoé", "zoe@example.org", "", "fr")))
    case = Case.objects.select_related("live").get(pk=filed.case_id)
    case.live.__class__.objects.filter(pk=case.pk).update(team=people.roads)
    return filed


def test_the_case_page_leads_to_it_and_the_page_shows_what_can_go(desk, cases):
    browser = desk("ana")
    assert f"/desk/case/{cases.hole.code}/split/" in browser.get(f"/desk/case/{cases.hole.code}/").content.decode()
    text = browser.get(f"/desk/case/{cases.hole.code}/split/").content.decode()
    assert 'name="split-category"' in text and "Rue de la République" in text and "devant l&#x27;école" in text


def test_a_second_matter_is_filed_and_the_officer_stands_before_it(desk, cases):
    answer = send(desk("max"), cases.hole)
    other = Case.objects.order_by("pk").last()
    assert answer.status_code == 302 and other.code in answer["Location"] and other.words == "Autre chose"
    page = desk("cleo").get(f"/desk/case/{cases.hole.code}/").content.decode()
    assert other.code in page


def test_who_does_not_see_the_second_case_comes_back_to_the_first(desk, cases):
    assert cases.hole.code in send(desk("ana"), cases.hole)["Location"]


def test_the_author_finds_the_other_case_on_the_page_of_each(desk, cases, client):
    send(desk("ana"), cases.hole)
    other = Case.objects.order_by("pk").last()
    assert other.code in client.get(f"/follow/{cases.hole.code}").content.decode()
    assert cases.hole.code in client.get(f"/follow/{other.code}").content.decode()


def test_another_category_brings_its_questions_before_anything_is_split(desk, cases):
    answer = send(desk("ana"), cases.hole, **{"split-category": "roads.pothole"})
    assert answer.status_code == 200 and 'name="where"' in answer.content.decode()
    assert not Case.objects.filter(key__startswith="split:").exists()


def test_a_fault_comes_back_with_everything_typed(desk, cases):
    answer = send(desk("ana"), cases.hole, **{"split-category": "roads.pothole", "split-shown-category": "roads.pothole"})
    assert answer.status_code == 422 and "Autre chose" in answer.content.decode()


def test_a_double_click_splits_once(desk, cases):
    seen = version(cases.hole)
    assert {send(desk("ana"), cases.hole, seen).status_code for _ in range(2)} == {302}
    assert Case.objects.filter(key__startswith="split:").count() == 1


def test_the_second_officer_sees_what_happened_and_keeps_what_was_typed(desk, cases):
    seen = version(cases.hole)
    act_on(cases.hole.case_id, Command("start", ANA))
    answer = send(desk("dora"), cases.hole, seen)
    assert answer.status_code == 409 and "Autre chose" in answer.content.decode()
    assert f'name="seen" value="{seen + 1}"' in answer.content.decode()


def test_ticked_lines_go_and_the_rest_is_copied(desk, works):
    text = desk("ana").get(f"/desk/case/{works.code}/split/").content.decode()
    assert text.count('name="split-lines"') == 3
    typed = {"split-lines": ["sites:2"], "what": "Une autre chose", "shown": ["what"], "split-key": "x", "seen": 2}
    assert desk("ana").post(f"/desk/case/{works.code}/split/", typed).status_code == 302
    other = Case.objects.order_by("pk").last()
    assert other.answers["what"] == "Une autre chose" and [row["street"] for row in other.answers["sites"]] == ["Rue C"]
    assert len(Case.objects.get(pk=works.case_id).answers["sites"]) == 2


@pytest.mark.parametrize("name, status", [("bob", 404), ("cleo", 403)])
def test_who_may_not_act_or_see_splits_nothing(desk, cases, name, status):
    assert send(desk(name), cases.hole).status_code == status
    assert not Case.objects.filter(key__startswith="split:").exists()
