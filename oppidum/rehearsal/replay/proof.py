"""Proof of counting: what the database computes of a year must equal what the tally says of it, figure by figure and part by part."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from oppidum.figures.catalogue import all_figures
from oppidum.figures.computing import value_of_terms
from oppidum.figures.declaration import MONTH, Count, Counted, Share, Spread, Stock
from oppidum.figures.periods import Period
from oppidum.figures.tallying import Tally as Computed
from oppidum.figures.tallying import tally as compute
from oppidum.rehearsal.replay.meaning import NOT_LIVED
from oppidum.rehearsal.replay.saying import Said, say
from oppidum.rehearsal.replay.tally import Tally

# What a difference is called where the parts of a figure don't come to its total.
COMMUNES_TOGETHER = "communes together"


class Difference(NamedTuple):
    """A number that differs; `split` is blank for the total, else "month", "commune"...; an unknown commune is the part ""."""

    figure: str
    split: str
    part: str
    tallied: float | None
    computed: float | None

    def __str__(self) -> str:
        where = f" ({self.split} {self.part or 'unknown'})" if self.split else ""
        return f"{self.figure}{where}: the tally says {self.tallied}, the database {self.computed}"


def prove(tally: Tally) -> list[Difference]:
    """Where tally and database differ, over the whole year. Raises `CannotSay` when a figure has no meaning for the tally."""
    figures = [one for one in all_figures().values() if isinstance(one, Counted) and one.counts.name not in NOT_LIVED]
    computed = compute(figures, Period.year(tally.year))
    said = say(tally)
    found = [difference for one in figures for difference in _differences(one.name, said[one.name], _as_said(computed[one.name]))]
    for one in figures:
        found += _sums(one, computed[one.name])
    for one in all_figures().values():
        if isinstance(one, Share) and one.name in said:
            found += _differences(one.name, said[one.name], _share(one, computed))
        if isinstance(one, Spread):
            found += _differences(one.name, said[one.name], Said(value_of_terms(one, computed, {})))
    return found


def _as_said(one: Computed) -> Said:
    return Said(one.total, dict(one.parts))


def _differences(name: str, said: Said, computed: Said) -> Iterator[Difference]:
    if said.total != computed.total:
        yield Difference(name, "", "", said.total, computed.total)
    for split, parts in said.parts.items():
        there = computed.parts.get(split, {})
        for part in sorted(parts.keys() | there.keys()):
            if parts.get(part) != there.get(part):
                yield Difference(name, split, part, parts.get(part), there.get(part))


def _sums(figure: Counted, computed: Computed) -> Iterator[Difference]:
    """The communes of a number are the metropolis; sums are rounded part by part, and ranks and rates are no sums."""
    if isinstance(figure, Count | Stock) and "commune" in computed.parts and not getattr(figure, "adds", ""):
        together = sum(computed.parts["commune"].values())
        if together != computed.total:
            yield Difference(figure.name, COMMUNES_TOGETHER, "", together, computed.total)


def _share(figure: Share, computed: Mapping[str, Computed]) -> Said:
    """A share or mean as pages show it: of the year, and of each month in which there is something to share."""
    months = {}
    for month in computed[figure.whole].parts[MONTH]:
        terms = {name: Computed(computed[name].parts[MONTH].get(month, 0)) for name in (figure.part, figure.whole)}
        months[month] = value_of_terms(figure, terms, {})
    return Said(value_of_terms(figure, computed, {}), {MONTH: months})
