"""One figure: what it is, how it is counted, its value, and its parts, each of which opens to its records."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from oppidum.core import clock
from oppidum.figures.catalogue import get_figure
from oppidum.figures.computations import history, is_running
from oppidum.figures.computing import Value, counted_by
from oppidum.figures.declaration import MONTH, SPLIT_LABELS, Change, Figure, Quantile, Share, Spread, Stock
from oppidum.figures.overview import glance, value_of
from oppidum.web.figures import twins
from oppidum.web.figures.asking import asked_figure, asked_year, is_internal
from oppidum.web.figures.charts import bar_width
from oppidum.web.figures.glancing import make_tile, year_tabs
from oppidum.web.figures.said import owner_names, say_formula, say_part, say_value
from oppidum.web.words import say_number

SHOWN = 15


@dataclass(frozen=True)
class Part:
    """A row of a split's table."""

    label: str
    count: int
    share: str
    bar: str
    opens: str


@dataclass(frozen=True)
class Split:
    """A split as a table; `rest` are the rows after the first, shown on demand."""

    name: str
    label: str
    is_additive: bool
    first: list[Part]
    rest: list[Part]


@dataclass(frozen=True)
class Earlier:
    """A value that a figure of a closed year has, or had until it was corrected."""

    value: str
    computed_at: datetime
    why: str
    is_current: bool


@require_safe
def page(request, name: str):
    """`?year=`: by default the newest."""
    figure, year = asked_figure(request, name), asked_year(request)
    value = value_of(name, year)
    address = reverse("figures:figure", args=[name])
    one = glance(year)[name]
    return render(
        request,
        "figures/figure.html",
        {
            "figure": figure,
            "year": year,
            "years": year_tabs(address, year),
            "tile": make_tile(one, year),
            "owner": owner_names().get(figure.owner, figure.owner),
            "formula": say_formula(figure),
            "terms": [make_tile(glance(year)[term], year) for term in _terms(figure)],
            "counted": counted_by(name),
            "history": _history(name, year),
            "splits": [make_split(value, split, year) for split in value.splits if value.splits[split]],
            "computed_at": value.computed_at,
            "twin": twins.find_twin(figure, year, internal=is_internal(request.user)),
            "today": clock.today(),
            "is_running": year == clock.today().year,
        },
    )


def make_split(value: Value, split: str, year: int) -> Split:
    """The parts of a split, largest first; months in their order."""
    counts = value.splits[split]
    order = sorted(counts.items(), key=(lambda item: item[0]) if split == MONTH else (lambda item: (-item[1], item[0])))
    highest, total = max(counts.values()), sum(counts.values())
    trail = reverse("figures:trail", args=[value.figure.name])
    parts = [
        Part(
            say_part(split, key),
            count,
            say_number(100 * count / total, 1) if total else "",
            bar_width(count, highest),
            f"{trail}?{urlencode({'year': year, split: key})}",
        )
        for key, count in order
    ]
    # One row more is not worth a click.
    cut = SHOWN if len(parts) > SHOWN + 1 else len(parts)
    return Split(split, str(SPLIT_LABELS[split]), is_additive(value.figure, split), parts[:cut], parts[cut:])


def is_additive(figure: Figure, split: str) -> bool:
    """Whether the parts of a split add up to the whole: no ranks do, nor a stock at the ends of twelve months."""
    return not isinstance(figure, Quantile) and not (isinstance(figure, Stock) and split == MONTH)


def _terms(figure: Figure) -> tuple[str, ...]:
    match figure:
        case Share(part=part, whole=whole):
            return part, whole
        case Change(of=of) | Spread(of=of):
            return (of,)
    return ()


def _history(name: str, year: int) -> list[Earlier]:
    """What a closed year's figure was before each correction; nothing where it never changed."""
    kept = [] if is_running(year) else history(name, year)
    return (
        [Earlier(say_value(get_figure(name), one.value), one.computed_at, one.why, one.is_current) for one in kept]
        if len(kept) > 1
        else []
    )
