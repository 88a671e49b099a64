"""What a chart is: a specification to draw, the same facts as a table, and the same again as a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from oppidum.publishing.charts.theme import CONFIG, HEADLINE, SCHEMA, locale


@dataclass(frozen=True)
class Datum:
    """One value with its name; `said` is the value as it is written beside its mark, by default the number alone."""

    label: str
    value: float | None
    said: str = ""
    tone: str = ""  # "" or "own": the one among others that the page is about


@dataclass(frozen=True)
class Point:
    """One value of a series: `at` is its place on the axis (a month's name, a year)."""

    at: str
    value: float | None
    series: str = ""
    said: str = ""


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart ready to be drawn. `title` says the measure with its unit and period and stands above the drawing, not in it.

    `columns` and `rows` are the table twin, values as people read them; `alt` describes the drawing for who doesn't see it; `figures` are
    the names of the key figures shown.
    """

    title: str
    spec: Mapping[str, Any]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    alt: str
    figures: tuple[str, ...] = ()
    note: str = ""
    kind: str = "bars"

    def titled(self) -> Mapping[str, Any]:
        """The specification with title and note in the drawing, for a file that leaves the page."""
        head: dict[str, Any] = {"text": self.title, **HEADLINE}
        if self.note:
            head["subtitle"] = self.note
        return {**self.spec, "title": head, "background": "#FFFFFF", "padding": 16}

    def about(self, *figures: str, note: str = "") -> "Chart":
        """The same chart, saying which key figures it shows."""
        return replace(self, figures=figures, note=note or self.note)


def make_spec(values: Sequence[Mapping[str, Any]], **parts: Any) -> dict[str, Any]:
    """A Vega-Lite specification in the house's theme and the active language's numbers."""
    return {
        "$schema": SCHEMA,
        "data": {"values": list(values)},
        **parts,
        "config": {**CONFIG, "locale": locale()},
    }
