"""The report on paper: one tagged file, made to last, every drawing with its words, every figure with its page and its trail."""

import io
import re

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from oppidum.core import clock
from oppidum.publishing.report.editions import make_pdf, read_report
from oppidum.publishing.report.setting import set_pages
from tests.publishing.conftest import text_of
from tests.publishing.report_of_town import YEAR, declare, writers


@pytest.fixture
def year(town):
    """The town's figures of the year, half of them the year before."""
    people = writers()
    declare((people.nour, people.owen))
    declare((people.nour, people.owen), YEAR - 1, factor=2)
    return people


@pytest.fixture
def pdf(year):
    return make_pdf(read_report(YEAR, "fr", YEAR - 1, is_draft=True))


def tagged(pdf: bytes) -> list[pikepdf.Dictionary]:
    """Every element of the structure tree."""
    found, waiting = [], []
    with pikepdf.open(io.BytesIO(pdf)) as read:
        waiting = [read.Root.StructTreeRoot]
        while waiting:
            one = waiting.pop()
            if isinstance(one, pikepdf.Array):
                waiting += list(one)
            elif isinstance(one, pikepdf.Dictionary):
                if "/S" in one:
                    found.append((str(one.S), str(one.get("/Alt", ""))))
                if "/K" in one:
                    waiting.append(one.K)
    return found


def test_the_file_is_tagged_and_made_to_last(pdf):
    with pikepdf.open(io.BytesIO(pdf.pdf)) as read, read.open_metadata() as told:
        assert told["pdfuaid:part"] == "1" and told["pdfaid:part"] == "2" and told["pdfaid:conformance"] == "A"
        assert str(read.Root.Lang).startswith("fr") and read.Root.MarkInfo.Marked
        assert str(read.docinfo["/Title"]) == f"Rapport d’activité {YEAR}"
        assert len(read.pages) == pdf.pages


def test_every_drawing_says_what_it_shows(pdf):
    drawn = [alt for kind, alt in tagged(pdf.pdf) if kind == "/Figure"]
    assert len(drawn) >= pdf.charts + pdf.maps and all(drawn)


def test_bookmarks_lead_to_every_part_and_chapter(pdf):
    with pikepdf.open(io.BytesIO(pdf.pdf)) as read, read.open_outline() as outline:
        titles = [one.title for one in outline.root]
        below = [child.title for one in outline.root for child in one.children]
    assert "Le cadre de vie et l’eau" in titles and "Collecter et valoriser les déchets" in below
    assert titles[-2:] == ["Index des chiffres clés", "Comment ce rapport est fait"]


def test_each_figure_links_to_its_page_and_stands_in_the_index_with_its_source(pdf):
    with pikepdf.open(io.BytesIO(pdf.pdf)) as read:
        links = {str(note.A.URI) for page in read.pages for note in page.get("/Annots", []) if "/A" in note and "/URI" in note.A}
    assert any(f"/figures/waste-residual-collected/?year={YEAR}" in link for link in links)
    text = re.sub(r"\s+", " ", text_of(pdf.pdf))
    assert "validé par Owen" in text and "Index des chiffres clés" in text


def test_a_comparison_stands_in_its_own_column(pdf):
    text = re.sub(r"\s", "", text_of(pdf.pdf))
    assert "6483" in text and "3241,5" in text and str(YEAR - 1) in text


def test_the_pages_have_what_a_book_has(year):
    """Golden pages: cover, contents and a part's opener are full of ink where they should be, and a text page is not."""
    from PIL import Image

    report = read_report(YEAR, "fr", None, is_draft=True)
    with translation.override("fr"):
        pages = [Image.open(io.BytesIO(one)).convert("L") for one in set_pages(report, clock.now(), dpi=36)]
    assert len(pages) > 8
    ink = [1 - sum(page.tobytes()) / (255 * page.width * page.height) for page in pages]
    assert ink[0] > 0.6, "the cover is a sheet of sea"
    openers = [n for n, share in enumerate(ink) if share > 0.45]
    assert len(openers) == 1 + len(report.parts)
    assert all(0.002 < share < 0.35 for n, share in enumerate(ink) if n not in openers), "no page is blank or blotted"
    left = [_ink_of(page.crop((0, 0, round(page.width * 0.07), page.height))) for n, page in enumerate(pages) if n not in openers]
    right = [
        _ink_of(page.crop((round(page.width * 0.94), 0, page.width, page.height)))
        for n, page in enumerate(pages)
        if n not in openers
    ]
    assert max(left + right) == 0, "nothing runs into the margins"


def _ink_of(image) -> int:
    return sum(1 for value in image.tobytes() if value < 128)


def test_a_text_full_of_signs_is_set_as_words(year):
    from oppidum.publishing.report import workflow

    nasty = "Un #set page(fill: red) et $x^2$ et *gras* et `code` et @label et \\ et [a] \" ' « x » ; fin."
    workflow.save(YEAR, "waste", "fr", nasty, 0, year.nour)
    made = make_pdf(read_report(YEAR, "fr", None, is_draft=True))
    assert "#set page(fill: red)" in re.sub(r"\s+", " ", text_of(made.pdf))


def test_one_command_makes_the_file(year, tmp_path, capsys):
    out = tmp_path / "rapport.pdf"
    call_command("report", YEAR, out=out, language="en", json=True)
    assert out.read_bytes().startswith(b"%PDF")
    assert '"figures": 13' in capsys.readouterr().out
    assert not list(tmp_path.glob(".*"))


def test_a_year_without_figures_says_what_to_do(db, tmp_path):
    with pytest.raises(CommandError, match="figures import"):
        call_command("report", 2019, out=tmp_path / "x.pdf")
