"""Bars, as numbers for SVG attributes: the security policy allows no style in the page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.dates import MONTHS

from oppidum.figures.declaration import Figure
from oppidum.web.figures.said import say_part, say_value

WIDTH, HEIGHT, GAP = 240, 56, 4


@dataclass(frozen=True)
class Bar:
    """One month's column. Coordinates are written plainly, never with a comma."""

    x: str
    y: str
    width: str
    height: str
    is_running: bool


@dataclass(frozen=True)
class Trend:
    """A year's columns from zero, the place of twelve months kept free; `words` says the same to who doesn't see them."""

    bars: list[Bar]
    words: str
    first: str
    last: str


def draw_trend(figure: Figure, months: Mapping[str, float | None], running: str) -> Trend | None:
    """The months of a figure as columns; None where there is nothing to draw. `running` is the month that isn't over."""
    highest = max((value or 0 for value in months.values()), default=0)
    if not highest or min(value or 0 for value in months.values()) < 0:
        return None
    step = WIDTH / 12
    bars = []
    for name, value in months.items():
        height = HEIGHT * (value or 0) / highest
        height = max(height, 1) if value else 0
        x = (int(name[-2:]) - 1) * step + GAP / 2
        bars.append(Bar(f"{x:.2f}", f"{HEIGHT - height:.2f}", f"{step - GAP:.2f}", f"{height:.2f}", name == running))
    words = ", ".join(f"{say_part('month', name)} {say_value(figure, value)}" for name, value in months.items())
    return Trend(bars, words, str(MONTHS[1]), str(MONTHS[12]))


def bar_width(value: float, highest: float) -> str:
    """The length of a part's bar in per cent of the longest, as an attribute."""
    return f"{100 * value / highest:.2f}" if highest else "0"


def draw_years(values: Mapping[int, Decimal], say: Callable[[Decimal], str]) -> Trend | None:
    """A value by year as columns from zero; None where there is nothing above it."""
    highest = max(values.values(), default=Decimal(0))
    if highest <= 0:
        return None
    step = WIDTH / len(values)
    bars = []
    for place, value in enumerate(values.values()):
        height = max(float(HEIGHT * value / highest), 1.0) if value > 0 else 0.0
        bars.append(Bar(f"{place * step + GAP / 2:.2f}", f"{HEIGHT - height:.2f}", f"{step - GAP:.2f}", f"{height:.2f}", False))
    words = ", ".join(f"{year} {say(value)}" for year, value in values.items())
    return Trend(bars, words, str(min(values)), str(max(values)))
