"""Contradictions in the report before it is published: its texts, with their numbers, read as a reader would."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import get_language

from oppidum.figures.contradictions import ERROR, Finding, check_text
from oppidum.figures.remembering import remember
from oppidum.publishing.report.chapters import words_of
from oppidum.publishing.report.editions import read_report
from oppidum.publishing.report.tree import Chapter

KEPT = timedelta(minutes=10)


@dataclass(frozen=True)
class Place:
    """Where a line of the report stands."""

    chapter: Chapter
    line: str


@dataclass(frozen=True)
class Contradiction:
    """A finding, with the lines of the report that can't both be true."""

    finding: Finding
    places: tuple[Place, ...]

    @property
    def is_error(self) -> bool:
        return self.finding.severity == ERROR


def find_contradictions(year: int, language: str) -> list[Contradiction]:
    """What the draft of a year contradicts itself in, gravest first."""
    report = read_report(year, language, None, is_draft=True)
    lines = [place for chapter in report.chapters() for place in _lines(chapter)]
    digest = hashlib.sha256("\n".join(place.line for place in lines).encode()).hexdigest()

    def make() -> list[Contradiction]:
        findings = check_text([place.line for place in lines])
        found = [Contradiction(one, tuple(lines[n - 1] for n in one.lines if 0 < n <= len(lines))) for one in findings]
        return sorted(found, key=lambda one: not one.is_error)

    return remember(("report findings", digest, get_language()), make, KEPT)


def _lines(chapter: Chapter) -> Iterator[Place]:
    """The chapter as it is written, line by line; its tables are checked as key figures (`oppidum figures check`)."""
    yield Place(chapter, chapter.title)
    for block in chapter.blocks:
        for line in words_of(block).splitlines():
            yield Place(chapter, line)
