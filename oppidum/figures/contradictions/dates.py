"""French dates: "le 31 avril 2023", "du 23 mai au 28 juin", "mercredi 14 au vendredi 17", "2021-2027"; and whether they exist."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from oppidum.figures.contradictions.numbers import SPACE

MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"]
_MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS, 1)} | {
    "fevrier": 2,
    "aout": 8,
    "decembre": 12,
    "janv.": 1,
    "févr.": 2,
    "juil.": 7,
    "sept.": 9,
    "oct.": 10,
    "nov.": 11,
    "déc.": 12,
}
WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]

MONTH = "(?:" + "|".join(re.escape(name) for name in sorted(_MONTH_NUMBERS, key=len, reverse=True)) + ")"
WEEKDAY = "(?:" + "|".join(WEEKDAYS) + ")"
S = rf"(?:{SPACE}|\n)+"

# "lundi 5 juin 2023", "1er janvier", "31 octobre 2022"; the weekday and the year may be missing.
DAY_OF_MONTH = re.compile(
    rf"(?:\b(?P<weekday>{WEEKDAY}){S})?(?<![\d,])(?P<day>\d{{1,2}})(?:er)?{S}(?P<month>{MONTH})(?![\w-])(?:{S}(?P<year>\d{{1,5}})(?![\d%]|{S}\d{{3}}\b|,\d))?",
    re.IGNORECASE,
)
# "mercredi 14", the month being told elsewhere.
WEEKDAY_AND_DAY = re.compile(rf"\b(?P<weekday>{WEEKDAY}){S}(?P<day>\d{{1,2}})(?:er)?\b(?!{S}{MONTH})", re.IGNORECASE)
MONTH_AND_YEAR = re.compile(
    rf"\b(?P<month>{MONTH}){S}(?P<year>\d{{3,5}})(?!\d|{S}\d{{3}}\b|,\d|{SPACE}?%)(?!{S}(?!(?:dans|sous|puis|sans|mais|ses|ces|les|des|vers|plus|nos|aux)\b)[a-zà-ÿ]+s\b)",
    re.IGNORECASE,
)
LONE_MONTHS = re.compile(rf"\b{MONTH}(?!\w)", re.IGNORECASE)


def month_number(name: str) -> int:
    return _MONTH_NUMBERS[name.lower()]


def weekday_number(name: str) -> int:
    return WEEKDAYS.index(name.lower())


def is_possible(day: int, month: int, year: int | None) -> bool:
    """Whether the month has this day; 29 February without a year is granted."""
    return 1 <= day <= calendar.monthrange(year if year and 1 <= year <= 9999 else 2024, month)[1]


def find_date(day: int, month: int, year: int) -> date | None:
    return date(year, month, day) if is_possible(day, month, year) and 1 <= year <= 9999 else None


@dataclass(frozen=True)
class WrittenDate:
    """A day as written at `start` to `end` of a block's text. `year` is None where it is not said."""

    start: int
    end: int
    day: int
    month: int
    year: int | None
    weekday: int | None
    written: str


def dates_in(text: str) -> list[WrittenDate]:
    found = []
    for match in DAY_OF_MONTH.finditer(text):
        year, weekday = match["year"], match["weekday"]
        found.append(
            WrittenDate(
                *match.span(),
                int(match["day"]),
                month_number(match["month"]),
                int(year) if year else None,
                weekday_number(weekday) if weekday else None,
                " ".join(match[0].split()),
            )
        )
    return found
