"""The contradictions of a year's key figures: among themselves, with what a service counted, with the year before.

Each figure becomes a line of text (its value, then its label), so that the rules of texts hold for figures too; lines are turned back
into names, and into the lines of the report that the values came from.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from importlib import import_module

from django.utils.translation import gettext as _

from oppidum.figures.contradictions.findings import ERROR, NOTICE, SEVERITIES, WARNING, Finding
from oppidum.figures.contradictions.places import Reading, naming
from oppidum.figures.contradictions.reading_text import read_text
from oppidum.figures.contradictions.rules.shares import MAY_PASS
from oppidum.figures.contradictions.showing import in_words
from oppidum.figures.contradictions.wording import stems
from oppidum.figures.key_figures import KeyFigureValue, list_key_figures
from oppidum.figures.models import Entry

RULES = ("physical", "same_quantity")
# So many times more or less than the year before deserves a look, and is hardly true.
LEAP, HARDLY = Decimal(3), Decimal(10)
# A declared value may differ by so much from the counted one, as it was told.
TOLERATED = {"exact": Decimal("0.001"), "about": Decimal("0.12"), "at-least": Decimal("0.25"), "at-most": Decimal("0.25")}
_GOES_ON = frozenset(("flow", "stock", "rate", "share", "mean", "amount", "quantile", "ratio"))


def check_key_figures(year: int) -> list[Finding]:
    """The findings of a year, gravest first; four queries."""
    figures = list_key_figures(year)
    told = dict(Entry.objects.filter(year=year, is_current=True, line__gt=0).values_list("figure__name", "line"))
    found = [
        replace(finding, lines=tuple(sorted({told[name] for name in finding.figures if name in told})))
        for finding in (*_alone(figures, year), *_together(figures))
    ]
    return sorted(found, key=lambda one: (SEVERITIES.index(one.severity), one.kind, one.figures))


def said(figure: KeyFigureValue) -> str:
    """A figure as its finding cites it: "Communes membres: 92"."""
    return _("%(label)s: %(value)s") % {"label": figure.label, "value": figure.said}


def _alone(figures: Sequence[KeyFigureValue], year: int) -> Iterator[Finding]:
    for figure in figures:
        if figure.value is None:
            continue
        yield from _against_count(figure)
        yield from _against_last_year(figure, year)
        if (
            figure.unit == "%"
            and figure.kind in ("rate", "share")
            and abs(figure.value) > 100
            and not MAY_PASS.search(figure.label)
        ):
            yield _one(figure, "share", _("%(figure)s: a share can't pass 100 %%."), ERROR)
        if figure.value < 0 and figure.kind in ("flow", "stock") and figure.unit != "%":
            yield _one(figure, "range", _("%(figure)s: what is counted is never less than nothing."), ERROR)


def _one(figure: KeyFigureValue, kind: str, why: str, severity: str, *values: str) -> Finding:
    told = (figure.said, *values)
    return Finding(
        kind, (), told, why % {"figure": _("“%(words)s”") % {"words": said(figure)}}, severity, figure.name, (figure.name,)
    )


def _against_count(figure: KeyFigureValue) -> Iterator[Finding]:
    """Declared by a department and counted by a service: they differ by more than the declaration allows."""
    if figure.declared is None or figure.computed is None or not figure.difference:
        return
    allowed = abs(figure.declared) * TOLERATED.get(figure.precision, TOLERATED["about"])
    if abs(figure.difference) <= allowed:
        return
    why = _("%(label)s: declared %(declared)s, counted %(computed)s.") % {
        "label": figure.label,
        "declared": in_words(figure.declared),
        "computed": in_words(figure.computed),
    }
    values = (in_words(figure.declared), in_words(figure.computed))
    yield Finding("two-values", (), values, why, WARNING, figure.name, (figure.name,))


def _against_last_year(figure: KeyFigureValue, year: int) -> Iterator[Finding]:
    before, now = figure.previous, figure.value
    if not before or not now or figure.kind not in _GOES_ON or (before > 0) != (now > 0):
        return
    times = max(now / before, before / now)
    if times < LEAP or max(abs(now), abs(before)) < 10:
        return
    why = _("%(label)s: %(now)s in %(year)s after %(before)s the year before, %(times)s times as much or as little.") % {
        "label": figure.label,
        "now": in_words(now),
        "year": year,
        "before": in_words(before),
        "times": in_words(times),
    }
    severity = WARNING if times >= HARDLY else NOTICE
    yield Finding("leap", (), (in_words(before), in_words(now)), why, severity, figure.name, (figure.name,))


_IN_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_PROPER = re.compile(r"(?<!^)(?<![.:]\s)\b[A-ZÀ-Ÿ][\w’'-]+")
_NEGATION = re.compile(r"\b(?:non|sans|hors)\b", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
TWINS = Decimal("1.002")


def _may_be_one(one: KeyFigureValue, other: KeyFigureValue) -> bool:
    """Whether two labels can mean one figure: of one period, with the same proper names, neither with a restriction against the other's."""
    if set(_YEAR.findall(one.period)) != set(_YEAR.findall(other.period)):
        return False
    labels = [_IN_BRACKETS.sub("", figure.label) for figure in (one, other)]
    if set(_PROPER.findall(one.label)) != set(_PROPER.findall(other.label)):
        return False
    if bool(_NEGATION.search(labels[0])) != bool(_NEGATION.search(labels[1])):
        return False
    words = [frozenset(stems(label)) for label in labels]
    nearly = one.value and other.value and max(one.value / other.value, other.value / one.value) <= TWINS
    return bool(nearly) or not (words[0] - words[1] and words[1] - words[0])


def _together(figures: Sequence[KeyFigureValue]) -> Iterator[Finding]:
    """What the rules of texts find in the figures as lines, each line a figure."""
    known = [figure for figure in figures if figure.value is not None]
    lines = [line for figure in known for line in (f"{figure.qualified} {figure.label[:1].lower()}{figure.label[1:]}", "")]
    by_line = {place * 2 + 1: figure for place, figure in enumerate(known)}
    token = naming.set({line: said(figure) for line, figure in by_line.items()})
    try:
        reading = Reading(read_text(lines))
        for rule in RULES:
            for finding in import_module(f"oppidum.figures.contradictions.rules.{rule}").find(reading):
                names = tuple(by_line[line].name for line in finding.lines if line in by_line)
                told = [by_line[line] for line in finding.lines if line in by_line]
                if names and (len(told) != 2 or _may_be_one(*told)):
                    yield replace(finding, figures=names, subject=" ".join(names))
    finally:
        naming.reset(token)
