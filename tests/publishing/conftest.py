"""Papers of the town of Castelmer: its letterhead, and the data of a paper as `compose` gives them."""

import io
import re

import pikepdf
import pypdf
import pytest


def paper_data(n: int = 1, template: str = "letter", **changes):
    """A letter to the n-th resident of a street, with a paragraph, a list and a table."""
    return {
        "template": template,
        "lang": "fr",
        "code": "7KQ2M-XA4RH",
        "authority": "Communauté de Castelmer",
        "unit": "Habitat",
        "sender": ["1 place de la Mairie", "13001 CASTELMER"],
        "city-day": "Castelmer, le 1er mars 2027",
        "recipient": [f"Habitant {n}", f"{n} rue des Oliviers", f"13{n % 1000:03d} AUBANE"],
        "refs": [["Dossier", "7KQ2M-XA4RH"]],
        "title": f"ARRÊTÉ N° {n}",
        "subject-label": "Objet\u00a0: ",
        "subject": f"demande numéro {n}",
        "salutation": "Madame, Monsieur,",
        "author": "La présidente,",
        "parts": [
            {"k": "p", "t": f"Votre demande numéro {n} a été examinée."},
            {"k": "list", "title": "Travaux\u00a0:", "items": ["Fenêtre", "Électricité"]},
            {
                "k": "table",
                "title": "Détail",
                "head": ["Poste", "Montant"],
                "right": [False, True],
                "rows": [["Bac", "69,00\u00a0€"]],
                "total": ["Total", "69,00\u00a0€"],
            },
        ],
        "closing": "Je vous prie d’agréer mes salutations.",
        "signature": {"quality": ["La présidente"], "name": "Zoé Roux", "note": ""},
        "other": [f"Habitant {n},"],
        "boxes": [{"title": "Voies et délais de recours", "texts": ["Deux mois."]}],
        "copies": "",
        "annexes": [],
        "qr": None,
        "footer": "Castelmer",
        "labels": {"orders": "ARRÊTE"},
    } | changes


def text_of(pdf: bytes) -> str:
    """The words of a file, spaces made plain, and words whole that a line's end had cut."""
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    text = re.sub("(?<=\\w)[-\u00ad]\n(?=\\w)", "", text)
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def tags_of(pdf: bytes) -> list[str]:
    """The tags of a file's structure, in reading order."""

    def walk(element):
        if isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                yield str(element.S)[1:]
            kids = element.get("/K", ())
            for kid in kids if isinstance(kids, pikepdf.Array) else (kids,):
                yield from walk(kid)

    with pikepdf.open(io.BytesIO(pdf)) as read:
        return list(walk(read.Root.StructTreeRoot.K[0]))


@pytest.fixture(autouse=True)
def _papers_in_a_folder_of_the_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def letterhead(town):
    """Castelmer's letterhead: president Zoé Roux, the administrative court of Marseille."""
    from oppidum.publishing.models import Letterhead
    from oppidum.territory.models import Intercommunality

    return Letterhead.objects.create(
        authority=Intercommunality.objects.get(),
        address="1 place de la Mairie\n13001 CASTELMER",
        town="Castelmer",
        phone="04 00 00 00 00",
        president="Zoé Roux",
        quality="La présidente",
        court="Tribunal administratif de Marseille\n31 rue Jean-François-Leca\n13002 Marseille",
        court_link="https://citoyens.telerecours.fr",
    )
