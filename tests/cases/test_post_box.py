"""What comes back about mails is tied to them; an address that receives nothing is known; what doesn't fit is parked, and no loop begins."""

from email.message import EmailMessage

import pytest
from django.core.management import call_command

from oppidum.cases import outbox
from oppidum.cases.mailing import dead_addresses, post_box, sending
from oppidum.cases.mailing.delivery_reports import read_message
from oppidum.cases.mailing.envelopes import envelope_of, read_token, token_of
from oppidum.cases.mailing.words import say_fate
from oppidum.cases.models import DeadAddress, Mail, ParkedMail
from oppidum.cases.persons.retaining import _forget_loose
from oppidum.core import clock
from tests.cases.leaving import TOM, ZOE, MailServer, report, take

REPORT = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.net
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
{envid}
Final-Recipient: rfc822; zoe@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} {words}

--B
Content-Type: text/rfc822-headers

Subject: Votre signalement
Message-ID: <1@castelmer.example>

--B--
"""


@pytest.fixture(autouse=True)
def bounces(settings):
    settings.MAIL_BOUNCES = "rebonds@castelmer.example"


@pytest.fixture
def mail(people):
    """The acknowledgement of Zoé's report, sent."""
    report(ZOE)
    outbox.deliver()
    sending.send_queued()
    return Mail.objects.get()


def told(mail, action="failed", status="5.1.1", words="unknown user", to=None, envid=""):
    to = envelope_of(mail) if to is None else to
    return REPORT.format(to=to, action=action, status=status, words=words, envid=envid).replace("\n", "\r\n").encode()


def fresh(mail):
    mail.refresh_from_db()
    return mail


def test_a_mail_goes_out_with_a_way_back_of_its_own_and_asks_for_news(people, settings):
    server = MailServer(tells=True)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    report(ZOE)
    outbox.deliver()
    assert sending.send_queued() == 1
    server.shutdown()
    server.server_close()
    sender, reader = server.envelopes
    mail = Mail.objects.get()
    assert f"<rebonds+{token_of(mail.pk)}@castelmer.example>" in sender and f"ENVID={token_of(mail.pk)}" in sender
    assert "NOTIFY=SUCCESS,FAILURE,DELAY" in reader
    assert "From: Oppidum" in server.received[0] and "rebonds" not in server.received[0]


def test_a_mail_that_comes_back_says_why_and_its_address_receives_nothing_more(mail):
    assert post_box.receive(told(mail)) == "told"
    assert (fresh(mail).fate, mail.delivery, mail.status) == ("sent", "bounced", "5.1.1")
    assert "5.1.1" in say_fate(mail) and [one.pk for one in sending.in_trouble()] == [mail.pk]
    assert dead_addresses.find_dead(["ZOE@example.org"])
    assert "zoe" not in DeadAddress.objects.get().mark


def test_later_mails_to_that_address_are_held_and_leave_when_an_officer_says_that_it_works(mail):
    post_box.receive(told(mail))
    take(mail.case_id, "message", message="Encore une question")
    outbox.deliver()
    sending.send_queued()
    held = Mail.objects.latest("pk")
    assert held.fate == "held" and held in sending.in_trouble()
    assert dead_addresses.works_again("Zoe@example.org") == 1
    sending.send_queued()
    assert fresh(held).fate == "sent"


def test_other_readers_are_written_to_all_the_same(mail):
    post_box.receive(told(mail))
    report(TOM)
    outbox.deliver()
    assert Mail.objects.get(to="tom@example.org").fate == "queued"


def test_what_an_officer_orders_leaves_even_to_such_an_address(mail, people):
    post_box.receive(told(mail))
    assert sending.send_again(mail.pk, people.ana).fate == "queued"


@pytest.mark.parametrize(
    ("status", "dead"), [("5.1.1", True), ("5.2.1", True), ("5.2.2", False), ("5.7.1", False), ("5.3.4", False)]
)
def test_only_what_blames_the_address_marks_it(mail, status, dead):
    post_box.receive(told(mail, status=status))
    assert bool(dead_addresses.find_dead([mail.to])) is dead and fresh(mail).delivery == "bounced"


def test_news_never_go_back_and_a_repetition_changes_nothing(mail):
    for action, status, known in (
        ("delayed", "4.4.1", "delayed"),
        ("delivered", "2.0.0", "delivered"),
        ("delayed", "4.4.1", "delivered"),
        ("failed", "5.2.2", "bounced"),
        ("delivered", "2.0.0", "bounced"),
    ):
        assert post_box.receive(told(mail, action, status)) == "told"
        assert fresh(mail).delivery == known
    assert Mail.objects.count() == 1 and not ParkedMail.objects.exists()


def test_the_number_that_went_with_the_envelope_finds_the_mail_too(mail):
    raw = told(mail, to="autre@castelmer.example", envid=f"Original-Envelope-Id: {token_of(mail.pk)}")
    assert post_box.receive(raw) == "told" and fresh(mail).delivery == "bounced"
    assert post_box.receive(told(mail, to="x@y.example"), recipient=envelope_of(mail)) == "told"


def test_a_forged_token_reaches_no_mail(mail):
    token = token_of(mail.pk)
    forged = token[:-1] + ("0" if token[-1] != "0" else "1")
    assert read_token(token) == mail.pk and read_token(forged) is None
    assert post_box.receive(told(mail, to=f"rebonds+{forged}@castelmer.example")) == "parked"
    assert fresh(mail).delivery == "" and ParkedMail.objects.get().why == "no-mail"


def letter(to, text="Je suis absente jusqu'au 3 mars.", **headers):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Zoé <zoe@example.org>", to, "Re: Votre signalement"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


@pytest.mark.parametrize("headers", [{"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"X_Autoreply": "yes"}])
def test_an_absence_note_is_no_bounce_and_nobody_is_bothered(mail, headers):
    assert post_box.receive(letter(envelope_of(mail), **headers)) == "ignored"
    assert fresh(mail).delivery == "" and not ParkedMail.objects.exists()


def test_a_person_who_answers_is_parked_in_sight_once_with_the_case(mail):
    raw = letter(envelope_of(mail), "Le trou est devant le numéro 12.")
    assert post_box.receive(raw) == post_box.receive(raw) == "parked"
    [parked] = ParkedMail.objects.all()
    assert (parked.mail_id, parked.why) == (mail.pk, "no-report") and "numéro 12" in parked.text


def test_whatever_comes_in_nothing_goes_out(mail):
    before = Mail.objects.count()
    for raw in (
        told(mail),
        told(mail, to="?"),
        letter("x@castelmer.example"),
        b"",
        b"\xff\x00: x\r\n\r\n",
        b"Subject: =?x?q?=FF?=\n\n\x00",
    ):
        post_box.receive(raw)
    assert Mail.objects.count() == before


def test_a_message_that_breaks_every_rule_is_parked_not_lost(db):
    raw = b'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\nTo: \xe9\xe9\n\n--B\nContent-Type: message/delivery-status\n'
    assert post_box.receive(raw) == "parked" and read_message(raw).reports == ()


def test_a_folder_is_read_message_by_message_and_each_once(mail, tmp_path):
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "1").write_bytes(told(mail))
    (tmp_path / "new" / "2").write_bytes(letter("x@castelmer.example"))
    call_command("mail", "read", str(tmp_path))
    assert fresh(mail).delivery == "bounced" and ParkedMail.objects.count() == 1
    assert post_box.read_maildir(tmp_path) == 0 and len(list((tmp_path / "cur").iterdir())) == 2


def test_a_pipe_gives_one_message(mail, monkeypatch, capsys):
    import io
    from types import SimpleNamespace

    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(told(mail, "delivered", "2.1.5", to=""))))
    call_command("mail", "receive", "--recipient", envelope_of(mail))
    assert fresh(mail).delivery == "delivered" and "told" in capsys.readouterr().out


def test_a_server_that_refuses_at_the_door_marks_the_address_too(people, settings):
    server = MailServer(says={"zoe@example.org": "550 5.1.1 no such user"})
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    report(ZOE)
    outbox.deliver()
    sending.send_queued()
    server.shutdown()
    server.server_close()
    assert (Mail.objects.get().fate, Mail.objects.get().status) == ("failed", "5.1.1")
    assert dead_addresses.find_dead(["zoe@example.org"])


def test_parked_messages_and_marks_go_after_their_time(mail, moved):
    with moved(2027, 1, 10, 9):
        post_box.receive(told(mail))
        post_box.receive(letter("x@castelmer.example"))
    with moved(2027, 5, 1, 9):
        _forget_loose(clock.now())
        assert not ParkedMail.objects.exists() and DeadAddress.objects.exists()
    with moved(2028, 1, 11, 9):
        _forget_loose(clock.now())
        assert not DeadAddress.objects.exists()
