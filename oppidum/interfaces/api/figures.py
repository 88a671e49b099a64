"""Key figures for programs: public by law (CRPA, art. L312-1-1), as everybody reads them, without a key."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from ninja import Field, Query, Router, Schema

from oppidum.core.errors import Invalid
from oppidum.figures.declared.histories import DeclaredTrail, open_declared
from oppidum.figures.key_figures import KeyFigureValue, get_key_figure, list_key_figures, search_key_figures
from oppidum.figures.models import KeyFigure
from oppidum.interfaces.api.schemas import Problem

router = Router(tags=["figures"], auth=None)
EARLIEST, LATEST = 1990, 2100
FAULTS = {404: Problem, 422: Problem}


class FigureLine(Schema):
    """A key figure of a year. A value that no second person has validated is null."""

    name: str
    label: str = Field(description="French, or English with `lang=en`")
    directorate: str
    theme: str
    unit: str = Field(description="A code: count, EUR, t, %, persons...")
    period: str = Field(description="A year, a day (as-of-2023-12-31), years, a target")
    kind: str = Field(description="flow, stock, amount, rate, change or target")
    precision: str = Field(description="exact, about or at-least")
    value: float | None
    said: str = Field(description="The value with its unit, as a reader says it")
    origin: str = Field(description="computed from records, or declared by the department")
    declared: float | None
    computed: float | None
    difference: float | None = Field(description="Computed less declared")
    previous: float | None = Field(description="The value of the year before")
    validated_at: datetime | None
    page: str = Field(description="Its page, which opens the value")


class FigureList(Schema):
    """All key figures asked for."""

    year: int
    count: int
    figures: list[FigureLine]


class Earlier(Schema):
    """A value that was told and then corrected."""

    value: float | None
    validated_at: datetime | None


class FigureDetail(FigureLine):
    """A key figure with its method, its other years, and what it said before."""

    method: str
    source: str
    years: dict[str, float | None] = Field(description="The told values of all years")
    superseded: list[Earlier]
    trail: str | None = Field(description="The records counted, as CSV, where a service counts the figure")


@router.get("", response={200: FigureList} | FAULTS, summary="Key figures of a year")
def list_figures(
    request: HttpRequest,
    year: int = Query(..., description="The edition"),
    directorate: str = Query("", max_length=60),
    theme: str = Query("", max_length=60),
    words: str = Query("", max_length=200, description="Words of the label, mistyped or not: the likeliest first"),
):
    """In the order of the activity report, then those that are counted and never declared."""
    check_year(year)
    if words.strip():
        found = [
            one
            for one in search_key_figures(words, year, validated_only=True)
            if (not directorate or one.directorate == directorate) and (not theme or one.theme == theme)
        ]
    else:
        found = list_key_figures(year, *(text.replace("\x00", "") for text in (directorate, theme)), validated_only=True)
    return JsonResponse({"year": year, "count": len(found), "figures": [line(one) for one in found]})


@router.get("/{slug:name}", response={200: FigureDetail} | FAULTS, summary="A key figure of a year, with its history")
def read_figure(request: HttpRequest, name: str, year: int = Query(..., description="The edition")):
    """The same as its page: value, method, other years, and the values that were corrected."""
    check_year(year)
    value = get_key_figure(name, year, validated_only=True)
    opened = open_declared(value.name, year) if KeyFigure.objects.filter(name=value.name).exists() else None
    return JsonResponse(line(value) | _history(value, opened))


def check_year(year: int) -> None:
    """Raise `Invalid` for a year that no edition can have."""
    if not EARLIEST <= year <= LATEST:
        raise Invalid(field="year")


def line(one: KeyFigureValue) -> dict:
    """A key figure as the schema says."""
    plain = {name: getattr(one, name) for name in ("name", "label", "directorate", "theme", "unit", "period", "kind", "precision")}
    numbers = {name: _number(getattr(one, name)) for name in ("value", "declared", "computed", "difference", "previous")}
    page = f"{settings.PUBLIC_URL.rstrip('/')}{one.trail}"
    return plain | numbers | {"said": one.said, "origin": one.origin, "validated_at": one.validated_at, "page": page}


def _history(value: KeyFigureValue, opened: DeclaredTrail | None) -> dict:
    told = [one for one in opened.entries if one.is_validated] if opened else []
    trail = f"{settings.PUBLIC_URL.rstrip('/')}/figures/{value.computed_by}/trail.csv?year={value.year}"
    return {
        "method": value.method,
        "source": value.source,
        "years": {str(year): _number(number) for year, number in opened.years.items()} if opened else {},
        "superseded": [{"value": _number(one.value), "validated_at": one.validated_at} for one in told[1:]],
        "trail": trail if value.computed is not None else None,
    }


def _number(value) -> float | int | None:
    return None if value is None else float(value) if value % 1 else int(value)
