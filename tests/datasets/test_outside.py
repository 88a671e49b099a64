"""Datasets that others hold are catalogued, found and counted; a catalogue is taken in again when it changed."""

import json
from pathlib import Path

import pytest

from oppidum.core.errors import Invalid
from oppidum.publishing.datasets.outside import take_in, theme_of
from oppidum.publishing.datasets.searching import Wanted, find_datasets
from oppidum.publishing.models import OutsideDataset
from tests.datasets.conftest import TREES

pytestmark = pytest.mark.django_db
HEAD = "COLL_NOM,COLL_SIRET,ID,TITRE,DESCRIPTION,THEME,PRODUCTEUR_NOM,DATE_MAJ,FREQ_MAJ,MOTS_CLES,LICENCE,FORMAT_RESSOURCES,URL\n"
AIR = "X,,air,Qualité de l'air,Mesures horaires,Environnement,AtmoSud,2027-01-02,Quotidienne,air;pollution,Licence Ouverte-LO,CSV;json,https://a.example/air\n"
SEA = "X,,sea,Herbiers de posidonie,Cartes,Environnement,Gipreb,,,mer,,shp,https://a.example/sea\n"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_national_catalogue_is_taken_in_entry_by_entry(tmp_path):
    assert take_in(write(tmp_path / "c.csv", HEAD + AIR + SEA), "obs") == {"new": 2, "changed": 0, "unchanged": 0, "gone": 0}
    air = OutsideDataset.objects.get(identifier="air")
    assert (air.name, air.theme, air.formats, air.keywords) == ("qualite-de-lair", "ENVI", ["csv", "json"], ["air", "pollution"])


def test_it_is_taken_in_again_without_doubles_and_keeps_its_addresses(tmp_path):
    take_in(write(tmp_path / "c.csv", HEAD + AIR + SEA), "obs")
    again = HEAD + AIR.replace("Qualité de l'air", "Air de la région")
    assert take_in(write(tmp_path / "c.csv", again), "obs") == {"new": 0, "changed": 1, "unchanged": 0, "gone": 1}
    assert list(OutsideDataset.objects.values_list("name", "title")) == [("qualite-de-lair", "Air de la région")]


def test_two_entries_of_one_title_have_two_addresses(tmp_path):
    take_in(write(tmp_path / "c.csv", HEAD + AIR + AIR.replace(",air,", ",air2,")), "obs")
    assert set(OutsideDataset.objects.values_list("name", flat=True)) == {"qualite-de-lair", "qualite-de-lair-2"}


def test_an_entry_never_takes_the_address_of_one_of_ours(tmp_path, declared):
    declared(TREES)
    take_in(write(tmp_path / "c.csv", HEAD + AIR.replace("Qualité de l'air", "Trees")), "obs")
    assert OutsideDataset.objects.get().name == "trees-2"


@pytest.mark.parametrize(
    "text",
    [HEAD + AIR.replace("https://a.example/air", "javascript:alert(1)"), HEAD + AIR.replace(",air,", ",,"), "A,B\n1,2\n", "{"],
)
def test_a_catalogue_with_a_fault_is_taken_in_as_a_whole_or_not_at_all(text, tmp_path):
    take_in(write(tmp_path / "c.csv", HEAD + SEA), "obs")
    with pytest.raises(Invalid):
        take_in(write(tmp_path / "c.csv", text), "obs")
    assert OutsideDataset.objects.get().identifier == "sea"


def test_a_dcat_catalogue_is_taken_in_too(tmp_path):
    dcat = {
        "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
        "@graph": [
            {
                "@id": "https://b.example/d/1",
                "@type": "dcat:Dataset",
                "dct:title": [{"@language": "en", "@value": "Trees"}, {"@language": "fr", "@value": "Arbres"}],
                "dct:description": "Les arbres d'alignement",
                "dcat:theme": {"@id": "http://publications.europa.eu/resource/authority/data-theme/ENVI"},
                "dct:publisher": {"@id": "https://b.example/p"},
                "dcat:keyword": ["arbre", "rue"],
                "dcat:distribution": [{"@id": "https://b.example/f"}],
                "dct:modified": {"@value": "2027-03-01T00:00:00"},
            },
            {"@id": "https://b.example/p", "@type": "foaf:Agent", "foaf:name": "Ville de B"},
            {
                "@id": "https://b.example/f",
                "@type": "dcat:Distribution",
                "dct:format": {"@id": "http://publications.europa.eu/resource/authority/file-type/CSV"},
            },
        ],
    }
    assert take_in(write(tmp_path / "c.jsonld", json.dumps(dcat)), "b")["new"] == 1
    entry = OutsideDataset.objects.get()
    assert (entry.title, entry.publisher, entry.theme, entry.formats, str(entry.modified_on)) == (
        "Arbres",
        "Ville de B",
        "ENVI",
        ["csv"],
        "2027-03-01",
    )


def test_our_own_catalogue_can_be_taken_in_by_another_installation(tmp_path, people, media, declared):  # noqa: F811
    from django.test import Client

    from oppidum.publishing.datasets.publishing import publish

    publish("communes")
    text = Client().get("/data/catalog.jsonld").content.decode()
    assert take_in(write(tmp_path / "c.jsonld", text), "other")["new"] == 1
    assert OutsideDataset.objects.get().title == "Communes et mairies"


def test_eight_hundred_and_fifty_entries_are_searched_at_once(tmp_path):
    rows = "".join(
        f"X,,n{n},Jeu numéro {n} sur {theme},Mesures,{theme},P,,,{theme},,csv,https://a.example/{n}\n"
        for n, theme in ((n, ("les oiseaux", "la nappe", "le mistral", "les forêts", "le bruit")[n % 5]) for n in range(850))
    )
    assert take_in(write(tmp_path / "c.csv", HEAD + rows), "obs")["new"] == 850
    import time

    find_datasets(Wanted("mistral"))
    began = time.monotonic()
    found = find_datasets(Wanted("mistrall"))
    assert len(found) == 170 and time.monotonic() - began < 0.5


@pytest.mark.parametrize(
    ("words", "theme"),
    [("Environnement", "ENVI"), ("Mobilité, transports", "TRAN"), ("Culture et patrimoine", "EDUC"), ("Divers", "")],
)
def test_the_themes_of_others_are_told_in_ours(words, theme):
    assert theme_of(words) == theme
