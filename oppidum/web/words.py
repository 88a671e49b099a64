"""Numbers, days, distances and ages as a reader says them, in the active language.

French typography: a narrow no-break space parts thousands and units, a comma the decimals; a day is written "jeudi 12 mars".
"""

from datetime import date, datetime, timedelta

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext, ngettext

from oppidum.core.clock import PARIS, now, today
from oppidum.core.numbers import NO_BREAK, in_french, say_number


def local(moment: date | datetime) -> date | datetime:
    """An instant as the wall clock of the authority shows it; a plain day stays what it is."""
    return moment.astimezone(PARIS) if isinstance(moment, datetime) and moment.tzinfo else moment


def say_day(moment: date | datetime | None, weekday: bool = True) -> str:
    """12 March 2026 -> "jeudi 12 mars"; the year is told when it isn't this one."""
    if not moment:
        return ""
    day = local(moment)
    number = "1er" if in_french() and day.day == 1 else str(day.day)
    parts = [str(WEEKDAYS[day.weekday()])] if weekday else []
    parts += [number, str(MONTHS[day.month])]
    if day.year != today().year:
        parts.append(str(day.year))
    return parts[0] + " " + NO_BREAK.join(parts[1:]) if weekday else NO_BREAK.join(parts)


def say_hour(moment: datetime | None) -> str:
    """10:20 -> "10 h 20" in French, "10:20" in English."""
    if not moment:
        return ""
    at = local(moment)
    if not in_french():
        return f"{at.hour}:{at.minute:02}"
    return f"{at.hour}{NO_BREAK}h" + (f"{NO_BREAK}{at.minute:02}" if at.minute else "")


def say_moment(moment: datetime | None) -> str:
    """A day and an hour: "jeudi 12 mars à 10 h 20"."""
    if not moment:
        return ""
    return gettext("%(day)s at %(hour)s") % {"day": say_day(moment), "hour": say_hour(moment)}


def say_distance(metres: float | None) -> str:
    """80 -> "80 m", 1234 -> "1,2 km"; nobody needs the centimetres."""
    if metres is None:
        return ""
    if metres < 1000:
        rounded = round(metres) if metres < 20 else round(metres, -1)
        if rounded < 1000:
            return f"{int(rounded)}{NO_BREAK}m"
    kilometres = metres / 1000
    return f"{say_number(round(kilometres, 1 if kilometres < 10 else 0))}{NO_BREAK}km"


def say_size(count: int) -> str:
    """The weight of a file: "340 ko", "1,2 Mo" in French, "340 kB", "1.2 MB" in English; never less than 1 kB."""
    unit = "o" if in_french() else "B"
    if count < 1_000_000:
        return f"{say_number(max(1, round(count / 1000)))}{NO_BREAK}k{unit}"
    return f"{say_number(round(count / 1_000_000, 1))}{NO_BREAK}M{unit}"


def say_age(moment: date | datetime | None) -> str:
    """How long ago, in the largest unit that fits: "il y a 3 jours"."""
    if not moment:
        return ""
    if not isinstance(moment, datetime):
        return _days_ago((today() - moment).days)
    elapsed = now() - moment
    days = (today() - local(moment).date()).days
    if elapsed < timedelta(minutes=1):
        return gettext("just now")
    if elapsed < timedelta(hours=1):
        minutes = int(elapsed.total_seconds() // 60)
        return ngettext("%(n)s minute ago", "%(n)s minutes ago", minutes) % {"n": minutes}
    if elapsed < timedelta(hours=24) and days < 2:
        hours = int(elapsed.total_seconds() // 3600)
        return ngettext("%(n)s hour ago", "%(n)s hours ago", hours) % {"n": hours}
    return _days_ago(days)


def _days_ago(days: int) -> str:
    if days <= 0:
        return gettext("today")
    if days == 1:
        return gettext("yesterday")
    if days < 60:
        return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
    if days < 730:
        months = days // 30
        return ngettext("%(n)s month ago", "%(n)s months ago", months) % {"n": months}
    years = days // 365
    return ngettext("%(n)s year ago", "%(n)s years ago", years) % {"n": say_number(years)}
