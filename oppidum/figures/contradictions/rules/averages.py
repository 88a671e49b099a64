"""Averages that do not fit their total: per day, month or week of a year, per head, per thing counted next to it."""

import re
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from oppidum.figures.contradictions.findings import ERROR, WARNING, Finding
from oppidum.figures.contradictions.places import Reading, cite, lines_of, values_of
from oppidum.figures.contradictions.quantities import Quantity
from oppidum.figures.contradictions.reading_text import Block
from oppidum.figures.contradictions.showing import in_unit_of, in_words
from oppidum.figures.contradictions.units import COUNT, PERCENT, TIME
from oppidum.figures.contradictions.wording import stem

# How many of each a year may have: from days of opening, five a week less holidays, to all days.
_IN_A_YEAR = {
    "jour": (Decimal(200), Decimal(366)),
    "semaine": (Decimal(36), Decimal(53)),
    "mois": (Decimal(9), Decimal(12)),
    "trimestre": (Decimal(4), Decimal(4)),
    "heure": (Decimal(1400), Decimal(8784)),
}
_PER = re.compile(
    r"^(?P<noun>(?:\s[^\s.;:(),]+){0,6}?)\s(?:par|chaque|/)\s?(?P<per>jour|semaine|mois|trimestre|heure|habitants?|personnes?|[a-zà-ÿ]{4,}|an)\b",
    re.IGNORECASE,
)
_PER_SLASH = re.compile(r"^(?P<noun>(?:\s[^\s.;:(),]+){0,4}?)\s?/\s?(?P<per>jour|j|semaine|mois|an|hab|habitant)\b", re.IGNORECASE)
_MEAN_WORDS = re.compile(
    r"\b(?:soit|moyenne|moyen|représent\w+|équiva\w+|c[’']est-à-dire|correspond\w*|ce qui fait|\()", re.IGNORECASE
)
_PERIOD_ELSE = re.compile(
    r"\b(?:en|pendant|durant|sur) (?:juin|juillet|août|l[’']été|deux mois|trois mois|la saison|le mois|une semaine|\d+ jours)\b|\bsaison\w*\b",
    re.IGNORECASE,
)


def find(reading: Reading) -> Iterator[Finding]:
    people = _people(reading)
    for block in reading.document.blocks:
        said = reading.of(block)
        for place, mean in enumerate(said):
            after = block.text[mean.end : mean.end + 90]
            per = _PER.match(after) or _PER_SLASH.match(after)
            if per and per["per"].lower() in _IN_A_YEAR and place + 1 < len(said):
                yield from _check_yearly(block, mean, said[place + 1], per["per"].lower(), mean.end + per.end())
            if per and mean.unit is not PERCENT:
                yield from _check(reading, block, said, place, per, people)


def _check_yearly(block: Block, mean: Quantity, total: Quantity, name: str, at: int) -> Iterator[Finding]:
    """ "1 200 nageurs par jour, soit 50 000 par an": the mean is told first."""
    yearly = re.match(
        r"^(?:\s[^\s.;:,()]+){0,4}?\s(?:par an|chaque année|dans l[’']année|sur l[’']année|à l[’']année)\b",
        block.text[total.end : total.end + 60],
    )
    if (
        yearly
        and total.is_like(mean)
        and total.base > mean.base
        and re.fullmatch(r"[^.;:\d]{0,12}(?:soit|ou)\s(?:\w+\s){0,3}", block.text[at : total.start])
    ):
        yield from _check_calendar(total, mean, name)


def _people(reading: Reading) -> list[Quantity]:
    return [q for q in reading.quantities if q.unit is COUNT and q.noun == stem("habitants") and q.value > 1000]


def _check(
    reading: Reading, block: Block, said: list[Quantity], place: int, per: re.Match, people: list[Quantity]
) -> Iterator[Finding]:
    mean, name = said[place], per["per"].lower()
    name = {"j": "jour", "hab": "habitant"}.get(name, name.rstrip("s") if name != "mois" else name)
    start = block.sentence_of(mean.start)[0]
    totals = [
        q
        for q in said[:place]
        if q.is_like(mean) and q.start >= start and q.base > mean.base and not (q.unit is COUNT and q.noun == stem("habitants"))
    ]
    if not totals or name == "an":
        return
    if name in _IN_A_YEAR:
        total = totals[-1]
        words = block.text[total.end : mean.start]
        if _MEAN_WORDS.search(words + per[0]) and not _PERIOD_ELSE.search(block.text[start : mean.end + 40]):
            yield from _check_calendar(total, mean, name)
    elif name in ("habitant", "personne") and people and name == "habitant":
        own = [q for q in people if q.block is block and start <= q.start < mean.start]
        yield from _check_heads(totals[-1], mean, own or [q for q in people if q is not mean])
    else:
        yield from _check_counted(said[:place], start, mean, name)


def _check_calendar(total: Quantity, mean: Quantity, name: str) -> Iterator[Finding]:
    fewest, most = _IN_A_YEAR[name]
    low, high = (
        total.low * total.unit.factor / (mean.high * mean.unit.factor),
        total.high * total.unit.factor / (mean.low * mean.unit.factor),
    )
    if high >= fewest and low <= most:
        return
    units = {"jour": _("days"), "semaine": _("weeks"), "mois": _("months"), "trimestre": _("quarters"), "heure": _("hours")}[name]
    why = _("%(total)s at %(mean)s would take %(count)s %(units)s; a year has %(fewest)s to %(most)s.") % {
        "total": cite(total),
        "mean": cite(mean),
        "count": in_words(total.base / mean.base),
        "units": units,
        "fewest": fewest,
        "most": most,
    }
    yield Finding("average", lines_of(total, mean), values_of(total, mean), why, ERROR, total.noun)


def _check_heads(total: Quantity, mean: Quantity, people: list[Quantity]) -> Iterator[Finding]:
    heads = total.base / mean.base
    if any(Decimal("0.8") * q.value <= heads <= Decimal("1.25") * q.value for q in people):
        return
    nearest = min(people, key=lambda q: abs(q.value - heads))
    why = _("%(total)s at %(mean)s suppose %(heads)s inhabitants; the text tells %(people)s.") % {
        "total": cite(total),
        "mean": cite(mean),
        "heads": in_words(round(heads)),
        "people": cite(nearest),
    }
    yield Finding("average", lines_of(total, mean, nearest), values_of(total, mean, nearest), why, WARNING, total.noun)


def _check_counted(before: list[Quantity], start: int, mean: Quantity, name: str) -> Iterator[Finding]:
    """ "7 092 474 km en 2 197 135 trajets, soit 3,2 km par trajet"."""
    counted = [q for q in before if q.start >= start and q.unit is COUNT and q.noun == stem(name) and q.value > 1]
    totals = [q for q in before if q.start >= start and q.is_like(mean) and q not in counted and q.base > mean.base]
    if not counted or not totals or mean.unit.dimension in TIME:
        return
    for total in totals:
        low = total.low * total.unit.factor / counted[-1].high
        high = total.high * total.unit.factor / counted[-1].low
        if low <= mean.high * mean.unit.factor and mean.low * mean.unit.factor <= high:
            return
    total = totals[-1]
    why = _("%(total)s for %(count)s make %(exact)s each, and not %(mean)s.") % {
        "total": cite(total),
        "count": cite(counted[-1]),
        "exact": in_unit_of(total.base / counted[-1].value, mean.unit),
        "mean": cite(mean),
    }
    yield Finding("average", lines_of(total, counted[-1], mean), values_of(total, counted[-1], mean), why, ERROR, total.noun)
