"""A key figure as everybody reads it: its value, who answers for it, the declared value beside the counted one, and what it said before."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oppidum.core.errors import NotFound
from oppidum.figures.accounts.reading import find_tied
from oppidum.figures.catalogue import all_figures
from oppidum.figures.declared.histories import DeclaredTrail, open_declared
from oppidum.figures.key_figures import KeyFigureValue, get_key_figure
from oppidum.figures.models import Entry, KeyFigure
from oppidum.figures.models.entry import TOLD
from oppidum.figures.overview import list_years
from oppidum.figures.qr import figure_qr_svg
from oppidum.figures.themes import theme_label
from oppidum.figures.wording import say_change, say_unit, say_value
from oppidum.people.models import Directorate
from oppidum.web.figures import exporting, opening, reading
from oppidum.web.figures.asking import WrongAddress
from oppidum.web.figures.charts import Trend, draw_years
from oppidum.web.figures.opening import is_internal
from oppidum.web.figures.said import say_formula
from oppidum.web.figures.twins import compare_sides
from oppidum.web.files import hand_out


@require_safe
def figure(request: HttpRequest, name: str) -> HttpResponse:
    """The page of a figure: of a counted one its parts (`reading.page`), of a key figure what was declared."""
    if name in all_figures() and not _is_declared(name, request.GET.get("year", "")):
        return reading.page(request, name)
    return page(request, name)


def _is_declared(name: str, year: str) -> bool:
    """Whether a figure that a service counts is asked for in a year that was declared and never recorded."""
    return year.isdigit() and int(year) not in list_years() and KeyFigure.objects.filter(name=name).exists()


def page(request: HttpRequest, name: str) -> HttpResponse:
    """`?year=`: by default the newest that was told."""
    years = told_years(name)
    year = asked_key_year(request, years)
    internal = is_internal(request.user)
    value, opened = get_key_figure(name, year, validated_only=not internal), open_declared(name, year)
    counted = all_figures().get(value.computed_by)
    formula = say_formula(counted) if counted else []
    return render(
        request,
        "figures/key_figure.html",
        {
            "value": value,
            "figure": opened.figure,
            "year": year,
            "years": [
                {"label": str(one), "href": f"{reverse('figures:figure', args=[name])}?year={one}", "current": one == year}
                for one in years
            ],
            "owner": _name_of(value.directorate),
            "theme": theme_label(value.theme),
            "unit": say_unit(value.unit),
            "kind": opened.figure.get_kind_display(),
            "compared": compare(value),
            "trend": draw_key_trend(opened, value),
            "sides": compare_sides(value, find_tied(name, year)),
            "formula": formula,
            "counted": counted,
            "told": opened.told,
            "earlier": [one for one in opened.entries if one.is_validated and one is not opened.told],
            "opens": f"{reverse('figures:trail', args=[counted.name])}?year={year}" if counted and value.computed else "",
            "parts": f"{reverse('figures:figure', args=[counted.name])}?year={year}"
            if counted and value.computed is not None and counted.name != name
            else "",
            "is_internal": internal,
            "is_waiting": internal and value.origin == "declared" and value.value is not None and not value.is_validated,
        },
    )


def told_years(name: str) -> list[int]:
    """The years in which a key figure may be read, newest first; raises `NotFound` for a name that is none."""
    if not KeyFigure.objects.filter(name=name).exists():
        raise NotFound(_("We count nothing under this name. All figures are listed at the address /figures/."))
    told = set(Entry.objects.filter(figure__name=name, state__in=TOLD).values_list("year", flat=True))
    counted = any(one.states == name for one in all_figures().values())
    return sorted(told | (set(list_years()) if counted else set()), reverse=True) or list_years()[:1]


def asked_key_year(request: HttpRequest, years: list[int]) -> int:
    """The year asked for; any year has a page, which says that nothing was told of it."""
    given = request.GET.get("year", "")
    if not given:
        return years[0]
    if not (given.isascii() and given.isdigit() and len(given) == 4 and given >= "1900"):
        raise WrongAddress(
            _("A year has four digits, like %(year)d: correct it in the address.") % {"year": years[0]}, field="year"
        )
    return int(given)


def compare(value: KeyFigureValue) -> str:
    """ "2022 : 38 012 (+9,2 %)", "" where the year before was not told."""
    if value.value is None or value.previous is None:
        return ""
    change = say_change(value.value, value.previous, value.unit)
    said = {"year": value.year - 1, "value": say_value(value.previous, value.unit), "change": change}
    return _("%(year)d: %(value)s (%(change)s)") % said if change else _("%(year)d: %(value)s") % said


def draw_key_trend(opened: DeclaredTrail, value: KeyFigureValue) -> Trend | None:
    """The years as columns, where at least two were told."""
    years = dict(opened.years)
    if value.value is not None and value.is_validated:
        years[value.year] = value.value
    if len(years) < 2:
        return None
    return draw_years(dict(sorted(years.items())[-12:]), lambda number: say_value(number, value.unit))


def _name_of(directorate: str) -> str:
    return Directorate.objects.filter(code=directorate).values_list("name", flat=True).first() or directorate


@require_safe
def qr(request: HttpRequest, name: str) -> HttpResponse:
    """The address as a QR code."""
    year = asked_key_year(request, told_years(name) if name not in all_figures() else list_years())
    return HttpResponse(figure_qr_svg(name, year), content_type="image/svg+xml")


@require_safe
def evidence(request: HttpRequest, name: str, year: int) -> HttpResponse:
    """The paper behind a told value, where its department opened it to everybody."""
    told = open_declared(name, year).told
    if told is None or told.evidence is None or not (told.is_evidence_public or is_internal(request.user)):
        raise Http404
    return hand_out(told.evidence)


@require_safe
def trail(request: HttpRequest, name: str) -> HttpResponse:
    """The records counted; the name of a key figure leads to those of the figure that states it, or to who declared it."""
    if name in all_figures():
        return opening.page(request, name)
    years = told_years(name)
    counted = next((one.name for one in all_figures().values() if one.states == name), name)
    year = asked_key_year(request, years)
    to_records = counted != name and year in list_years()
    address = reverse("figures:trail", args=[counted]) if to_records else reverse("figures:figure", args=[name])
    return redirect(f"{address}?year={year}")


@require_safe
def table(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """A figure as a CSV file: a counted one with its parts, a key figure with its years."""
    if name in all_figures():
        return exporting.figure_csv(request, name)
    year = asked_key_year(request, told_years(name))
    opened = open_declared(name, year)
    head = [_("Year"), say_unit(opened.figure.unit)]
    lines = [[str(one), f"{value.normalize():f}"] for one, value in opened.years.items()]
    return exporting.stream_csv([head, *lines], name)
