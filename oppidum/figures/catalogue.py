"""All declared figures: those of the services, by name."""

from collections import Counter
from functools import lru_cache

from oppidum.cases.declaration import DefinitionError, catalogue
from oppidum.core.errors import NotFound
from oppidum.figures.declaration import INTERNAL, MONTH, PUBLIC, Count, Figure, Share


@lru_cache(maxsize=1)
def all_figures() -> dict[str, Figure]:
    """Every figure by name, checked. Raises `DefinitionError` with one sentence a fault."""
    found: dict[str, Figure] = {}
    faults = []
    for service in catalogue().values():
        for figure in service.figures:
            if figure.name in found:
                faults.append(f"{service.code}: figure '{figure.name}' is declared twice")
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
    if isinstance(figure, Share):
        return [
            f"figure '{figure.name}': '{name}' is no declared count"
            for name in (figure.part, figure.whole)
            if not isinstance(known.get(name), Count)
        ]
    known_splits = {MONTH, *figure.counts.splits}
    return [f"figure '{figure.name}': {figure.counts.name} can't be split by '{s}'" for s in figure.splits if s not in known_splits]


def get_figure(name: str) -> Figure:
    """The figure of that name; raises `NotFound`."""
    try:
        return all_figures()[name]
    except KeyError:
        raise NotFound(figure=name) from None
