"""Papers on the page: every template, tags that a screen reader follows, and each paper found again in a file of many."""

import io

import pikepdf
import pytest

from oppidum.publishing.cutting import cut_all
from oppidum.publishing.typesetting import code_image, typeset
from oppidum.publishing.typography import french
from tests.publishing.conftest import paper_data, tags_of, text_of

TEMPLATES = ["letter", "decision", "order", "certificate", "card", "invoice", "agreement", "receipt"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_is_a_tagged_file_made_to_last(template):
    qr = code_image("http://127.0.0.1/follow/7KQ2M-XA4RH", "Code QR")
    done = typeset([paper_data(template=template, qr=qr, parts=[{"k": "p", "t": "Une phrase."}])])
    assert "Une phrase." in text_of(done.pdf)
    assert tags_of(done.pdf)[0] == "Document" and "H1" in tags_of(done.pdf)
    with pikepdf.open(io.BytesIO(done.pdf)) as read, read.open_metadata() as told:
        assert told["pdfuaid:part"] == "1" and told["pdfaid:part"] == "2" and told["pdfaid:conformance"] == "A"
        assert str(read.Root.Lang).startswith("fr")


def test_a_card_has_the_size_of_a_bank_card():
    done = typeset([paper_data(template="card", qr=code_image("http://x", "QR"), parts=[{"k": "p", "t": "Valable en 2027"}])])
    with pikepdf.open(io.BytesIO(done.pdf)) as read:
        _, _, width, height = (float(v) for v in read.pages[0].MediaBox)
    assert (round(width / 72 * 25.4, 1), round(height / 72 * 25.4, 2), done.pages) == (85.6, 53.98, 1)


def test_what_a_person_wrote_is_never_markup():
    words = '#read("/etc/passwd") *gras* $x$ \\ <b> «\u00a0é\u00a0»'
    assert words.replace("\u00a0", " ") in text_of(typeset([paper_data(parts=[{"k": "p", "t": words}])]).pdf)


def test_a_file_of_many_papers_tells_where_each_begins():
    long = [{"k": "p", "t": "Une phrase qui remplit la page. " * 12}] * 12
    done = typeset([paper_data(1), paper_data(2, parts=long), paper_data(3)])
    assert done.starts == (0, 1, 3) and done.pages == 4
    assert [done.span(n) for n in range(3)] == [(0, 1), (1, 2), (3, 1)]


def test_each_paper_is_cut_out_with_its_own_tags_and_nobody_elses_words():
    papers = [paper_data(n) for n in range(1, 6)]
    cuts = cut_all(typeset(papers), [(f"Lettre {n}", "fr") for n in range(1, 6)])
    assert len(cuts) == 5
    for n, cut in enumerate(cuts, start=1):
        text = text_of(cut)
        assert f"Habitant {n} " in text and not any(f"Habitant {m} " in text for m in range(1, 6) if m != n)
        assert tags_of(cut) == tags_of(typeset([papers[n - 1]]).pdf)
        with pikepdf.open(io.BytesIO(cut)) as read, read.open_metadata() as told:
            assert told["dc:title"] == f"Lettre {n}" and len(read.pages) == 1


def test_pages_are_counted_paper_by_paper():
    long = [{"k": "p", "t": "Une phrase qui remplit la page. " * 12}] * 12
    text = text_of(typeset([paper_data(1, parts=long), paper_data(2)]).pdf)
    assert "1 / 2" in text and "2 / 2" in text and "1 / 1" in text


@pytest.mark.parametrize(
    ("typed", "set"),
    [
        ("Pourquoi ? Parce que : voilà !", "Pourquoi\u202f? Parce que\u00a0: voilà\u202f!"),
        ("le « logement »", "le «\u00a0logement\u00a0»"),
        ("l'habitat n° 12, 30 %", "l’habitat n°\u00a012, 30\u00a0%"),
        ("1 234,50 € en 3 mois", "1\u202f234,50\u00a0€ en 3\u00a0mois"),
        ("https://exemple.fr/a?b=1 à 10:20", "https://exemple.fr/a?b=1 à 10:20"),
    ],
)
def test_french_typography(typed, set):
    assert french(typed) == set
    assert french(set) == set
