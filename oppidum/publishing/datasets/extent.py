"""What a version covers, read from its table: the time from its columns of days, months and years, the place from its geometry."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from oppidum.core.calendar import add_months
from oppidum.publishing.datasets.comparing import connect, table_sql
from oppidum.publishing.datasets.declaration import Dataset
from oppidum.publishing.datasets.writing import geometry_of, read_csv

_TIMES = ("date", "datetime", "yearmonth", "year")


def extent_of(dataset: Dataset, table: Path) -> tuple[date | None, date | None]:
    """First and last day of the first column of the key, else of any column, that tells a time; None where none does."""
    times = [column.name for column in dataset.columns if column.type in _TIMES]
    name = next((name for name in dataset.key if name in times), times[0] if times else "")
    if not name:
        return None, None
    # ISO texts sort as the times that they tell.
    with connect() as base:
        sql = f"""select min(left("{name}", 10)), max(left("{name}", 10)) from {table_sql(table)}"""
        first, last = base.execute(sql).fetchone()
    return (_first_day(first), _last_day(last)) if first else (None, None)


def _first_day(text: str) -> date:
    return date.fromisoformat(text + "-01" * (2 - text.count("-")))


def _last_day(text: str) -> date:
    begins, dashes = _first_day(text), text.count("-")
    return begins if dashes == 2 else date.fromordinal(add_months(begins, 1 if dashes else 12).toordinal() - 1)


def bounds_of(dataset: Dataset, table: Path) -> list[float]:
    """West, south, east, north of all geometries; empty without any."""
    if not dataset.geometry:
        return []
    if isinstance(dataset.geometry, tuple):
        lon, lat = (f'try_cast("{name}" as double)' for name in dataset.geometry)
        with connect() as base:
            sql = f"select min({lon}), min({lat}), max({lon}), max({lat}) from {table_sql(table)}"
            found = base.execute(sql).fetchone()
        return list(found) if None not in found else []
    west, south, east, north = 180.0, 90.0, -180.0, -90.0
    for row in read_csv(table):
        geometry = geometry_of(dict(zip(dataset.names, row, strict=True)), dataset.geometry)
        for lon, lat in _points(geometry["coordinates"]) if geometry else ():
            west, south, east, north = min(west, lon), min(south, lat), max(east, lon), max(north, lat)
    return [west, south, east, north] if west <= east else []


def _points(coordinates: Any) -> Iterator[tuple[float, float]]:
    if isinstance(coordinates[0], (int, float)):
        yield coordinates[0], coordinates[1]
        return
    for part in coordinates:
        yield from _points(part)


def preview_geometry(text: str) -> str:
    """A geometry as a cell of the preview: its kind alone."""
    return json.loads(text)["type"] if text else ""
