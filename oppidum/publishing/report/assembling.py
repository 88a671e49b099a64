"""From texts and figures to the report: its parts in order, chapters and drawings numbered, and nothing lost on the way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from oppidum.publishing.report.chapters import ChapterMaker
from oppidum.publishing.report.facts import Facts
from oppidum.publishing.report.outline import ChapterPlan, outline, proposed_text
from oppidum.publishing.report.tree import Block, Chapter, Drawing, Part, Report


def assemble(facts: Facts, texts: Mapping[str, str] | None = None, *, is_draft: bool = True) -> Report:
    """The report of a year. `texts` are the chapters' Markdown by name; those not given are the package's own. Call it in the
    report's language."""
    parts = [part for part in _parts(facts, texts or {}) if part.chapters]
    numbered = tuple(_number(part, n) for n, part in enumerate(parts, start=1))
    title = _("Activity report %(year)s") % {"year": facts.year}
    return Report(
        year=facts.year,
        language=facts.language,
        authority=facts.authority,
        title=title,
        parts=_number_drawings(numbered),
        compared_with=facts.compared_with,
        is_draft=is_draft,
        highlights=tuple(facts.highlights),
    )


def assemble_chapter(facts: Facts, plan: ChapterPlan, body: str) -> Chapter:
    """One chapter alone, for its preview."""
    return ChapterMaker(facts, plan).assemble(body)


def _parts(facts: Facts, texts: Mapping[str, str]) -> Iterator[Part]:
    known = []
    for plan in outline():
        known.append(plan.directorate)
        chapters = [
            ChapterMaker(facts, chapter).assemble(texts.get(chapter.name, proposed_text(chapter.name, facts.language)))
            for chapter in plan.chapters
        ]
        told = {theme for chapter in plan.chapters for theme in chapter.themes}
        chapters += _rest(facts, plan.directorate, told)
        yield Part(
            directorate=plan.directorate,
            title=plan.titles[facts.language],
            tone=plan.tone,
            chapters=tuple(one for one in chapters if one.blocks),
        )
    for directorate in sorted({one.directorate for one in facts.figures.values()} - set(known)):
        title = facts.directorates.get(directorate) or directorate.replace("-", " ").capitalize()
        chapters = _rest(facts, directorate, set())
        yield Part(directorate=directorate, title=title, tone="sea", chapters=tuple(one for one in chapters if one.blocks))


def _rest(facts: Facts, directorate: str, told: set[str]) -> list[Chapter]:
    """What no chapter tells: themes without a place, and what the records alone say."""
    themes = facts.themes(directorate)
    others = tuple(theme for theme in themes if theme and theme not in told)
    plans = []
    if others:
        title = _("Other key figures")
        plans.append(
            ChapterPlan(name=f"{directorate}-others", directorate=directorate, titles={facts.language: title}, themes=others)
        )
    if themes.get(""):
        title = _("What the records tell")
        plans.append(
            ChapterPlan(name=f"{directorate}-records", directorate=directorate, titles={facts.language: title}, themes=("",))
        )
    return [ChapterMaker(facts, plan).assemble("") for plan in plans]


def _number(part: Part, number: int) -> Part:
    chapters = tuple(replace(one, number=f"{number}.{n}") for n, one in enumerate(part.chapters, start=1))
    return replace(part, number=str(number), chapters=chapters)


def _number_drawings(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Charts and maps numbered through the whole report."""
    count = 0
    made = []
    for part in parts:
        chapters = []
        for chapter in part.chapters:
            blocks: list[Block] = []
            for block in chapter.blocks:
                if isinstance(block, Drawing):
                    count += 1
                    block = replace(block, number=count)
                blocks.append(block)
            chapters.append(replace(chapter, blocks=tuple(blocks)))
        made.append(replace(part, chapters=tuple(chapters)))
    return tuple(made)
