"""All declared figures by name: those of the services, and of the house as a whole."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from oppidum.cases.declaration import DefinitionError, catalogue
from oppidum.core.errors import NotFound
from oppidum.figures.declaration import (
    INTERNAL,
    MONTH,
    PUBLIC,
    Change,
    Count,
    Counted,
    Figure,
    Quantile,
    Share,
    Spread,
    Stock,
)
from oppidum.figures.house import FIGURES as OF_THE_HOUSE
from oppidum.figures.open_data import FIGURES as OPEN_DATA

HOUSE = (*OF_THE_HOUSE, *OPEN_DATA)


@lru_cache(maxsize=1)
def all_figures() -> dict[str, Figure]:
    """Every figure by name, checked. Raises `DefinitionError` with one sentence a fault."""
    found: dict[str, Figure] = {}
    faults = []
    declared = [(service.code, figure) for service in catalogue().values() for figure in service.figures]
    for place, figure in [*declared, *(("house", figure) for figure in HOUSE)]:
        if figure.name in found:
            faults.append(f"{place}: figure '{figure.name}' is declared twice")
        found[figure.name] = figure
    for figure in found.values():
        faults += _faults(figure, found)
    stated = Counter(figure.states for figure in found.values() if figure.states)
    faults += [f"figures: '{name}' is stated by {times} figures; keep one" for name, times in stated.items() if times > 1]
    if faults:
        raise DefinitionError("\n".join(faults))
    return found


def _faults(figure: Figure, known: dict[str, Figure]) -> list[str]:
    if figure.publication not in (PUBLIC, INTERNAL):
        return [f"figure '{figure.name}': publication is '{PUBLIC}' or '{INTERNAL}', not '{figure.publication}'"]
    match figure:
        case Share():
            wrong = [name for name in (figure.part, figure.whole) if not isinstance(known.get(name), Count | Stock)]
            return [f"figure '{figure.name}': '{name}' is no declared count or stock" for name in wrong]
        case Change():
            of = known.get(figure.of)
            return (
                []
                if of and not isinstance(of, Change)
                else [f"figure '{figure.name}': there is no figure '{figure.of}' that could change"]
            )
        case Spread():
            of = known.get(figure.of)
            spread = isinstance(of, Count) and figure.over in of.splits
            return (
                [] if spread else [f"figure '{figure.name}': '{figure.of}' is no declared count that is split by '{figure.over}'"]
            )
        case Counted():
            return list(_faults_of_counted(figure))
    return []


def _faults_of_counted(figure: Counted) -> Iterator[str]:
    known_splits = {MONTH, *figure.counts.splits}
    yield from (
        f"figure '{figure.name}': {figure.counts.name} can't be split by '{s}'" for s in figure.splits if s not in known_splits
    )
    if not figure.where.means:
        yield f"figure '{figure.name}': its condition is SQL alone; make it with a helper that says what it `means` (docs/reference/figures.md)"
    if MONTH not in figure.splits:
        yield f"figure '{figure.name}': split it by '{MONTH}': pages draw its year by months"
    if isinstance(figure, Stock) != bool(figure.counts.stands):
        yield f"figure '{figure.name}': a stock counts movements, and movements are counted by stocks alone; {figure.counts.name} doesn't fit"
    if isinstance(figure, Stock) and (ends := _end_steps(figure)):
        yield f"figure '{figure.name}': {', '.join(ends)}: a case that has ended stands nowhere; count its end as a flow"
    if isinstance(figure, Quantile) and not 0 < figure.at <= 1:
        yield f"figure '{figure.name}': at={figure.at} is no share between 0 and 1"


def _end_steps(stock: Stock) -> list[str]:
    """The steps of a stock at which a case has ended, or that its service doesn't have."""
    given = stock.where.params
    if "steps" not in given:
        return []
    steps = catalogue()[given["service"]].flow.steps if given["service"] in catalogue() else {}
    return [step for step in given["steps"] if step not in steps or steps[step].is_end]


def get_figure(name: str) -> Figure:
    """The figure of that name; raises `NotFound`."""
    try:
        return all_figures()[name]
    except KeyError:
        raise NotFound(figure=name) from None
