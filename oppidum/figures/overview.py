"""All figures of a year at a glance: value, months, and the year before; and which years there are.

A closed year is one indexed read of what was computed (`computations.py`), and so is the running one while its computation is fresh;
else each source is read once, whatever the number of figures that count it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from oppidum.core import clock
from oppidum.figures.catalogue import all_figures, get_figure
from oppidum.figures.computations import is_running, read_one, read_year
from oppidum.figures.computing import Value, compute, compute_all, same_days_before
from oppidum.figures.declaration import Change, Counted, Figure, Quantile
from oppidum.figures.models import Computation
from oppidum.figures.periods import Period
from oppidum.figures.records import first_record, is_recorded, list_years
from oppidum.figures.remembering import KEPT, KEPT_PAST, remember

__all__ = ["Glance", "first_record", "glance", "list_years", "value_of"]


@dataclass(frozen=True)
class Glance:
    """A figure of a year at a glance. `months` are those that have begun; `before` is None where the year before was not recorded
    from its beginning, so that nothing is compared with half a year. `compared_with` is the period of `before`."""

    figure: Figure
    value: float | None
    months: Mapping[str, float | None]
    before: float | None
    compared_with: Period
    computed_at: datetime


def glance(year: int) -> dict[str, Glance]:
    """All declared figures of a year by name: those kept, or counted within the last minute. Two or three queries where they are kept,
    whatever the number of figures."""
    return remember(("glance", year), lambda: _glance(year), _kept(year))


def value_of(name: str, year: int) -> Value:
    """A figure with all its splits: the kept one, or counted within the last minute. Raises `NotFound`."""
    get_figure(name)
    return remember(("value", name, year), lambda: _value_of(name, year), _kept(year))


def _kept(year: int) -> timedelta:
    return KEPT if is_running(year) else KEPT_PAST


def _value_of(name: str, year: int) -> Value:
    kept = read_one(name, year)
    if kept is None:
        return compute(name, Period.year(year))
    return Value(get_figure(name), Period.year(year), _number(kept.value), kept.splits, kept.computed_at, kept.months, kept.records)


def _glance(year: int) -> dict[str, Glance]:
    period, today = Period.year(year), clock.today()
    compared_with = same_days_before(period, today)
    kept = read_year(year)
    current = compute_all(period) if kept is None else {name: _brief(one, period) for name, one in kept.items()}
    earlier = _earlier(year, compared_with, kept)
    begun = [name for name, month in period.months().items() if month.first <= today]
    return {
        name: Glance(
            figure,
            current[name].value,
            {month: current[name].months.get(month, nothing(figure)) for month in begun},
            earlier.get(name),
            compared_with,
            current[name].computed_at,
        )
        for name, figure in all_figures().items()
    }


def _earlier(year: int, compared_with: Period, kept: dict[str, Computation] | None) -> dict[str, float | None]:
    """The values of the year before, where it was recorded: kept with the running year, or as a closed year of its own."""
    if not is_recorded(compared_with):
        return {}
    if is_running(year):
        if kept is not None:
            return {name: _number(one.before) for name, one in kept.items()}
    elif (before := read_year(year - 1)) is not None:
        return {name: _number(one.value) for name, one in before.items()}
    values = remember(("before", compared_with), lambda: compute_all(compared_with), KEPT_PAST)
    return {name: one.value for name, one in values.items()}


def _brief(one: Computation, period: Period) -> Value:
    return Value(get_figure(one.figure), period, _number(one.value), {}, one.computed_at, one.months)


def _number(value: float | None) -> float | None:
    """A whole number as such: what is counted has no decimals."""
    return int(value) if value is not None and value == int(value) else value


def nothing(figure: Figure) -> float | None:
    """What a month says of which nothing was counted: nought, or no value where there is none."""
    return 0 if isinstance(figure, Counted) and not isinstance(figure, Quantile | Change) else None
