"""Text messages on their way, to a real operator's door on this machine: each fate, the night, STOP, and what comes back."""

import json

import pytest
from django.test import Client

from oppidum.cases import outbox
from oppidum.cases.mailing.previews import preview
from oppidum.cases.models import Case, Mail, Party, TextMessage
from oppidum.cases.rules.standing import Contact
from oppidum.cases.texting import coming_in, sending
from oppidum.people.models import Resident
from tests.cases.leaving import ZOE, report, take
from tests.cases.sms_gateway import KEY, Operator

MOBILE = "+33612345678"
BY_PHONE = Contact("Yann", "", MOBILE, "fr")
BOTH = Contact("Zoé", "zoe@example.org", MOBILE, "en")


@pytest.fixture
def operator(settings, people, moved):
    """An operator in its ordinary mood, on a Monday morning."""
    operator = Operator()
    settings.SMS_GATEWAY, settings.SMS_KEY, settings.SMS_FROM, settings.SMS_BACK = operator.address, KEY, "Castelmer", "back-key"
    with moved(2027, 3, 1, 9):
        yield operator
    operator.shutdown()
    operator.server_close()


def send():
    outbox.deliver()
    return sending.send_queued()


def fate():
    return TextMessage.objects.latest("pk").fate


def test_who_left_only_a_mobile_number_is_told_by_text_message(operator):
    filed = report(BY_PHONE)
    send()
    (job,) = operator.jobs
    assert job["receivers"] == [MOBILE] and job["sender"] == "Castelmer" and job["coding"] == "7bit"
    assert filed.code in job["message"] and job["message"].endswith(f"/follow/{filed.code}") and "Yann" not in job["message"]
    text = TextMessage.objects.get()
    assert (text.fate, text.reference, text.segments) == ("sent", "r1", 1) and not Mail.objects.exists()
    take(filed.case_id, "plan", day="2027-03-12")
    take(filed.case_id, "finish", what_was_done="Comblé")
    send()
    assert len(operator.jobs) == 2 and "réglé. http" in operator.jobs[1]["message"]  # not at each step: that was not asked for


def test_each_is_told_as_they_chose_and_once(operator):
    Resident.objects.create(email=BOTH.email, created_at="2027-01-01T00:00Z", ways={"receipt": "sms", "step": "both"})
    filed = report(BOTH)
    send()
    assert (Mail.objects.count(), len(operator.jobs)) == (0, 1) and "We have your report" in operator.jobs[0]["message"]
    take(filed.case_id, "plan", day="2027-03-12")
    send()
    send()
    assert (Mail.objects.count(), len(operator.jobs)) == (1, 2)


def test_who_gave_no_mobile_number_is_told_by_mail_whatever_they_chose(operator):
    Resident.objects.create(email=ZOE.email, created_at="2027-01-01T00:00Z", ways={"receipt": "sms"})
    report(ZOE)
    send()
    assert Mail.objects.count() == 1 and not operator.jobs


def test_what_is_written_at_night_leaves_in_the_morning(operator, moved):
    with moved(2027, 3, 1, 21):
        report(BY_PHONE)
        assert send() == 0 and fate() == "queued"
    with moved(2027, 3, 2, 5):
        assert sending.send_queued() == 0
    with moved(2027, 3, 2, 8):
        assert sending.send_queued() == 1 and fate() == "sent"


def test_stop_stops_and_the_desk_sees_it_until_start(operator):
    coming_in.take_answer(MOBILE, "Stop merci")
    report(BY_PHONE)
    assert send() == 0 and fate() == "stopped" and sending.in_trouble().count() == 1
    report(BOTH)  # has a mailbox: told there
    send()
    assert Mail.objects.count() == 1
    coming_in.take_answer(MOBILE, "START")
    report(BY_PHONE)
    assert send() == 1 and len(operator.jobs) == 1


def test_a_number_that_nobody_has_is_held_from_then_on(operator):
    operator.says = {MOBILE: (200, {"ids": [], "invalidReceivers": [MOBILE]})}
    report(BY_PHONE)
    send()
    assert fate() == "failed"
    operator.says = {}
    report(BY_PHONE)
    send()
    assert fate() == "held" and not operator.jobs and sending.in_trouble().count() == 2


def test_an_operator_that_asks_for_later_gets_it_later_and_after_a_day_it_is_too_late(operator, moved):
    operator.says = {MOBILE: (429, {"message": "slow down"})}
    report(BY_PHONE)
    send()
    assert fate() == "queued" and send() == 0
    with moved(2027, 3, 1, 10):
        operator.says = {}
        assert send() == 1 and fate() == "sent"
        operator.says = {MOBILE: (503, {})}
        report(BY_PHONE)
        send()
    with moved(2027, 3, 3, 10):
        send()
    assert fate() == "failed" and len(operator.jobs) == 1


def test_an_operator_that_is_not_there_has_taken_nothing(operator, settings):
    settings.SMS_GATEWAY = "http://127.0.0.1:9/sms"
    report(BY_PHONE)
    send()
    assert fate() == "queued" and "Connection" in TextMessage.objects.get().error


def test_a_line_that_breaks_leaves_it_unknown_and_nothing_is_sent_twice(operator):
    operator.hangs_up = True
    report(BY_PHONE)
    send()
    assert fate() == "unknown"
    operator.hangs_up = False
    assert send() == 0 and len(operator.jobs) == 1


def test_without_an_operator_they_are_files_like_mails(people, settings, tmp_path, moved):
    settings.SMS_FOLDER = tmp_path / "sms"
    with moved(2027, 3, 1, 9):
        filed = report(BY_PHONE)
        send()
    (written,) = settings.SMS_FOLDER.iterdir()
    told = json.loads(written.read_text())
    assert told["to"] == MOBILE and filed.code in told["message"] and told["segments"] == 1 and fate() == "sent"


def post(path, told, key="back-key"):
    return Client().post(f"/sms/{path}", json.dumps(told), "application/json", headers={"Authorization": f"Bearer {key}"})


def test_the_operator_tells_what_became_of_it_and_nobody_else_can(operator):
    filed = report(BY_PHONE)
    send()
    assert post("reports", {"id": "r1", "status": "undelivered"}, key="guess").status_code == 403
    assert post("reports", {"id": "nothing", "status": "delivered"}).json() == {"taken": False}
    assert post("reports", {"id": "r1", "status": "undelivered", "description": "off"}).json() == {"taken": True}
    text = TextMessage.objects.get()
    assert (text.delivery, text.error) == ("lost", "off") and list(sending.in_trouble()) == [text]
    post("reports", {"id": "r1", "status": "delivered"})  # news never go back
    assert TextMessage.objects.get().delivery == "lost"
    assert post("answers", {"from": MOBILE, "message": "STOP"}).json() == {"taken": "stopped"}
    assert post("answers", ["no fields"]).status_code == 422
    assert Party.objects.get(case=filed.case_id).notify  # of mails nothing was said


def test_without_a_key_set_up_nobody_reports(operator, settings):
    settings.SMS_BACK = ""
    assert post("reports", {"id": "r1", "status": "delivered"}, key="").status_code == 403


def test_the_officer_reads_the_text_message_before_it_leaves(operator, people):
    filed = report(BY_PHONE)
    (one,) = preview(Case.objects.get(pk=filed.case_id), "finish", {"what_was_done": "Comblé"}, people.ana)
    assert (one.way, one.readers, one.segments, one.subject) == ("sms", 1, 1, "") and filed.code in one.body
