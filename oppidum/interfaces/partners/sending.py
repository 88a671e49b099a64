"""Sending what waits: each message in its own transaction, tried again with longer pauses, held where trying is hopeless.

At least once: a crash after the partner received it sends it again, under the same id (`X-Oppidum-Id`), by which the partner knows it.
"""

import json
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from oppidum.cases.declaration import get_service
from oppidum.cases.declaration.outside import OPEN311, Partner, find_outside
from oppidum.core import clock
from oppidum.interfaces.partners import open311, signing
from oppidum.interfaces.partners.calling import AddressRefused, Answer, CallFailed, call
from oppidum.interfaces.partners.models import Endpoint, Message

Fate = Message.Fate
BATCH = 50


@dataclass(frozen=True)
class Patience:
    """The pause after the first failure, twice as long after each, and when to hold: about two days in all."""

    attempts: int = 12
    first: timedelta = timedelta(minutes=1)
    longest: timedelta = timedelta(hours=6)

    def pause(self, attempts: int) -> timedelta:
        return min(self.longest, self.first * 2 ** (attempts - 1))


PATIENCE = Patience()


class Hopeless(Exception):
    """The same again would fail again."""


def send_waiting(limit: int = BATCH) -> int:
    """Send what is due; returns how many left. Any number of workers may do so at once."""
    sent = 0
    for pk in list(_due().values_list("pk", flat=True)[:limit]):
        with transaction.atomic():
            message = _due().select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
            sent += message is not None and _try(message)
    return sent


def _due() -> QuerySet[Message]:
    return Message.objects.filter(fate=Fate.WAITING).filter(Q(try_after=None) | Q(try_after__lte=clock.now())).order_by("pk")


def _try(message: Message) -> bool:
    """One attempt, and what became of it."""
    message.attempts += 1
    wait = None
    try:
        wait = _send(message)
        message.error = "" if wait is None else message.error
    except (Hopeless, AddressRefused) as wrong:
        message.fate, message.error = Fate.HELD, str(wrong)[:500]
    except CallFailed as wrong:
        wait, message.error = PATIENCE.pause(message.attempts), str(wrong)[:500]
    if wait is not None:
        message.fate = Fate.HELD if message.attempts >= PATIENCE.attempts else Fate.WAITING
        message.try_after = clock.now() + wait
    message.save()
    return message.fate in (Fate.SENT, Fate.FOLLOWED)


def _send(message: Message) -> timedelta | None:
    """None when it arrived, else how long the partner asks us to wait. Raises what says why not."""
    endpoint = Endpoint.objects.filter(code=message.partner, is_active=True).first()
    if endpoint is None:
        raise Hopeless("no address is set for this partner, or it is switched off: oppidum partner --list")
    partner = partner_of(message)
    if partner is not None and partner.by == OPEN311:
        answer = open311.file(endpoint, message, partner)
        if answer.is_well:
            message.remote_id, message.fate = open311.read_id(answer), Fate.FOLLOWED
            return None
    else:
        answer = _post(endpoint, message)
        if answer.is_well:
            message.fate, message.settled_at = Fate.SENT, clock.now()
            return None
    return _refused(answer, message)


def _post(endpoint: Endpoint, message: Message) -> Answer:
    body = json.dumps({"id": message.key, **message.body}, ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json",
        "X-Oppidum-Id": message.key,
        "X-Oppidum-Event": message.event,
        signing.HEADER: signing.sign(endpoint.secret, body, int(clock.now().timestamp())),
    }
    return call("POST", endpoint.url, body=body, headers=headers, inside=endpoint.is_inside)


def _refused(answer: Answer, message: Message) -> timedelta:
    said = f"HTTP {answer.status}: {answer.body[:300].decode(errors='replace')}"
    if answer.is_hopeless:
        raise Hopeless(said)
    message.error = said[:500]
    asked = timedelta(seconds=min(answer.retry_after, 86400)) if answer.retry_after else timedelta()
    return max(asked, PATIENCE.pause(message.attempts))


def partner_of(message: Message) -> Partner | None:
    """The partner as the case's service declares it; None for a message without a case."""
    if message.case_id is None or not hasattr(message.case, "live"):
        return None
    found = find_outside(get_service(message.case.service, message.case.live.definition), message.partner)
    return found if isinstance(found, Partner) else None


def release(message_id: int, officer) -> None:
    """Give a message that is held a new start, once its cause is mended."""
    Message.objects.filter(pk=message_id, fate=Fate.HELD).update(fate=Fate.WAITING, attempts=0, try_after=None, settled_by=officer)


def dismiss(message_id: int, officer) -> None:
    """An officer has seen to it by other means: it stays in the list, and troubles nobody any more."""
    Message.objects.filter(pk=message_id, fate__in=[Fate.HELD, Fate.PARKED, Fate.WAITING, Fate.FOLLOWED]).update(
        fate=Fate.DISMISSED, settled_at=clock.now(), settled_by=officer
    )


def too_old() -> int:
    """How many messages should have left, or been looked at, by their partner's patience."""
    waiting = Message.objects.filter(fate__in=[Fate.WAITING, Fate.HELD, Fate.PARKED]).select_related("case__live")
    now, old = clock.now(), 0
    for message in waiting.order_by("pk")[:1000]:
        partner = partner_of(message)
        old += message.created_at < now - timedelta(hours=partner.patience if partner else Partner.patience)
    return old
