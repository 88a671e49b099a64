"""A form of the desk sent twice, one after the other or at once, acts once; two officers at once lose nothing and deadlock never."""

import threading

import pytest
from django.db import connection
from django.test import Client

from oppidum.cases.models import Entry, Live, Message
from oppidum.web.desk import choices
from tests.desk.conftest import report
from tests.people_of_town import PASSWORD

together = pytest.mark.django_db(transaction=True)


def entries(case_id, action):
    return Entry.objects.filter(case_id=case_id, action=action).count()


def version(case_id):
    return Live.objects.get(pk=case_id).version


@pytest.mark.parametrize(("action", "words"), [("note", {"note": "Vu"}), ("message", {"message": "Bonjour"}), ("hide", {})])
def test_what_is_never_stale_is_written_once_however_often_its_form_is_sent(desk, cases, action, words):
    ana, form = desk("ana"), {"seen": version(cases.hole.case_id)} | words
    answers = [ana.post(f"/desk/case/{cases.hole.code}/act/{action}/", form) for _ in range(3)]
    assert [a.status_code for a in answers] == [302, 302, 302] and entries(cases.hole.case_id, action) == 1


def test_the_same_words_on_a_page_opened_anew_are_written_again(desk, cases):
    ana = desk("ana")
    for _ in range(2):
        ana.post(f"/desk/case/{cases.hole.code}/act/note/", {"seen": version(cases.hole.case_id), "note": "Relancé"})
    assert entries(cases.hole.case_id, "note") == 2


def test_another_officers_same_words_are_his_own(desk, cases):
    seen = version(cases.hole.case_id)
    for name in ("ana", "dora"):
        desk(name).post(f"/desk/case/{cases.hole.code}/act/note/", {"seen": seen, "note": "Vu"})
    assert entries(cases.hole.case_id, "note") == 2


def test_a_step_taken_twice_with_one_form_is_done_and_not_a_conflict(desk, cases):
    ana, form = desk("ana"), {"seen": version(cases.hole.case_id), "what_was_done": "Rebouché"}
    assert [ana.post(f"/desk/case/{cases.hole.code}/act/finish/", form).status_code for _ in range(2)] == [302, 302]
    assert entries(cases.hole.case_id, "finish") == 1


def test_a_selection_confirmed_twice_writes_to_each_resident_once(desk, cases):
    pairs = ",".join(f"{c.case_id}:{version(c.case_id)}" for c in (cases.hole, cases.old))
    form = {"action": "message", "cases": pairs, "stage": "confirm", "message": "Les travaux commencent lundi."}
    ana = desk("ana")
    for _ in range(2):
        assert ana.post("/desk/bulk/", form).status_code == 302
    assert Message.objects.filter(text=form["message"]).count() == 2


def at_once(*sendings):
    """Send these forms at the same moment, each (officer, address, form) from a thread of its own; their status codes."""
    start, found = threading.Barrier(len(sendings)), [None] * len(sendings)

    def send(n, who, address, form):
        try:
            browser = Client(raise_request_exception=False)
            assert browser.login(username=who, password=PASSWORD)
            start.wait(30)
            found[n] = browser.post(address, form).status_code
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(n, *one)) for n, one in enumerate(sendings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


@together
def test_one_form_sent_twice_at_once_acts_once(people):
    choices.forget()
    hole = report()
    form = {"seen": version(hole.case_id), "message": "Bonjour"}
    assert at_once(*[("ana", f"/desk/case/{hole.code}/act/message/", form)] * 4) == [302] * 4
    assert entries(hole.case_id, "message") == 1


@together
def test_of_two_officers_on_one_case_at_once_one_acts_and_the_other_is_told(people):
    choices.forget()
    hole = report()
    seen, address = version(hole.case_id), f"/desk/case/{hole.code}/act"
    found = at_once(
        ("ana", f"{address}/finish/", {"seen": seen, "what_was_done": "Rebouché"}),
        ("dora", f"{address}/reject/", {"seen": seen, "reason": "solved", "message": "Déjà fait"}),
    )
    assert sorted(found) == [302, 409] and version(hole.case_id) == seen + 1


@together
def test_two_selections_that_overlap_never_block_each_other(people):
    choices.forget()
    filed = [report(words=f"Trou {n}") for n in range(30)]
    pairs = [f"{one.case_id}:{version(one.case_id)}" for one in filed]
    form = {"stage": "confirm", "action": "start"}
    found = at_once(
        ("ana", "/desk/bulk/", form | {"cases": ",".join(pairs)}),
        ("dora", "/desk/bulk/", form | {"cases": ",".join(reversed(pairs))}),
    )
    assert found == [302, 302] and sum(entries(one.case_id, "start") for one in filed) == 30


def test_a_button_that_stood_too_long_shows_the_case_as_it_is_now(desk, cases):
    headers = {"HX-Request": "true", "HX-Target": "act-panel"}
    answer = desk("ana").get(f"/desk/case/{cases.done.code}/", {"act": "plan"}, headers=headers)
    assert answer.status_code == 200 and answer["HX-Refresh"] == "true"
    for target in ("act-panel", "case-pane"):
        assert desk("ana").get(f"/desk/case/{cases.hole.code}/", headers=headers | {"HX-Target": target}).status_code == 200
