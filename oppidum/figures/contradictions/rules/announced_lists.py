"""Lists announced with another count than they have: "cinq actions :" before four bullets, "TOP 5 : ..." with six names."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from oppidum.figures.contradictions.findings import ERROR, WARNING, Finding
from oppidum.figures.contradictions.places import Reading, cite
from oppidum.figures.contradictions.quantities import Quantity
from oppidum.figures.contradictions.reading_text import Block
from oppidum.figures.contradictions.units import COUNT

MOST = 25
# Words that tell that not all is listed.
_SOME_ONLY = re.compile(
    r"\b(?:notamment|parmi|dont|exemples?|tels? que|telles? que|principa\w+|entre autres|en particulier|comme|citons)\b",
    re.IGNORECASE,
)
_OPEN_END = re.compile(r"…|\.\.\.|\betc\b", re.IGNORECASE)
# A piece that tells more of the piece before instead of naming another thing.
_APPOSED = re.compile(r"^(?:qui|que|une?|dont|où|ce|l[’']une?|l[’']autre|avec|soit|hors|puis|à|au|en|pour)\b", re.IGNORECASE)
# An altered count stays near the truth; a list much shorter than its count is a choice of examples.
FARTHEST = 3
# What is counted there has no list of its own: a place in time, a share of something.
_NOT_LISTED = re.compile(
    r"^\s*(?:ans?|mois|jours?|semaines?|heures?|fois|minutes|années|personnes|habitants|participants|visiteurs|euros|premi\w+|derni\w+|autres?|agents|salariés|élèves|ménages|logements|tonnes|places)\b",
    re.IGNORECASE,
)
_BEFORE_HANGING = re.compile(r"\b(?:de|pour|à|sur|avec|dans|par|des|aux|en|les|entre|que)\s*:?\s*$", re.IGNORECASE)
_STARTS_WITH_NUMBER = re.compile(r"^\W*(?:\d|deux|trois|quatre|cinq|six|sept|huit|dix)\b", re.IGNORECASE)


def find(reading: Reading) -> Iterator[Finding]:
    for block in reading.document.blocks:
        items = reading.items_after(block) if block.kind != "item" or block.text.rstrip().endswith(":") else []
        yield from _check_bullets(reading, block, items)
        yield from _check_inline(reading, block)
        yield from _check_numbering(block, items)


def announced(reading: Reading, block: Block, start: int, end: int) -> Quantity | None:
    """The count that announces the list behind the words from `start` to `end`: the last plain small one among them."""
    said = [
        q
        for q in reading.of(block)
        if start <= q.start
        and q.end <= end
        and q.unit is COUNT
        and q.precision == "exact"
        and q.value == int(q.value)
        and 2 <= q.value <= MOST
    ]
    said = [q for q in said if not _NOT_LISTED.match(block.text[q.end : q.end + 30])]
    return said[-1] if said else None


def _check_bullets(reading: Reading, block: Block, items: list[Block]) -> Iterator[Finding]:
    if len(items) < 2:
        return
    start = block.sentence_of(max(0, len(block.text.rstrip()) - 2))[0]
    intro = block.text[start:].rstrip()
    counted = announced(reading, block, start, len(block.text))
    if counted is None or _SOME_ONLY.search(intro) or _BEFORE_HANGING.search(intro):
        return
    if not intro.endswith(":") and not _ends_on(counted, block):
        return
    same = _same_marks(items)
    if int(counted.value) in (len(items), len(same)) or any(_OPEN_END.search(item.text[-8:]) for item in items[-1:]):
        return
    if sum(bool(_STARTS_WITH_NUMBER.match(item.text)) for item in items) * 2 > len(items):
        return
    listed = same if len(same) > 1 else items
    lines = tuple(sorted({*counted.lines, *(item.first_line for item in listed)}))
    why = _("%(place)s announces %(announced)s, and the list that follows has %(listed)s (lines %(first)s to %(last)s).") % {
        "place": cite(counted),
        "announced": int(counted.value),
        "listed": len(listed),
        "first": listed[0].first_line,
        "last": listed[-1].first_line,
    }
    severity = ERROR if intro.endswith(":") else WARNING
    yield Finding("list", lines, (counted.written, str(len(listed))), why, severity, " ".join(counted.after[:4]))


def _ends_on(counted: Quantity, block: Block) -> bool:
    """Whether the announcement ends on what is counted: "la feuille de route des trois sites technopolitains"."""
    rest = block.text[counted.end :].strip()
    return len(rest.split()) <= 3 and not rest.endswith((".", ",")) and counted.is_spelled


def _same_marks(items: list[Block]) -> list[Block]:
    """The items before the list is interrupted: numbered ones while the numbers go on."""
    if items[0].number is None:
        return [item for item in items if item.number is None]
    return [item for item in items if item.number is not None]


def _check_numbering(block: Block, items: list[Block]) -> Iterator[Finding]:
    """1, 2, 4: a number of the list is missing or stands twice."""
    numbered = [item for item in items if item.number is not None]
    if len(numbered) < 3 or numbered[0].number != 1:
        return
    for before, item in zip(numbered, numbered[1:], strict=False):
        if item.number != before.number + 1:
            why = _("After item %(before)s (line %(first)s) comes item %(number)s (line %(line)s).") % {
                "before": before.number,
                "first": before.first_line,
                "number": item.number,
                "line": item.first_line,
            }
            yield Finding(
                "list", (before.first_line, item.first_line), (str(before.number), str(item.number)), why, WARNING, block.text[:60]
            )
            return


def _check_inline(reading: Reading, block: Block) -> Iterator[Finding]:
    """ "cinq communes : A, B, C et D." and "3 parcs (A, B, C)"."""
    for counted in reading.of(block):
        if (
            counted.unit is not COUNT
            or counted.precision != "exact"
            or not 2 <= counted.value <= MOST
            or counted.value != int(counted.value)
        ):
            continue
        listed = _listed_after(reading, block, counted)
        if listed is None or _NOT_LISTED.match(block.text[counted.end : counted.end + 30]):
            continue
        least, most, end = listed
        if least <= counted.value <= most or min(abs(counted.value - least), abs(counted.value - most)) > FARTHEST:
            continue
        said = str(least) if least == most else f"{least}–{most}"
        why = _("%(place)s announces %(announced)s, and %(listed)s are named.") % {
            "place": cite(counted),
            "announced": int(counted.value),
            "listed": said,
        }
        lines = tuple(sorted({*counted.lines, *block.lines_of(counted.end, end)}))
        yield Finding("list", lines, (counted.written, said), why, WARNING, " ".join(counted.after[:4]))


_PAREN = re.compile(r"^(?P<noun>(?:\s+[\wÀ-ÿ’'&«»-]+){1,7})\s*\((?P<list>[^()]{8,260})\)")
_DASHES = re.compile(r"^(?P<noun>(?:\s+[\wÀ-ÿ’'&«»]+){1,4})\s+[-–]\s?(?P<list>[A-ZÀ-Ÿ][^.:;()]{8,200}?)\s?[-–],?\s")
_NAME = r"(?:L[ae]s? |L[’'])?[A-ZÀ-Ÿ][\wÀ-ÿ’'-]*(?: [A-ZÀ-Ÿ][\wÀ-ÿ’'-]*)*"
_NAMES = re.compile(rf"^(?P<noun>(?:\s+[a-zà-ÿ-]+){{1,2}})\s(?:de |des |du |d[’'])(?P<list>{_NAME}(?:, {_NAME})+,? et {_NAME})")
_COLON = re.compile(r"^(?P<noun>(?:[\s,]+[\wÀ-ÿ’'&«»+/-]+){1,16}?)\s*:\s*(?P<list>[^.:;!?]{8,420}?)(?P<stop>[.;]|\.\.\.|…|$)")


def _listed_after(reading: Reading, block: Block, counted: Quantity) -> tuple[int, int, int] | None:
    """(least, most, end): how many things are named right behind the count."""
    rest = block.text[counted.end :]
    match = _PAREN.match(rest) or _DASHES.match(rest) or _NAMES.match(rest) or _COLON.match(rest)
    if not match or _SOME_ONLY.search(match["noun"]) or _BEFORE_HANGING.search(match["noun"]):
        return None
    others = [q for q in reading.of(block) if counted.end <= q.start < counted.end + match.end("noun")]
    listed = re.sub(r"\([^()]*\)", "", match["list"]).strip()
    if (
        others
        or not listed
        or re.search(r"\d", listed[:3])
        or _SOME_ONLY.match(listed)
        or _OPEN_END.search(rest[: match.end() + 3])
    ):
        return None
    pieces = re.split(r",\s", listed)
    if (
        any(_APPOSED.match(piece.strip()) for piece in pieces)
        or (match.re is _PAREN and len(pieces) < 2)
        or _SOME_ONLY.search(listed)
    ):
        return None
    if _STARTS_WITH_NUMBER.match(listed):
        return None
    return (*_count_named(listed), counted.end + match.end()) if re.search(r",| et | - | – ", listed) else None


def _count_named(listed: str) -> tuple[int, int]:
    """How many things an enumeration names: exactly when its last "et" surely joins two, else between two counts."""
    pieces = [piece.strip() for piece in re.split(r",\s|;\s" if "," in listed else r"\s[-–]\s", listed) if piece.strip(" ,")]
    if len(pieces) > 1 and pieces[-1].startswith(("et ", "ainsi que ")):
        pieces[-1] = re.sub(r"^(?:et|ainsi que) ", "", pieces[-1])
    joints = [piece.count(" et ") for piece in pieces]
    least = len(pieces)
    if not sum(joints):
        return least, least
    halves = pieces[-1].split(" et ")
    if all(half[:1].isupper() for piece in pieces for half in piece.split(" et ")):
        return least + sum(joints), least + sum(joints)
    same_head = halves[0].split()[:1] == halves[-1].split()[:1] and len(halves[0].split()) > 2
    if sum(joints) == 1 and joints[-1] == 1 and same_head and least == 1:
        return 2, 2
    return least, least + sum(joints)
