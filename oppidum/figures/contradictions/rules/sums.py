"""Parts that do not sum to their whole, and parts greater than it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from oppidum.figures.contradictions.findings import ERROR, NOTICE, WARNING, Finding
from oppidum.figures.contradictions.places import Reading, cite, lines_of, values_of
from oppidum.figures.contradictions.quantities import Quantity
from oppidum.figures.contradictions.reading_text import Block
from oppidum.figures.contradictions.showing import in_unit_of
from oppidum.figures.contradictions.units import PERCENT, TIME

# Parts told with "dont" may leave something out; from this share on they are taken to tell all.
NEARLY_ALL = 0.8
_WORDS = r"(?:\s[^\s.:;()]+){0,9}?"
_COLON_AFTER = re.compile(rf"^{_WORDS}\s*(?:\([^()]*\)\s*)?:\s*$")
_SPLIT_AFTER = re.compile(
    rf"^{_WORDS}\s(?:réparti\w*|répartissant|ventilé\w*|composé\w*|décompos\w+|constitué\w*|parmi lesquel\w+|comprenant|à savoir|c[’']est-à-dire)\b[^.;:\d]{{0,30}}:?\s*$",
    re.IGNORECASE,
)
_OF_WHICH = re.compile(r"^[^.;:\d(]{0,80}[\s,(]dont\b\s?:?(?:\s(?:plus|près|environ|de|d[’']|les?|la)\b)*\s*$", re.IGNORECASE)
_EQUAL_TO = re.compile(r"^[^.;:\d()]{0,60},\ssoit\s$", re.IGNORECASE)
_BARE_SPLIT = re.compile(r"^(?:\s[\w’'-]+){1,3},\s*$")
_BETWEEN_PARTS = re.compile(
    r"(?:,|;|\bet|\bainsi que|\bplus|\+)(?:\s(?:et|les?|enfin|puis|un total de|de|plus))*\s*$", re.IGNORECASE
)
_NO_PART = re.compile(r"[.:!?]\s|\b(?:dont|soit|contre)\b|\bpour\s*$|\d|[()]", re.IGNORECASE)
_PLACE_AFTER = re.compile(r"^\s(?:au|aux|à|en|de |dans|pour|sur|par|chez|du|des)\b|^\sd[’']", re.IGNORECASE)
_NAMED_TOO = re.compile(
    r"\b(?:ainsi que|et|,)\s(?P<names>(?:la|le|les|l[’'])\s?[A-ZÀ-Ÿ][\w-]+(?:\s(?:et|,)\s(?:la|le|l[’'])\s?[A-ZÀ-Ÿ][\w-]+)*)\s*[.;)]"
)


@dataclass
class Split:
    """A whole and its parts. `is_whole_told`: the parts are said to be all."""

    whole: Quantity
    parts: list[Quantity]
    is_whole_told: bool
    named: int = 0


def find(reading: Reading) -> Iterator[Finding]:
    for block in reading.document.blocks:
        said = reading.of(block)
        for place, whole in enumerate(said):
            if split := _split_of(reading, block, said, place):
                yield from _check(split)
            elif len(said) == place + 1:
                yield from _check_items(reading, block, whole)
            yield from _check_total(block, said, place)
        yield from _check_hundred(reading, block, said)


def _split_of(reading: Reading, block: Block, said: list[Quantity], place: int) -> Split | None:
    """The parts that follow a whole in its own sentence."""
    whole, rest = said[place], said[place + 1 :]
    if whole.unit.dimension in TIME or not rest:
        return None
    between = block.text[whole.end : rest[0].start]
    if rest[0].unit.dimension != whole.unit.dimension:
        return None
    kind = _kind_of_split(between, block.text, rest[0])
    if kind is None:
        return None
    parts = _parts(block, rest, whole)
    if len(parts) < 2 and kind != "dont":
        return None
    if kind == "soit" and not _nearly(whole, parts):
        return None
    if kind == "bare" and not all(_PLACE_AFTER.match(block.text[p.end : p.end + 6]) for p in parts):
        last = block.text[parts[-1].end : parts[-1].end + 8]
        if not (len(parts) > 2 and last.startswith(" autres")) or place:
            return None
    return Split(whole, parts, kind != "dont" or "dont :" in between or "dont:" in between, _named_too(block.text, parts[-1]))


def _nearly(whole: Quantity, parts: list[Quantity]) -> bool:
    """Whether the parts come near the whole: "34 communes, soit 900 agents" tells another thing."""
    total = sum(part.base for part in parts)
    return bool(whole.base) and abs(total - whole.base) <= whole.base * type(total)("0.35")


def _kind_of_split(between: str, text: str, first: Quantity) -> str | None:
    if _OF_WHICH.match(between):
        return "dont"
    if _COLON_AFTER.match(between):
        return "colon"
    if _SPLIT_AFTER.match(between):
        return "split"
    if _EQUAL_TO.match(between):
        return "soit"
    if _BARE_SPLIT.match(between):
        return "bare"
    if re.match(r"^[^.;:()]{0,60}\($", between):
        closed = text.find(")", first.start)
        return "paren" if closed > 0 and re.search(r"\bet\b|,", text[first.end : closed]) else None
    return None


def _parts(block: Block, rest: list[Quantity], whole: Quantity) -> list[Quantity]:
    """The quantities of an enumeration, up to the first that is no part of it."""
    parts = [rest[0]]
    for place, one in enumerate(rest[1:], 1):
        between = block.text[parts[-1].end : one.start]
        if between.count("(") > between.count(")"):
            continue
        own = block.text[one.end : rest[place + 1].start] if place + 1 < len(rest) else ""
        if (
            one.unit.dimension != whole.unit.dimension
            or not _joins(between)
            or len(parts) >= 12
            or ("(" not in own and _OF_WHICH.match(own))
        ):
            break
        parts.append(one)
    return parts


def _joins(between: str) -> bool:
    """Whether the words between two numbers make them neighbours in an enumeration."""
    bare = re.sub(r"\([^()]*\)|[^\W\d]\d\w*", "", between)
    return len(bare) < 110 and bool(_BETWEEN_PARTS.search(bare)) and not _NO_PART.search(bare)


def _named_too(text: str, last: Quantity) -> int:
    """Parts told by name alone behind the last number: "ainsi que la Régie et la Société"."""
    match = _NAMED_TOO.search(text[last.end : last.end + 80])
    return len(re.findall(r"(?:la|le|l[’'])\s?[A-ZÀ-Ÿ]", match["names"])) if match else 0


def _check(split: Split) -> Iterator[Finding]:
    whole, parts = split.whole, split.parts
    low = sum(p.low * p.unit.factor for p in parts) + split.named
    high = sum(p.high * p.unit.factor for p in parts) + split.named
    least, most = whole.low * whole.unit.factor, whole.high * whole.unit.factor
    total = sum(p.base for p in parts) + split.named
    if low > most:
        greater = next((p for p in parts if p.low * p.unit.factor > most), None)
        yield _too_great(whole, greater) if greater and not split.is_whole_told else _wrong_sum(split, total, ERROR)
    elif high < least and split.is_whole_told:
        yield _wrong_sum(split, total, ERROR if len(parts) > 1 else WARNING)
    elif high < least and len(parts) > 1 and total >= whole.base * type(total)(str(NEARLY_ALL)):
        yield _wrong_sum(split, total, NOTICE)


def _too_great(whole: Quantity, part: Quantity) -> Finding:
    why = _("%(part)s is told to be a part of %(whole)s, yet it is greater.") % {"part": cite(part), "whole": cite(whole)}
    return Finding("sum", lines_of(whole, part), values_of(whole, part), why, ERROR, whole.noun)


def _wrong_sum(split: Split, total, severity: str) -> Finding:
    whole, parts = split.whole, split.parts
    why = _("%(parts)s make %(total)s together, and the whole is told to be %(whole)s.") % {
        "parts": ", ".join(cite(part, 3) for part in parts),
        "total": in_unit_of(total, whole.unit),
        "whole": cite(whole),
    }
    return Finding("sum", lines_of(whole, *parts), values_of(whole, *parts), why, severity, whole.noun)


_TOTAL_BEFORE = re.compile(
    r"(?:,|\s)(?:soit|pour|ce qui fait|faisant)\s(?:donc\s)?(?P<told>un total de\s|au total\s|en tout\s)?$", re.IGNORECASE
)
_TOTAL_AFTER = re.compile(r"^[^.;:]{0,40}?\b(?:au total|en tout)\b", re.IGNORECASE)


def _check_total(block: Block, said: list[Quantity], place: int) -> Iterator[Finding]:
    """ "249 bancs et 401 chaises, soit 650 assises au total": the whole is told last."""
    whole = said[place]
    if place < 2 or whole.unit.dimension in TIME or whole.unit is PERCENT:
        return
    between = block.text[said[place - 1].end : whole.start]
    told = _TOTAL_BEFORE.search(between)
    if not told or re.search(r"[.;:!?]\s", between):
        return
    parts: list[Quantity] = [said[place - 1]]
    for one in reversed(said[: place - 1]):
        if one.unit.dimension != whole.unit.dimension or not _joins(block.text[one.end : parts[0].start]):
            break
        parts.insert(0, one)
    alike = whole.noun and all(part.noun == whole.noun for part in parts)
    is_total = told["told"] or _TOTAL_AFTER.match(block.text[whole.end :]) or alike
    if len(parts) > 1 and is_total and parts[-1].unit.dimension == whole.unit.dimension:
        yield from _check(Split(whole, parts, True))


def _check_items(reading: Reading, block: Block, whole: Quantity) -> Iterator[Finding]:
    """The whole is the last number of an announcement; each item behind it begins with, or tells, its part."""
    if not block.text.rstrip().endswith(":") or whole.unit.dimension in TIME or whole.unit is PERCENT:
        return
    items = reading.items_after(block)
    parts = [_part_of_item(reading, item, whole) for item in items]
    if len(items) < 2 or not all(parts):
        return
    yield from _check(Split(whole, parts, True))


def _part_of_item(reading: Reading, item: Block, whole: Quantity) -> Quantity | None:
    said = [q for q in reading.of(item) if q.unit.dimension == whole.unit.dimension]
    leading = [q for q in said if re.fullmatch(r"\W*(?:et|puis|un total de|dont)?\s*", item.text[: q.start], re.IGNORECASE)]
    if leading:
        return leading[0]
    return said[0] if len(said) == 1 and whole.unit.symbol else None


def _follows(gap: str) -> bool:
    """Whether the words between two percentages belong to one enumeration, the names told before or behind the numbers."""
    return (
        len(gap) < 110
        and bool(re.search(r",|;|\bet\b|\bainsi que\b", gap))
        and not re.search(r"[.:!?]\s|\b(?:dont|soit|contre)\b", gap)
    )


_WHOLE_OF_SHARES = re.compile(
    r"\b(?:sur l[’']ensemble|se répart\w+|réparti\w*|répartition|ventil\w+|se décompos\w+|total de ces|parts?)\b", re.IGNORECASE
)


def _check_hundred(reading: Reading, block: Block, said: list[Quantity]) -> Iterator[Finding]:
    """Shares told one after the other must make a hundred."""
    items = reading.items_after(block)
    is_told = bool(_WHOLE_OF_SHARES.search(block.text[-160:]))
    shares: list[Quantity] = []
    if len(items) > 1 and block.text.rstrip().endswith(":"):
        first = [next(iter(reading.of(item)), None) for item in items]
        shares = [q for q in first if q is not None and q.unit is PERCENT and q.start < 12 and not q.is_signed]
        if len(shares) != len(items):
            return
        yield from _unless_hundred(shares, is_told, block)
        return
    for start, end in block.sentences():
        inside = [q for q in said if start <= q.start < end]
        shares = [q for q in inside if q.unit is PERCENT and not q.is_signed]
        gaps = [block.text[a.end : b.start].strip("() ").replace("(", "") + " " for a, b in zip(shares, shares[1:], strict=False)]
        if len(shares) > 2 and len(shares) == len(inside) and all(_follows(gap) for gap in gaps):
            yield from _unless_hundred(shares, bool(_WHOLE_OF_SHARES.search(block.text[start:end])), block)


def _unless_hundred(shares: list[Quantity], is_told: bool, block: Block) -> Iterator[Finding]:
    low, high, total = sum(q.low for q in shares), sum(q.high for q in shares), sum(q.value for q in shares)
    if low <= 100 <= high or not (is_told or 85 <= total <= 130) or total < 60:
        return
    why = _("%(shares)s make %(total)s %% together, and not 100 %%.") % {
        "shares": ", ".join(cite(q, 3) for q in shares),
        "total": in_unit_of(total, PERCENT).removesuffix("%").strip(),
    }
    yield Finding("sum", lines_of(*shares), values_of(*shares), why, ERROR if is_told else WARNING, block.text[-60:])
