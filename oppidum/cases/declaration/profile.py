"""How a service is rehearsed: how many cases a year, when they come, what happens to them, in shares observed."""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from random import Random
from typing import Any

EVEN_YEAR = (1.0,) * 12
OFFICE_WEEK = (1.0, 1.0, 1.0, 1.0, 1.0, 0.3, 0.2)


@dataclass(frozen=True)
class Profile:
    """`per_year`: cases filed in a year of the whole territory, with the figure's source. `months`, `weekdays`: relative weights.

    `shares`: of each step from which people choose, the share of each action ("review.favourable": 0.3); what the shares of a step
    leave of one is left to time, where time moves the case on. `days`: mean days from one step to the next. `answers`: for a field,
    the share of each of some answers; others are drawn evenly. `typical`: for a number, an amount, the nights of a stay, the days of a period or those until a day
    that is named, the median and the factor within which two thirds lie (log-normal). `fits`: makes drawn answers agree with each other (a budget in balance), `agrees` what an act says with the case (scores with what is scored).
    `ahead`: by how many days cases come before the year whose figure they make, where decisions are counted and not requests.
    `early`: of the acts on a case that holds a place ("kept.confirm"), those that don't wait for the day booked. `per_day`: files that the
    service's officers decide on a working day; 0: as many as there are. `pays`: the share of bills that are paid, and the mean days until then.
    `channels`: by which way cases come, where it isn't the usual one. `letters`: whether its letters are made in a replay too, as papers that
    nobody is sent: a year counts them.
    """

    per_year: int
    _: KW_ONLY
    source: str = ""
    months: tuple[float, ...] = EVEN_YEAR
    weekdays: tuple[float, ...] = OFFICE_WEEK
    shares: Mapping[str, float] = field(default_factory=dict)
    days: Mapping[str, float] = field(default_factory=dict)
    answers: Mapping[str, Mapping[Any, float]] = field(default_factory=dict)
    typical: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    fits: Callable[[dict[str, Any]], dict[str, Any]] | None = None
    agrees: Callable[[str, dict[str, Any], Mapping[str, Any], Random], dict[str, Any]] | None = None
    ahead: int = 0
    early: tuple[str, ...] = ()
    per_day: float = 0
    pays: tuple[float, float] = (0.96, 12.0)
    channels: Mapping[str, float] = field(default_factory=dict)
    letters: bool = False
    seed: int = 1
