"""Mails, each with a fate that is known or said to be unknown. A mail leaves at most once by itself.

A sender marks a mail `sending`, and commits, before handing it to the mail server; afterwards `sent` or `failed`. Whoever finds
a mail `sending` whose sender is dead (`senders.py`) can't know whether it left: it becomes `unknown` and waits for an officer's word
(docs/decisions/0005-mail-at-most-once.md).
"""

import hashlib
import smtplib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from oppidum.cases.mailing.dead_addresses import blames_address, hold, mark_dead
from oppidum.cases.mailing.delivery_reports import status_in
from oppidum.cases.mailing.envelopes import envelope_of, token_of
from oppidum.cases.mailing.senders import MAILS, give_up_dead, sender
from oppidum.cases.mailing.stopping import stop_link
from oppidum.cases.models import Mail
from oppidum.core import clock
from oppidum.core.errors import Refusal
from oppidum.people.models import Officer

Fate = Mail.Fate
WAITING = (Fate.QUEUED, Fate.SENDING)
# "1:2:3" is sent again as "1:2:3+1", that as "1:2:3+2".
_NOT_AGAIN = """
    not exists (select 1 from cases_mail again where again.key = split_part(cases_mail.key, '+', 1) || '+' ||
        (coalesce(nullif(split_part(cases_mail.key, '+', 2), ''), '0')::int + 1))
"""


@dataclass(frozen=True)
class Patience:
    """When a mail server can't be reached, or says "later" (4xx): how long to wait, doubling, and when to give up."""

    first: timedelta = timedelta(seconds=30)
    longest: timedelta = timedelta(hours=1)
    give_up: timedelta = timedelta(days=3)

    def pause(self, attempts: int) -> timedelta:
        return min(self.longest, self.first * 2 ** min(attempts, 12))


PATIENCE = Patience()


class NotAgain(Refusal):
    """A mail that is still on its way is not sent again."""

    code = "not-again"
    status = 409
    default = _("This mail is still on its way. Wait until its fate is known, then send it again if need be.")


def queue_mail(to: str, language: str, subject: str, body: str, key: str) -> bool:
    """Queue a mail that belongs to no case; false if `key` was queued before."""
    now = clock.now()
    words = {"to": to, "language": language, "subject": subject[:300], "body": body, "created_at": now, "send_after": now}
    return Mail.objects.get_or_create(key=key, defaults=words)[1]


def queue_mails(mails: Sequence[Mail]) -> None:
    """Queue these mails in one statement; one whose key was queued before is not queued again. What would go to an address that receives
    nothing is held, in sight."""
    now = clock.now()
    for mail in mails:
        mail.created_at = mail.send_after = now
        mail.subject = mail.subject[:300]
    hold(mails)
    Mail.objects.bulk_create(mails, ignore_conflicts=True)


def send_again(mail_id: int, officer: Officer) -> Mail:
    """Queue the same words once more, at the order of an officer; what became of the first stays as it is."""
    with transaction.atomic():
        mail = Mail.objects.select_for_update().get(pk=mail_id)
        root = mail.key.partition("+")[0]
        others = Mail.objects.filter(key__startswith=f"{root}+")
        if mail.fate in WAITING or others.filter(fate__in=WAITING).exists():
            raise NotAgain()
        again = Mail(
            case_id=mail.case_id,
            seq=mail.seq,
            party_id=mail.party_id,
            to=mail.to,
            language=mail.language,
            subject=mail.subject,
            body=mail.body,
            key=f"{root}+{others.count() + 1}",
            ordered_by=officer,
        )
        queue_mails([again])
    return Mail.objects.get(key=again.key)


def in_trouble() -> QuerySet[Mail]:
    """Mails that an officer should look at: refused, held, come back, or perhaps never left; not sent again since, nor settled."""
    bad = Q(fate__in=[Fate.FAILED, Fate.UNKNOWN, Fate.HELD]) | Q(delivery=Mail.Delivery.BOUNCED)
    return Mail.objects.filter(bad, settled_at=None).order_by("-created_at").extra(where=[_NOT_AGAIN])


def settle_otherwise(mail_id: int, how: str, officer: Officer) -> None:
    """The officer reached the person another way: "phone" or "letter"."""
    Mail.objects.filter(pk=mail_id, settled_at=None).update(settled_at=clock.now(), settled_how=how, settled_by=officer)


def note_consulted(case_id: int) -> None:
    """The author opened the page that these mails lead to: the first time counts, for each that had left by then."""
    unread = Mail.objects.filter(case_id=case_id, fate=Fate.SENT, consulted_at=None, party__role="author")
    unread.update(consulted_at=clock.now())


def recover() -> int:
    """Turn mails that a dead sender left `sending` into `unknown`; returns how many. They are never sent again by themselves."""
    return give_up_dead("cases_mail", MAILS)


def send_queued(limit: int = 1000, seconds: float = 4) -> int:
    """Send what is due, over one connection to the mail server; returns how many mails found their fate.

    Ends after `seconds`, so that a worker that is told to stop does so between two mails; the next round goes on.
    """
    if not _due().exists():
        return 0
    server, until = get_connection(), time.monotonic() + seconds
    try:
        server.open()
    except OSError as error:  # every SMTPException is one: nothing has been sent, so all wait
        _put_off(error)
        return 0
    settled = 0
    try:
        with sender(MAILS) as number:
            while settled < limit and time.monotonic() < until and (mail := _claim(number)):
                if not _send(server, mail):
                    break
                settled += 1
    finally:
        _close(server)
    return settled


def _send(server, mail: Mail) -> bool:
    """Send one mail; false if the server can't be reached any more."""
    try:
        _reopen_if_dropped(server)
    except OSError as error:
        _wait(mail, error)
        return False
    _settle(mail, *_hand_over(server, mail))
    return True


def _reopen_if_dropped(server) -> None:
    """Ask before handing a mail over: a server that hung up between two mails must not leave the next one unknown."""
    if not isinstance(server, EmailBackend):
        return
    try:
        if server.connection and server.connection.noop()[0] == 250:
            return
    except OSError:
        pass
    _close(server)
    server.open()


def _close(server) -> None:
    """Take leave; a server that is gone already is no news."""
    try:
        server.close()
    except OSError:
        server.connection = None


def _due():
    return Mail.objects.filter(fate=Fate.QUEUED, send_after__lte=clock.now())


def _claim(number: int) -> Mail | None:
    """Take the next mail. `durable`: the mark is committed when this returns, or the mail doesn't leave."""
    with transaction.atomic(durable=True):
        mail = _due().select_for_update(skip_locked=True, of=("self",)).order_by("send_after").first()
        if mail:
            mail.fate, mail.sender, mail.attempts = Fate.SENDING, number, mail.attempts + 1
            mail.save(update_fields=["fate", "sender", "attempts"])
        return mail


def _hand_over(server, mail: Mail) -> tuple[str, str]:
    """Hand the mail to the server; its fate, `queued` for one that it asks for later, and the server's words."""
    try:
        _transmit(server, mail)
    except smtplib.SMTPRecipientsRefused as refused:
        return _refused(*next(iter(refused.recipients.values())))
    except smtplib.SMTPSenderRefused as refused:  # our address, not the reader's: somebody will mend that
        return Fate.QUEUED, _refused(refused.smtp_code, refused.smtp_error)[1]
    except smtplib.SMTPResponseException as refused:
        return _refused(refused.smtp_code, refused.smtp_error)
    except (ValueError, smtplib.SMTPNotSupportedError) as wrong:  # an address or a subject that can't stand in a header
        return Fate.FAILED, str(wrong)
    except OSError as broken:  # the line broke while the mail was on it: the server may have it
        _close(server)
        return Fate.UNKNOWN, str(broken)
    return Fate.SENT, ""


def _transmit(server, mail: Mail) -> None:
    """Hand it over, asking for news of its delivery (RFC 3461) where the server can give them."""
    if not _tells_of_delivery(server):
        server.send_messages([_message(mail)])
        return
    message = _message(mail)
    encoding = settings.DEFAULT_CHARSET
    # That it arrived is asked of mails to the persons of a case alone: these are notices, and somebody may have to prove them.
    wanted = "NOTIFY=SUCCESS,FAILURE,DELAY" if mail.party_id else "NOTIFY=FAILURE,DELAY"
    server.connection.sendmail(
        sanitize_address(message.from_email, encoding),
        [sanitize_address(mail.to, encoding)],
        message.message().as_bytes(linesep="\r\n"),
        mail_options=[f"ENVID={token_of(mail.pk)}", "RET=HDRS"],
        rcpt_options=[wanted],
    )


def _tells_of_delivery(server) -> bool:
    if not (settings.MAIL_BOUNCES and isinstance(server, EmailBackend) and server.connection):
        return False
    server.connection.ehlo_or_helo_if_needed()
    return server.connection.has_extn("dsn")


def _refused(code: int, words: bytes | str) -> tuple[str, str]:
    """RFC 5321, 4.2.1: 4xx asks to try again later, 5xx is final."""
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    return (Fate.QUEUED if code < 500 else Fate.FAILED), f"{code} {said}"


def _settle(mail: Mail, fate: str, error: str) -> None:
    """Write down what became of the mail, unless somebody else has taken it over."""
    now = clock.now()
    if fate == Fate.QUEUED and now - mail.created_at < PATIENCE.give_up:
        _wait(mail, error)
        return
    status = status_in(error) if fate == Fate.FAILED else ""
    Mail.objects.filter(pk=mail.pk, sender=mail.sender, fate__in=[Fate.SENDING, Fate.UNKNOWN]).update(
        fate=Fate.FAILED if fate == Fate.QUEUED else fate, error=error, status=status, sent_at=now if fate == Fate.SENT else None
    )
    if blames_address(status):
        mark_dead(mail.to, status, error, now)


def _wait(mail: Mail, error: object) -> None:
    """Back to the queue: it certainly has not left."""
    Mail.objects.filter(pk=mail.pk, sender=mail.sender).update(
        fate=Fate.QUEUED, sender=None, error=str(error), send_after=clock.now() + PATIENCE.pause(mail.attempts)
    )


def _put_off(error: Exception) -> None:
    """The server can't be reached: all that is due waits, and is given up after days."""
    now = clock.now()
    _due().filter(created_at__lt=now - PATIENCE.give_up).update(fate=Fate.FAILED, error=str(error))
    with connection.cursor() as cursor:
        cursor.execute(
            """
            update cases_mail set attempts = attempts + 1, error = %s,
                send_after = %s + least(%s, %s * power(2, least(attempts, 12)))
            where fate = 'queued' and send_after <= %s
            """,
            [str(error), now, PATIENCE.longest, PATIENCE.first, now],
        )


def message_id(key: str) -> str:
    """The id of the mail with that key: the same however often it is asked for."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{urlsplit(settings.PUBLIC_URL).hostname}>"


def _message(mail: Mail) -> EmailMessage:
    """The mail as it leaves (RFC 5322): `Auto-Submitted` stops auto-replies (RFC 3834), its id follows from its key, and what is said of
    it comes back to an address of its own."""
    headers = {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Message-ID": message_id(mail.key),
        "Date": format_datetime(clock.now()),
        "Auto-Submitted": "auto-generated",
        "Content-Language": mail.language,
    }
    if mail.party_id:
        headers["List-Unsubscribe"] = f"<{stop_link(mail.party_id)}>"
    reply_to = [settings.MAIL_REPLY_TO] if settings.MAIL_REPLY_TO else None
    return EmailMessage(mail.subject, mail.body, envelope_of(mail), [mail.to], reply_to=reply_to, headers=headers)
