"""Logging calls to the contact centre: each with its outcome, whether something was opened or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from oppidum.cases.models import Call, CallOutcome
from oppidum.core import clock
from oppidum.core.errors import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCall:
    """A call that ended. `officer` is the id of who took it; `phone` in E.164 or blank."""

    officer: int
    outcome: str
    case_id: int | None = None
    phone: str = ""
    commune: str | None = None
    category: str = ""
    note: str = ""
    received_at: datetime | None = None
    ended_at: datetime | None = None


def log_calls(calls: Sequence[NewCall]) -> list[Call]:
    """Write the calls down, one insert for all. Raises `Invalid` for an outcome that doesn't exist."""
    now = clock.now()
    for call in calls:
        if call.outcome not in CallOutcome.values:
            raise Invalid(field="outcome")
    return Call.objects.bulk_create([
        Call(
            received_at=c.received_at or now, ended_at=c.ended_at or now, officer_id=c.officer, outcome=c.outcome, case_id=c.case_id,
            phone=c.phone, commune_id=c.commune, category=c.category, note=c.note,
        )
        for c in calls
    ])
