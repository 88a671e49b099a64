"""Percentages of a count that do not follow from it, shares over a hundred, and "X sur Y" with X greater than Y."""

import re
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from oppidum.figures.contradictions.findings import ERROR, NOTICE, WARNING, Finding
from oppidum.figures.contradictions.places import Reading, cite, lines_of, values_of
from oppidum.figures.contradictions.quantities import Quantity
from oppidum.figures.contradictions.reading_text import Block
from oppidum.figures.contradictions.showing import in_words
from oppidum.figures.contradictions.units import COUNT, PERCENT, TIME
from oppidum.figures.contradictions.wording import stems

# Percentages of growth, of filling and of price may pass a hundred.
MAY_PASS = re.compile(
    r"\b(?:augment\w+|hauss\w+|progress\w+|cro[iî]\w+|accro\w+|hausse|bond\w*|gain\w*|multipli\w+|hausse|plus|supplémentaires?|évolu\w+|dépass\w+|"
    r"remplissage|rendement|dynami\w+|invers\w+|surcharge|capacité|\+|renchéri\w*|inflation)\b|\+\s?$",
    re.IGNORECASE,
)
FALLS = re.compile(r"\b(?:baiss\w+|diminu\w+|rédu\w+|recul\w*|chut\w+|repli\w*|décru\w*)\b", re.IGNORECASE)
_OF = re.compile(
    r"^(?:\s[^\s.;:()]+){0,6}?\ssur\s(?:un total de\s|plus de\s|près de\s|environ\s|les\s|l[’']ensemble des\s|quelque\s)?$",
    re.IGNORECASE,
)
_NO_NOUN = re.compile(r"^(?:[,.;)]|\s(?:du|des|que|qui)\s)")
_OF_THESE = (" des ", " de ces ", " des quelque ", " des plus de ")
_STAND = re.compile(r"^\s(?:sont|ont|étaient|avaient|seront|restent|d[’']entre)\b", re.IGNORECASE)
_NOT_A_SHARE = re.compile(
    r"^\s?(?:ans|mois|jours|communes? de|sites?|km|territoires|secteurs|périmètres|pays|bassins|départements|années|prochain\w+|dernier\w*|dernière\w*)\b",
    re.IGNORECASE,
)
_EQUALS = re.compile(
    r"(?:,\s?|\(|\s)(?:soit|représentant|c[’']est-à-dire|équivalant à|correspondant à)\b[^\d.;]{0,36}$|^(?:\s[^\s.;:()]+){0,4}\s?\(\s?(?:soit\s)?(?:environ\s|près de\s|plus de\s)?$",
    re.IGNORECASE,
)


def find(reading: Reading) -> Iterator[Finding]:
    for block in reading.document.blocks:
        said = reading.of(block)
        yield from _check_over_hundred(block, said)
        pairs = _pairs(block, said)
        for part, whole in pairs:
            if part.low * part.unit.factor > whole.high * whole.unit.factor:
                why = _("%(part)s is told to be out of %(whole)s, yet it is greater.") % {"part": cite(part), "whole": cite(whole)}
                yield Finding("share", lines_of(part, whole), values_of(part, whole), why, ERROR, part.noun)
        yield from _check_rest(block, said, pairs)
        yield from _check_fractions(block, said)
        for share in said:
            if share.unit is PERCENT:
                yield from _check_share(reading, block, said, share, pairs)


def _pairs(block: Block, said: list[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """(part, whole) of each "X sur Y" or "sur Y ..., X"."""
    found = []
    for first, second in zip(said, said[1:], strict=False):
        if not first.is_like(second) or first.unit.dimension in TIME or first.unit is PERCENT:
            continue
        between = block.text[first.end : second.start]
        if (_OF.match(between) or between in _OF_THESE) and not _NOT_A_SHARE.match(block.text[second.end : second.end + 20]):
            stands = _STAND.match(block.text[second.end : second.end + 16]) or _NO_NOUN.match(
                block.text[second.end : second.end + 8]
            )
            differ = not stands and second.noun and first.noun and second.noun != first.noun and "total" not in between
            if not (differ and second.noun not in first.after):
                found.append((first, second))
        elif _is_told_first(block, first, second, between):
            found.append((second, first))
    return found


def _is_told_first(block: Block, whole: Quantity, part: Quantity, between: str) -> bool:
    """ "sur 28 opérations, 15 sont prêtes"."""
    announced = re.search(r"(?:^|\W)sur\s(?:un total de |les |)$", block.text[: whole.start][-16:], re.IGNORECASE)
    close = re.match(r"^[^.;:]{0,60},\s+$", between)
    return bool(announced and close and _STAND.match(block.text[part.end : part.end + 16]))


def _check_rest(block: Block, said: list[Quantity], pairs: list[tuple[Quantity, Quantity]]) -> Iterator[Finding]:
    """ "Sur 50 dossiers, 18 ont été retenus et 42 rejetés": together they are no more than all."""
    for part, whole in pairs:
        after = [q for q in said if q.start > part.end and q.is_like(part)][:1]
        if part.start < whole.start or not after or part.unit is not COUNT:
            continue
        between = block.text[part.end : after[0].start]
        if (
            re.fullmatch(r"[^.;:\d]{0,60}\set\s", between)
            and after[0].is_exact_count
            and part.value + after[0].value > whole.value >= part.value
        ):
            if not _STAND.match(block.text[part.end : part.end + 16]) or stems(block.text[after[0].end : after[0].end + 30])[
                :1
            ] == [whole.noun]:
                continue
            why = _("%(one)s and %(other)s are more than %(whole)s.") % {
                "one": cite(part),
                "other": cite(after[0]),
                "whole": cite(whole),
            }
            yield Finding("sum", lines_of(part, after[0], whole), values_of(part, after[0], whole), why, WARNING, whole.noun)


_FRACTION = re.compile(
    r"\b(?P<name>moitié|deux tiers|tiers|trois quarts|quart|trois cinquièmes|cinquième|dixième)\s(?:des?|d[’']|sur les)\s?(?:ces\s)?$",
    re.IGNORECASE,
)
_FRACTIONS = {
    "moitié": 50,
    "tiers": 33,
    "deux tiers": 67,
    "quart": 25,
    "trois quarts": 75,
    "cinquième": 20,
    "trois cinquièmes": 60,
    "dixième": 10,
}
# A fraction told in words is told roundly.
ROUNDLY = Decimal(6)


def _check_fractions(block: Block, said: list[Quantity]) -> Iterator[Finding]:
    """ "La moitié des 80 bus, soit 30 bus"."""
    for whole, part in zip(said, said[1:], strict=False):
        fraction = _FRACTION.search(block.text[max(0, whole.start - 30) : whole.start])
        if not fraction or not whole.is_like(part) or not whole.base or not _EQUALS.search(block.text[whole.end : part.start]):
            continue
        exact = part.base / whole.base * 100
        if abs(exact - _FRACTIONS[fraction["name"].lower()]) > ROUNDLY:
            why = _("%(part)s out of %(whole)s make %(exact)s %%, and not “%(told)s”.") % {
                "part": cite(part),
                "whole": cite(whole),
                "exact": in_words(exact),
                "told": fraction["name"],
            }
            yield Finding("share", lines_of(part, whole), values_of(part, whole), why, WARNING, part.noun)


def _check_over_hundred(block: Block, said: list[Quantity]) -> Iterator[Finding]:
    for share in said:
        if share.unit is not PERCENT or abs(share.value) <= 100:
            continue
        first, last = block.sentence_of(share.start)
        before, after = block.text[first : share.start], block.text[share.end : min(last, share.end + 60)]
        near = before[-90:]
        if FALLS.search(near[-60:]) or (share.value < 0):
            why = _("%(place)s: nothing falls by more than 100 %%.") % {"place": cite(share)}
        elif MAY_PASS.search(near) or share.is_signed or MAY_PASS.search(after[:30]):
            continue
        else:
            why = _("%(place)s: a share can't pass 100 %%.") % {"place": cite(share)}
        yield Finding("share", share.lines, (share.written,), why, ERROR, " ".join(share.after[:4]))


def _check_share(reading: Reading, block: Block, said: list[Quantity], share: Quantity, pairs) -> Iterator[Finding]:
    """A percentage next to the counts that it comes from."""
    near = [
        pair
        for pair in pairs
        if abs(pair[0].start - share.start) < 160 and block.sentence_of(pair[0].start) == block.sentence_of(share.start)
    ]
    place = said.index(share)
    if (
        MAY_PASS.search(block.text[max(0, share.start - 40) : share.start])
        or FALLS.search(block.text[max(0, share.start - 40) : share.start])
        or share.is_signed
    ):
        return
    if len(near) == 1 and _belongs(block, share, near[0]):
        yield from _compare(share, near[0][0], [near[0][1]])
        return
    if near or not place:
        return
    part = said[place - 1]
    if part.unit is PERCENT or part.unit.dimension in TIME or not _EQUALS.search(block.text[part.end : share.start]):
        return
    wholes = [q for q in _candidates(reading, block, part) if q.is_like(part) and q.base >= part.base and q is not part]
    if wholes:
        yield from _compare(share, part, wholes[:4])


def _belongs(block: Block, share: Quantity, pair: tuple[Quantity, Quantity]) -> bool:
    """Whether "75 % ..., soit 240 sur 321" or "240 sur 321 (75 %)" ties the percentage to the pair."""
    first, last = sorted((share, *pair), key=lambda q: q.start)[0], max((share, *pair), key=lambda q: q.end)
    words = block.text[first.start : last.end]
    return bool(re.search(r"\bsoit\b|\(|\breprésent|\bc[’']est|\b=", words)) and words.count(". ") == 0


def _candidates(reading: Reading, block: Block, part: Quantity) -> list[Quantity]:
    """The wholes that a part may be of: told before it, the announcement of its list included, nearest first."""
    own = [q for q in reversed(reading.of(block)) if q.end <= part.start]
    above: list[Quantity] = []
    for one in reversed(reading.document.blocks[max(0, block.index - 6) : block.index]):
        if one.kind != "item":
            above += [q for q in reversed(reading.of(one)) if q.noun]
            break
    return [q for q in own + above if q.unit is COUNT or q.unit.symbol]


def _compare(share: Quantity, part: Quantity, wholes: list[Quantity]) -> Iterator[Finding]:
    """Silent if the percentage follows from the part and any of the wholes, within what the words allow."""
    best = None
    for whole in wholes:
        if not whole.base:
            continue
        low, high = (
            part.low * part.unit.factor / (whole.high * whole.unit.factor) * 100,
            part.high * part.unit.factor / max(whole.low * whole.unit.factor, Decimal("0.001")) * 100,
        )
        exact = part.base / whole.base * 100
        if share.low <= high and low <= share.high:
            if (
                part.precision == whole.precision == share.precision == "exact"
                and not share.low <= exact <= share.high
                and part.unit is COUNT
            ):
                best = best or (whole, exact)
                continue
            return
        if best is None or abs(exact - share.value) < abs(best[1] - share.value):
            best = (whole, exact)
    if best is None:
        return
    whole, exact = best
    slight = abs(exact - share.value) < Decimal("0.6")
    why = _("%(part)s out of %(whole)s make %(exact)s %%, and not %(share)s.") % {
        "part": cite(part),
        "whole": cite(whole),
        "exact": in_words(exact),
        "share": cite(share),
    }
    severity = NOTICE if slight else ERROR if len(wholes) == 1 else WARNING
    yield Finding("share", lines_of(share, part, whole), values_of(share, part, whole), why, severity, part.noun)
