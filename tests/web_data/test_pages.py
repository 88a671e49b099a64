"""The pages of open data: found by words, told in the reader's language, looked after at the desk."""

from dataclasses import replace

import pytest
from django.test import Client

from oppidum.publishing.datasets.declaration import Query
from oppidum.publishing.datasets.publishing import publish
from oppidum.publishing.models import DatasetRun, DatasetUse, OutsideDataset
from tests.browser import check_page, wait_for_maps
from tests.datasets.conftest import TREES


def read(address: str, **more) -> str:
    answer = Client().get(address, **more)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def found(query: str) -> list[str]:
    import re

    return re.findall(r'class="data-title"><a href="[^"]*/data/([^/"]+)', read(f"/data/?{query}"))


@pytest.mark.parametrize("words", ["mairie", "mairies", "mairi", "communes population"])
def test_a_dataset_is_found_by_words_mistyped_or_not(words, published):
    assert "communes" in found(f"q={words}")


def test_a_slip_of_one_letter_is_forgiven(published):
    assert "deliberations" in found("q=déliberrations")


def test_the_catalogue_is_narrowed_by_theme_department_and_format(published):
    assert set(found("format=geojson")) == {"communes", "commune-outlines", "zones", "reports"}
    assert "school-transport" in found("theme=TRAN") and "communes" not in found("theme=TRAN")
    assert set(found("owner=mobility")) == {"school-transport"}
    assert len(found("theme=nonsense&owner=%00&format=exe&page=999")) > 3


def test_nothing_found_says_what_to_do(published):
    assert "Aucun jeu de données ne correspond" in read("/data/?q=xyzzyxyzzy")


def test_the_page_of_a_dataset_tells_it_all(published):
    page = read("/data/communes/")
    for part in (
        "Communes et mairies",
        "Aubane",
        "Licence Ouverte 2.0",
        "communes.csv",
        "Données personnelles",
        "première version",
    ):
        assert part in page
    assert "Communes and their town halls" in read("/data/communes/?lang=en")


def test_a_dataset_that_waits_for_its_first_row_says_so(published):
    assert "encore rien à publier" in read("/data/grants/")


def test_what_is_held_elsewhere_is_found_and_led_to_and_the_visit_counted(published):
    from oppidum.core import clock

    OutsideDataset.objects.create(
        name="qualite-de-l-air",
        source="observatories",
        identifier="1",
        title="Qualité de l'air",
        address="https://example.org/air",
        seen_at=clock.now(),
    )
    assert found("q=qualité de l'air") == ["qualite-de-l-air"]
    answer = Client(headers={"User-Agent": "Mozilla/5.0"}).get("/data/qualite-de-l-air/go")
    assert (answer.status_code, answer["Location"]) == (302, "https://example.org/air")
    assert DatasetUse.objects.get().format == "link"


def test_new_versions_are_told_as_a_feed(published):
    feed = read("/data/changes.atom")
    assert feed.count("<entry>") == 4 and "/data/trees/" in feed


def test_the_desk_shows_a_refusal_with_its_reason_to_those_who_look_after_figures(published, declared, people):
    declared(replace(TREES, source=Query("select 'a' as id, 'oak' as kind, 1 as height_m")))
    publish("trees")
    client = Client()
    client.force_login(people.dora)
    assert "refusé" in client.get("/desk/data/").content.decode()
    page = client.get("/desk/data/trees/").content.decode()
    assert "ligne 2, colonne kind" in page and "« oak »" in page.replace("\xa0", " ") and "Choisissez parmi" in page
    client.post("/desk/data/trees/publish")
    assert DatasetRun.objects.get(outcome="asked").by == people.dora
    client.force_login(people.ana)
    assert client.get("/desk/data/").status_code == 403


@pytest.mark.browser
@pytest.mark.parametrize("address", ["/data/", "/data/communes/", "/data/commune-outlines/", "/data/trees/"])
def test_the_pages_can_be_used_by_everybody(address, published, open_page):
    page = open_page(address)
    wait_for_maps(page)
    check_page(page)


@pytest.mark.browser
@pytest.mark.parametrize("address", ["/desk/data/", "/desk/data/trees/"])
def test_the_desk_pages_can_be_used_by_everybody(address, published, people, open_page):
    check_page(open_page(address, officer=people.dora))
