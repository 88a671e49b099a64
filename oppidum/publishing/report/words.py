"""The words around the texts: headings, lists, the index of figures with their sources, in the report's language."""

import unicodedata
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from oppidum.core import clock
from oppidum.core.numbers import NO_BREAK
from oppidum.figures.key_figures import COMPUTED, KeyFigureValue
from oppidum.publishing.report.tree import Report
from oppidum.publishing.typography import printed
from oppidum.publishing.wording import plain_day

# The figures of the double page that opens the report, as far as the year has them.
OVERVIEW = (
    "population", "communes-count", "territory-area", "deliberations", "levelo-trips", "ev-charging-points-total", "waste-residual-collected",
    "drinking-water-supplied-per-year", "sewer-network-length", "grand-site-visitors", "call-centre-reports", "recycling-centres-count",
)  # fmt: skip


def words(report: Report, now: datetime) -> dict[str, str]:
    """Every fixed text of the template."""
    made_on = plain_day(clock.local_day(now))
    told = {
        "contents": _("Contents"),
        "overview": _("%(year)s in figures") % {"year": report.year},
        "highlights": _("Highlights of the year"),
        "part": pgettext("report", "Part"),
        "charts": _("Charts and maps"),
        "chart": pgettext("report", "Chart"),
        "map": _("Map"),
        "index": _("Index of key figures"),
        "index_lead": _(
            "Every key figure of this report, where it is told, and where it comes from. Each links to its page, with its definition, "
            "its method and the records that it counts."
        ),
        "figure": _("Key figure"),
        "value": pgettext("chart", "Value"),
        "compared": str(report.compared_with or ""),
        "qr": _("QR code to the web page of this chapter"),
        "table": _("The data of this chart"),
        "not_validated": _("Declared, not validated yet"),
        "draft": _("Draft of %(day)s") % {"day": made_on},
        "how": _("How this report is made"),
        "how_period": _("Unless its line says otherwise, a value is that of %(year)s, or of its last day.") % {"year": report.year},
        "how_text": _(
            "No number here was typed by hand. Texts name figures; a figure is counted from the records of a service, or declared by the "
            "department that answers for it, with its evidence, and validated by a second person. The same texts make the web edition, "
            "at %(address)s, where every number opens to its trail."
        )
        % {"address": f"{settings.PUBLIC_URL}/report/{report.year}/"},
        "colophon": _(
            "Set in Libertinus Serif and Atkinson Hyperlegible Next. Made on %(day)s by Oppidum, free software (AGPL-3.0)."
        )
        % {"day": made_on},
    }
    return {name: printed(text, report.language) for name, text in told.items()}


def overview_of(report: Report) -> list[KeyFigureValue]:
    """The figures that open the report: up to twelve of those wanted, then the first that there are."""
    known = {one.name: one for one in report.figures()}
    wanted = [known[name] for name in OVERVIEW if name in known]
    rest = [one for one in known.values() if one.name not in OVERVIEW]
    return [*wanted, *rest[: max(0, 6 - len(wanted))]][:12]


def lists_of(report: Report) -> list[dict[str, Any]]:
    """Highlights by month."""
    months: dict[int, list[dict[str, str]]] = {}
    for one in report.highlights:
        told = {
            "day": day_of_month(one.on),
            "title": printed(one.title, report.language),
            "project": printed(one.project, report.language),
        }
        months.setdefault(one.on.month, []).append(told)
    return [{"month": str(MONTHS[month]).capitalize(), "items": items} for month, items in sorted(months.items())]


def day_of_month(day: date) -> str:
    """ "jeudi 12", "Thursday 12"."""
    number = "1er" if day.day == 1 and (get_language() or "fr").startswith("fr") else str(day.day)
    return f"{WEEKDAYS[day.weekday()]}{NO_BREAK}{number}"


def index_of(report: Report) -> list[dict[str, Any]]:
    """Every key figure of the report by label, under its letter."""
    entries = sorted(report.figures(), key=lambda one: (_plain(one.label), one.name))
    letters: dict[str, list[dict[str, str]]] = {}
    for one in entries:
        first = _plain(one.label)[:1].upper()
        told = {
            "name": one.name,
            "label": printed(one.label, report.language),
            "said": one.qualified,
            "source": printed(source_in_words(one, report), report.language),
            "href": f"{settings.PUBLIC_URL}{one.trail}",
        }
        letters.setdefault(first if first.isalpha() else "0–9", []).append(told)
    return [{"letter": letter, "items": items} for letter, items in letters.items()]


def source_in_words(one: KeyFigureValue, report: Report) -> str:
    """Where a figure comes from: counted from which records, or declared by whom and validated by whom."""
    if one.origin == COMPUTED:
        return _("counted from records: %(source)s") % {"source": one.source} if one.source else _("counted from records")
    titles = {part.directorate: part.title for part in report.parts}
    told = _("declared: %(directorate)s") % {"directorate": titles.get(one.directorate, one.directorate)}
    if not one.is_validated:
        return told + ", " + _("not validated yet")
    if one.validated_by:
        told += ", " + _("validated by %(who)s") % {"who": one.validated_by}
    if one.validated_at:
        told += f" ({plain_day(clock.local_day(one.validated_at))})"
    return told


def _plain(label: str) -> str:
    """For sorting: without accents and capitals."""
    return unicodedata.normalize("NFD", label.lower()).encode("ascii", "ignore").decode().lstrip("'\"« ")
