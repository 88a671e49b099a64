"""A question answered by a day and an hour: when something happened or became known, where the law counts in hours."""

import re
from dataclasses import KW_ONLY, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration.fields.base import Field
from oppidum.cases.declaration.fields.days import read_day, say_day
from oppidum.core.clock import PARIS, local_day
from oppidum.core.errors import Invalid

_WRITTEN = re.compile(r"(.+?)(?:t|\s+(?:à\s+|at\s+)?)(\d{1,2})\s*(?:h|:)\s*(\d{2})?(?::\d{2})?", re.IGNORECASE)


def read_moment(raw: Any) -> datetime:
    """An instant from ISO 8601, or as people write it where the authority is: 05/03/2027 18:30, 5 mars 2027 à 18 h 30. Raises `Invalid`."""
    text = " ".join(str(raw).split())
    try:
        if isinstance(raw, datetime) or re.search(r"(?:Z|[+-]\d\d:\d\d)$", text):
            return datetime.fromisoformat(text).astimezone(UTC)
        if found := _WRITTEN.fullmatch(text):
            day, hour, minute = read_day(found[1]), int(found[2]), int(found[3] or 0)
            return datetime(day.year, day.month, day.day, hour, minute, tzinfo=PARIS).astimezone(UTC)
    except (ValueError, Invalid):
        pass
    raise Invalid(_("Write the day and the hour like 05/03/2027 18:30."))


def say_hour(instant: datetime) -> str:
    """ "10 h 20", "10:20", by the clock of the authority."""
    local = instant.astimezone(PARIS)
    return f"{local.hour}\u00a0h\u00a0{local:%M}" if (get_language() or "").startswith("fr") else f"{local:%H:%M}"


@dataclass(frozen=True)
class Moment(Field):
    """An instant, kept as ISO 8601 in UTC; `latest` and `earliest` are days from today (negative: before)."""

    _: KW_ONLY
    earliest: int | None = None
    latest: int | None = None
    kind: ClassVar[str] = "moment"
    owed: ClassVar[Any] = _("Write the day and the hour: they are needed to go on.")

    def clean(self, raw, today):
        moment = read_moment(raw)
        day = local_day(moment)
        if self.earliest is not None and day < today + timedelta(days=self.earliest):
            raise Invalid(
                _("This day is too early: %(first)s at the soonest.") % {"first": say_day(today + timedelta(days=self.earliest))}
            )
        if self.latest is not None and day > today + timedelta(days=self.latest):
            raise Invalid(
                _("This day is too late: %(last)s at the latest.") % {"last": say_day(today + timedelta(days=self.latest))}
            )
        return moment.isoformat()

    def show(self, value):
        moment = datetime.fromisoformat(value).astimezone(PARIS)
        return _("%(day)s, %(hour)s") % {"day": say_day(moment.date()), "hour": say_hour(moment)}
