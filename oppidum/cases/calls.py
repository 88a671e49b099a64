"""Calls to the contact centre: each logged once with its outcome, whether something was opened or not; who calls, by number; a day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

import phonenumbers
from django.db import connection, transaction

from oppidum.cases.inbox import Row, read_rows
from oppidum.cases.models import Call, CallOutcome
from oppidum.cases.watching import CALLS
from oppidum.core import clock
from oppidum.core.errors import Invalid
from oppidum.core.sql import rows
from oppidum.core.watching import tell
from oppidum.people.models import Officer

LAST_REPORTS, LAST_CALLS = 5, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCall:
    """A call that ended. `officer` is the id of who took it; `phone` in E.164 or blank; `key` names its screen (see `log_once`)."""

    officer: int
    outcome: str
    case_id: int | None = None
    phone: str = ""
    commune: str | None = None
    category: str = ""
    note: str = ""
    received_at: datetime | None = None
    ended_at: datetime | None = None
    key: str | None = None


class PastCall(NamedTuple):
    """An earlier call from the same number; `case` is the report that it was about, within the officer's sight."""

    received_at: datetime
    outcome: str
    note: str
    case: Row | None

    @property
    def said(self) -> str:
        """The outcome in the reader's language."""
        return str(CallOutcome(self.outcome).label) if self.outcome in CallOutcome.values else self.outcome


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, by number: as they named themselves last, what they reported or follow, when they called."""

    phone: str
    name: str = ""
    email: str = ""
    language: str = "fr"
    reports: list[Row] = field(default_factory=list)
    calls: list[PastCall] = field(default_factory=list)


class DayCount(NamedTuple):
    """So many calls with that outcome in that hour of the authority's day, `seconds` long together."""

    hour: int
    outcome: str
    calls: int
    seconds: float


def log_calls(calls: Sequence[NewCall]) -> list[Call]:
    """Write the calls down, one insert for all. Raises `Invalid` for an outcome that doesn't exist."""
    now = clock.now()
    for call in calls:
        if call.outcome not in CallOutcome.values:
            raise Invalid(field="outcome")
    logged = Call.objects.bulk_create(
        [
            Call(
                received_at=c.received_at or now,
                ended_at=c.ended_at or now,
                officer_id=c.officer,
                outcome=c.outcome,
                case_id=c.case_id,
                phone=c.phone,
                commune_id=c.commune,
                category=c.category,
                note=c.note,
                key=c.key,
            )
            for c in calls
        ]
    )
    tell(CALLS, calls)
    return logged


def log_once(key: str, end: Callable[[], NewCall]) -> Call:
    """The call logged under `key`. The first time `end` does what the call comes to, in the same transaction as its row.

    Whoever comes second with the same key waits for the first, then gets the first one's call: nothing is filed twice.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"call:{key}"])
        return Call.objects.filter(key=key).first() or log_calls([end()])[0]


def read_phone(text: str) -> str:
    """A number as the telephone system or a hand writes it, in E.164; "" when it can't be dialled (or is withheld)."""
    try:
        number = phonenumbers.parse(text.strip(), "FR")
    except phonenumbers.NumberParseException:
        return ""
    return (
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if phonenumbers.is_possible_number(number) else ""
    )


_PARTIES = """
    select case_id, name, email, language from cases_party where phone <> '' and phone = %s::text order by joined_at desc, id desc limit 50
"""
_CALLS = """
    select received_at, outcome, note, case_id from cases_call where phone <> '' and phone = %s::text
    order by received_at desc limit %s::int
"""


def find_caller(officer: Officer, phone: str) -> Caller | None:
    """Who called or reported from that number, or None for a stranger. Names and reports are for those who may see persons."""
    if not phone or not officer.may("persons"):
        return None
    parties, calls = rows(_PARTIES, [phone]), rows(_CALLS, [phone, LAST_CALLS])
    if not parties and not calls:
        return None
    asked = {case_id for case_id, *_ in parties} | {case_id for *_, case_id in calls if case_id}
    known = read_rows(officer, sorted(asked)) if asked else {}
    mine = sorted((known[i] for i in {case_id for case_id, *_ in parties} & known.keys()), key=lambda r: (r.is_open, r.filed_at))
    return Caller(
        phone,
        next((name for _i, name, _e, _l in parties if name), ""),
        next((email for _i, _n, email, _l in parties if email), ""),
        next((language for *_, language in parties if language), "fr"),
        mine[: -LAST_REPORTS - 1 : -1],
        [PastCall(at, outcome, note, known.get(case_id)) for at, outcome, note, case_id in calls],
    )


_DAY = """
    select extract(hour from received_at at time zone %s::text)::int, outcome, count(*)::int,
           coalesce(sum(extract(epoch from ended_at - received_at)), 0)::float8
    from cases_call where received_at >= %s::timestamptz and received_at < %s::timestamptz
      and (%s::bigint is null or officer_id = %s::bigint)
    group by 1, 2 order by 1, 2
"""


def count_day(day: date, officer: int | None = None) -> list[DayCount]:
    """The calls of a day by hour and outcome; of one officer, or of all."""
    begin, end = clock.midnight(day), clock.midnight(day + timedelta(days=1))
    return [DayCount(*row) for row in rows(_DAY, [str(clock.PARIS), begin, end, officer, officer])]
