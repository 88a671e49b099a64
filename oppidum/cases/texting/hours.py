"""When a telephone may ring: by day, where the authority is. What is written at night leaves in the morning."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from oppidum.core.clock import PARIS


@dataclass(frozen=True)
class DayTime:
    """From which hour until which text messages leave, every day."""

    first: time = time(8)
    last: time = time(20)


def next_allowed(instant: datetime, hours: DayTime = DayTime()) -> datetime:
    """The instant itself by day, else the next morning's first."""
    local = instant.astimezone(PARIS)
    if hours.first <= local.time() < hours.last:
        return instant
    day = local.date() + timedelta(days=local.time() >= hours.last)
    return datetime.combine(day, hours.first, PARIS).astimezone(instant.tzinfo)
