"""A place in words, in the reader's language: "jeudi 3 décembre 2026, de 8 h à 12 h"; "du 1er au 5 juillet 2027 (4 nuits)"."""

from datetime import date, time

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import get_language, gettext, ngettext

from oppidum.bookings.places import NightsPlace, Place

NO_BREAK = "\u00a0"


def say_place(place: Place) -> str:
    """When it is."""
    if isinstance(place, NightsPlace):
        said = gettext("from %(first)s to %(last)s") % {"first": say_date(place.day), "last": say_date(place.until)}
        if place.nights > 60:
            return said
        nights = ngettext("%(n)d night", "%(n)d nights", place.nights) % {"n": place.nights}
        return f"{said} ({nights})"
    return gettext("%(day)s, %(hours)s") % {"day": say_date(place.day), "hours": say_hours(place.starts, place.ends)}


def say_hours(starts: time, ends: time) -> str:
    """ "de 8 h à 12 h", "from 8:00 to 12:00"."""
    return gettext("from %(start)s to %(end)s") % {"start": _hour(starts), "end": _hour(ends)}


def say_date(day: date) -> str:
    """ "jeudi 3 décembre 2026"."""
    number = "1er" if day.day == 1 and _in_french() else str(day.day)
    return f"{WEEKDAYS[day.weekday()]} {number}{NO_BREAK}{MONTHS[day.month]}{NO_BREAK}{day.year}"


def _hour(at: time) -> str:
    if not _in_french():
        return f"{at.hour}:{at.minute:02}"
    return f"{at.hour}{NO_BREAK}h" + (f"{NO_BREAK}{at.minute:02}" if at.minute else "")


def _in_french() -> bool:
    return (get_language() or "fr").startswith("fr")
