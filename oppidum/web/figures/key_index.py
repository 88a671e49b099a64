"""All key figures of a year, by directorate and theme, and found by words; the same as a file."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oppidum.core import clock
from oppidum.figures.declared.progress import find_told_edition, list_editions
from oppidum.figures.key_figures import KeyFigureValue, list_key_figures, search_key_figures
from oppidum.figures.themes import theme_label
from oppidum.figures.wording import say_change, say_unit
from oppidum.web.figures.asking import WrongAddress
from oppidum.web.figures.exporting import stream_csv
from oppidum.web.figures.opening import is_internal
from oppidum.web.figures.said import owner_names

LONGEST = 200


@dataclass(frozen=True)
class Theme:
    """A theme of a directorate with its figures."""

    label: str
    figures: list[KeyFigureValue]


@dataclass(frozen=True)
class Group:
    """A directorate: how many of its figures were told, and its themes with their number."""

    code: str
    name: str
    href: str
    told: int
    total: int
    themes: list[dict]


def asked_edition(request: HttpRequest) -> tuple[int, list[int]]:
    """The year asked for and those there are; by default the newest that was mostly told."""
    years, given = list_editions(clock.today()), request.GET.get("year", "")
    if given and not (given.isascii() and given.isdigit() and len(given) == 4):
        raise WrongAddress(
            _("A year has four digits, like %(year)d: correct it in the address.") % {"year": years[0]}, field="year"
        )
    return (int(given) if given else find_told_edition() or years[0]), years


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`?year=&directorate=&theme=&words=`: the directorates, one of them, or what words find."""
    year, years = asked_edition(request)
    words = request.GET.get("words", "").replace("\x00", "")[:LONGEST].strip()
    directorate = request.GET.get("directorate", "").replace("\x00", "")[:60]
    public, owners = not is_internal(request.user), owner_names()
    values = (
        search_key_figures(words, year, validated_only=public)
        if words
        else list_key_figures(year, directorate, validated_only=public)
    )
    # What a service counts and was not yet recorded in that year is no figure of that year.
    values = [one for one in values if one.value is not None or one.is_declared]
    context = {
        "year": year,
        "years": year_tabs(year, years, {"directorate": directorate, "words": words}),
        "words": words,
        "directorate": directorate,
        "owner": owners.get(directorate, directorate),
        "found": values if words else [],
        "themes": list_themes(values) if directorate and not words else [],
        "groups": [] if directorate or words else list_groups(values, owners, year),
        "download": f"{reverse('figures:key-csv')}?year={year}",
        "is_asked": bool(words),
    }
    return render(request, "figures/key_index.html", context)


def list_themes(values: list[KeyFigureValue]) -> list[Theme]:
    """The figures of a directorate by theme, in the order of the report."""
    themes: dict[str, list[KeyFigureValue]] = {}
    for value in values:
        themes.setdefault(value.theme, []).append(value)
    return [Theme(theme_label(code) or _("Counted by the services"), found) for code, found in themes.items()]


def list_groups(values: list[KeyFigureValue], owners: dict[str, str], year: int) -> list[Group]:
    """The directorates by name."""
    by_owner: dict[str, list[KeyFigureValue]] = {}
    for value in values:
        by_owner.setdefault(value.directorate, []).append(value)
    address = reverse("figures:key")
    groups = []
    for code, found in by_owner.items():
        href = f"{address}?{urlencode({'year': year, 'directorate': code})}"
        themes = [{"label": one.label, "count": len(one.figures)} for one in list_themes(found)]
        told = sum(one.value is not None for one in found)
        groups.append(Group(code, owners.get(code, code), href, told, len(found), themes))
    return sorted(groups, key=lambda group: group.name)


def year_tabs(year: int, years: list[int], asked: dict[str, str]) -> list[dict]:
    """The editions as links that keep what was asked."""
    kept = {name: value for name, value in asked.items() if value}
    return [
        {"label": str(one), "href": f"?{urlencode({'year': one} | kept)}", "current": one == year}
        for one in sorted({year, *years}, reverse=True)
    ]


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Every key figure of a year as a CSV file: numbers with a point, the words in the reader's language."""
    year, _years = asked_edition(request)
    values = list_key_figures(year, validated_only=not is_internal(request.user))
    owners = owner_names()
    head = [
        _("Name"),
        _("Label"),
        _("Directorate"),
        _("Theme"),
        _("Value"),
        _("Unit"),
        _("Period"),
        _("Precision"),
        _("Origin"),
        _("Declared value"),
        _("Counted value"),
        _("Validated on"),
        _("The year before"),
        _("Change on the year before"),
    ]
    return stream_csv([head, *(_line(value, owners) for value in values)], f"{_('key-figures')}-{year}")


def _line(value: KeyFigureValue, owners: dict[str, str]) -> list:
    plain = lambda number: "" if number is None else f"{number.normalize():f}"  # noqa: E731
    moved = value.value is not None and value.previous is not None
    return [
        value.name,
        value.label,
        owners.get(value.directorate, value.directorate),
        theme_label(value.theme),
        plain(value.value),
        say_unit(value.unit),
        value.said_period,
        value.precision,
        value.origin,
        plain(value.declared),
        plain(value.computed),
        value.validated_at.date().isoformat() if value.validated_at else "",
        plain(value.previous),
        say_change(value.value, value.previous, value.unit) if moved and value.value is not None and value.previous else "",
    ]
