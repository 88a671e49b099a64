"""E-mail addresses that receive nothing: learnt from bounces, so that what is written later is held and shown instead of lost.

An address is marked by a status that blames the address itself (RFC 3463: X.1, a mailbox that is disabled, a host that is none), never by a
full mailbox, a filter or a message too large. The mark is a keyed hash, lapses after a year, and goes when an officer says that it works.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from oppidum.cases.models import DeadAddress, Mail
from oppidum.core import clock

LAPSES = timedelta(days=365)
# Subject and detail of statuses that blame the address; 5.1.7 and 5.1.8 blame the sender's.
_OF_THE_ADDRESS = {"1.0", "1.1", "1.2", "1.3", "1.4", "1.6", "1.10", "2.0", "2.1", "4.4"}


def blames_address(status: str) -> bool:
    """Whether a status, "5.1.1", says for good that nobody is reached at the address."""
    kind, _dot, rest = status.partition(".")
    return kind == "5" and rest in _OF_THE_ADDRESS


def mark_dead(email: str, status: str, said: str, now: datetime | None = None) -> None:
    """Write no more to that address until somebody says that it works; twice is once."""
    words = {"since": now or clock.now(), "status": status, "said": said[:500]}
    DeadAddress.objects.update_or_create(mark=_mark(email), defaults=words)


def find_dead(emails: Iterable[str]) -> dict[str, DeadAddress]:
    """The marks of those of the addresses that are dead, by address; one query."""
    marks = {_mark(email): email for email in emails if email}
    if not marks:
        return {}
    found = DeadAddress.objects.filter(mark__in=marks, since__gt=clock.now() - LAPSES)
    return {marks[one.mark]: one for one in found}


def hold(mails: Sequence[Mail]) -> None:
    """Turn those of the mails that would go to a dead address into held ones. What an officer orders leaves all the same, and so does what
    belongs to no case: the person asked for it this minute."""
    asked = [mail for mail in mails if mail.case_id and not mail.ordered_by_id]
    dead = find_dead({mail.to for mail in asked})
    for mail in asked:
        if mail.to in dead:
            mail.fate = Mail.Fate.HELD


def works_again(email: str) -> int:
    """An officer knows that the address works: what was held for it leaves. Returns how many mails."""
    with transaction.atomic():
        DeadAddress.objects.filter(mark=_mark(email)).delete()
        held = Mail.objects.filter(fate=Mail.Fate.HELD, settled_at=None, to__iexact=email)
        return held.update(fate=Mail.Fate.QUEUED, send_after=clock.now())


def drop_lapsed(now: datetime) -> None:
    """Forget marks whose time is over."""
    DeadAddress.objects.filter(since__lte=now - LAPSES).delete()


def _mark(email: str) -> str:
    return salted_hmac("oppidum.dead-address", email.strip().lower(), algorithm="sha256").hexdigest()
