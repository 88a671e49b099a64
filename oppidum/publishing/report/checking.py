"""What is wrong with a chapter's text, each fault with its line: an unknown figure, a number typed by hand, an unknown directive."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from oppidum.core.numbers import find_number
from oppidum.figures.key_figures import KeyFigureValue
from oppidum.publishing.report import marking
from oppidum.publishing.report.tree import (
    Block,
    Directive,
    FigureName,
    Heading,
    Inline,
    Link,
    Listing,
    Paragraph,
    Quote,
    Span,
    Text,
)

# Directives and how many names each wants (at least, at most).
DIRECTIVES = {"key": (1, 6), "figures": (1, 60), "theme": (1, 1), "chart": (1, 1), "map": (1, 1), "highlights": (0, 0)}

# A number that stands alone: "5 712", "38,21"; not the 2 of T2, nor the 13 of A13.
_NUMBER = re.compile(
    r"(?<![\w.,:/-])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?(?![\w])|(?<![\w.,:/-])\d+(?:[.,]\d+)?(?![\w.,]\d|\w)"
)
_MONTHS = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "January|February|March|April|May|June|July|August|September|October|November|December"
)
# Numbers that count nothing: years, days of a month, hours, numbers of articles and of laws.
_INNOCENT = re.compile(
    rf"\b(?:1[5-9]|20)\d\d\b(?:\s*[-–/]\s*(?:\d\d){{1,2}}\b)?|\b\d{{1,2}}(?:er)?\s+(?:{_MONTHS})\b|\b(?:{_MONTHS})\s+\d{{1,2}}\b"
    r"|\b\d{1,2}\s?h(?:\s?\d\d)?\b|\b(?:art\.|article|articles|n°|no\.|loi|law|page|p\.)\s*[LRD]?\.?\s*\d[\d.-]*"
)


@dataclass(frozen=True)
class Problem:
    """`kind`: "unknown", "typed", "directive", "heading", "link" or "blank"; `is_refused` or only told."""

    line: int
    kind: str
    text: str
    is_refused: bool = True


def check(body: str, figures: Mapping[str, KeyFigureValue], charts: Collection[str], maps: Collection[str]) -> list[Problem]:
    """Everything wrong with a text, by line. `figures` are all that the year knows, `charts` and `maps` the declared ones."""
    blocks = marking.read(body)
    found = [problem for block in blocks for problem in _block(block, figures, charts, maps)]
    found += list(_typed(body, figures))
    return sorted(set(found), key=lambda one: (one.line, one.text))


def _block(block: Block, figures, charts, maps) -> Iterator[Problem]:
    match block:
        case Directive():
            yield from _directive(block, figures, charts, maps)
        case Heading() if block.level == 1:
            yield Problem(0, "heading", _("A heading of the first level: the chapter has its title already, begin with ##."))
        case Paragraph() | Heading():
            for one in block.inside:
                yield from _inline(one, figures)
        case Quote():
            for one in block.inside:
                yield from _block(one, figures, charts, maps)
        case Listing():
            for item in block.items:
                for one in item:
                    yield from _block(one, figures, charts, maps)


def _inline(one: Inline, figures: Mapping[str, KeyFigureValue]) -> Iterator[Problem]:
    match one:
        case FigureName() if one.form == marking.TYPED:
            said = _("“%(number)s” is typed by hand: its author answers for it.") % {"number": one.name}
            yield Problem(one.line, "typed", said, is_refused=False)
        case FigureName():
            yield from _named(one.name, one.line, figures)
            if one.form not in marking.FORMS:
                said = _("{%(name)s:%(form)s}: a figure has no such form; there are: %(forms)s.")
                yield Problem(one.line, "unknown", said % {"name": one.name, "form": one.form, "forms": ", ".join(marking.FORMS)})
        case Link() | Span():
            if isinstance(one, Link) and not re.match(r"(https?://|mailto:|/(?!/))", one.address):
                yield Problem(0, "link", _("A link to “%(address)s”: begin with https:// or /.") % {"address": one.address})
            for inner in one.inside:
                yield from _inline(inner, figures)
        case Text() if ":::" in one.text:
            yield Problem(0, "directive", _("A directive stands on a line of its own: ::: chart NAME"))


def _named(name: str, line: int, figures: Mapping[str, KeyFigureValue]) -> Iterator[Problem]:
    figure = figures.get(name)
    if figure is None:
        near = _nearest(name, figures)
        hint = " " + _("Do you mean {%(near)s}?") % {"near": near} if near else ""
        yield Problem(line, "unknown", _("{%(name)s}: no key figure has this name.") % {"name": name} + hint)
    elif figure.value is None:
        said = _("{%(name)s} has no value for the year: the sentence that names it is left out.") % {"name": name}
        yield Problem(line, "blank", said, is_refused=False)


def _directive(one: Directive, figures, charts, maps) -> Iterator[Problem]:
    if one.what not in DIRECTIVES:
        yield Problem(one.line, "directive", _("::: %(what)s: there is no such directive.") % {"what": one.what})
        return
    least, most = DIRECTIVES[one.what]
    if not least <= len(one.names) <= most:
        said = _("::: %(what)s takes %(least)d to %(most)d names.") % {"what": one.what, "least": least, "most": most}
        yield Problem(one.line, "directive", said)
    if one.what in ("key", "figures"):
        for name in one.names:
            yield from _named(name, one.line, figures)
    known = {"chart": charts, "map": maps}.get(one.what)
    if known is not None:
        for name in set(one.names) - set(known):
            yield Problem(one.line, "unknown", _("::: %(what)s %(name)s: none has this name.") % {"what": one.what, "name": name})


def _typed(body: str, figures: Mapping[str, KeyFigureValue]) -> Iterator[Problem]:
    """Numbers in digits that are neither a date nor a year: figures come by name alone."""
    by_value: dict[Decimal, KeyFigureValue] = {}
    for figure in figures.values():
        if figure.value is not None:
            by_value.setdefault(abs(figure.value.normalize()), figure)
    for number, line in enumerate(body.splitlines(), start=1):
        if line.startswith(":::"):
            continue
        # Figures by name, addresses of links and list numbers aren't prose.
        plain = re.sub(r"\{[^{}]*\}|\]\([^)]*\)|^\s*\d+[.)]\s", lambda part: " " * len(part[0]), line)
        plain = _INNOCENT.sub(lambda part: " " * len(part[0]), plain)
        for found in _NUMBER.finditer(plain):
            value = find_number(found[0])
            known = by_value.get(value.normalize()) if value is not None else None
            said = _("“%(number)s” is typed by hand.") % {"number": found[0]} + " "
            if known:
                said += _("It is the key figure “%(label)s”: write {%(name)s}.") % {"label": known.label, "name": known.name}
            else:
                said += _('Name its key figure, or write it in letters, or as {"%(number)s"} if you answer for it.') % {
                    "number": found[0]
                }
            yield Problem(number, "typed", said)


def _nearest(name: str, figures: Collection[str]) -> str:
    """The name most like it: most parts in common, then the shortest."""
    parts = set(name.split("-"))
    best = max(figures, key=lambda one: (len(parts & set(one.split("-"))), -len(one)), default="")
    return best if best and len(parts & set(best.split("-"))) * 2 >= len(parts) else ""
