"""Ends before starts and ranges reversed: "du 28 juin au 23 mai", "2022-2015", "entre 16 % et 14 %", "d'ici 2015", "depuis 2032"."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from oppidum.figures.contradictions.dates import MONTH, S, dates_in, month_number
from oppidum.figures.contradictions.findings import ERROR, WARNING, Finding
from oppidum.figures.contradictions.places import Reading, cite, cite_words, lines_of, values_of
from oppidum.figures.contradictions.quantities import Quantity
from oppidum.figures.contradictions.reading_text import Block

_YEAR = r"(?:19|20)\d\d"
_YEARS = re.compile(
    rf"(?:(?<![\d-])(?P<a>{_YEAR})\s?[-–/]\s?(?P<b>{_YEAR})(?![\d-])|\b(?:de|entre|depuis|période)\s(?P<c>{_YEAR})\s(?:à|et|jusqu[’']en|jusqu[’']à)\s(?P<d>{_YEAR})\b)",
    re.IGNORECASE,
)
_DAYS = re.compile(
    rf"\bdu{S}(?:\w+{S})?(?P<d1>\d{{1,2}})(?:er)?(?:{S}(?P<m1>{MONTH}))?(?:{S}(?P<y1>{_YEAR}))?{S}au{S}(?:\w+{S})?(?P<d2>\d{{1,2}})(?:er)?{S}(?P<m2>{MONTH})(?:{S}(?P<y2>{_YEAR}))?",
    re.IGNORECASE,
)
_BARE_DAYS = re.compile(
    rf"(?<![\w,])(?P<d1>\d{{1,2}})(?:er)?(?:{S}(?P<m1>{MONTH}))?(?:{S}(?P<y1>{_YEAR}))?\s?(?:au|[-–])\s?(?P<d2>\d{{1,2}})(?:er)?{S}(?P<m2>{MONTH})(?:{S}(?P<y2>{_YEAR}))?",
    re.IGNORECASE,
)
_MONTHS = re.compile(
    rf"\b(?:entre|de)\s(?P<m1>{MONTH})(?:\s(?P<y1>{_YEAR}))?\s(?:et|à)\s(?P<m2>{MONTH})(?:\s(?P<y2>{_YEAR}))?", re.IGNORECASE
)
_LENGTH = re.compile(
    rf"(?P<n>\d+|deux|trois|quatre|cinq|six|sept|huit|dix)\s(?:ans|années)\s?\(?\s?(?P<a>{_YEAR})\s?[-–]\s?(?P<b>{_YEAR})",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    rf"\b(?:d[’']ici(?: à| fin| la fin de l[’']année)?|(?:à )?(?:l[’'])?horizon|à échéance|prévue?s?\s(?:en|pour|fin|début))\s(?P<y>{_YEAR})\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    rf"\b(?:depuis(?: {MONTH}| le \d+ {MONTH})?|(?:a|ont)\sété\s[a-zà-ÿ]+é(?:e|s|es)?\s(?:en|début|fin|le \d{{1,2}} {MONTH}|en {MONTH})|(?:créé|lancé|inauguré|adopté|signé|voté|débuté|commencé|approuvé|achevé|livré|ouvert|fondé|initié)(?:e|s|es)?\s(?:en|fin|début|dès|le \d{{1,2}} {MONTH}|en {MONTH}))\s(?P<y>{_YEAR})\b",
    re.IGNORECASE,
)
_START = rf"(?:débuté|commencé|lancé|initié|démarré|engagé|entamé|ouvert|créé|depuis son \w+|né)(?:e|s|es)?\s(?:\w+\s){{0,3}}?(?:en|dès|début|fin)\s(?:{MONTH}\s)?(?P<y1>{_YEAR})"
_END = rf"(?:achev|termin|livr|fini|clôtur|conclu|abouti|inaugur|ferm|dispar|arrêt|dissou)\w*\s(?:\w+\s){{0,4}}?(?:en|fin|début|au printemps|à l[’']automne|à l[’']été|l[’']été)\s(?:{MONTH}\s)?(?P<y2>{_YEAR})"
_START_END = re.compile(rf"\b{_START}\b(?P<between>[^.!?]{{0,120}}?)\b{_END}\b", re.IGNORECASE)
_NUMBERS = re.compile(r"(?:^|[\s(])(?P<word>de|entre|d[’'])\s?$", re.IGNORECASE)
_AND = {"de": re.compile(r"^\s?(?:à|[-–])\s$"), "d": re.compile(r"^\s?à\s$"), "entre": re.compile(r"^\s?et\s$")}
_MOVES = re.compile(
    r"\b(?:pass\w+|augment\w+|diminu\w+|baiss\w+|rédu\w+|recul\w+|tomb\w+|chut\w+|ramen\w+|descend\w+|évolu\w+|abaiss\w+)\b",
    re.IGNORECASE,
)
_NUMBER_WORDS = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "dix": 10}


def find(reading: Reading) -> Iterator[Finding]:
    year = reading.document.year
    for block in reading.document.blocks:
        if not block.has_digits:
            continue
        yield from _years(block)
        yield from _days(block)
        yield from _lengths(block)
        yield from _start_end(block)
        yield from _days_told(block, year)
        if year:
            yield from _times_told(block, year)
            yield from _ages(block, year)
        yield from _numbers(block, reading.of(block))


def _finding(block: Block, match: re.Match, why: str, severity: str) -> Finding:
    lines, written = block.lines_of(*match.span()), " ".join(match[0].split()).strip("( ")
    return Finding("order", lines, (written,), why % {"place": cite_words(written, lines[0])}, severity, block.heading)


def _years(block: Block) -> Iterator[Finding]:
    for match in _YEARS.finditer(block.text):
        first, last = int(match["a"] or match["c"]), int(match["b"] or match["d"])
        if last < first:
            yield _finding(block, match, _("%(place)s: the end comes before the start."), ERROR)


def _days(block: Block) -> Iterator[Finding]:
    seen: set[int] = set()
    for pattern in (_DAYS, _BARE_DAYS, _MONTHS):
        for match in pattern.finditer(block.text):
            if match.end() in seen:
                continue
            seen.add(match.end())
            named = match.groupdict()
            months = (month_number(named["m1"] or named["m2"]), month_number(named["m2"]))
            days = tuple(int(named.get(key) or 0) for key in ("d1", "d2"))
            ends = int(named["y2"] or 0)
            starts = int(named["y1"] or ends)
            if named["y1"] and not ends:
                continue
            over_new_year = not named["y1"] and months[0] >= 9 and months[1] <= 4 and months[0] != months[1]
            if (ends, months[1], days[1]) < (starts, months[0], days[0]) and not over_new_year:
                yield _finding(block, match, _("%(place)s: the end comes before the start."), ERROR)


def _lengths(block: Block) -> Iterator[Finding]:
    for match in _LENGTH.finditer(block.text):
        told = int(match["n"]) if match["n"].isdigit() else _NUMBER_WORDS[match["n"].lower()]
        years = int(match["b"]) - int(match["a"])
        if years > 0 and told not in (years, years + 1):
            yield _finding(block, match, _("%(place)s: the years told and the years counted differ."), WARNING)


_AGE = re.compile(
    rf"\b(?:créé|fondé|né|lancé|ouvert|inauguré)(?:e|s|es)?\sen\s(?P<y>{_YEAR})\b[^.;:]{{0,70}}?\b(?:fêt\w+|célébr\w+|a eu|existe depuis)\s(?:\w+\s)?(?P<n>\d+)\sans\b(?:[^.;:]{{0,20}}?\ben\s(?P<now>{_YEAR}))?",
    re.IGNORECASE,
)


def _ages(block: Block, year: int) -> Iterator[Finding]:
    """ "Créée en 2018, elle fête ses 10 ans en 2023"."""
    for match in _AGE.finditer(block.text):
        if abs(int(match["now"] or year) - int(match["y"]) - int(match["n"])) > 1:
            yield _finding(block, match, _("%(place)s: the years told and the years counted differ."), WARNING)


def _start_end(block: Block) -> Iterator[Finding]:
    for match in _START_END.finditer(block.text):
        if int(match["y2"]) < int(match["y1"]):
            yield _finding(block, match, _("%(place)s: the end comes before the start."), ERROR)


_OPENS = re.compile(r"\b(?:ouvert|débuté|commencé|lancé|démarré|entamé|engagé|initié|à partir|dès)\w*\b[^.;]{0,40}$", re.IGNORECASE)
_CLOSES = re.compile(r"\b(?:clo[sr]|clôtur|achev|termin|fini|ferm|pris fin|arrêt|jusqu[’'])\w*\b[^.;]{0,40}$", re.IGNORECASE)


def _days_told(block: Block, year: int | None) -> Iterator[Finding]:
    """ "ouverte le 12 mai 2023, close le 4 mars 2023"."""
    told = dates_in(block.text)
    for first, last in zip(told, told[1:], strict=False):
        between = block.text[first.end : last.start]
        if not (_OPENS.search(block.text[max(0, first.start - 60) : first.start]) and _CLOSES.search(between)) or re.search(
            r"[.;]\s", between
        ):
            continue
        opened = (first.year or last.year or year or 0, first.month, first.day)
        closed = (last.year or first.year or year or 0, last.month, last.day)
        if closed < opened:
            lines = tuple(sorted({*block.lines_of(first.start, first.end), *block.lines_of(last.start, last.end)}))
            why = _("It begins on %(first)s and ends on %(last)s: the end comes before the start.") % {
                "first": cite_words(first.written, lines[0]),
                "last": cite_words(last.written, lines[-1]),
            }
            yield Finding("order", lines, (first.written, last.written), why, ERROR, block.heading)


def _times_told(block: Block, year: int) -> Iterator[Finding]:
    """A future that is over before the year reported on, a past that is still to come."""
    for match in _FUTURE.finditer(block.text):
        if int(match["y"]) < year:
            yield _finding(block, match, _("%(place)s: told as still to come, yet before the year of the report."), WARNING)
    for match in _PAST.finditer(block.text):
        if int(match["y"]) > year + 1:
            yield _finding(block, match, _("%(place)s: told as past, yet after the year of the report."), ERROR)


def _numbers(block: Block, said: list[Quantity]) -> Iterator[Finding]:
    """ "entre 36 % et 26 %", "de 1200 à 100 personnes", "18 ans – 30 ans" reversed."""
    for first, second in zip(said, said[1:], strict=False):
        if (
            not (first.is_like(second) or not first.unit.symbol)
            or second.value >= first.value
            or first.unit.factor != second.unit.factor
            and first.unit.symbol
        ):
            continue
        before = block.text[max(0, first.start - 60) : first.start]
        word = _NUMBERS.search(before)
        between = block.text[first.end : second.start]
        is_range = bool(word) and bool(_AND[word["word"].lower().rstrip("’'")].match(between)) and not _MOVES.search(before)
        is_range |= bool(re.match(r"^\s?[-–]\s?$", between)) and bool(first.unit.symbol) and first.unit is second.unit
        if is_range and first.block is second.block and not first.is_signed:
            why = _("%(first)s to %(second)s: the range is reversed.") % {"first": cite(first, 2), "second": cite(second)}
            yield Finding("order", lines_of(first, second), values_of(first, second), why, ERROR, second.noun)
