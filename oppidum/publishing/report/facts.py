"""All that a report tells of a year, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from oppidum.figures.key_figures import KeyFigureValue
from oppidum.publishing.charts import Chart
from oppidum.publishing.report.tree import Highlight


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that a report tells of a year. `series` are drawings from the records of a computed figure (months, communes) by its name;
    `directorates` the names of those that the outline doesn't know."""

    year: int
    language: str
    authority: str
    figures: Mapping[str, KeyFigureValue]
    compared_with: int | None = None
    compared: Mapping[str, KeyFigureValue] = field(default_factory=dict)
    charts: Mapping[str, Chart] = field(default_factory=dict)
    maps: Mapping[str, Chart] = field(default_factory=dict)
    series: Mapping[str, Sequence[Chart]] = field(default_factory=dict)
    highlights: Sequence[Highlight] = ()
    directorates: Mapping[str, str] = field(default_factory=dict)

    def themes(self, directorate: str) -> dict[str, list[KeyFigureValue]]:
        """The figures of a directorate that have a value, by theme."""
        found: dict[str, list[KeyFigureValue]] = {}
        for one in self.figures.values():
            if one.directorate == directorate and one.value is not None:
                found.setdefault(one.theme, []).append(one)
        return found
