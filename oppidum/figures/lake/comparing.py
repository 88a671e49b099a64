"""The proof that the lake tells the same: each figure of a closed year from PostgreSQL and from another engine, value and parts."""

from collections.abc import Mapping
from typing import Any

from oppidum.figures.computing import Value, compute_all
from oppidum.figures.lake.reading import open_lake, run_on
from oppidum.figures.periods import Period
from oppidum.figures.tallying import Run, from_records


def compare(year: int, run: Run | None = None) -> dict[str, tuple[Any, Any]]:
    """The figures that differ, as (PostgreSQL's, the lake's): values, and where they agree the parts. `run` is another engine's."""
    here, there = (
        compute_all(Period.year(year), run=_without_snapshots),
        compute_all(Period.year(year), run=run or run_on(open_lake())),
    )
    return {name: _told(here[name], there[name]) for name in here if _plain(here[name]) != _plain(there[name])}


def _without_snapshots(sql: str, params: dict[str, Any]) -> list[tuple]:
    """PostgreSQL without the snapshots: those say what was known, the lake what is."""
    return from_records(sql, params)


def _plain(value: Value) -> tuple:
    return value.value, _parts(value.splits), value.months


def _parts(splits: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    return {split: dict(parts) for split, parts in splits.items()}


def _told(here: Value, there: Value) -> tuple[Any, Any]:
    return (here.value, there.value) if here.value != there.value else (here.splits, there.splits)
