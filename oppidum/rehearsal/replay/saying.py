"""Every computed figure of a year from a tally alone: totals, months, communes and the other parts that it kept."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from oppidum.figures.catalogue import all_figures
from oppidum.figures.computing import spread
from oppidum.figures.declaration import MONTH, Change, Count, Counted, Figure, Quantile, Share, Spread, Stock
from oppidum.rehearsal.replay.meaning import KINDS, NOT_LIVED, Entered, Happened, list_unsaid, moves_of, test_of, value_of
from oppidum.rehearsal.replay.tally import Tally

# What happened, by its kind and what was said of it.
Happenings = Mapping[type, Mapping[Any, list[Happened]]]


@dataclass(frozen=True)
class Said:
    """A figure by the tally: {"month": {"2023-11": 12}, "commune": {"13055": 12}}; a part of which nothing was counted is not there."""

    total: float | None
    parts: dict[str, dict[str, float]] = field(default_factory=dict)


class CannotSay(Exception):
    """Figures that the tally can't say, by name."""


def say(tally: Tally, figures: Iterable[Figure] | None = None) -> dict[str, Said]:
    """All declared figures of the tally's year, but those that no replay feeds, and shares of them. Raises `CannotSay`."""
    wanted = list(all_figures().values() if figures is None else figures)
    if unsaid := list_unsaid(wanted):
        raise CannotSay("; ".join(f"{name}: {why}" for name, why in unsaid.items()))
    happened = tally.happened()
    said = {
        one.name: _say(one, happened.get(KINDS[one.counts.name], {}), tally.year)
        for one in wanted
        if isinstance(one, Counted) and one.counts.name not in NOT_LIVED
    }
    for one in wanted:
        if isinstance(one, Share) and {one.part, one.whole} <= said.keys():
            said[one.name] = _share(said[one.part], said[one.whole], one.per)
    said |= {
        one.name: Said(spread(said[one.of].parts.get(one.over, {}))) for one in wanted if isinstance(one, Spread) and one.of in said
    }
    # Nothing was recorded the year before: a change has nothing to compare with.
    return said | {one.name: Said(None) for one in wanted if isinstance(one, Change) if one.of in said}


def _say(figure: Counted, happened: Mapping[Any, list[Happened]], year: int) -> Said:
    test = test_of(figure.where.means)
    chosen = [(what, one) for what, each in happened.items() if test(what) for one in each]
    parts = {split: part_of for split in figure.splits if (part_of := _part_of(split, KINDS[figure.counts.name], year))}
    match figure:
        case Stock():
            return _stock(chosen, parts, moves_of(figure.where.means), year)
        case Quantile():
            ranked = value_of(figure.of.means)  # type: ignore[attr-defined]
            return _split(chosen, parts, lambda each: _ranked(each, figure.at, ranked))
        case Count() if figure.adds:
            value = value_of(figure.adds.means)  # type: ignore[attr-defined]
            return _split(chosen, parts, lambda each: _sum(each, value))
    return _split(chosen, parts, lambda each: sum(one.times for one in each))


PartOf = Callable[[Any, Happened], str]


def _part_of(split: str, kind: type, year: int) -> PartOf | None:
    """Into which part of a split something falls; None where the tally doesn't keep it."""
    if split == MONTH:
        return lambda _what, one: f"{year}-{one.month:02d}"
    if split == "commune":
        return lambda _what, one: one.commune
    return (lambda what, _one: getattr(what, split)) if split in getattr(kind, "_fields", ()) else None


def _split(
    chosen: list[tuple[Any, Happened]], parts: Mapping[str, PartOf], measure: Callable[[list[Happened]], float | None]
) -> Said:
    """A flow: what happened within the year, in all and by each split."""
    within = [(what, one) for what, one in chosen if 1 <= one.month <= 12]
    found: dict[str, dict[str, float]] = {}
    for split, part_of in parts.items():
        by_part: dict[str, list[Happened]] = defaultdict(list)
        for what, one in within:
            by_part[part_of(what, one)].append(one)
        measured = {name: measure(each) for name, each in by_part.items()}
        # A rank may be nought (done on the day), a number of nothing is no part.
        found[split] = {name: number for name, number in measured.items() if number or (number is not None and measure([]) is None)}
    return Said(measure([one for _, one in within]), found)


def _sum(each: Iterable[Happened], value: Callable[[Happened], Decimal | None]) -> int:
    whole = sum(((value(one) or Decimal(0)) * one.times for one in each), Decimal(0))
    return int(whole.quantize(Decimal(1), ROUND_HALF_UP))


def _ranked(each: Iterable[Happened], at: float, ranked: Callable[[Happened], Decimal | None]) -> int | None:
    """The nearest rank: the smallest number of days or hours that a share `at` of all doesn't exceed."""
    spread: Counter[int] = Counter()
    for one in each:
        spread[int(ranked(one) or 0)] += one.times
    rank = max(1, math.ceil(round(at * spread.total(), 9)))
    for number in sorted(spread):
        rank -= spread[number]
        if rank <= 0:
            return number
    return None


def _stock(chosen: list[tuple[Entered, Happened]], parts: Mapping[str, PartOf], moves: Callable[[Entered], int], year: int) -> Said:
    """What stands at the end: all movements until then, those of years before too; a month is its end."""
    by_month: Counter[int] = Counter()
    found: dict[str, Counter[str]] = {split: Counter() for split in parts if split != MONTH}
    for what, one in chosen:
        if one.month > 12:
            continue
        moved = moves(what) * one.times
        by_month[one.month] += moved
        for split, counted in found.items():
            counted[parts[split](what, one)] += moved
    stands, months = by_month[0], {}
    for month in range(1, 13):
        stands += by_month[month]
        if stands:
            months[f"{year}-{month:02d}"] = stands
    said = {split: {name: number for name, number in counted.items() if number} for split, counted in found.items()}
    return Said(stands, ({MONTH: months} if MONTH in parts else {}) | said)


def _share(part: Said, whole: Said, per: int) -> Said:
    """In all and by month; months in which there is nothing to share are left out."""
    months = {name: _in(part.parts[MONTH].get(name, 0), number, per) for name, number in whole.parts[MONTH].items() if number}
    return Said(_in(part.total or 0, whole.total or 0, per), {MONTH: months})


def _in(part: float, whole: float, per: int) -> float | None:
    return round(per * part / whole, 1) if whole else None
