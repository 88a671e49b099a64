"""Quantities of a text: a value with its unit, how exactly it is told, what is counted, and where it stands."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from oppidum.figures.contradictions.dates import MONTH, dates_in
from oppidum.figures.contradictions.numbers import (
    ABOUT_AFTER,
    ABOUT_PATTERN,
    DIGITS,
    MAGNITUDES,
    PRECISION_BEFORE,
    SPACE,
    WORDS_PATTERN,
    bounds,
    read_digits,
    read_words,
)
from oppidum.figures.contradictions.reading_text import Block, Document
from oppidum.figures.contradictions.units import COUNT, Unit, match_unit
from oppidum.figures.contradictions.wording import stems

_NUMBER = re.compile(
    rf"(?<![\w./°-])(?<!\d,)(?P<digits>{DIGITS})"
    rf"(?:{SPACE}?(?P<magnitude>milliards?|millions?|milliers)(?!\w)|{SPACE}?(?P<money>Mds?|M|[kK])(?={SPACE}?€)|(?P<glued>[MKk])(?![\w€]))?",
)
_SPELLED = re.compile(
    rf"(?<![\w-])(?P<words>{WORDS_PATTERN}|{ABOUT_PATTERN})(?:{SPACE}(?P<magnitude>milliards?|millions?)(?!\w))?", re.IGNORECASE
)
_SPELLED_HINT = re.compile(r"deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|ze\b|vingt|ante\b|cent|aine|mille", re.IGNORECASE)
_YEAR_BEFORE = re.compile(
    rf"(?:\b(?:en|depuis|année|années|an|fin|début|courant|horizon|ici|ici à|été|de|du|et|à|au|dès|automne|hiver|printemps|avant|après|vers|{MONTH}|jeux|jo|loi|budget|exercice|édition|bilan|tarifs)[ ’']?|[-–/]|’)\s*$",
    re.IGNORECASE,
)
_REFERENCE_BEFORE = re.compile(
    r"(?:\b(?:n°|nº|numéros?|phases?|lignes?|ISO|RN|RD|PIA|étages?|articles?|art\.|pages?|p\.|tome|Natura|axe|lot|îlot|ilot|place du|secteur|zone|session|tour|Point|CM|bac\+?)"
    r"|(?:\blignes? (?:\d+(?:, | et ))+)|\bétages \d+ et|©|ext\.|tél\.?:?) ?$",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<!\d)0 ?\d{1,3}(?:[ .]\d{2}){3,4}(?!\d)")
_ADDRESS = re.compile(
    r"^\s?(?:bis\s|ter\s)?(?:,\s)?(?:la Canebière|rue|avenue|boulevard|place|cours|quai|chemin|impasse)\b", re.IGNORECASE
)
_CLAUSE_END = re.compile(r"[.;:!?…](?:\s|$)|\s[–-]\s|,\s(?:contre|soit|dont|et ce|avec|en|ce qui|pour un|qui|mais|pour)\s|\(|\)|\n")
_ORDINAL = re.compile(r"^(?:er|e|ème|re|nd|nde|es|ères?)(?!\w)")


# Adjectives that stand between a number and what it counts.
_BEFORE_NOUNS = frozenset(
    stems("grands petits premiers derniers principaux jeunes gros longs courts nouveaux nouvelles seuls beaux grandes premières")
)


@dataclass(frozen=True, eq=False)
class Quantity:
    """One number of the text. `value` is in `unit`; `low` and `high` bound what its words allow; `start` to `end` is its place in
    `block`; `after` and `before` are the stems around it, `noun` the first of `after`."""

    value: Decimal
    unit: Unit
    low: Decimal
    high: Decimal
    precision: str
    block: Block
    start: int
    end: int
    noun: str = ""
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    is_spelled: bool = False
    is_signed: bool = False
    lines: tuple[int, ...] = field(default=())
    scale: int = 0

    @property
    def written(self) -> str:
        """As it stands in the text, unit included."""
        return " ".join(self.block.text[self.start : self.end].split())

    @property
    def written_value(self) -> Decimal:
        """The digits alone, before "millions" or "M€"."""
        return abs(self.value) / Decimal(10) ** self.scale

    @property
    def base(self) -> Decimal:
        return self.value * self.unit.factor

    @property
    def is_exact_count(self) -> bool:
        return self.unit is COUNT and self.precision == "exact"

    @property
    def line(self) -> int:
        return self.lines[0]

    def quoted(self, words: int = 5) -> str:
        """The number with the words that follow, for a reader."""
        rest = self.block.text[self.end :]
        stop = re.search(r"[.;:!?…(,]|\set\s|\ssoit\s|\sdont\s|\d", rest)
        following = rest[: stop.start() if stop else None].split()[:words]
        return " ".join([self.written, *following]).rstrip(",")

    def is_like(self, other: "Quantity") -> bool:
        return self.unit.dimension == other.unit.dimension

    def agrees(self, other: "Quantity") -> bool:
        """Whether both can be true of one thing, each within what its words allow."""
        mine, theirs = self.unit.factor, other.unit.factor
        return self.base == other.base or (self.low * mine < other.high * theirs and other.low * theirs < self.high * mine)


def _precision(text: str, start: int, end: int, is_about: bool) -> str:
    before = text[max(0, start - 26) : start]
    for name, pattern in PRECISION_BEFORE:
        if pattern.search(before):
            return name
    return "about" if is_about or ABOUT_AFTER.match(text[end : end + 20]) else "exact"


def _is_year(text: str, match: re.Match, unit: Unit) -> bool:
    written = match["digits"]
    if not re.fullmatch(r"(?:1[5-9]|20)\d\d", written) or unit is not COUNT or match["magnitude"] or match["glued"]:
        return False
    before, after = text[max(0, match.start() - 16) : match.start()], text[match.end() : match.end() + 18]
    if re.search(r"(?:plus|près|moins|environ|soit|total|dont) (?:de |d[’'])?$", before):
        return False
    counts = bool(re.match(rf"{SPACE}(?!dans|sous|sans|puis|mais|ses|ces|les|des|vers|plus|nos|aux)[a-zà-ÿ]{{3,}}(?:s|x)\b", after))
    if counts and re.search(r"(?:^|\s)(?:et|de|des|les|à|avec|pour|par|sur|ou|aux|a|ont|compte|reçu)\s$", before):
        return False
    return bool(_YEAR_BEFORE.search(before)) or not counts


def _is_reference(text: str, match: re.Match, unit: Unit) -> bool:
    if unit is not COUNT:
        return False
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 24]
    if _REFERENCE_BEFORE.search(before) or _ADDRESS.match(after) or _ORDINAL.match(after):
        return True
    return bool(re.match(r"[A-Za-zÀ-ÿ]{1,2}\b|[-–/]\w|[x×]\d|\s?[|°]|\.\d|%", after)) and not match["glued"]


def _spelled_counts(text: str, match: re.Match) -> bool:
    """Whether a number in letters counts something: "neuf" may be new, "six" needs its plural."""
    following = text[match.end() : match.end() + 60]
    words = re.findall(r"[\wÀ-ÿ’'-]+", following)[:3]
    if "aine" in match["words"].lower():
        return True
    if match["words"].lower() in ("cent", "mille", "neuf") and not (words and words[0].endswith(("s", "x"))):
        return False
    return bool(words) and (
        any(word.rstrip("’'").endswith(("s", "x")) for word in words) or following.lstrip().startswith(("au", "en", "de"))
    )


def _context(text: str, start: int, end: int, limits: tuple[int, int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The stems after the number up to the clause's end, and before it from the clause's beginning."""
    after = text[end : limits[1]]
    if not stems(after):
        after = text[end : end + 90].partition(". ")[0]
    if stop := _CLAUSE_END.search(after):
        after = after[: stop.start()] if len(stems(after[: stop.start()])) else after[: stop.end() + 60]
    before = re.split(r"[.;!?…](?:\s|$)", text[limits[0] : start])[-1]
    return tuple(stems(after)[:12]), tuple(stems(before)[-10:])


_MINUS = re.compile(r"(?:^|[(:]|\b(?:de|à|est|soit))\s?[–−-]\s?$|\s[–−-]$")


def _signed(text: str, start: int) -> tuple[Decimal, bool]:
    before = text[max(0, start - 9) : start]
    if _MINUS.search(before):
        return Decimal(-1), True
    return Decimal(1), bool(re.search(r"\+\s?$", before))


def _spelled_in(text: str) -> list[re.Match]:
    return list(_SPELLED.finditer(text)) if _SPELLED_HINT.search(text) else []


def _quantities_of(block: Block) -> list[Quantity]:
    text, found = block.text, []
    taken = [(d.start, d.end) for d in dates_in(text)] + [m.span() for m in _PHONE.finditer(text)] if block.has_digits else []
    digits = _NUMBER.finditer(text) if block.has_digits else ()
    for match in sorted([*digits, *_spelled_in(text)], key=lambda m: m.start()):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        spelled = match.re is _SPELLED
        unit, end = _unit_after(text, match)
        if spelled and unit is COUNT and not _spelled_counts(text, match):
            continue
        if not spelled and (_is_year(text, match, unit) or _is_reference(text, match, unit)):
            continue
        taken.append((match.start(), end))
        found.append((match, unit, end, spelled))
    starts = [match.start() for match, *_ in found]
    return [_quantity(block, *one, limit) for one, limit in zip(found, [*starts[1:], len(text)], strict=True)] if found else []


def _unit_after(text: str, match: re.Match) -> tuple[Unit, int]:
    at = match.end()
    scaled = match.groupdict().get("magnitude") or match.groupdict().get("money")
    gap = re.compile(rf"{SPACE}*(?:d[e’']{SPACE}?)?" if scaled else rf"{SPACE}*").match(text, at).end()
    found = match_unit(text, gap)
    if found and not (found[0].symbol in ("t", "g", "m", "l") and gap == at and text[at : at + 1] == "t"):
        return found
    return COUNT, at


def _quantity(block: Block, match: re.Match, unit: Unit, end: int, spelled: bool, limit: int) -> Quantity:
    text, start, groups = block.text, match.start(), match.groupdict()
    scale = MAGNITUDES.get((groups.get("magnitude") or groups.get("money") or groups.get("glued") or "").strip(), 0)
    if spelled:
        number = read_words(groups["words"])
        ten = Decimal(10) ** scale
        number = type(number)(number.value * ten, number.step * ten, True, number.is_about)
    else:
        number = read_digits(groups["digits"], scale)
    precision = _precision(text, start, end, number.is_about)
    if spelled and text[max(0, start - 10) : start].endswith("autour de "):
        precision = "exact"
    low, high = bounds(number, precision, is_count=unit is COUNT)
    sign, is_signed = _signed(text, start)
    first, last = block.sentence_of(start)
    after, before = _context(text, start, end, (first, max(end, min(last, limit))))
    value, low, high = (number.value, low, high) if sign > 0 else (-number.value, -high, -low)
    noun = next((word for word in after if word not in _BEFORE_NOUNS), after[0] if after else "")
    return Quantity(
        value,
        unit,
        low,
        high,
        precision,
        block,
        start,
        end,
        noun,
        after,
        before,
        spelled,
        is_signed,
        block.lines_of(start, end),
        scale,
    )


def quantities_of(document: Document) -> list[Quantity]:
    """All quantities of the text in its order, years, dates, telephone numbers and references apart."""
    return [quantity for block in document.blocks for quantity in _quantities_of(block)]
