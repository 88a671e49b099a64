"""Mails on their way: each fate, the server's moods, and what a dead sender leaves behind."""

import re
from datetime import timedelta

import pytest
from django.core import mail as django_mail

from oppidum.cases import outbox
from oppidum.cases.mailing import senders, sending
from oppidum.cases.models import Mail
from oppidum.core import clock
from tests.cases.leaving import TOM, ZOE, MailServer, report


@pytest.fixture
def server(settings):
    """A mail server in its ordinary mood; `says` and `hangs_up` change it."""
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    server.shutdown()
    server.server_close()


def queue(*names):
    for name in names:
        sending.queue_mail(f"{name}@example.org", "fr", "Bonjour", "Le texte", name)


def fates():
    return dict(Mail.objects.values_list("key", "fate"))


def test_mails_leave_over_one_connection(db, server):
    queue("a", "b", "c")
    assert sending.send_queued() == 3
    assert fates() == {"a": "sent", "b": "sent", "c": "sent"}
    assert (len(server.received), server.greeted) == (3, 1)
    assert sending.send_queued() == 0 and server.greeted == 1


def test_a_mail_says_that_a_machine_wrote_it_and_how_to_stop_it(people, settings):
    settings.MAIL_REPLY_TO = "contact@castelmer.example"
    report(ZOE)
    outbox.deliver()
    sending.send_queued()
    [left] = django_mail.outbox
    message = left.message()
    assert message["Auto-Submitted"] == "auto-generated" and message["Reply-To"] == "contact@castelmer.example"
    assert re.fullmatch(r"<http://\S+/stop/\d+\.\S+>", message["List-Unsubscribe"])
    assert message.get_content_type() == "text/plain" and message.get_content_charset() == "utf-8"
    assert re.fullmatch(r"<[0-9a-f]{32}@\S+>", message["Message-ID"]) and message["Date"]


def test_the_id_of_a_mail_follows_from_its_key(db):
    queue("a", "b")
    a, b = Mail.objects.order_by("key")
    ids = [sending.message_id(m.key) for m in (a, a, b)]
    assert ids[0] == ids[1] != ids[2]


def test_a_refused_reader_has_failed_in_the_servers_words_and_the_others_get_theirs(db, server):
    server.says = {"b@example.org": "550 no such mailbox"}
    queue("a", "b", "c")
    sending.send_queued()
    assert fates() == {"a": "sent", "b": "failed", "c": "sent"}
    assert Mail.objects.get(key="b").error == "550 no such mailbox"


def test_a_server_that_asks_for_later_gets_it_later(db, server, moved):
    server.says = {"a@example.org": "450 greylisted"}
    with moved(2027, 3, 1, 9):
        queue("a")
        sending.send_queued()
        assert fates() == {"a": "queued"} and sending.send_queued() == 0
    server.says = {}
    with moved(2027, 3, 1, 10):
        sending.send_queued()
    assert fates() == {"a": "sent"}


def test_where_no_server_answers_all_mails_wait_and_are_given_up_after_days(db, server, moved):
    server.shutdown()
    server.server_close()
    with moved(2027, 3, 1, 9):
        queue("a", "b")
        assert sending.send_queued() == 0
        waiting = Mail.objects.get(key="a")
        assert (waiting.fate, waiting.attempts) == ("queued", 1) and "refused" in waiting.error
        assert waiting.send_after - clock.now() == timedelta(seconds=30)
    with moved(2027, 3, 5, 9):
        sending.send_queued()
    assert fates() == {"a": "failed", "b": "failed"}


def test_a_line_that_breaks_after_the_text_leaves_the_fate_unknown_and_the_mail_alone(db, server):
    server.hangs_up = True
    queue("a")
    sending.send_queued()
    server.hangs_up = False
    assert sending.send_queued() == 0 and sending.recover() == 0
    assert fates() == {"a": "unknown"}


def test_what_a_dead_sender_left_is_unknown_and_never_sent_by_itself(db):
    queue("a", "b")
    with senders.sender(senders.MAILS) as sender:
        sending._claim(sender)
        assert sending.recover() == 0  # alive: its session holds the lock
    assert sending.recover() == 1
    sending.send_queued()
    assert fates() == {"a": "unknown", "b": "sent"}


def test_an_officer_may_order_a_mail_again_and_the_first_fate_stays(people):
    queue("a")
    Mail.objects.update(fate="unknown")
    assert [m.key for m in sending.in_trouble()] == ["a"]
    again = sending.send_again(Mail.objects.get().pk, people.ana)
    assert (again.key, again.to, again.ordered_by) == ("a+1", "a@example.org", people.ana)
    with pytest.raises(sending.NotAgain):
        sending.send_again(Mail.objects.get(key="a").pk, people.ana)
    sending.send_queued()
    assert fates() == {"a": "unknown", "a+1": "sent"}
    assert not sending.in_trouble()
    Mail.objects.filter(key="a+1").update(fate="failed")
    assert [m.key for m in sending.in_trouble()] == ["a+1"]
    assert sending.send_again(again.pk, people.ana).key == "a+2"
    assert not sending.in_trouble()


def test_an_address_that_is_none_fails_alone(db):
    sending.queue_mail("a@example.org\nBcc: all@example.org", "fr", "x", "y", "bad")
    queue("good")
    sending.send_queued()
    assert fates() == {"bad": "failed", "good": "sent"}


def test_two_parties_are_told_in_their_language(people):
    report(ZOE)
    report(TOM)
    outbox.deliver()
    sending.send_queued()
    assert sorted(m.extra_headers["Content-Language"] for m in django_mail.outbox) == ["en", "fr"]
