"""Contradictions of a text and of key figures: numbers that can't all be true, each finding with both places and a sentence.

The core is pure: lines in, findings out (`check_text`). What a person has accepted is kept by `accepting`.
"""

from oppidum.figures.contradictions.checking import check_text
from oppidum.figures.contradictions.findings import ERROR, NOTICE, SEVERITIES, WARNING, Finding
from oppidum.figures.contradictions.quantities import Quantity

__all__ = ["ERROR", "NOTICE", "SEVERITIES", "WARNING", "Finding", "Quantity", "check_text"]
