"""Texts of the report: figures by name, never by hand; what this year doesn't know is left out; every fault has its line."""

from decimal import Decimal

import pytest
from django.utils import translation

from oppidum.publishing.report import choosing
from oppidum.publishing.report.assembling import assemble
from oppidum.publishing.report.chapters import plain
from oppidum.publishing.report.checking import check
from oppidum.publishing.report.declared import MAPS, chart_plans, draw_declared
from oppidum.publishing.report.facts import Facts
from oppidum.publishing.report.marking import read
from oppidum.publishing.report.outline import LANGUAGES, chapter_plans, outline, proposed_text, theme_title
from oppidum.publishing.report.tree import Directive, Drawing, FigureTable, Heading, KeyStrip, Number, Paragraph, Text
from tests.publishing.report_of_town import YEAR, values

NNB = "\u202f"


@pytest.fixture(autouse=True)
def _french():
    with translation.override("fr"):
        yield


def facts(figures=None, **more) -> Facts:
    figures = figures or values()
    return Facts(year=YEAR, language="fr", authority="Castelmer", figures=figures, charts=draw_declared(figures, YEAR), **more)


def chapter(body: str, name: str = "waste", **more):
    report = assemble(facts(**more), {name: body})
    return next(one for one in report.chapters() if one.name == name)


def problems(body: str) -> list[tuple[int, str]]:
    return [(one.line, one.kind) for one in check(body, values(), chart_plans(), MAPS)]


def test_a_figure_named_in_a_sentence_becomes_its_value_and_keeps_its_trail():
    paragraph = chapter("On a collecté {waste-residual-collected} d’ordures.").blocks[0]
    assert plain(paragraph.inside) == f"On a collecté 6{NNB}483\u00a0t d’ordures."
    number = next(one for one in paragraph.inside if isinstance(one, Number))
    assert number.figure.trail.startswith("/figures/waste-residual-collected/")


def test_a_figure_takes_the_form_that_is_asked_for():
    said = plain(chapter("{levelo-trips:value} | {levelo-trips} | {levelo-trips:label}", "cycling").blocks[0].inside)
    assert said == f"2{NNB}197{NNB}135 | 2{NNB}197{NNB}135\u00a0déplacements | Trajets à vélo partagé"


def test_a_sentence_whose_figure_has_no_value_is_left_out_and_its_neighbour_stays():
    figures = values(waste_landfilled_share=None)
    told = chapter("Il reste {waste-landfilled-share} d’enfoui. Le tri a donné {waste-selective-collected}.", figures=figures)
    assert plain(told.blocks[0].inside).startswith("Le tri a donné")
    assert told.missing == ("waste-landfilled-share",)


def test_a_heading_under_which_nothing_is_left_goes_too():
    figures = values(waste_landfilled_share=None)
    told = chapter("## Enfoui\n\nIl reste {waste-landfilled-share}.\n\n## Trié\n\nOn trie.", figures=figures)
    assert [plain(one.inside) for one in told.blocks if isinstance(one, Heading)][:1] == ["Trié"]


def test_html_and_images_in_a_text_stay_words():
    blocks = read("<script>alert(1)</script>\n\n![x](https://x/y.png) et <b>gras</b>")
    assert all(isinstance(block, Paragraph) for block in blocks)
    assert plain(blocks[0].inside) == "<script>alert(1)</script>"
    assert "<b>gras</b>" in plain(blocks[1].inside)


def test_a_directive_stands_on_its_own_line_and_names_what_it_shows():
    assert read("Avant.\n::: key a-b c-d\nAprès.")[1] == Directive("key", ("a-b", "c-d"), 2)


@pytest.mark.parametrize("words", ["::: key", "{pas un nom}", "{}", "{a b}", "::::: x", "{x:y:z}"])
def test_what_is_neither_a_figure_nor_a_directive_is_text(words):
    read(words)
    assert assemble(facts(), {"waste": words})


def test_an_unknown_figure_is_refused_with_its_line_and_the_likeliest_name():
    found = check("Bon.\n\nOn a {waste-residual-colected}.", values(), chart_plans(), MAPS)
    assert [(one.line, one.kind, one.is_refused) for one in found] == [(3, "unknown", True)]
    assert "{waste-residual-collected}" in found[0].text


def test_a_number_typed_by_hand_is_refused_and_its_figure_named():
    found = check("Il y a 58 déchèteries.", values(), chart_plans(), MAPS)
    assert "{recycling-centres-count}" in found[0].text and found[0].is_refused


def test_a_thousand_with_its_space_is_one_number():
    found = check(f"Le vélo a fait 2{NNB}197{NNB}135 trajets.", values(), chart_plans(), MAPS)
    assert len(found) == 1 and "{levelo-trips}" in found[0].text


@pytest.mark.parametrize(
    "words",
    [
        "En 2026, la ligne T3 avance.",
        "Le 12 mars à 10 h 20.",
        "L’article L. 5211-39 du code.",
        "Le 1er janvier 2025",
        "deux lignes",
    ],
)
def test_a_date_a_year_and_a_name_are_no_numbers(words):
    assert problems(words) == []


def test_an_author_may_answer_for_a_number_and_the_desk_is_told():
    found = check('Depuis {"170"} ans.', values(), chart_plans(), MAPS)
    assert [(one.kind, one.is_refused) for one in found] == [("typed", False)]


def test_other_faults_are_named():
    assert problems("# Titre") == [(0, "heading")]
    assert problems("::: nothing here") == [(1, "directive")]
    assert problems("::: chart no-such-chart") == [(1, "unknown")]
    assert problems("[x](javascript:alert)") in ([], [(0, "link")])
    assert problems("{levelo-trips:loud}") == [(1, "unknown")]


def test_every_figure_with_a_value_is_told_even_without_a_text():
    report = assemble(facts(), dict.fromkeys(chapter_plans(), ""))
    assert {one.name for one in report.figures()} == set(values())


def test_a_directorate_that_the_outline_does_not_know_has_its_part_at_the_end():
    assert assemble(facts()).parts[-1].directorate == "culture-of-bees"


def test_a_theme_brings_its_table_its_declared_chart_and_those_of_the_rule():
    told = chapter("::: theme waste").blocks
    tables = [one for one in told if isinstance(one, FigureTable)]
    assert len(tables) == 1 and len(tables[0].figures) == 8
    assert len([one for one in told if isinstance(one, Drawing)]) >= 2


def test_a_theme_of_few_figures_tells_them_in_large():
    assert any(isinstance(one, KeyStrip) for one in chapter("::: theme bike-parking", "cycling").blocks)


def test_a_comparison_stands_beside_each_figure():
    other = values(waste_residual_collected=Decimal(7000))
    told = chapter("::: theme waste", compared_with=YEAR - 1, compared=other)
    table = next(one for one in told.blocks if isinstance(one, FigureTable))
    assert table.compared[0].value == 7000


def test_charts_and_chapters_are_numbered_through_the_report():
    report = assemble(facts())
    assert [one.number for one in report.drawings()] == list(range(1, len(report.drawings()) + 1))
    assert [one.number for one in report.parts] == [str(n) for n in range(1, len(report.parts) + 1)]


def test_a_bar_that_would_be_no_more_than_a_line_is_not_drawn():
    figures = [one for one in values(waste_residual_collected=Decimal(10**9)).values() if one.unit == "t"]
    assert all(len(chart.rows) > 1 for chart in choosing.choose("Déchets", figures))


def test_words_that_all_names_share_are_said_once_in_the_title():
    assert choosing.common_words(["Abonnés Facebook", "Abonnés Twitter"]) == "Abonnés "
    assert choosing.common_words(["Part de la forêt", "Part de la ville"]) == "Part "
    assert choosing.common_words(["Avis", "Avis favorables"]) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chapter_has_a_text_in_both_languages_without_a_number_typed_by_hand(language):
    for name in chapter_plans():
        text = proposed_text(name, language)
        assert len(text) > 100, name
        typed = [one for one in check(text, {}, chart_plans(), MAPS) if one.kind in ("typed", "directive", "heading", "link")]
        assert not typed, (name, typed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_theme_of_the_outline_has_a_title(language):
    for part in outline():
        for one in part.chapters:
            for theme in one.themes:
                assert theme_title(theme, language) and one.titles[language]


def test_every_theme_that_a_text_tells_is_in_its_chapter():
    for name, plan in chapter_plans().items():
        for language in LANGUAGES:
            told = [b.names[0] for b in read(proposed_text(name, language)) if isinstance(b, Directive) and b.what == "theme"]
            assert set(told) <= set(plan.themes) and len(told) == len(set(told)), name


def test_a_sentence_that_begins_with_a_figure_begins_with_a_capital():
    figures = values()
    from dataclasses import replace

    figures["abrivelo-shelters"] = replace(figures["abrivelo-shelters"], precision="about")
    first = chapter("{abrivelo-shelters:about} abris.", "cycling", figures=figures).blocks[0].inside[0]
    assert isinstance(first, Number) and first.said.startswith("Environ")
    assert not isinstance(first, Text)


def test_a_chapter_tells_the_highlights_of_its_directorate_where_it_is_asked():
    from datetime import date

    from oppidum.publishing.report.tree import Highlight, Listing

    events = [
        Highlight(on=date(YEAR, 3, 12), title="Neuf", directorate="living-environment-water"),
        Highlight(on=date(YEAR, 3, 13), title="Autre", directorate="mobility"),
    ]
    told = chapter("::: highlights", highlights=events).blocks[0]
    assert isinstance(told, Listing) and len(told.items) == 1
    assert plain(told.items[0][0].inside).endswith("Neuf") and "12 mars" in plain(told.items[0][0].inside)


def test_a_path_to_a_target_and_a_pair_of_years_are_drawn_from_declared_charts():
    figures = values()
    charts = draw_declared(figures, YEAR)
    assert "charging-points" not in charts, "a chart that lacks a figure is not drawn"
