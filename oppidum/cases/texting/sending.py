"""Text messages on their way: at most once, as mails (docs/decisions/0005-mail-at-most-once.md), and never at night.

Marked `sending`, and committed, before the gateway has one; afterwards `sent`, `failed`, or `queued` again. What is a day old is given up:
a reminder that comes after its appointment is worse than none.
"""

import time
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from oppidum.cases.mailing.dead_addresses import mark_dead
from oppidum.cases.mailing.senders import TEXTS, give_up_dead, sender
from oppidum.cases.mailing.sending import Patience
from oppidum.cases.models import TextMessage
from oppidum.cases.texting.gateway import Answer, open_gateway
from oppidum.cases.texting.gsm import measure
from oppidum.cases.texting.hours import next_allowed
from oppidum.core import clock
from oppidum.people.models import Officer

Fate = TextMessage.Fate
PATIENCE = Patience(give_up=timedelta(days=1))


def queue_texts(texts: Sequence[TextMessage]) -> None:
    """Queue these in one statement; one whose key was queued before is not queued again. Each says what it costs."""
    now = clock.now()
    for text in texts:
        size = measure(text.words)
        text.coding, text.segments = size.coding, size.segments
        text.created_at, text.send_after = now, next_allowed(now)
    TextMessage.objects.bulk_create(texts, ignore_conflicts=True)


def recover() -> int:
    """Turn what a dead sender left `sending` into `unknown`."""
    return give_up_dead("cases_textmessage", TEXTS)


def send_queued(limit: int = 1000, seconds: float = 4) -> int:
    """Send what is due by day; returns how many found their fate. Ends after `seconds`: the next round goes on."""
    now = clock.now()
    if next_allowed(now) > now or not _due().exists():
        return 0
    gateway, until, settled = open_gateway(), time.monotonic() + seconds, 0
    with sender(TEXTS) as number:
        while settled < limit and time.monotonic() < until and (text := _claim(number)):
            answer = gateway.send(text)
            _settle(text, answer)
            if answer.fate == Fate.QUEUED:  # it is away, or asks for later: the rest waits too
                break
            settled += 1
    return settled


def in_trouble() -> QuerySet[TextMessage]:
    """Those that an officer should look at: refused, lost, perhaps never left, or to a number that takes none; not settled."""
    bad = Q(fate__in=[Fate.FAILED, Fate.UNKNOWN, Fate.HELD, Fate.STOPPED]) | Q(delivery=TextMessage.Delivery.LOST)
    return TextMessage.objects.filter(bad, settled_at=None).order_by("-created_at")


def settle_otherwise(text_id: int, how: str, officer: Officer) -> None:
    """The officer reached the person another way: "phone" or "letter"."""
    TextMessage.objects.filter(pk=text_id, settled_at=None).update(settled_at=clock.now(), settled_how=how, settled_by=officer)


def _due() -> QuerySet[TextMessage]:
    return TextMessage.objects.filter(fate=Fate.QUEUED, send_after__lte=clock.now())


def _claim(number: int) -> TextMessage | None:
    """Take the next one. `durable`: the mark is committed when this returns, or the message doesn't leave."""
    with transaction.atomic(durable=True):
        text = _due().select_for_update(skip_locked=True, of=("self",)).order_by("send_after").first()
        if text:
            text.fate, text.sender, text.attempts = Fate.SENDING, number, text.attempts + 1
            text.save(update_fields=["fate", "sender", "attempts"])
        return text


def _settle(text: TextMessage, answer: Answer) -> None:
    """Write down what became of it, unless somebody else has taken it over."""
    now = clock.now()
    changes = {"fate": answer.fate, "error": answer.error, "reference": answer.reference}
    if answer.fate == Fate.QUEUED:
        if now - text.created_at < PATIENCE.give_up:
            changes |= {"sender": None, "send_after": next_allowed(now + PATIENCE.pause(text.attempts))}
        else:
            changes["fate"] = Fate.FAILED
    elif answer.fate == Fate.SENT:
        changes["sent_at"] = now
    TextMessage.objects.filter(pk=text.pk, sender=text.sender, fate__in=[Fate.SENDING, Fate.UNKNOWN]).update(**changes)
    if answer.is_dead:
        mark_dead(text.to, "sms", answer.error, now)
