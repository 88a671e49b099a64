"""Values that the world does not allow: lengths, areas, weights and sums of money that can't be, more parts than the territory has.

The bounds are those of any metropolis of some millions of inhabitants, wide enough to hold for a village too. What the text tells of
its own territory (area, inhabitants, municipalities) narrows them.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from oppidum.figures.contradictions.findings import ERROR, WARNING, Finding
from oppidum.figures.contradictions.places import Reading, cite, lines_of, values_of
from oppidum.figures.contradictions.quantities import Quantity
from oppidum.figures.contradictions.showing import in_unit_of
from oppidum.figures.contradictions.units import COUNT
from oppidum.figures.contradictions.wording import stem

_BEYOND = re.compile(
    r"\b(?:France|français\w*|national\w*|europé\w*|Europe|mond\w*|planète|pays|État|milliards de francs|PIB|siècle)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Bound:
    """Quantities of `dimension` with `words` near them lie between `low` and `high`, in base units."""

    dimension: str
    words: str
    low: Decimal
    high: Decimal
    named: str

    def holds_for(self, quantity: Quantity, near: str) -> bool:
        return quantity.unit.dimension == self.dimension and bool(re.search(rf"\b(?:{self.words})", near, re.IGNORECASE))


def _bound(dimension: str, words: str, low: float, high: float, named: str) -> Bound:
    return Bound(dimension, words, Decimal(str(low)), Decimal(str(high)), named)


BOUNDS = (
    _bound("length", r"littoral|côtes?\b|rivage", 1_000, 20_000_000, gettext_noop("a coast")),
    _bound("length", r"culmin|altitude|hauteur|de haut\b", 0.1, 9_000, gettext_noop("a height")),
    _bound("length", r"édifice|bâtiment|immeuble|quai\b|bassin de nage|piscine|stade", 0.5, 3_000, gettext_noop("a building")),
    _bound("length", r"ponts?\b|aqueduc|viaduc|tunnels?\b|passerelle", 2, 60_000, gettext_noop("a bridge or a tunnel")),
    _bound("length", r"archives|rayonnage", 0.5, 500_000, gettext_noop("shelves of archives")),
    _bound(
        "length",
        r"lignes?\b(?! directrice)|tramway|métro|BHNS|tracé|linéaire de|prolong|extension|tronc commun|longueur totale",
        100,
        2_000_000,
        gettext_noop("a line of transport"),
    ),
    _bound(
        "length",
        r"réseau|canalisation|voirie|câbles?|fossés|cours d[’']eau|pistes? cyclables?|routes?\b|sentiers?",
        20,
        45_000_000,
        gettext_noop("a network"),
    ),
    _bound(
        "area",
        r"entrepôt|bâtiment|plancher|salles?\b|stands?\b|locaux|bureaux?\b|piscine|gymnase|square|parking|étages?|logement",
        1,
        3_000_000,
        gettext_noop("a building or a square"),
    ),
    _bound("area", r"superficie du territoire|sur un territoire de|territoire de la", 1_000_000, 1e13, gettext_noop("a territory")),
    _bound("temperature", r"air\b|moyenne|été\b|juillet|août|extérieur|canicule|eau\b", -60, 60, gettext_noop("a temperature")),
    _bound("temperature", r"", -60, 1500, gettext_noop("a temperature")),
    _bound("speed", r"", 0, 600, gettext_noop("a speed")),
    _bound("mass", r"CO ?2|gaz à effet de serre|équivalent carbone", 0.001, 6e13, gettext_noop("an emission")),
)
# What one inhabitant has or makes in a year.
PER_HEAD = (
    ("mass", r"CO ?2|carbone|gaz à effet", Decimal(300), Decimal(60_000)),
    ("mass", r"déchets|ordures|encombrants|emballages", Decimal(1), Decimal(2_500)),
    ("volume", r"eau", Decimal(5), Decimal(1_000)),
)
_PER_HEAD = re.compile(r"^(?:[^.;:\d]|CO2){0,60}?\s(?:par|/)\s?(?:habitants?|hab\b|personnes?|tête)", re.IGNORECASE)
# In a time, no more of a smaller one than it has.
_IN_TIME = (
    ("hours", r"^\s(?:par|/|sur)\s?(?:jour|24)", 24),
    ("hours", r"^\spar\ssemaine", 168),
    ("days", r"^\s(?:par|/)\s?semaine|^\ssur\s(?:7|sept)", 7),
    ("days", r"^\s(?:par|/)\s?(?:an|année)\b", 366),
    ("days", r"^\spar\smois", 31),
    ("weeks", r"^\spar\san", 53),
    ("months", r"^\s(?:par|sur)\s(?:an\b|douze|12)", 12),
    ("minutes", r"^\spar\sheure", 60),
)
# The budget of a great metropolis is some billions; above this a sum is a nation's.
RICHEST = Decimal(15_000_000_000)
_CLOCK = re.compile(r"(?<![\d,])(?P<hour>\d{1,2})\s?h(?:\s?(?P<minute>\d{2}))?(?![\w²³])", re.IGNORECASE)
_CLOCK_BEFORE = re.compile(r"\b(?:à|de|dès|jusqu[’']à|vers|entre|et|avant|après)\s$", re.IGNORECASE)
_CLASS = (stem("élèves"), stem("classes"), Decimal(12), Decimal(38))


def find(reading: Reading) -> Iterator[Finding]:
    territory = _territory(reading)
    wholes = _wholes(reading)
    for quantity in reading.quantities:
        near = _near(quantity)
        yield from _check_bounds(quantity, near)
        yield from _check_time(quantity)
        yield from _check_magnitude(quantity, near)
        if territory and quantity is not territory:
            yield from _check_territory(quantity, territory, near)
        if quantity.noun in wholes:
            yield from _check_whole(reading, quantity, wholes[quantity.noun], near)
    for block in reading.document.blocks:
        yield from _check_clock(block)
        yield from _check_classes(reading.of(block))


def _near(quantity: Quantity) -> str:
    """The words of the sentence around the number, not across another number of its kind."""
    text = quantity.block.text
    start, end = quantity.block.sentence_of(quantity.start)
    before = re.split(r"\d|[;:]", text[start : quantity.start])[-1][-70:]
    after = re.split(r"\d|[;:]", text[quantity.end : end].replace("CO2", "COdeux"))[0].replace("COdeux", "CO2")[:80]
    return f"{before} {after}"


def _one(kind: str, why: str, *quantities: Quantity, severity: str = WARNING) -> Finding:
    return Finding(kind, lines_of(*quantities), values_of(*quantities), why, severity, quantities[0].noun)


def _check_bounds(quantity: Quantity, near: str) -> Iterator[Finding]:
    if match := _PER_HEAD.match(quantity.block.text[quantity.end :]):
        for dimension, words, low, high in PER_HEAD:
            said = near + match[0]
            if quantity.unit.dimension == dimension and re.search(words, said) and not low <= quantity.base <= high:
                why = _("%(place)s for one inhabitant: between %(low)s and %(high)s is what the world knows.") % {
                    "place": cite(quantity),
                    "low": in_unit_of(low, quantity.unit),
                    "high": in_unit_of(high, quantity.unit),
                }
                yield _one("unit", why, quantity)
                return
    for bound in BOUNDS:
        if bound.holds_for(quantity, near):
            if (
                not bound.low
                <= abs(quantity.base) * (1 if bound.low >= 0 else quantity.value / abs(quantity.value or 1))
                <= bound.high
            ):
                why = _("%(place)s: too %(side)s for %(what)s; is the unit right?") % {
                    "place": cite(quantity),
                    "side": _("small") if quantity.base < bound.low else _("great"),
                    "what": _(bound.named),
                }
                yield _one("unit", why, quantity)
            return


def _check_time(quantity: Quantity) -> Iterator[Finding]:
    after = quantity.block.text[quantity.end : quantity.end + 20]
    for dimension, words, most in _IN_TIME:
        if quantity.unit.dimension == dimension and quantity.value > most and re.match(words, after):
            why = _("%(place)s: there are %(most)s at most.") % {"place": cite(quantity), "most": most}
            yield _one("range", why, quantity, severity=ERROR)
            return


def _check_magnitude(quantity: Quantity, near: str) -> Iterator[Finding]:
    """Digits and magnitude that do not go together: "14 640 000 M€", "648 379 kg", a nation's money in a city's report."""
    figures = quantity.written_value
    if quantity.scale >= 6 and figures >= (10_000 if quantity.scale == 6 else 1_000):
        why = _("%(place)s: so great a number of millions or billions can't be meant.") % {"place": cite(quantity)}
        yield _one("unit", why, quantity, severity=ERROR)
    elif quantity.unit.dimension == "money" and quantity.value > RICHEST and not _BEYOND.search(near):
        why = _("%(place)s: more than a metropolis ever has; millions may be meant.") % {"place": cite(quantity)}
        yield _one("unit", why, quantity)
    elif quantity.unit.symbol in ("kg", "g", "cm", "mm") and quantity.value >= 20_000:
        why = _("%(place)s: so great a number is told in a greater unit; is the unit right?") % {"place": cite(quantity)}
        yield _one("unit", why, quantity)
    elif quantity.unit is COUNT and quantity.noun and quantity.value > 8_500_000_000:
        why = _("%(place)s: more than there are people on earth.") % {"place": cite(quantity)}
        yield _one("unit", why, quantity)
    elif quantity.noun == stem("habitants") and quantity.value > 40_000_000 and not _BEYOND.search(near):
        why = _("%(place)s: more than any metropolis has.") % {"place": cite(quantity)}
        yield _one("unit", why, quantity)


def _territory(reading: Reading) -> Quantity | None:
    """The area that the text gives to its whole territory."""
    told = [
        q
        for q in reading.quantities
        if q.unit.dimension == "area"
        and re.search(r"\bterritoire (?:de|couvre|s[’']étend)\b|\bsuperficie\b", q.block.text[max(0, q.start - 40) : q.start])
    ]
    return told[0] if told else None


def _check_territory(quantity: Quantity, territory: Quantity, near: str) -> Iterator[Finding]:
    if (
        quantity.unit.dimension == "area"
        and quantity.low * quantity.unit.factor > territory.high * territory.unit.factor
        and not _BEYOND.search(near)
    ):
        why = _("%(part)s is more than the whole territory: %(whole)s.") % {"part": cite(quantity), "whole": cite(territory)}
        yield _one("unit", why, quantity, territory, severity=ERROR)


_DEFINITE = re.compile(r"(?:\b(?:les|des|ses|aux|nos)\s|regroupe\s|compte\s|composée? de\s|membres?\s)$", re.IGNORECASE)
_COUNTED_WHOLE = re.compile(r"(?:regroupe|compte|rassemble|réunit|composée? de)\s$", re.IGNORECASE)
TOLD_OFTEN = 3


def _wholes(reading: Reading) -> dict[str, list[Quantity]]:
    """Counts of all things of a kind, told again and again: "les 92 communes"."""
    told = [q for q in reading.quantities if q.unit is COUNT and q.noun and q.value >= 5 and q.precision == "exact"]
    counts = Counter((q.noun, q.value) for q in told)
    found: dict[str, list[Quantity]] = {}
    for noun, value in counts:
        same = [q for q in told if (q.noun, q.value) == (noun, value)]
        if (
            len(same) >= TOLD_OFTEN
            and sum(_is_definite(q) for q in same) * 2 >= len(same)
            and len({q.block.index for q in same}) >= TOLD_OFTEN
        ):
            found.setdefault(noun, same)
            if value > found[noun][0].value:
                found[noun] = same
    return found


def _is_definite(quantity: Quantity) -> bool:
    return bool(_DEFINITE.search(quantity.block.text[max(0, quantity.start - 24) : quantity.start]))


def _check_whole(reading: Reading, quantity: Quantity, whole: list[Quantity], near: str) -> Iterator[Finding]:
    """More than all, or another number of all; a number told twice has a subject of its own."""
    counts = Counter(q.value for q in reading.quantities if q.noun == quantity.noun and q.unit is COUNT)
    repeated = {value for value, times in counts.items() if times > 1}
    if quantity.value == whole[0].value or quantity.unit is not COUNT or _BEYOND.search(near):
        return
    if quantity.low > whole[0].value:
        why = _("%(part)s: there are no more than %(whole)s in all.") % {"part": cite(quantity), "whole": cite(whole[0])}
        yield _one("two-values", why, quantity, whole[0], severity=ERROR)
        return
    before = quantity.block.text[max(0, quantity.start - 24) : quantity.start]
    is_label = re.fullmatch(r"\d+ [A-ZÀ-Ÿ]+", quantity.block.text.strip()) is not None
    alike = [q for q in whole if q.after[:2] == quantity.after[:2]] or (whole if _COUNTED_WHOLE.search(before) or is_label else [])
    if quantity.value in repeated:
        return
    is_all = is_label or (_DEFINITE.search(before) and quantity.precision == "exact")
    if is_all and alike and (len(quantity.after) <= 4 or "territoir" in quantity.after[:2]):
        why = _("%(one)s, and elsewhere %(whole)s.") % {"one": cite(quantity), "whole": cite(alike[0])}
        yield _one("two-values", why, quantity, alike[0])


def _check_clock(block) -> Iterator[Finding]:
    for match in _CLOCK.finditer(block.text):
        minutes = int(match["minute"] or 0)
        if (
            int(match["hour"]) > 24 and (match["minute"] or _CLOCK_BEFORE.search(block.text[: match.start()][-12:]))
        ) or minutes > 59:
            lines = block.lines_of(*match.span())
            why = _("“%(time)s” (line %(line)s): no clock shows that time.") % {"time": match[0], "line": lines[0]}
            yield Finding("range", lines, (match[0],), why, WARNING)


def _check_classes(said: list[Quantity]) -> Iterator[Finding]:
    """ "547 classes, soit plus de 15 000 élèves": a class has so many pupils, and no more."""
    pupils, classes, fewest, most = _CLASS
    for first, second in zip(said, said[1:], strict=False):
        pair = {first.noun: first, second.noun: second}
        if (
            first.unit is second.unit is COUNT
            and pupils in pair
            and classes in pair
            and first.block.sentence_of(first.start) == second.block.sentence_of(second.start)
        ):
            between = first.block.text[first.end : second.start]
            each = pair[pupils].value / pair[classes].value
            if re.search(r"\bsoit\b|\(|représent", between) and not fewest <= each <= most:
                why = _("%(pupils)s in %(classes)s make %(each)s to a class.") % {
                    "pupils": cite(pair[pupils]),
                    "classes": cite(pair[classes]),
                    "each": in_unit_of(each, COUNT),
                }
                yield _one("average", why, pair[pupils], pair[classes])
