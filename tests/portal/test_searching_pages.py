"""What residents write is answered by one list, services and problems together, by commune and by moment of life."""

import html
import re

import pytest
from django.core.cache import cache

from oppidum.cases.declaration import catalogue
from oppidum.cases.searching.vocabulary import get_vocabulary
from oppidum.services.life_events import LIFE_EVENTS, find_life_event
from oppidum.territory.models import Commune, Zone
from oppidum.web.portal.offered import offered
from tests.browser import check_page
from tests.territory.town import square


def text(answer) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def addresses(answer) -> list[str]:
    return re.findall(r'class="pick" href="([^"]+)"', answer.content.decode().partition('id="suggestions"')[2])


@pytest.fixture
def let_in_aubane(people):
    """The permit to let exists in one commune of the three."""
    cache.clear()
    Zone.objects.create(layer="rental-permit", code="A", name="Centre", commune_id="13901", outline=square(5.0, 43.3))
    return catalogue()["rental-permit"]


@pytest.mark.parametrize("page", ["/", "/services/"])
def test_services_and_problems_stand_in_one_list_the_likeliest_first(client, people, page):
    found = addresses(client.get(page, {"q": "mon vieux canapé à jeter"}))
    assert found[0] == "/services/bulky-waste/" and "/report/?category=dumping.objects" in found


def test_it_says_what_it_understood_only_where_words_were_mended(client, people):
    assert "Nous avons compris : lampadaire" in text(client.get("/", {"q": "lampadere"})).replace("\u00a0", " ")
    assert "Nous avons compris" not in text(client.get("/", {"q": "lampadaire"}))


def test_a_service_of_some_communes_says_so(client, let_in_aubane):
    asked = {"q": "louer mon appartement"}
    assert "Seulement à : Aubane" in text(client.get("/services/", asked)).replace("\u00a0", " ")
    assert "Seulement à : Aubane" in text(client.get("/services/rental-permit/")).replace("\u00a0", " ")
    here = text(client.get("/services/", {**asked, "commune": "13901"}))
    assert "Dans la commune : Aubane" in here.replace("\u00a0", " ") and "Sans objet" not in here
    assert "Sans objet à Castelmer" in text(client.get("/services/", {"q": "louer mon appartement à Castelmer"}))


def test_the_name_of_a_commune_is_a_place_not_a_matter(client, people):
    Commune.objects.filter(code="13902").update(name="Port-de-Bouc")
    cache.clear()
    found = addresses(client.get("/", {"q": "encombrants à Port-de-Bouc"}))
    assert found[0] == "/services/bulky-waste/" and not any("marina" in one or "harbour" in one for one in found)


def test_each_moment_of_life_that_is_offered_leads_to_services(client, people):
    home = client.get("/").content.decode()
    shown = re.findall(r"/life/([\w-]+)/", home)
    assert {"moving", "sea", "firm", "sell-or-let"} <= set(shown)
    for code in shown:
        assert addresses_of_event(client.get(f"/life/{code}/"))
    assert client.get("/life/nothing/").status_code == 404


def addresses_of_event(answer) -> list[str]:
    return re.findall(r'class="pick" href="([^"]+)"', answer.content.decode())


def test_services_name_only_moments_that_exist():
    named = {event for one in catalogue().values() for name in ("", *one.categories) for event in get_vocabulary(one, name).events}
    assert named <= set(LIFE_EVENTS)
    assert all(one.code for one in offered())


@pytest.mark.parametrize(
    ("words", "code"),
    [("je déménage", "moving"), ("mon père est mort", "death"), ("créer mon entreprise", "firm"), ("lampadaire", None)],
)
def test_a_moment_of_life_is_heard_in_the_words(client, people, words, code):
    client.get("/")  # In French.
    event = find_life_event(words)
    assert (event.code if event else None) == code


def test_a_program_reads_the_same_answers(client, people):
    answer = client.get("/services/found.json", {"q": "bateau"}).json()
    assert answer["answers"][0]["code"] == "marina-berth" and answer["answers"][0]["address"].endswith("/services/marina-berth/")
    assert client.get("/services/found.json").json()["answers"] == []


def test_searching_asks_the_database_little(client, people, django_assert_max_num_queries):
    client.get("/services/found/", {"q": "bateau"})
    with django_assert_max_num_queries(2):
        client.get("/services/found/", {"q": "permis de louer à Aubane"})


@pytest.mark.browser
def test_answers_come_while_one_types_and_are_good_to_look_at(open_page, let_in_aubane):
    page = open_page("/services/", width=360)
    page.locator("#id_q").press_sequentially("je déménage et je veux louer mon apartement")
    page.wait_for_selector("#suggestions .pick-where")
    page.wait_for_selector("#suggestions .event")
    check_page(page, widths=(360, 1440))
    page.click("#suggestions .event")
    page.wait_for_selector("h1:has-text('Je déménage')")
    check_page(page, widths=(360, 1440))
