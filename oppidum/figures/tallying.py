"""Counting by sets: all figures of a period, one query for each source and kind, with all their parts."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from oppidum.core.sql import rows
from oppidum.figures import statements
from oppidum.figures.declaration import MONTH, Counted, Quantile, Stock
from oppidum.figures.periods import Period

# Runs a query with named parameters: on PostgreSQL, or on the lake.
Run = Callable[[str, dict[str, Any]], Iterable[tuple]]
Parts = dict[str, dict[str, int]]
# Memory for the few hundred parts of forty figures at once: with less, PostgreSQL sorts millions of entries instead (7 s became 3).
_MEMORY = "256MB"


def from_records(sql: str, params: dict[str, Any]) -> list[tuple]:
    """Runs a counting query on PostgreSQL."""
    with transaction.atomic():
        rows("select set_config('work_mem', %s, true)", [_MEMORY])
        return rows(sql, params)


@dataclass
class Tally:
    """A number with its parts: {"month": {"2026-11": 12}, "commune": {"13055": 12}}. A part of which nothing is counted is not there."""

    total: int | None = 0
    parts: Parts = field(default_factory=dict)
    # Of a sum or a quantile: how many records are behind it, by month.
    records: dict[str, int] = field(default_factory=dict)


def tally(figures: Iterable[Counted], period: Period, run: Run = from_records) -> dict[str, Tally]:
    """The numbers of a period by the figures' names."""
    found: dict[str, Tally] = {}
    for together in statements.by_source(figures):
        if isinstance(together[0], Stock):
            found |= tally_stocks(together, period, run)
        elif isinstance(together[0], Quantile):
            found |= _tally_quantiles(together, period, run)
        else:
            found |= _tally_counts(together, period, run)
    return found


def _tally_counts(figures: list[Counted], period: Period, run: Run) -> dict[str, Tally]:
    grouping, months = statements.grouped(figures, statements.shared_params(period)), list(period.months())
    found = {figure.name: Tally(0, {split: {} for split in figure.splits}) for figure in figures}
    for _, split, value, numbers in _read(grouping, run):
        name = months[value - 1] if split == MONTH else value or ""
        if split == MONTH:
            for figure, number in zip(statements.sums(figures), numbers[len(figures) :], strict=True):
                found[figure.name].records |= {name: number} if number else {}
        for figure, number in zip(figures, numbers[: len(figures)], strict=True):
            one = found[figure.name]
            if not split:
                one.total = number
            elif number and split in one.parts:
                one.parts[split][name] = one.parts[split].get(name, 0) + number  # not known and blank are one part
    return found


def _read(grouping: statements.Grouping, run: Run):
    """The rows of a grouping as (key, split, its value, numbers); split is "" where a row sums over all of them."""
    splits, first = grouping.splits, int(grouping.has_key)
    for row in run(*grouping.statement):
        key, rest = (row[0] if first else None), row[first : first + 2 * len(splits)]
        split = next((name for i, name in enumerate(splits) if rest[2 * i + 1] == 0), "")
        yield key, split, rest[2 * splits.index(split)] if split else None, row[first + 2 * len(splits) :]


def tally_stocks(figures: list[Counted], period: Period, run: Run = from_records) -> dict[str, Tally]:
    """Stocks at the end of a period, and under "month" at the end of each of its months."""
    stood = stand(figures, period, statements.shared_params(period), run)
    found = {}
    for figure in figures:
        at_months = stood[figure.name]
        last = at_months[-1]
        parts: Parts = {split: last.parts[split] for split in figure.splits if split != MONTH}
        if MONTH in figure.splits:
            parts[MONTH] = {name: at.total for name, at in zip(period.months(), at_months, strict=True) if at.total}
        found[figure.name] = Tally(last.total, {split: parts[split] for split in figure.splits})
    return found


def stand(
    figures: list[Counted], period: Period, given: Mapping[str, Any], run: Run = from_records, known: str = ""
) -> dict[str, list[Tally]]:
    """Stocks of one source at the end of each stretch that begins at the instants `given["months"]`: the movements before, added up."""
    source, ends = figures[0].counts, len(given["months"])
    grouping = statements.grouped(figures, given, key=statements.month_number(source.at), known=known)
    moved: list[list[tuple]] = [[] for _ in range(ends + 1)]
    for bucket, *row in _read(grouping, run):
        moved[bucket].append(tuple(row))
    sums = {figure.name: Tally(0, {split: {} for split in figure.splits if split != MONTH}) for figure in figures}
    found: dict[str, list[Tally]] = {figure.name: [] for figure in figures}
    for bucket, rows_of_bucket in enumerate(moved):
        for split, value, numbers in rows_of_bucket:
            for figure, number in zip(figures, numbers, strict=True):
                one = sums[figure.name]
                if not split:
                    one.total += number
                elif number and split in one.parts:
                    one.parts[split][value or ""] = one.parts[split].get(value or "", 0) + number
        if bucket:
            for name, one in sums.items():
                found[name].append(Tally(one.total, {s: {v: n for v, n in parts.items() if n} for s, parts in one.parts.items()}))
    return found


def _tally_quantiles(figures: list[Quantile], period: Period, run: Run) -> dict[str, Tally]:
    # A value's months are read with it: a quantile of a year can't be made of those of its months.
    months, given = list(period.months()), statements.shared_params(period)
    grouping = statements.grouped(figures, given, key=figures[0].of)
    spread: dict[str, dict[tuple[str, str], dict[int, int]]] = {figure.name: {} for figure in figures}
    for value, split, part, numbers in _read(grouping, run):
        name = months[part - 1] if split == MONTH else part or ""
        for figure, number in zip(figures, numbers, strict=True):
            if number and (not split or split in figure.splits):
                counted = spread[figure.name].setdefault((split, name), {})
                counted[value] = counted.get(value, 0) + number
    found = {}
    for figure in figures:
        one = Tally(None, {split: {} for split in figure.splits})
        for (split, name), counted in spread[figure.name].items():
            rank = nearest_rank(counted, figure.at)
            one.records |= {name: sum(counted.values())} if split == MONTH else {}
            if split:
                one.parts[split][name] = rank
            else:
                one.total = rank
        found[figure.name] = one
    return found


def nearest_rank(counted: Mapping[int, int], at: float) -> int | None:
    """The smallest value that a share `at` of all doesn't exceed; `counted` says how often each value came."""
    needed = math.ceil(at * sum(counted.values()) - 1e-9)
    seen = 0
    for value in sorted(counted):
        seen += counted[value]
        if seen >= max(needed, 1):
            return value
    return None
