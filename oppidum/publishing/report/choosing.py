"""Which charts a theme's figures call for, by rule: parts of a hundred, changes, and values that share one unit and one thing.

Nothing is drawn that doesn't compare: figures of one unit, none dwarfed a thousandfold, three at least.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from oppidum.figures.key_figures import KeyFigureValue
from oppidum.figures.wording import say_unit
from oppidum.publishing.charts import Chart, Datum, ranked_bars, share_bars

MOST = 3  # charts a theme
BARS = 10  # bars a chart
DWARFED = 60  # a bar this many times shorter than the longest can't be seen
_JOINTS = frozenset(
    [
        "a",
        "au",
        "aux",
        "avec",
        "d",
        "dans",
        "de",
        "des",
        "du",
        "en",
        "et",
        "l",
        "la",
        "le",
        "les",
        "of",
        "on",
        "par",
        "pour",
        "sur",
        "the",
        "to",
        "un",
        "une",
    ]
)
_UNITLESS = ("count", "%", "ratio", "years", "months", "rank", "days")


def choose(theme_title: str, figures: Sequence[KeyFigureValue]) -> list[Chart]:
    """At most three charts of a theme, the most telling first."""
    told = [one for one in figures if one.value is not None]
    groups = [*_shares(told), *_changes(told), *_by_unit(told), *_by_thing(told)]
    return [draw(theme_title, group) for draw, group in groups[:MOST]]


_Draw = Callable[[str, Sequence[KeyFigureValue]], Chart]
_Group = tuple[_Draw, list[KeyFigureValue]]


def _shares(figures: Sequence[KeyFigureValue]) -> list[_Group]:
    found = [one for one in figures if one.unit == "%" and one.kind == "rate" and 0 <= one.value <= 100]
    return [(draw_shares, found[:BARS])] if len(found) >= 2 else []


def _changes(figures: Sequence[KeyFigureValue]) -> list[_Group]:
    found = [one for one in figures if one.unit == "%" and one.kind == "change"]
    return [(draw_changes, _largest(found))] if len(found) >= 3 else []


def _by_unit(figures: Sequence[KeyFigureValue]) -> list[_Group]:
    groups: dict[str, list[KeyFigureValue]] = {}
    for one in figures:
        if one.unit not in _UNITLESS and one.value > 0:
            groups.setdefault(one.unit, []).append(one)
    drawn = [_largest(group) for group in groups.values()]
    return [(draw_amounts, group) for group in sorted(drawn, key=len, reverse=True) if len(group) >= 3]


def _by_thing(figures: Sequence[KeyFigureValue]) -> list[_Group]:
    """Counts whose labels begin with the same word count the same thing."""
    groups: dict[str, list[KeyFigureValue]] = {}
    for one in figures:
        if one.unit == "count" and one.value > 0:
            groups.setdefault(_thing(one.label), []).append(one)
    drawn = [_largest(group) for group in groups.values()]
    return [(draw_amounts, group) for group in sorted(drawn, key=len, reverse=True) if len(group) >= 3]


def _thing(label: str) -> str:
    """The first word, without its plural and its accents."""
    plain = unicodedata.normalize("NFD", label.lower()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z]+", plain)
    return words[0][:7].rstrip("sx") if words else ""


def _largest(figures: Sequence[KeyFigureValue]) -> list[KeyFigureValue]:
    """The largest first, without those that would be no more than a line."""
    ordered = sorted(figures, key=lambda one: -abs(one.value))
    return [one for one in ordered if abs(one.value) * DWARFED >= abs(ordered[0].value)][:BARS]


def draw_shares(title: str, figures: Sequence[KeyFigureValue]) -> Chart:
    """Parts of a hundred."""
    ordered = sorted(figures, key=lambda one: -one.value)
    data, period = _data(ordered)
    return share_bars(_title(title, _("in per cent"), period), data).about(*(one.name for one in ordered))


def draw_changes(title: str, figures: Sequence[KeyFigureValue]) -> Chart:
    """What rose and what fell."""
    ordered = sorted(figures, key=lambda one: -one.value)
    data, period = _data(ordered)
    return ranked_bars(_title(title, _("changes in per cent"), period), data).about(*(one.name for one in ordered))


def draw_amounts(title: str, figures: Sequence[KeyFigureValue]) -> Chart:
    """Values of one unit, the largest first. Words that all names begin with are said once, in the title."""
    unit, shared = figures[0].unit, common_words([one.label for one in figures])
    data, period = _data(figures, cut=len(shared))
    measure = _("in numbers") if unit == "count" else _("in %(unit)s") % {"unit": say_unit(unit)}
    return ranked_bars(_title(shared.rstrip(" ,(–-") or title, measure, period), data).about(*(one.name for one in figures))


def common_words(labels: Sequence[str]) -> str:
    """The words that every label begins with, whole words alone, nothing that only joins at their end; blank if one says no more."""
    parts = [label.split(" ") for label in labels]
    shared: list[str] = []
    for words in zip(*parts, strict=False):
        if len(set(words)) > 1:
            break
        shared.append(words[0])
    while shared and shared[-1].lower().strip("’',(") in _JOINTS:
        shared.pop()
    if not shared or any(len(one) <= len(shared) for one in parts):
        return ""
    return " ".join(shared) + " "


def _title(subject: str, measure: str, period: str) -> str:
    return ", ".join(one for one in (subject, measure, period) if one)


def _data(figures: Sequence[KeyFigureValue], cut: int = 0) -> tuple[list[Datum], str]:
    """Bars with the values as they are said, and the period that most of them have; another one stands behind its bar's name."""
    common = Counter(one.said_period for one in figures).most_common(1)[0][0]
    data = []
    for one in figures:
        name = one.label[cut : cut + 1].upper() + one.label[cut + 1 :]
        label = name if one.said_period == common else f"{name} ({one.said_period})"
        data.append(Datum(label, as_float(one.value), one.said))
    return data, common


def as_float(value: Decimal | None) -> float | None:
    """A value for a drawing."""
    return None if value is None else float(value)
