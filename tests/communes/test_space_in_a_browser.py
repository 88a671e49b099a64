"""The commune's space in a browser, from a telephone to a desk: each page, and what residents see of the commune."""

from io import BytesIO

import pytest
from django.conf import settings

from oppidum.communes.documents import share
from oppidum.communes.looks import save_look
from oppidum.territory.models import Commune
from tests.browser import check_pages
from tests.communes.scene import build

pytestmark = pytest.mark.browser


@pytest.fixture
def scene(town, tmp_path):
    kept, settings.MEDIA_ROOT = settings.MEDIA_ROOT, tmp_path
    made = build()
    aubane = Commune.objects.get(pk="13901")
    look = {"colour": "#7a1f5c", "welcome": "Bienvenue à Aubane.", "news": "La mairie ferme à midi le 24 décembre."}
    save_look(aubane, look, made.aubane.officers["admin"])
    share("Calendrier des rencontres", None, BytesIO(b"Quand;Quoi\n12 janvier;Voirie\n"), "calendrier.csv", made.people.ana)
    yield made
    settings.MEDIA_ROOT = kept


def test_each_page_of_the_space_can_be_read_and_used(scene, open_page):
    rooms = ("", "about/", "figures/", "documents/", "requests/", "training/", "officers/", "look/")
    page = open_page("/commune/", officer=scene.aubane.officers["admin"])
    assert page.url.endswith("/commune/13901/") and "Aubane" in page.locator("main").inner_text()
    check_pages(page, [f"/commune/13901/{room}" for room in rooms])
    page.goto(page.url.partition("/commune/")[0] + "/commune/13901/look/")
    page.get_by_label("Couleur").fill("#ffcc00")
    page.get_by_role("button", name="Garder").click()
    assert "se lit mal" in page.locator("main").inner_text()


def test_residents_see_the_communes_colour_and_words(scene, open_page):
    page = open_page("/communes/13901/")
    assert "La mairie ferme" in page.locator("main").inner_text()
    header = page.locator("header.house")
    assert header.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(85, 22, 64)"
    check_pages(page, ["/communes/13901/", f"/follow/{scene.aubane.cases['ground'].code}"])
