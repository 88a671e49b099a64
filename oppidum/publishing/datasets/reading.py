"""Rows of a dataset as texts, in the order of its columns: streamed from its source, with what concerns persons removed or coarsened."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from math import cos, floor, radians
from typing import Any

from django.utils.translation import override

from oppidum.cases.public import private_categories
from oppidum.core import clock
from oppidum.core.streaming import stream_named
from oppidum.figures.declaration import MONTH
from oppidum.figures.naming import name_of
from oppidum.publishing.datasets.declaration import YEAR, Between, Dataset, Drop, Export, Query, Tally, ToGrid, ToMonth, Treatment
from oppidum.publishing.datasets.refusals import Undeclared

METRES_A_DEGREE = 111_320
Row = dict[str, Any]


def read_rows(dataset: Dataset) -> Iterator[tuple[str, ...]]:
    """The rows as they are to be published but for the k-anonymity check. Raises `Undeclared` for a column that nobody declared.

    What is said in words is said in French, the language of the data.
    """
    with override("fr"):
        source = _open(dataset)
        names = tuple(next(source))
        _check_names(dataset, names)
        treat = _compose(dataset.personal)
        for row in source:
            known = treat(dict(zip(names, row, strict=True)))
            yield tuple(text_of(known[name]) for name in dataset.names)


def _open(dataset: Dataset) -> Iterator[Sequence[Any]]:
    """The source's rows behind a header."""
    source = dataset.source
    if isinstance(source, Query):
        yield from stream_named(source.sql, dict(source.params()))
    elif isinstance(source, Tally):
        yield from _tally(source)
    elif isinstance(source, Export):
        if not source.has_header:
            yield dataset.names
        yield from source.rows()


def _tally(tally: Tally) -> Iterator[Sequence[Any]]:
    """The counted rows, with the words for their values where some are asked for."""
    counted = stream_named(tally_sql(tally), dict(tally.where.params) | {"private": list(private_categories())})
    header = next(counted)
    yield (*header, *tally.named)
    places = [(header.index(column), tally.by[column]) for column in tally.named.values()]
    for row in counted:
        yield (*row, *(name_of(split, row[n]) if row[n] else "" for n, split in places))


def tally_sql(tally: Tally) -> str:
    """One GROUP BY over the records of a figures' source; values that are empty are told as such."""
    source = tally.source
    times = {MONTH: "YYYY-MM", YEAR: "YYYY"}
    parts = {
        column: f"to_char({source.at} at time zone 'Europe/Paris', '{times[split]}')"
        if split in times
        else f"coalesce({source.splits[split]}, '')"
        for column, split in tally.by.items()
    }
    sums = "".join(f', coalesce(sum({sql}), 0) as "{column}"' for column, sql in tally.adds.items())
    groups = ", ".join(str(n) for n in range(1, len(parts) + 1))
    chosen = ", ".join(f'{sql} as "{column}"' for column, sql in parts.items())
    return (
        f'select {chosen}, count(*) as "{tally.counts}"{sums} from {source.rows} where {tally.where.sql} '
        f"group by {groups} order by {groups}"
    )


def _check_names(dataset: Dataset, names: Sequence[str]) -> None:
    dropped = {one.column for one in dataset.personal if isinstance(one, Drop)}
    if surplus := set(names) - set(dataset.names) - dropped:
        raise Undeclared(dataset.name, sorted(surplus))
    if missing := set(dataset.names) - set(names):
        raise Undeclared(dataset.name, sorted(missing), missing=True)


def text_of(value: Any) -> str:
    """A value as its cell: ISO dates, instants with their offset, decimal points, "true" and "false", nothing for none."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.astimezone(clock.PARIS).isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case Decimal():
            return format(value.normalize(), "f")
        case dict():
            return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return str(value)


# --- what is removed or coarsened ---------------------------------------------------------------------------------------------


def _compose(treatments: Iterable[Treatment]) -> Callable[[Row], Row]:
    steps = [_STEPS[type(one)](one) for one in treatments if not isinstance(one, Drop)]

    def treat(row: Row) -> Row:
        for step in steps:
            row = step(row)
        return row

    return treat


def _to_month(one: ToMonth) -> Callable[[Row], Row]:
    def step(row: Row) -> Row:
        value = row[one.column]
        if isinstance(value, datetime):
            value = value.astimezone(clock.PARIS)
        return row | {one.column: f"{value:%Y-%m}" if isinstance(value, date) else (value or "")[:7]}

    return step


def _between(one: Between) -> Callable[[Row], Row]:
    def step(row: Row) -> Row:
        value = row[one.column]
        return row if value is None else row | {one.column: min(max(value, one.lowest), one.highest)}

    return step


def _to_grid(one: ToGrid) -> Callable[[Row], Row]:
    def step(row: Row) -> Row:
        lon, lat = row[one.longitude], row[one.latitude]
        if lon is None or lat is None:
            return row
        centre = centre_of_square(float(lon), float(lat), one.metres)
        return row | {one.longitude: f"{centre[0]:.5f}", one.latitude: f"{centre[1]:.5f}"}

    return step


def centre_of_square(lon: float, lat: float, metres: int) -> tuple[float, float]:
    """The centre of the square of a fixed grid that holds the point. Rows of squares share one width, so that they tile."""
    high = metres / METRES_A_DEGREE
    middle = (floor(lat / high) + 0.5) * high
    wide = high / cos(radians(middle))
    return (floor(lon / wide) + 0.5) * wide, middle


_STEPS: Mapping[type, Callable[[Any], Callable[[Row], Row]]] = {ToMonth: _to_month, Between: _between, ToGrid: _to_grid}
