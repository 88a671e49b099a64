"""The base year and the changed one side by side, measure by measure, from the result files of their runs. Pure.

A run's result is what `replay.running.run` returns. Amounts are summed over the year for each key (a team's or a service's code) and over all
keys (`ALL`); a backlog, which stands, is averaged over the weeks. Of waits come mean, median and 90th percentile.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

from oppidum.rehearsal.whatif.statistics import Difference, half_width, mean_of, paired, paired_quantile, pooled, quantile

ALL = ""
STANDING = ("backlog",)
# Measures that a report begins with, in this order; others follow as they are named.
ORDER = ("wait_mean", "wait_median", "wait_p90", "late_share", "late", "backlog", "turned_away", "arrived", "done", "crew_days", "km", "co2_kg", "cost_eur")  # fmt: skip
WAITS = {"median": 0.5, "p90": 0.9}


@dataclass(frozen=True)
class Row:
    """A measure of a key on both sides: means over the runs, and their difference. `figure`: it is a public figure of that name."""

    measure: str
    key: str
    base: float
    changed: float
    difference: Difference
    figure: bool = False

    @property
    def relative(self) -> float | None:
        """The difference as a share of the base, None of nothing."""
        return self.difference.mean / self.base if self.base else None

    def as_data(self) -> dict[str, Any]:
        return asdict(self) | {"told": self.difference.is_told}


@dataclass(frozen=True)
class Week:
    """One week of a measure: means over the runs of each side, with half of their 95 % intervals."""

    week: str
    base: float
    base_half: float
    changed: float
    changed_half: float


@dataclass(frozen=True)
class Comparison:
    """All that two sides differ in, and do not. `weekly`: measure -> key -> weeks. `seeds`: those that both sides lived."""

    seeds: tuple[int, ...]
    rows: tuple[Row, ...]
    weekly: Mapping[str, Mapping[str, tuple[Week, ...]]]

    def of(self, measure: str, key: str = ALL) -> Row | None:
        return next((one for one in self.rows if (one.measure, one.key, one.figure) == (measure, key, False)), None)

    @property
    def figures(self) -> list[Row]:
        """The public figures that differ in some run, those first whose difference is told, then by how much."""
        found = [one for one in self.rows if one.figure and not one.difference.same]
        return sorted(found, key=lambda one: (not one.difference.is_told, -abs(one.relative or 0), one.measure))

    @property
    def moved(self) -> list[str]:
        """The keys in which something differs in some run, those first whose waits, lateness or backlog are told to differ."""
        found: dict[str, float] = {}
        for one in self.rows:
            if not one.figure and one.key != ALL and not one.difference.same:
                weight = abs(one.relative or 1) if one.difference.is_told and one.measure in ORDER else 0
                found[one.key] = max(found.get(one.key, 0), weight)
        return sorted(found, key=lambda key: (-found[key], key))

    def as_data(self) -> dict[str, Any]:
        return {
            "seeds": list(self.seeds),
            "rows": [one.as_data() for one in self.rows],
            "weekly": {m: {k: [asdict(one) for one in weeks] for k, weeks in keys.items()} for m, keys in self.weekly.items()},
        }


def compare(base: Mapping[int, Mapping[str, Any]], changed: Mapping[int, Mapping[str, Any]]) -> Comparison:
    """Compare the results of the seeds that both sides have. Raises `ValueError` where there is none."""
    seeds = tuple(sorted(base.keys() & changed.keys()))
    if not seeds:
        raise ValueError("no seed was lived on both sides")
    sides = [base[seed] for seed in seeds], [changed[seed] for seed in seeds]
    rows = [*_waits(*sides), *_amounts(*sides), *_figures(*sides)]
    rows.sort(key=lambda one: (one.figure, one.key != ALL, _rank(one.measure), one.measure, one.key))
    return Comparison(seeds, tuple(rows), _weekly(*sides))


def _rank(measure: str) -> int:
    return ORDER.index(measure) if measure in ORDER else len(ORDER)


Side = Sequence[Mapping[str, Any]]


def _waits(base: Side, changed: Side) -> Iterator[Row]:
    for key in [ALL, *_keys("waits", "wait_days", base, changed)]:
        before, after = ([_histogram(run, key) for run in side] for side in (base, changed))
        if not any(before) or not any(after):
            continue
        pairs = [(mean_of(b), mean_of(a)) for b, a in zip(before, after, strict=True)]
        if all(b is not None and a is not None for b, a in pairs):
            yield _row("wait_mean", key, [b for b, _ in pairs], [a for _, a in pairs])
        for name, share in WAITS.items():
            if (found := paired_quantile(before, after, share)) is not None:
                yield Row(f"wait_{name}", key, quantile(pooled(before), share), quantile(pooled(after), share), found)


def _amounts(base: Side, changed: Side) -> Iterator[Row]:
    measures = sorted({measure for run in (*base, *changed) for measure in run["notes"]})
    for measure in measures:
        for key in [ALL, *_keys("notes", measure, base, changed)]:
            yield _row(measure, key, *([_amount(run, measure, key) for run in side] for side in (base, changed)))
    if {"late", "done"} <= set(measures):
        for key in [ALL, *_keys("notes", "done", base, changed)]:
            shares = [[_share(run, key) for run in side] for side in (base, changed)]
            if all(one is not None for side in shares for one in side):
                yield _row("late_share", key, *shares)


def _figures(base: Side, changed: Side) -> Iterator[Row]:
    names = sorted({name for run in (*base, *changed) for name in run["figures"]})
    for name in names:
        totals = [[float(run["figures"].get(name, {}).get("total") or 0) for run in side] for side in (base, changed)]
        yield _row(name, ALL, *totals, figure=True)


def _row(measure: str, key: str, base: list[float], changed: list[float], figure: bool = False) -> Row:
    return Row(measure, key, fmean(base), fmean(changed), paired(base, changed), figure)


def _keys(part: str, measure: str, *sides: Side) -> list[str]:
    return sorted({key for side in sides for run in side for key in run[part].get(measure, {})})


def _histogram(run: Mapping[str, Any], key: str) -> dict[int, float]:
    told = run["waits"].get("wait_days", {})
    wanted = told.values() if key == ALL else [told.get(key, {})]
    return pooled([{int(days): count for days, count in one.items()} for one in wanted])


def _by_week(run: Mapping[str, Any], measure: str, key: str) -> dict[str, float]:
    told = run["notes"].get(measure, {})
    found: dict[str, float] = {}
    for weeks in told.values() if key == ALL else [told.get(key, {})]:
        for week, amount in weeks.items():
            found[week] = found.get(week, 0) + amount
    return found


def _amount(run: Mapping[str, Any], measure: str, key: str) -> float:
    """The year's sum; of what stands, the mean over the weeks."""
    amounts = _by_week(run, measure, key).values()
    return sum(amounts) / max(1, len(amounts)) if measure in STANDING else float(sum(amounts))


def _share(run: Mapping[str, Any], key: str) -> float | None:
    """Of what was done, the share that was late."""
    done = _amount(run, "done", key)
    return _amount(run, "late", key) / done if done else None


def _weekly(base: Side, changed: Side) -> dict[str, dict[str, tuple[Week, ...]]]:
    measures = sorted({measure for run in (*base, *changed) for measure in run["notes"]})
    return {
        measure: {key: _weeks(measure, key, base, changed) for key in [ALL, *_keys("notes", measure, base, changed)]}
        for measure in measures
    }


def _weeks(measure: str, key: str, base: Side, changed: Side) -> tuple[Week, ...]:
    told = [[_by_week(run, measure, key) for run in side] for side in (base, changed)]
    names = sorted({week for side in told for run in side for week in run})
    found = []
    for name in names:
        before, after = ([run.get(name, 0.0) for run in side] for side in told)
        found.append(Week(name, fmean(before), half_width(before), fmean(after), half_width(after)))
    return tuple(found)
