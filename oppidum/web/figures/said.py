"""How figures are put in words: values, periods, comparisons, the formula."""

from datetime import date

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppidum.figures.catalogue import get_figure
from oppidum.figures.declaration import MONTH, SPLIT_LABELS, Change, Figure, Mean, Quantile, Share, Spread, Stock
from oppidum.figures.naming import name_of
from oppidum.figures.overview import Glance
from oppidum.figures.periods import Period
from oppidum.people.models import Directorate
from oppidum.web.words import NO_BREAK, in_french, say_number

NONE = "—"


def say_part(split: str, value: str) -> str:
    """What readers call the value of a split; a month with its year."""
    if split != MONTH:
        return name_of(split, value)
    year, month = value.split("-")
    return f"{MONTHS[int(month)]}{NO_BREAK}{year}"


def say_value(figure: Figure, value: float | None) -> str:
    """1234 -> "1 234"; a share keeps one decimal; nothing to count is "—"."""
    if value is None:
        return NONE
    if isinstance(figure, Change):
        return _signed(value)
    return say_number(value, 1 if isinstance(figure, Share) else None)


def say_period(period: Period, today: date) -> str:
    """ "2025" for a whole year; a running one is told up to today."""
    if period.last >= today:
        return _("%(year)d, up to %(day)s") % {"year": period.first.year, "day": _day(today)}
    if (period.last.month, period.last.day) == (12, 31):
        return str(period.first.year)
    return _("%(year)d, up to %(day)s") % {"year": period.first.year, "day": _day(period.last)}


def say_comparison(glance: Glance, today: date) -> str:
    """ "2025, jusqu'au 23 novembre : 38 012 (+9,2 %)"; "2025 : pas de chiffre" where that year was not recorded in full."""
    period = say_period(glance.compared_with, today)
    before = say_value(glance.figure, glance.before)
    if glance.before is None:
        return _("%(year)d: no figure (not recorded from its beginning)") % {"year": glance.compared_with.first.year}
    if not glance.before or glance.value is None:
        return _("%(period)s: %(value)s") % {"period": period, "value": before}
    if isinstance(glance.figure, Change) or isinstance(glance.figure, Share) and not isinstance(glance.figure, Mean):
        points = round(glance.value - glance.before, 1)
        change = ngettext("%(change)s point", "%(change)s points", int(abs(points))) % {"change": _signed(points)}
    else:
        change = _("%(change)s%%") % {"change": _signed(round(100 * (glance.value - glance.before) / glance.before, 1))}
    return _("%(period)s: %(value)s (%(change)s)") % {"period": period, "value": before, "change": change}


def say_formula(figure: Figure) -> list[tuple[str, str]]:
    """What is counted, filtered how, dated how: rows of (label, words)."""
    if isinstance(figure, Share):
        part, whole = get_figure(figure.part), get_figure(figure.whole)
        formula = _("“%(part)s” / “%(whole)s”") if isinstance(figure, Mean) else _("100 × “%(part)s” / “%(whole)s”")
        return [(_("Formula"), formula % {"part": part.label, "whole": whole.label})]
    if isinstance(figure, Change):
        of = get_figure(figure.of)
        return [(_("Formula"), _("100 × (“%(figure)s” − year before) / year before") % {"figure": of.label})]
    if isinstance(figure, Spread):
        of, over = get_figure(figure.of), SPLIT_LABELS[figure.over]
        return [
            (
                _("Formula"),
                _("how many different values of “%(split)s” the records of “%(figure)s” have")
                % {"split": over, "figure": of.label},
            )
        ]
    ranked = []
    if isinstance(figure, Quantile):
        said = _("the value that %(percent)s%% of the records don't exceed") % {"percent": say_number(100 * figure.at, None)}
        ranked = [(_("What is reckoned"), said)]
    return ranked + [
        (_("What stands") if isinstance(figure, Stock) else _("What is counted"), str(figure.counts.label)),
        (_("Which ones"), figure.where.said() or _("all of them")),
        (_("Counted on"), str(figure.counts.dated)),
    ]


def owner_names() -> dict[str, str]:
    """The directorates that own figures, by code."""
    return dict(Directorate.objects.values_list("code", "name"))


def _signed(change: float) -> str:
    return ("+" if change > 0 else "±" if change == 0 else "") + say_number(change, 1)


def _day(day: date) -> str:
    if in_french():
        return f"{'1er' if day.day == 1 else day.day}{NO_BREAK}{MONTHS[day.month]}"
    return f"{day.day}{NO_BREAK}{MONTHS[day.month]}"
