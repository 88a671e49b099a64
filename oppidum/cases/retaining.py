"""Keeping personal data no longer than declared: persons, words and pictures go, the facts stay and no figure changes.

GDPR, art. 5(1)(e). `Service.retention` counts from the end of the case, and is looked at again at the moment of removal: a case that
was opened again meanwhile keeps everything. The removal is itself a fact of the journal.
"""

import re
from datetime import date, datetime

from django.db import transaction

from oppidum.cases.acting import act
from oppidum.cases.declaration import DefinitionError, Service, catalogue
from oppidum.cases.photos import remove_photos
from oppidum.cases.rules.decide import FORGET
from oppidum.cases.rules.standing import SYSTEM, Command
from oppidum.core import clock
from oppidum.core.calendar import add_months
from oppidum.core.sql import rows, server_cursor

BATCH = 1000

_OVER = """
    select case_id from cases_live
    where service = %s and not is_open and ended_at < %s and forgotten_on is null order by case_id limit %s
"""
_REMOVE = (
    "delete from cases_party where case_id = any(%(ids)s)",
    "delete from cases_message where case_id = any(%(ids)s)",
    "delete from cases_mail where case_id = any(%(ids)s)",
    "update cases_call set phone = '', note = '' where case_id = any(%(ids)s)",
    """update cases_case set words = '', address = '', answers = answers - %(private)s::text[],
           search = to_tsvector('french', plain_words(code)) where id = any(%(ids)s)""",
)
# A call that opened nothing has no case whose end could count: its own day does.
_CALLS = "update cases_call set phone = '', note = '' where case_id is null and received_at < %s and (phone <> '' or note <> '')"


def forget_persons(now: datetime | None = None) -> int:
    """Remove what may no longer be kept, of all services; returns how many cases. Run again, it does what is left."""
    now = now or clock.now()
    return sum(_forget_of(service, now) for service in catalogue().values())


def kept_until(service: type[Service], ended_on: date) -> date:
    """The day on which personal data of a case that ended on `ended_on` are still kept, and the last one."""
    return add_months(ended_on, _months(service))


def _forget_of(service: type[Service], now: datetime) -> int:
    before = clock.midnight(add_months(clock.local_day(now), -_months(service)))
    private = sorted({name for c in service.categories.values() for name, question in c.questions.items() if question.private})
    forgotten = 0
    while ids := [case_id for (case_id,) in rows(_OVER, [service.code, before, BATCH])]:
        with transaction.atomic():
            done = [o.case_id for o in act([(i, Command(FORGET, SYSTEM)) for i in ids], now) if not o.refusal]
            with server_cursor() as cursor:
                for statement in _REMOVE:
                    cursor.execute(statement, {"ids": done, "private": private} if "private" in statement else {"ids": done})
            remove_photos(done)
        forgotten += len(done)
    with server_cursor() as cursor:
        cursor.execute(_CALLS, [before])
    return forgotten


def _months(service: type[Service]) -> int:
    """The retention in months, from the ISO 8601 duration that is declared ("P2Y", "P18M")."""
    found = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?", service.retention)
    if not found or not any(found.groups()):
        raise DefinitionError(f"{service.code}: retention is a duration in years and months, such as P2Y or P18M")
    return int(found[1] or 0) * 12 + int(found[2] or 0)
