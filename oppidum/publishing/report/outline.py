"""The order of the report, read from `outline.toml`, and the texts that come with the package."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.translation import override

from oppidum.figures.themes import theme_label

HERE = Path(__file__).parent
OTHER = "other"  # the chapter of what no chapter names
LANGUAGES = ("fr", "en")


@dataclass(frozen=True, kw_only=True)
class ChapterPlan:
    """A chapter: its name (of the whole report one), titles by language, and the themes that it tells, in order."""

    name: str
    directorate: str
    titles: Mapping[str, str]
    themes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PartPlan:
    """A part: the directorate that answers for it."""

    directorate: str
    titles: Mapping[str, str]
    tone: str
    chapters: tuple[ChapterPlan, ...]


@lru_cache(maxsize=1)
def outline() -> tuple[PartPlan, ...]:
    """The parts in their order."""
    told = tomllib.loads((HERE / "outline.toml").read_text(encoding="utf-8"))
    return tuple(_part(one) for one in told["part"])


def _part(one: Mapping) -> PartPlan:
    directorate = one["directorate"]
    chapters = tuple(
        ChapterPlan(name=c["name"], directorate=directorate, titles=_titles(c), themes=tuple(c["themes"])) for c in one["chapters"]
    )
    return PartPlan(directorate=directorate, titles=_titles(one), tone=one["tone"], chapters=chapters)


def _titles(one: Mapping) -> dict[str, str]:
    return {language: one[language] for language in LANGUAGES}


def chapter_plans() -> dict[str, ChapterPlan]:
    """Every chapter by name."""
    return {chapter.name: chapter for part in outline() for chapter in part.chapters}


def theme_title(theme: str, language: str) -> str:
    """What readers call a theme, in a language; its code in words where it has no name."""
    with override(language):
        return str(theme_label(theme))


@lru_cache(maxsize=200)
def proposed_text(chapter: str, language: str) -> str:
    """The text that comes with the package; blank where there is none."""
    path = HERE / "texts" / language / f"{chapter}.md"
    return path.read_text(encoding="utf-8") if path.exists() else ""
