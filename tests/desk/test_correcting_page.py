"""Correcting answers at the desk: the form prefilled, what will change shown first, the reason, and what the applicant then reads."""

import pytest

from oppidum.cases.acting import act_on
from oppidum.cases.filing import file_case, prepare_case
from oppidum.cases.models import Case, Entry
from oppidum.cases.routing.teams import forget as forget_routes
from oppidum.cases.rules.standing import Command, Contact
from tests.cases.small_services import declare
from tests.cases.test_correcting import RAW, Terrace
from tests.desk.conftest import ANA

SHOWN = ["where", "metres", "heated", "owner_name"]
TYPED = {
    "where-address": RAW["where"]["address"],
    "where-lon": f"{RAW['where']['lon']:.6f}",
    "where-lat": f"{RAW['where']['lat']:.6f}",
    "metres": "12",
    "heated": "no",
    "owner_name": "Zoé Mercadier",
    "correction-why": "told",
    "correction-message": "Comme vous l'avez dit au guichet.",
}


@pytest.fixture
def terrace(cases, now, monkeypatch):
    declare(monkeypatch, Terrace)
    forget_routes()
    zoe = Contact("Zoé", "zoe@example.org", "", "fr")
    return Case.objects.get(pk=file_case(prepare_case(Terrace, RAW, channel="portal", contact=zoe)).case_id)


def send(browser, case, seen=2, **typed):
    return browser.post(f"/desk/case/{case.code}/correct/", TYPED | {"seen": seen, "shown": SHOWN} | typed)


def test_the_case_page_leads_to_the_form_with_what_was_answered(desk, terrace):
    text = desk("ana").get(f"/desk/case/{terrace.code}/").content.decode()
    assert f"/desk/case/{terrace.code}/correct/" in text
    form = desk("ana").get(f"/desk/case/{terrace.code}/correct/").content.decode()
    assert 'value="12"' in form and "Zoé Mercadier" in form and "Statement" not in form and 'name="kind"' not in form


def test_what_will_change_is_shown_before_anything_does(desk, terrace):
    text = send(desk("ana"), terrace, metres="15").content.decode()
    assert "12 → 15" in text and "24 → 30" in text and 'name="confirm"' in text
    assert Entry.objects.filter(case_id=terrace.pk).count() == 2


def test_confirmed_it_stands_and_its_applicant_reads_what_when_and_why(desk, terrace, client):
    assert send(desk("ana"), terrace, metres="15", confirm="1").status_code == 302
    page = client.get(f"/follow/{terrace.code}").content.decode()
    assert "12 → 15" in page and "au guichet" in page
    journal = desk("ana").get(f"/desk/case/{terrace.code}/").content.decode()
    assert "12 → 15" in journal


def test_nothing_that_was_not_touched_counts_as_changed(desk, terrace):
    text = send(desk("ana"), terrace).content.decode()
    assert "→" not in text and 'name="confirm"' not in text


def test_a_fault_comes_back_with_everything_typed(desk, terrace):
    answer = send(desk("ana"), terrace, metres="1000", **{"correction-why": ""})
    assert answer.status_code == 422 and 'value="1000"' in answer.content.decode() and "au guichet" in answer.content.decode()


def test_the_second_officer_sees_what_happened_and_keeps_what_was_typed(desk, terrace):
    act_on(terrace.pk, Command("correct", ANA, {"correction": {"why": "other", "fields": []}, "message": "x"}))
    answer = send(desk("ana"), terrace, metres="15", confirm="1")
    text = answer.content.decode()
    assert answer.status_code == 409 and 'value="15"' in text and 'name="seen" value="3"' in text


def test_a_double_click_corrects_once(desk, terrace):
    for _ in range(2):
        assert send(desk("ana"), terrace, metres="15", confirm="1").status_code == 302
    assert Entry.objects.filter(case_id=terrace.pk, action="correct").count() == 1


@pytest.mark.parametrize("name, status", [("bob", 404), ("cleo", 403)])
def test_who_may_not_act_or_see_corrects_nothing(desk, terrace, name, status):
    assert send(desk(name), terrace, metres="15", confirm="1").status_code == status
    assert Case.objects.get(pk=terrace.pk).answers["metres"] == 12


def test_a_report_s_questions_are_corrected_the_same_way(desk, cases):
    page = desk("ana").get(f"/desk/case/{cases.hole.code}/correct/")
    assert page.status_code == 200
    version = Case.objects.get(pk=cases.hole.case_id).live.version
    typed = {"where": "pavement", "shown": ["where"], "seen": version, "confirm": "1"}
    sent = desk("ana").post(f"/desk/case/{cases.hole.code}/correct/", TYPED | typed)
    assert sent.status_code == 302 and Case.objects.get(pk=cases.hole.case_id).answers["where"] == "pavement"
