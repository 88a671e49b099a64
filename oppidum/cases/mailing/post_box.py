"""Our letter box: what comes back about mails is tied to them by their token; what doesn't fit is parked in sight.

Nothing here ever writes a mail, so no loop can begin: a notification about a notification ends here. Taking the same message twice
changes nothing, and news never go back: delivered after delayed, and came back after all that.
"""

import hashlib
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from oppidum.cases.mailing.dead_addresses import blames_address, mark_dead
from oppidum.cases.mailing.delivery_reports import Received, read_message
from oppidum.cases.mailing.envelopes import read_token
from oppidum.cases.models import Mail, ParkedMail
from oppidum.core import clock
from oppidum.people.models import Officer

LARGEST = 2 * 1024 * 1024
PARKED_KEPT = timedelta(days=90)
_RANK = {"": 0, "delayed": 1, "relayed": 2, "delivered": 3, "bounced": 4}
# What a message came to.
TOLD, IGNORED, PARKED = "told", "ignored", "parked"


def receive(raw: bytes, recipient: str = "") -> str:
    """Take a message in; `recipient` is the envelope's, where the mail server's pipe tells it. Returns what it came to."""
    received = read_message(raw[:LARGEST])
    mail_id = read_token(f"{recipient}\n{received.marks}")
    with transaction.atomic():
        mail = Mail.objects.select_for_update().filter(pk=mail_id).first() if mail_id else None
        if mail and received.reports:
            _tell(mail, received, clock.now())
            return TOLD
        # A notification says "auto-generated" too, but one that we can't tie or read must be seen.
        if received.is_automatic and not received.is_report:
            return IGNORED
        why = "no-mail" if mail is None and received.is_report else "no-report" if mail else "not-ours"
        _park(raw, received, mail, why)
    return PARKED


def read_maildir(folder: Path) -> int:
    """Take in what lies in a Maildir's `new`, moving each to `cur` once it is written down; returns how many.

    Killed between the two, a message is taken again, which changes nothing.
    """
    taken = 0
    for path in _waiting(folder):
        receive(path.read_bytes())
        os.replace(path, folder / "cur" / f"{path.name}:2,S")
        taken += 1
    return taken


def settle(parked_id: int, officer: Officer) -> None:
    """An officer has seen to it."""
    ParkedMail.objects.filter(pk=parked_id, settled_at=None).update(settled_at=clock.now(), settled_by=officer)


def drop_old(now: datetime) -> None:
    """Parked messages go after their time, seen to or not: they were copies of somebody's words."""
    ParkedMail.objects.filter(received_at__lt=now - PARKED_KEPT).delete()


def _waiting(folder: Path) -> Iterator[Path]:
    (folder / "cur").mkdir(parents=True, exist_ok=True)
    new = folder / "new"
    return (path for path in sorted(new.iterdir()) if path.is_file()) if new.is_dir() else iter(())


def _tell(mail: Mail, received: Received, now: datetime) -> None:
    """Write down the worst news: our mails have one recipient each."""
    news = max(received.reports, key=lambda report: _RANK[report.delivery])
    if _RANK[news.delivery] > _RANK[mail.delivery]:
        mail.delivery, mail.delivery_at, mail.status = news.delivery, now, news.status
        mail.error = news.said
        mail.save(update_fields=["delivery", "delivery_at", "status", "error"])
    if news.delivery == Mail.Delivery.BOUNCED and blames_address(news.status):
        mark_dead(mail.to, news.status, news.said, now)


def _park(raw: bytes, received: Received, mail: Mail | None, why: str) -> None:
    ParkedMail.objects.get_or_create(
        digest=hashlib.sha256(raw).hexdigest(),
        defaults={
            "mail": mail,
            "received_at": clock.now(),
            "sender": received.sender,
            "subject": received.subject,
            "text": received.text,
            "why": why,
        },
    )
