"""One chapter on its way from Markdown to blocks: names become numbers, directives become tables and charts.

A sentence that names a figure without a value in the year is left out, and the chapter says which (`Chapter.missing`).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from django.utils.text import slugify

from oppidum.cases.mailing.notices import day_in_words
from oppidum.figures.key_figures import KeyFigureValue
from oppidum.figures.wording import say_change
from oppidum.publishing.charts import Chart
from oppidum.publishing.report import choosing, marking
from oppidum.publishing.report.declared import chart_plans
from oppidum.publishing.report.facts import Facts
from oppidum.publishing.report.outline import ChapterPlan, theme_title
from oppidum.publishing.report.tree import (
    Block,
    Chapter,
    Directive,
    Drawing,
    FigureName,
    FigureTable,
    Heading,
    Inline,
    KeyStrip,
    Link,
    Listing,
    Number,
    Paragraph,
    Quote,
    Span,
    Text,
)

FEW = 3  # so many figures of a theme are told in large rather than in a table


class ChapterMaker:
    """One chapter on its way; `missing` fills as sentences are left out."""

    def __init__(self, facts: Facts, plan: ChapterPlan) -> None:
        self.facts, self.plan = facts, plan
        self.themes = facts.themes(plan.directorate)
        self.missing: dict[str, None] = {}
        self.told: set[str] = set()

    def assemble(self, body: str) -> Chapter:
        blocks = [made for block in marking.read(body) for made in self._block(block)]
        blocks = _without_bare_headings(blocks)
        for theme in self.plan.themes:
            if theme not in self.told and self.themes.get(theme):
                title = theme_title(theme, self.facts.language) if theme else ""
                blocks += [*_section(title), *self._theme(theme)]
        return Chapter(
            name=self.plan.name,
            title=self.plan.titles[self.facts.language],
            directorate=self.plan.directorate,
            blocks=tuple(_with_lead(_with_anchors(blocks))),
            missing=tuple(self.missing),
        )

    def _block(self, block: Block) -> list[Block]:
        match block:
            case Paragraph():
                inside = self._sentences(block.inside)
                return [replace(block, inside=inside)] if inside else []
            case Heading():
                inside = self._inlines(block.inside)
                return [replace(block, inside=inside, level=max(2, block.level))] if inside is not None else []
            case Quote():
                inside = tuple(made for one in block.inside for made in self._block(one))
                return [Quote(inside)] if inside else []
            case Listing():
                items = tuple(tuple(made for one in item for made in self._block(one)) for item in block.items)
                items = tuple(item for item in items if item)
                return [replace(block, items=items)] if items else []
            case Directive():
                return self._directive(block)
        return [block]

    def _directive(self, one: Directive) -> list[Block]:
        match one.what:
            case "key":
                figures = self._known(one.names)
                return [KeyStrip(tuple(figures))] if figures else []
            case "figures":
                return self._table(self._known(one.names))
            case "theme":
                return self._theme(one.names[0]) if one.names else []
            case "chart":
                chart = self.facts.charts.get(one.names[0])
                return [Drawing(one.names[0], chart)] if chart else []
            case "map":
                chart = self.facts.maps.get(one.names[0])
                return [Drawing(f"map-{one.names[0]}", chart)] if chart else []
            case "highlights":
                return self._highlights()
        return []

    def _highlights(self) -> list[Block]:
        """The dated events of the chapter's directorate."""
        told = [one for one in self.facts.highlights if one.directorate == self.plan.directorate]
        items = tuple((Paragraph((Span("strong", (Text(day_in_words(one.on)),)), Text(f" {one.title}"))),) for one in told)
        return [Listing(items)] if items else []

    def _known(self, names: Sequence[str]) -> list[KeyFigureValue]:
        found = []
        for name in names:
            figure = self.facts.figures.get(name)
            if figure is None or figure.value is None:
                self.missing[name] = None
            else:
                found.append(figure)
        return found

    def _theme(self, theme: str) -> list[Block]:
        """A theme's table of key figures, then its charts: the declared ones, then what the rule finds."""
        self.told.add(theme)
        figures = self.themes.get(theme, [])
        if not figures:
            return []
        declared = [(name, chart) for name, chart in self.facts.charts.items() if self._belongs(name, chart, theme)]
        drawn = [Drawing(name, chart) for name, chart in declared]
        seen = {frozenset(chart.figures) for _name, chart in declared}
        title = theme_title(theme, self.facts.language) if theme else self.plan.titles[self.facts.language]
        for number, chart in enumerate(choosing.choose(title, figures) if theme else (), start=1):
            names = frozenset(chart.figures)
            if len(drawn) < choosing.MOST and not any(len(names & other) * 2 > len(names) for other in seen):
                drawn.append(Drawing(f"{self.plan.name}-{theme}-{number}", chart))
        for one in figures:
            drawn += [Drawing(f"{one.name}-{n}", chart) for n, chart in enumerate(self.facts.series.get(one.name, ()), start=1)]
        told = self._table(figures) if len(figures) > FEW or self.facts.compared_with else [KeyStrip(tuple(figures))]
        return [*told, *drawn]

    def _belongs(self, name: str, chart: Chart, theme: str) -> bool:
        """Two directorates may have a theme of one name: a chart belongs where its figures do."""
        owner = self.facts.figures[chart.figures[0]].directorate
        return chart_plans()[name]["theme"] == theme and owner == self.plan.directorate

    def _table(self, figures: Sequence[KeyFigureValue]) -> list[Block]:
        if not figures:
            return []
        compared = tuple(self.facts.compared.get(one.name) for one in figures) if self.facts.compared_with else ()
        # A year of which nothing is known of these figures has no column.
        known = any(one is not None and one.value is not None for one in compared)
        return [FigureTable(tuple(figures), compared if known else ())]

    def _sentences(self, inside: Sequence[Inline]) -> tuple[Inline, ...]:
        kept: list[Inline] = []
        for sentence in _sentences_of(inside):
            made = self._inlines(sentence)
            if made is not None:
                kept += _capitalised(made)
        return tuple(kept)

    def _inlines(self, inside: Sequence[Inline]) -> tuple[Inline, ...] | None:
        """The same with numbers; None when one of them has no value."""
        made: list[Inline] = []
        for one in inside:
            match one:
                case FigureName():
                    number = self._number(one)
                    if number is None:
                        return None
                    made.append(number)
                case Span() | Link():
                    inner = self._inlines(one.inside)
                    if inner is None:
                        return None
                    made.append(replace(one, inside=inner))
                case _:
                    made.append(one)
        return tuple(made)

    def _number(self, one: FigureName) -> Inline | None:
        if one.form == marking.TYPED:
            return Text(one.name)
        figure = self.facts.figures.get(one.name)
        said = "" if figure is None or figure.value is None else self._say(figure, one.form)
        if figure is None or not said:
            self.missing[one.name] = None
            return None
        return Number(figure, said)

    def _say(self, figure: KeyFigureValue, form: str) -> str:
        match form:
            case "value":
                return replace(figure, unit="count").said
            case "about":
                return figure.qualified
            case "label":
                return figure.label
            case "period":
                return figure.said_period
            case "change":
                before = figure.previous
                return "" if before is None or figure.value is None else say_change(figure.value, before, figure.unit)
        return figure.said


_SENTENCE_END = re.compile(r"(?<=[.!?…])[ \u00a0](?=\S)|(?<=[.!?…])[ ]$")


def _sentences_of(inside: Sequence[Inline]) -> list[list[Inline]]:
    """A paragraph's inlines, parted where a sentence ends; the space stays with the sentence before."""
    sentences: list[list[Inline]] = [[]]
    for one in inside:
        if not isinstance(one, Text):
            sentences[-1].append(one)
            continue
        begin = 0
        for found in _SENTENCE_END.finditer(one.text):
            sentences[-1].append(Text(one.text[begin : found.end()]))
            sentences.append([])
            begin = found.end()
        if one.text[begin:]:
            sentences[-1].append(Text(one.text[begin:]))
    return [sentence for sentence in sentences if sentence]


def _capitalised(sentence: Sequence[Inline]) -> list[Inline]:
    """A sentence that begins with a figure begins with a capital: "Environ 100 000 personnes"."""
    first, *rest = sentence
    if isinstance(first, Number) and first.said[:1].islower():
        first = replace(first, said=first.said[:1].upper() + first.said[1:])
    return [first, *rest]


def _section(title: str) -> list[Block]:
    return [Heading(2, (Text(title),))] if title else []


def _without_bare_headings(blocks: Sequence[Block]) -> list[Block]:
    """Without headings under which nothing is left to tell."""
    kept: list[Block] = []
    for block in reversed(blocks):
        is_bare = isinstance(block, Heading) and (not kept or (isinstance(kept[-1], Heading) and kept[-1].level <= block.level))
        if not is_bare:
            kept.append(block)
    return kept[::-1]


def _with_anchors(blocks: Sequence[Block]) -> list[Block]:
    used: dict[str, int] = {}
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            anchor = slugify(plain(block.inside)) or "section"
            used[anchor] = used.get(anchor, 0) + 1
            block = replace(block, anchor=anchor if used[anchor] == 1 else f"{anchor}-{used[anchor]}")
        made.append(block)
    return made


def _with_lead(blocks: list[Block]) -> list[Block]:
    """The paragraph that opens the chapter is its lead."""
    if blocks and isinstance(blocks[0], Paragraph):
        blocks[0] = replace(blocks[0], is_lead=True)
    return blocks


def plain(inside: Sequence[Inline]) -> str:
    """The words alone."""
    said = []
    for one in inside:
        match one:
            case Text():
                said.append(one.text)
            case Number():
                said.append(one.said)
            case Span() | Link():
                said.append(plain(one.inside))
    return "".join(said)


def words_of(block: Block) -> str:
    """The words of a block that somebody wrote; blank for tables and charts."""
    match block:
        case Paragraph() | Heading():
            return plain(block.inside)
        case Quote():
            return "\n".join(words_of(one) for one in block.inside)
        case Listing():
            return "\n".join(words_of(one) for item in block.items for one in item)
    return ""
