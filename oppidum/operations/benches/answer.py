"""What a benchmark says, in one shape for all."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Answer:
    """`figures` are numbers with their units in their names; `floor` what the same machine could do at best, measured in the same
    run; `peers` what others do, with where that was measured; `settings` all that a repetition needs to know."""

    name: str
    figures: dict[str, float]
    floor: dict[str, float] = field(default_factory=dict)
    peers: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def percentile(ordered: list[float], share: float) -> float:
    """The value below which `share` of the ordered values lie (nearest rank)."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
