"""Questions answered by a day or by a period of two days."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django.utils import formats
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration.fields.base import Field, is_empty
from oppidum.core.errors import Invalid, InvalidForm

_IN_FIGURES = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_IN_WORDS = re.compile(r"(\d{1,2})(?:er)?[ \-]([a-z]{3,9})\.?[ \-](\d{4})")
_MONTHS = ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre")


def read_day(raw: Any) -> date:
    """A day as ISO, or as the French write it: 12/03/2027, 12.3.2027, 12 mars 2027, 1er avril 2027. Raises `Invalid`."""
    if isinstance(raw, date):
        return raw
    text = unicodedata.normalize("NFKD", " ".join(str(raw).lower().split()))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    try:
        if found := _IN_FIGURES.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _IN_WORDS.fullmatch(text):
            months = [n for n, name in enumerate(_MONTHS, start=1) if name.startswith(found[2])]
            return date(int(found[3]), months[0] if len(months) == 1 else 0, int(found[1]))
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(_("Write the day like 12/03/2027, or 2027-03-12.")) from None


def say_day(day: date | str) -> str:
    """ "1er mars 2027" in French, "1 March 2027" in English."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    french = (get_language() or "fr").startswith("fr")
    return formats.date_format(day, "j\\e\\r F Y" if french and day.day == 1 else "j F Y")


@dataclass(frozen=True)
class _InTime(Field):
    """Days between `earliest` and `latest`, both counted from today (negative: before)."""

    _: KW_ONLY
    earliest: int | None = None
    latest: int | None = None

    def _check(self, day: date, today: date) -> date:
        if self.earliest is not None and day < today + timedelta(days=self.earliest):
            first = say_day(today + timedelta(days=self.earliest))
            raise Invalid(_("This day is too early: %(first)s at the soonest.") % {"first": first})
        if self.latest is not None and day > today + timedelta(days=self.latest):
            last = say_day(today + timedelta(days=self.latest))
            raise Invalid(_("This day is too late: %(last)s at the latest.") % {"last": last})
        return day


@dataclass(frozen=True)
class Day(_InTime):
    """A day, kept as an ISO text."""

    kind: ClassVar[str] = "day"
    owed: ClassVar[Any] = _("Choose a day: it is needed to go on.")

    def clean(self, raw, today):
        return self._check(read_day(raw), today).isoformat()

    def show(self, value):
        return say_day(value)


@dataclass(frozen=True)
class Period(_InTime):
    """From a day to a day, both included; kept as `{"from": ISO, "to": ISO}`. `longest` is in days."""

    _: KW_ONLY
    longest: int | None = None
    kind: ClassVar[str] = "period"
    owed: ClassVar[Any] = _("Choose the first and the last day: they are needed to go on.")
    parts: ClassVar[tuple[str, ...]] = ("from", "to")

    def clean(self, raw, today):
        if not isinstance(raw, Mapping):
            raise Invalid(_("Give the first and the last day."))
        faults, days = [], {}
        for part in self.parts:
            try:
                if is_empty(raw.get(part)):
                    raise Invalid(_("Give the first and the last day."))
                days[part] = self._check(read_day(raw[part]), today)
            except Invalid as fault:
                fault.field = part
                faults.append(fault)
        if faults:
            raise InvalidForm(faults)
        if days["to"] < days["from"]:
            raise Invalid(_("The last day comes before the first one."), field="to")
        if self.longest is not None and (days["to"] - days["from"]).days >= self.longest:
            raise Invalid(_("This period is too long: %(days)d days at most.") % {"days": self.longest}, field="to")
        return {part: day.isoformat() for part, day in days.items()}

    def show(self, value):
        return str(_("from %(first)s to %(last)s") % {"first": say_day(value["from"]), "last": say_day(value["to"])})


def days_in_words(count: int) -> Any:
    """ "3 working days", translated; for promises."""
    return ngettext_lazy("%(count)d working day", "%(count)d working days", count) % {"count": count}
