"""How a service is rehearsed: how many cases a year, when they come, what happens to them, in shares observed."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field

EVEN_YEAR = (1.0,) * 12
OFFICE_WEEK = (1.0, 1.0, 1.0, 1.0, 1.0, 0.3, 0.2)


@dataclass(frozen=True)
class Profile:
    """`per_year`: cases filed in a year of the whole territory, with the figure's source. `months`, `weekdays`: relative weights.

    `shares`: of each step from which people choose, the share of each action ("review.favourable": 0.3). `days`: mean days from one
    step to the next. `answers`: for a field, the share of each of some answers; others are drawn evenly.
    """

    per_year: int
    _: KW_ONLY
    source: str = ""
    months: tuple[float, ...] = EVEN_YEAR
    weekdays: tuple[float, ...] = OFFICE_WEEK
    shares: Mapping[str, float] = field(default_factory=dict)
    days: Mapping[str, float] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    seed: int = 1
