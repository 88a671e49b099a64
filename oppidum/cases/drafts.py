"""Requests being written: kept by the server from page to page, found again by their link until the day that it says.

A link opens the draft, whoever holds it: it is shown to its author alone, in the address and in the mail that was asked for. Sent, a draft
keeps the code and nothing personal, so that a link followed again leads to the case.
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import get_language, gettext

from oppidum.cases.declaration import Service, definition_version
from oppidum.cases.declaration.versions import change_of
from oppidum.cases.definitions import keep_definition, questions_changed
from oppidum.cases.models import Draft
from oppidum.core import clock
from oppidum.people.models import Officer

# Long enough to gather papers; each time something is saved it counts anew, so a mail never promises more than there is.
KEPT_DAYS = 30
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


def start_draft(service: type[Service], officer: Officer | None = None, channel: str = "portal") -> Draft:
    """A blank draft of a request to the service; nothing is written until something is saved. `officer` writes it for somebody."""
    now = clock.now()
    return Draft(
        token=secrets.token_urlsafe(16),
        service=service.code,
        definition=definition_version(service.code),
        key=f"draft:{secrets.token_urlsafe(24)}",
        language=get_language() or "fr",
        officer=officer,
        channel=channel,
        started_at=now,
        saved_at=now,
        kept_until=clock.local_day(now) + timedelta(days=KEPT_DAYS),
    )


def find_draft(service: type[Service], token: str) -> Draft | None:
    """The draft of that service under that token, if it is kept still."""
    if not _TOKEN.fullmatch(token):
        return None
    return Draft.objects.filter(token=token, service=service.code, kept_until__gte=clock.today()).first()


def catch_up(service: type[Service], draft: Draft) -> Any:
    """What to tell who comes back to a draft after the questions changed, once; "" where nothing has to be told.

    A draft is no filing yet: it goes on under today's questions, with the answers that still fit, and what is new is asked.
    """
    today = definition_version(service.code)
    if draft.code or draft.definition == today:
        return ""
    told = questions_changed(service.code, draft.definition)
    draft.definition = today
    Draft.objects.filter(pk=draft.pk, code="").update(definition=today)
    if not told:
        return ""
    return change_of(service).says or gettext("The questions changed since you began. Your answers are kept: look at them again.")


def save(draft: Draft) -> None:
    """Write the draft back; from this moment its days count anew. One that was sent meanwhile is left as it is."""
    now = clock.now()
    draft.saved_at, draft.kept_until = now, clock.local_day(now) + timedelta(days=KEPT_DAYS)
    if draft.pk is None:
        keep_definition(draft.service)
        draft.save()
        return
    changed = {
        "definition": draft.definition,
        "raw": draft.raw,
        "pages": draft.pages,
        "email": draft.email,
        "language": draft.language,
    }
    changed |= {"saved_at": draft.saved_at, "kept_until": draft.kept_until}
    Draft.objects.filter(pk=draft.pk, code="").update(**changed)


def mark_sent(draft: Draft, code: str) -> None:
    """Keep the code alone."""
    draft.raw, draft.pages, draft.email, draft.code = {}, [], "", code
    draft.save(update_fields=["raw", "pages", "email", "code"])


@contextmanager
def alone_with(draft: Draft) -> Iterator[Draft]:
    """Hold the draft while it is sent: a second tap waits, then finds it as the first one left it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [draft.key])
        yield Draft.objects.get(pk=draft.pk)


def drop_over(today: date) -> int:
    """Forget the drafts whose last day is over; returns how many."""
    return Draft.objects.filter(kept_until__lt=today).delete()[0]
