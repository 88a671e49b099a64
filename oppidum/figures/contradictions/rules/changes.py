"""Changes that do not follow from the two values: "568 979 prêts, contre 526 027 en 2022, soit +8,2 %"."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from oppidum.figures.contradictions.findings import ERROR, NOTICE, WARNING, Finding
from oppidum.figures.contradictions.places import Reading, cite, lines_of, values_of
from oppidum.figures.contradictions.quantities import Quantity
from oppidum.figures.contradictions.reading_text import Block
from oppidum.figures.contradictions.rules.shares import FALLS
from oppidum.figures.contradictions.showing import in_unit_of, in_words
from oppidum.figures.contradictions.units import COUNT, PERCENT, TIME

RISES = re.compile(
    r"\b(?:augment\w+|hauss\w+|progress\w+|croissance|accro\w+|bond\w*|gain\w*|supplémentaires?|en plus|de plus)\b|\+\s?$",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:contre|au lieu de|face à|après|comparée?s? à|par rapport (?:à|aux))\s(?:\w+\s){0,2}?$|\bpar rapport (?:à|au|aux)\s[^.;:]{0,24}\(\s?$|\bétai\w+\s(?:de\s)?$|\ben (?:19|20)\d\d\s?:\s?$",
    re.IGNORECASE,
)
_FROM_TO = re.compile(r"\bde\s$", re.IGNORECASE)
_TO = re.compile(r"^[^.;:]{0,50}?\sà\s(?:plus de |près de |environ )?$")
_PASSES = re.compile(
    r"\b(?:pass\w+|augment\w+|progress\w+|hauss\w+|baiss\w+|diminu\w+|recul\w+|rédu\w+|évolu\w+|grimp\w+|mont\w+|tomb\w+|chut\w+)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\b(?:x\s?(?P<by>\d+(?:,\d+)?)|(?P<word>doubl\w+|deux fois (?:plus|moins)|tripl\w+|trois fois plus|quadrupl\w+|quatre fois plus))",
    re.IGNORECASE,
)
_FACTORS = {"doubl": 2, "deux": 2, "tripl": 3, "trois": 3, "quadr": 4, "quatr": 4}


def find(reading: Reading) -> Iterator[Finding]:
    for block in reading.document.blocks:
        said = reading.of(block)
        for place, now in enumerate(said):
            if now.unit is PERCENT or now.unit.dimension in TIME:
                continue
            pair = _pair(block, said, place)
            if pair:
                yield from _check_pair(block, said, *pair)
            else:
                yield from _check_difference(reading, block, said, place)


def _pair(block: Block, said: list[Quantity], place: int) -> tuple[Quantity, Quantity] | None:
    """(now, before) of "A contre B" and of "passe de B à A"."""
    first = said[place]
    rest = [q for q in said[place + 1 : place + 3] if q.unit is not PERCENT]
    if rest and first.unit is COUNT and _TO.match(block.text[first.end : rest[0].start]):
        first = replace(first, unit=rest[0].unit)
    if not rest or not first.is_like(rest[0]) or block.sentence_of(first.start) != block.sentence_of(rest[0].start):
        return None
    second = rest[0]
    between = block.text[first.end : second.start]
    if _AGAINST.search(between) and len(between) < 190:
        return first, second
    before = block.text[max(0, first.start - 70) : first.start]
    if _FROM_TO.search(before) and _TO.match(between) and _PASSES.search(before):
        return second, first
    return None


def _check_pair(block: Block, said: list[Quantity], now: Quantity, before: Quantity) -> Iterator[Finding]:
    start = block.sentence_of(now.start)[0]
    end = block.sentence_of(before.end)[1]
    following = min((q.start for q in said if q.start > max(now.end, before.end) and q.unit is not PERCENT), default=end)
    changes = [q for q in said if q.unit is PERCENT and start <= q.start < min(end, max(following, before.end))]
    span = block.text[start:end]
    if len(changes) == 1:
        yield from _check_percent(block, now, before, changes[0])
    elif not changes and (times := _TIMES.search(span)):
        yield from _check_times(block, now, before, times, start)
    if not changes:
        yield from _check_direction(now, before, span)


def direction_of(words: str) -> int:
    """1 where the words tell a rise, -1 a fall, 0 neither or both."""
    up, down = bool(RISES.search(words)), bool(FALLS.search(words))
    return (up and not down) - (down and not up)


def _check_percent(block: Block, now: Quantity, before: Quantity, change: Quantity) -> Iterator[Finding]:
    if not before.base:
        return
    words = block.text[max(0, change.start - 60) : change.start] + block.text[change.end : change.end + 12]
    towards = -1 if change.value < 0 else direction_of(words) or (1 if now.base >= before.base else -1)
    told = abs(change.value) * towards
    exact = (now.base - before.base) / before.base * 100
    least = (now.low * now.unit.factor / (before.high * before.unit.factor) - 1) * 100
    most = (now.high * now.unit.factor / max(before.low * before.unit.factor, Decimal("0.001")) - 1) * 100
    half = (change.high - change.low) / 2
    precise = now.precision == before.precision == "exact" and change.precision == "exact"
    if (
        told - half <= exact <= told + half
        or (not precise or half > Decimal("0.2"))
        and least <= told + half
        and told - half <= most
    ):
        return
    slight = abs(exact - told) <= Decimal("0.05")
    why = _("From %(before)s to %(now)s the change is %(exact)s %%, and not %(told)s.") % {
        "before": cite(before),
        "now": cite(now),
        "exact": f"{'+' if exact > 0 else ''}{in_words(exact)}",
        "told": cite(change),
    }
    yield Finding(
        "change", lines_of(now, before, change), values_of(change, now, before), why, NOTICE if slight else ERROR, now.noun
    )


def _check_times(block: Block, now: Quantity, before: Quantity, times: re.Match, start: int) -> Iterator[Finding]:
    factor = Decimal(times["by"].replace(",", ".")) if times["by"] else Decimal(_FACTORS[times["word"][:5].lower().strip()])
    if "moins" in times[0]:
        factor = 1 / factor
    exact = now.base / before.base if before.base else factor
    if Decimal("0.85") * factor <= exact <= Decimal("1.2") * factor:
        return
    why = _("From %(before)s to %(now)s it is %(exact)s times, and not “%(told)s”.") % {
        "before": cite(before),
        "now": cite(now),
        "exact": in_words(exact),
        "told": times[0],
    }
    yield Finding("change", lines_of(now, before), (times[0], *values_of(now, before)), why, WARNING, now.noun)


def _check_direction(now: Quantity, before: Quantity, span: str) -> Iterator[Finding]:
    towards = direction_of(span)
    if not towards or (now.base - before.base) * towards >= 0 or now.agrees(before):
        return
    told = _("a rise") if towards > 0 else _("a fall")
    why = _("The text tells %(told)s from %(before)s to %(now)s; it is the contrary.") % {
        "told": told,
        "before": cite(before),
        "now": cite(now),
    }
    yield Finding("change", lines_of(now, before), values_of(now, before), why, WARNING, now.noun)


_BY_PERCENT = re.compile(r"\bsoit\b|\(|augment|hausse|progress|baisse|diminu|recul|évolution", re.IGNORECASE)


def _check_difference(reading: Reading, block: Block, said: list[Quantity], place: int) -> Iterator[Finding]:
    """ "17,1K abonnés, +14 % avec +2151" and "475 abonnés, soit une augmentation de 233"; "-6,25 %, soit 76 007 tonnes de moins"."""
    now = said[place]
    end = block.sentence_of(now.start)[1]
    rest = [q for q in said[place + 1 : place + 3] if q.end <= end]
    if (
        len(rest) == 2
        and rest[0].unit is PERCENT
        and rest[1].is_signed
        and rest[1].is_like(now)
        and _BY_PERCENT.search(block.text[now.end : rest[0].start])
    ):
        yield from _check_added(now, rest[1], rest[0])
    elif (
        rest
        and rest[0].is_like(now)
        and re.search(r"(?:augmentation|hausse|progression|gain) (?:totale? )?de\s\+?$", block.text[now.end : rest[0].start])
    ) and rest[0].low * rest[0].unit.factor > now.high * now.unit.factor:
        why = _("%(part)s is more than the whole that it is said to have raised: %(now)s.") % {
            "part": cite(rest[0]),
            "now": cite(now),
        }
        yield Finding("change", lines_of(now, rest[0]), values_of(now, rest[0]), why, ERROR, now.noun)
    before = said[place - 1] if place else None
    if (
        before
        and before.unit is PERCENT
        and re.search(r"\b(?:de (?:moins|plus)(?! d[e’\'])|supplémentaires?)\b", block.text[now.end : now.end + 30])
    ) and re.search(r"soit\s(?:\w+\s){0,2}$", block.text[before.end : now.start]):
        yield from _check_lost(reading, block, now, before)


def _check_added(now: Quantity, added: Quantity, change: Quantity) -> Iterator[Finding]:
    base = now.base - added.base
    if base <= 0:
        return
    exact = added.base / base * 100
    low, high = (
        added.base / (now.high * now.unit.factor - added.base) * 100,
        added.base / max(now.low * now.unit.factor - added.base, Decimal(1)) * 100,
    )
    half = (change.high - change.low) / 2 + Decimal("0.5")
    if low - half <= abs(change.value) <= high + half:
        return
    why = _("%(added)s on the way to %(now)s make %(exact)s %%, and not %(told)s.") % {
        "added": cite(added, 2),
        "now": cite(now, 2),
        "exact": in_words(exact),
        "told": cite(change, 2),
    }
    yield Finding("change", lines_of(now, added, change), values_of(change, now, added), why, WARNING, now.noun)


def _check_lost(reading: Reading, block: Block, difference: Quantity, change: Quantity) -> Iterator[Finding]:
    """The percentage and the difference give the value before; the value now is among those told just above."""
    if not change.value:
        return
    falls = change.value < 0 or "moins" in block.text[difference.end : difference.end + 20]
    base = difference.base / abs(change.value) * 100
    expected = base - difference.base if falls else base + difference.base
    above = [q for one in reading.document.blocks[max(0, block.index - 3) : block.index + 1] for q in reading.of(one)]
    told = [q for q in above if q.is_like(difference) and q.base > difference.base and q is not difference]
    if not told or any(abs(q.base - expected) <= expected * Decimal("0.012") for q in told):
        return
    nearest = min(told, key=lambda q: abs(q.base - expected))
    why = _("%(change)s for %(difference)s suppose %(expected)s, and not %(told)s.") % {
        "change": cite(change, 2),
        "difference": cite(difference),
        "expected": in_unit_of(expected, difference.unit),
        "told": cite(nearest),
    }
    yield Finding(
        "change", lines_of(change, difference, nearest), values_of(change, difference, nearest), why, WARNING, difference.noun
    )
