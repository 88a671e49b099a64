"""Lines become sentences again and every number knows its line; files that are no text say so."""

import json

import pytest
import typst
from django.core.management import CommandError, call_command
from pypdf import PdfWriter

from oppidum.figures.contradictions.places import Reading
from oppidum.figures.contradictions.reading_text import read_text

TYPST = """#set page(width: 12cm, height: 9cm)
= Rapport 2023
Le chantier a duré du 4 mars au 31 juin 2023.

La flotte compte 120 bus dont 140 bus électriques.
#pagebreak()
Le musée a reçu 16 4536 visiteurs.
"""


def quantities(text: str) -> list[tuple[str, float, str]]:
    return [(q.written, float(q.value), q.unit.symbol) for q in Reading(read_text(text)).quantities]


def test_a_sentence_over_several_lines_and_a_blank_one_is_read_whole():
    document = read_text("• Le réseau compte 7 092 \n474 km de ca-\nnalisations,\n\nselon la régie.\n• Rien")
    assert [block.text for block in document.blocks] == ["Le réseau compte 7 092 474 km de canalisations, selon la régie.", "Rien"]
    (number,) = Reading(document).quantities
    assert (number.lines, float(number.value)) == ((1, 2), 7092474)


def test_headings_name_the_sections_and_page_footers_are_left_out():
    document = read_text("LES PISCINES\nElles sont 6.\n\n | 67\n\nRAPPORT D’ACTIVITÉ 2023\n\nLES STADES\nIls sont 4.")
    assert [(block.kind, block.heading) for block in document.blocks if block.kind == "paragraph"] == [
        ("paragraph", "LES PISCINES"),
        ("paragraph", "LES STADES"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un budget de 1,5 Md€ et 96,5 M€.", [("1,5 Md€", 1.5e9, "€"), ("96,5 M€", 96.5e6, "€")]),
        ("Près de 2,4 millions de m3 d’eau.", [("2,4 millions de m3", 2.4e6, "m³")]),
        ("On compte 42,4K abonnés.", [("42,4K", 42400, "")]),
        ("Vingt-et-un bus et une trentaine de cars.", [("Vingt-et-un", 21, ""), ("une trentaine", 30, "")]),
        ("En 2023, la ligne 83 et la loi 3DS.", []),
        ("La baisse est de – 6,25 %.", [("6,25 %", -6.25, "%")]),
        ("Appelez le 0 800 94 94 08 avant le 12 mars.", []),
    ],
)
def test_numbers_are_read_as_the_french_write_them(text, expected):
    assert quantities(text) == expected


def check(path, capsys) -> list[dict]:
    with pytest.raises(SystemExit):
        call_command("figures", "check", "--text", str(path), "--json")
    return json.loads(capsys.readouterr().out)


@pytest.mark.django_db
def test_a_pdf_is_checked_like_its_text(tmp_path, capsys):
    source, path = tmp_path / "report.typ", tmp_path / "report.pdf"
    source.write_text(TYPST, encoding="utf-8")
    typst.compile(str(source), output=str(path))
    assert [one["kind"] for one in check(path, capsys)] == ["date", "sum", "malformed"]


@pytest.mark.django_db
def test_a_scanned_pdf_an_empty_and_a_binary_file_are_refused_in_words(tmp_path):
    scanned = PdfWriter()
    scanned.add_blank_page(200, 200)
    scanned.write(tmp_path / "scan.pdf")
    (tmp_path / "empty.txt").write_text("\n \n")
    (tmp_path / "picture.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    for name, words in (("scan.pdf", "images"), ("empty.txt", "vide"), ("picture.txt", "ni un texte"), ("broken.pdf", "PDF")):
        with pytest.raises(CommandError, match=words) as refused:
            call_command("figures", "check", "--text", str(tmp_path / name))
        assert refused.value.returncode == 2


@pytest.mark.django_db
def test_a_text_in_an_old_encoding_is_read(tmp_path, capsys):
    path = tmp_path / "old.txt"
    path.write_bytes("Le chantier a été fermé le 31 avril 2023.".encode("cp1252"))
    (found,) = check(path, capsys)
    assert found["lines"] == [1]
    assert "31" in found["why"]
