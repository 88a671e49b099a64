"""All rules over a text."""

from importlib import import_module

from oppidum.figures.contradictions.findings import SEVERITIES, Finding
from oppidum.figures.contradictions.places import Reading
from oppidum.figures.contradictions.reading_text import read_text

# One module each; a finding that two rules make of the same numbers is told by the first.
RULES = (
    "dates",
    "malformed",
    "announced_lists",
    "sums",
    "shares",
    "changes",
    "averages",
    "order",
    "physical",
    "repeated",
    "same_event",
    "same_quantity",
)


def check_text(source: str | list[str]) -> list[Finding]:
    """The contradictions of a text (or of its lines), by line."""
    reading = Reading(read_text(source))
    found: dict[tuple, Finding] = {}
    for name in RULES:
        for finding in import_module(f"oppidum.figures.contradictions.rules.{name}").find(reading):
            found.setdefault((finding.lines, frozenset(finding.values)), finding)
    return sorted(found.values(), key=lambda one: (one.lines[:1], SEVERITIES.index(one.severity)))
