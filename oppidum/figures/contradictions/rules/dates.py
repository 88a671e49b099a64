"""Days that don't exist, weekdays that are wrong, years with a digit lost."""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from oppidum.figures.contradictions.dates import (
    DAY_OF_MONTH,
    LONE_MONTHS,
    MONTH_AND_YEAR,
    MONTHS,
    WEEKDAY,
    WEEKDAY_AND_DAY,
    S,
    WrittenDate,
    dates_in,
    find_date,
    is_possible,
    month_number,
    weekday_number,
)
from oppidum.figures.contradictions.findings import ERROR, WARNING, Finding
from oppidum.figures.contradictions.places import Reading, cite_words
from oppidum.figures.contradictions.reading_text import Block
from oppidum.figures.contradictions.showing import weekday_name

EARLIEST, LATEST = 1500, 2100
_NAMED_YEAR = re.compile(
    r"\b(?:en|depuis|l[’']année|fin|début|horizon|d[’']ici|exercice|été|dès)\s(?P<year>\d{3,5})(?![\d%€]|[ \u00a0]\d{3}\b|,\d|[ \u00a0]?(?:%|€|M€|km|m[²2³3]?\b|ha\b|t\b|kg\b))(?=[\s.,;:)]|$)(?!\s(?:[a-zà-ÿ]+s|euros?|tonnes?)\b)",
    re.IGNORECASE,
)
_WEEKDAY_RANGE = re.compile(
    rf"\b(?P<first>{WEEKDAY}){S}(?P<from>\d{{1,2}})(?:er)?{S}(?:au|et|à){S}(?P<last>{WEEKDAY}){S}(?P<to>\d{{1,2}})\b(?!{S}(?:janv|fév|mars|avr|mai|juin|juil|août|sept|oct|nov|déc))",
    re.IGNORECASE,
)


def find(reading: Reading) -> Iterator[Finding]:
    for block in reading.document.blocks:
        if not block.has_digits:
            continue
        dated = dates_in(block.text)
        for written in dated:
            yield from _check_day(reading, block, written, dated)
        yield from _check_years(block)
        yield from _check_calendar(reading, block)


def _check_day(reading: Reading, block: Block, written: WrittenDate, dated: list[WrittenDate]) -> Iterator[Finding]:
    lines = block.lines_of(written.start, written.end)
    year = written.year if written.year and written.year >= EARLIEST else None
    if not is_possible(written.day, written.month, year):
        why = _("%(place)s: %(month)s has no day %(day)s.") % {
            "place": cite_words(written.written, lines[0]),
            "month": MONTHS[written.month - 1],
            "day": written.day,
        }
        yield Finding("date", lines, (written.written,), why, ERROR, block.heading)
        return
    if written.year and not EARLIEST <= written.year <= LATEST:
        yield _odd_year(block, written.start, written.end, written.written, written.year)
        return
    if written.weekday is None:
        return
    told = [d.year for d in dated if d.year and d.start > written.start][:1]
    for candidate in [year] if year else [*told, reading.document.year]:
        if candidate and (day := find_date(written.day, written.month, candidate)) and day.weekday() != written.weekday:
            yield _wrong_weekday(block, written.start, written.end, written.written, [day])
            return


def _wrong_weekday(block: Block, start: int, end: int, written: str, days: list[date]) -> Finding:
    lines = block.lines_of(start, end)
    told = ", ".join(
        _("%(day)s was a %(weekday)s") % {"day": day.strftime("%d/%m/%Y"), "weekday": weekday_name(day.weekday())} for day in days
    )
    why = _("%(place)s: the weekday is wrong; %(told)s.") % {"place": cite_words(written, lines[0]), "told": told}
    return Finding("weekday", lines, (written,), why, ERROR)


def _odd_year(block: Block, start: int, end: int, written: str, year: int) -> Finding:
    lines = block.lines_of(start, end)
    why = _("%(place)s: %(year)s can't be the year meant.") % {"place": cite_words(written, lines[0]), "year": year}
    return Finding("year", lines, (written,), why, ERROR)


def _check_years(block: Block) -> Iterator[Finding]:
    days = [match.span() for match in DAY_OF_MONTH.finditer(block.text)]
    for pattern in (MONTH_AND_YEAR, _NAMED_YEAR):
        for match in pattern.finditer(block.text):
            year = int(match["year"])
            inside = any(start <= match.start() < end or start < match.end() <= end for start, end in days)
            if not inside and not EARLIEST <= year <= LATEST:
                yield _odd_year(block, *match.span(), " ".join(match[0].split()), year)


def _months_around(reading: Reading, block: Block) -> list[int]:
    """The month of the nearest heading that is a month's name alone; two when two such headings stand side by side."""
    found: list[int] = []
    for above in reversed(reading.document.blocks[max(0, block.index - 14) : block.index]):
        name = above.text.strip()
        if above.kind == "heading" and LONE_MONTHS.fullmatch(name):
            found.append(month_number(name))
        elif found:
            break
    return found


def _check_calendar(reading: Reading, block: Block) -> Iterator[Finding]:
    """ "Mercredi 14 au vendredi 17" under the heading of its month."""
    for match in _WEEKDAY_RANGE.finditer(block.text):
        days, names = int(match["to"]) - int(match["from"]), weekday_number(match["last"]) - weekday_number(match["first"])
        if days > 0 and (days - names) % 7:
            lines = block.lines_of(*match.span())
            why = _("%(place)s: from %(first)s %(day)s, day %(last)s is a %(weekday)s.") % {
                "place": cite_words(" ".join(match[0].split()), lines[0]),
                "first": match["first"].lower(),
                "day": match["from"],
                "last": match["to"],
                "weekday": weekday_name((weekday_number(match["first"]) + days) % 7),
            }
            yield Finding("weekday", lines, (" ".join(match[0].split()),), why, ERROR)
            return
    year = reading.document.year
    matches = list(WEEKDAY_AND_DAY.finditer(block.text))
    months = _months_around(reading, block) if matches and year else []
    for match in matches if months else []:
        days = [find_date(int(match["day"]), month, year) for month in months]
        if all(day is None or day.weekday() != weekday_number(match["weekday"]) for day in days):
            written = " ".join(match[0].split())
            possible = [day for day in days if day]
            if possible:
                yield _wrong_weekday(block, *match.span(), written, possible)
            else:
                yield _no_such_day(block, match, months)


def _no_such_day(block: Block, match: re.Match, months: list[int]) -> Finding:
    lines, written = block.lines_of(*match.span()), " ".join(match[0].split())
    why = _("%(place)s: %(month)s has no day %(day)s.") % {
        "place": cite_words(written, lines[0]),
        "month": MONTHS[months[0] - 1],
        "day": match["day"],
    }
    return Finding("date", lines, (written,), why, WARNING)
