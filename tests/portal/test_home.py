"""The first screen: search, ways in, and the code of a request."""

import html

import pytest
from django.core.cache import cache

from oppidum.cases.filing import file_cases, prepare_case
from oppidum.cases.searching import find_categories
from oppidum.core.codes import new_code
from oppidum.services.living_environment.report import Report
from tests.territory.town import IN_AUBANE


def text(response) -> str:
    return html.unescape(response.content.decode()).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("lampadaire", "lighting.street_lamp"),
        ("lampadere", "lighting.street_lamp"),
        ("LAMPADAIRE ÉTEINT", "lighting.street_lamp"),
        ("trou dans la chaussée", "roads.pothole"),
        ("nid de poule", "roads.pothole"),
        ("crotte de chien", "cleanliness.dog_fouling"),
        ("canapé sur le trottoir", "dumping.objects"),
        ("rats", "animals.rats"),
        ("fuite d'eau", "water.leak"),
        ("voiture ventouse", "parking.abandoned_vehicle"),
        ("odeur égout", "sewers.smell"),
        ("tag", "cleanliness.graffiti"),
        ("feu rouge en panne", "lighting.traffic_light"),
        ("banc cassé", "furniture.object"),
        ("ça sent le gaz", "sewers.smell"),
        ("fuite de gaz", "sewers.smell"),
        ("mon voisin fait du bruit", "noise.neighbours"),
        ("mégots", "cleanliness.dirty_street"),
    ],
)
def test_everyday_words_find_their_category(words, code):
    assert find_categories(Report, words, "fr")[0].code == code


def test_a_bin_may_be_that_of_the_street_or_of_the_house():
    codes = [category.code for category in find_categories(Report, "poubele", "fr")]
    assert {"cleanliness.litter_bin", "collection.container", "collection.missed"} <= set(codes[:4])


def test_english_words_too():
    assert find_categories(Report, "street lamp", "en")[0].code == "lighting.street_lamp"
    assert find_categories(Report, "hole in the road", "en")[0].code == "roads.pothole"


@pytest.mark.parametrize("words", ["", "   ", "xyzzy", "de la", "'; drop table", "x" * 5000, "\x00"])
def test_nonsense_finds_nothing_or_little(words):
    assert len(find_categories(Report, words, "fr")) <= 8


def test_the_home_page_asks_its_question_and_offers_six_ways_in(client, people):
    page = text(client.get("/"))
    assert "Que pouvons-nous faire pour vous ?" in page and page.count("/report/?category=") == 6
    assert "Signaler un problème" in page and "Suivre ma demande" in page


def test_what_is_reported_most_comes_first(client, people):
    cache.clear()
    raw = {"category": "roads.manhole", "state": "loose"}
    place = {"lon": IN_AUBANE[0], "lat": IN_AUBANE[1], "commune": "13901", "channel": "portal"}
    file_cases([prepare_case(Report, raw, **place) for _ in range(3)])
    first = text(client.get("/")).split("/report/?category=")[1]
    assert first.startswith("roads.manhole")


def test_the_search_works_without_javascript_and_suggests_with_it(client, people):
    for address in ("/?q=lampadere", "/categories/?q=lampadere"):
        assert "/report/?category=lighting.street_lamp" in text(client.get(address))
    assert 'value="lighting.street_lamp"' in text(client.get("/categories/?q=lampadere&in_form=1"))


@pytest.mark.parametrize(
    ("words", "number"), [("ça sent le gaz", "0 800 47 33 33"), ("la poubelle brûle", "18"), ("quelqu'un est blessé", "15")]
)
def test_words_of_danger_are_answered_with_a_number_to_call_at_once(client, people, words, number):
    for address in ("/", "/categories/"):
        assert f"Appeler le {number}" in text(client.get(address, {"q": words}))


@pytest.mark.parametrize("words", ["feu rouge en panne", "lampadaire", ""])
def test_other_words_raise_no_alarm(client, people, words):
    assert "Appeler le" not in text(client.get("/", {"q": words}))


def test_the_ways_in_are_of_six_different_groups(client, people):
    codes = [part.split('"')[0] for part in text(client.get("/")).split("/report/?category=")[1:]]
    assert len({code.split(".")[0] for code in codes}) == 6


def test_the_home_page_leads_to_the_map_and_the_figures(client, people):
    page = text(client.get("/"))
    assert 'href="/reports/"' in page and 'href="/figures/"' in page


def test_a_search_without_an_answer_says_what_to_do(client, people):
    assert "Essayez un autre mot" in text(client.get("/?q=xyzzy"))


def test_a_code_is_understood_however_it_is_typed(client, people):
    code = new_code()
    typed = f" {code[:5].lower()} {code[6:].lower()} "
    assert client.get("/", {"code": typed})["Location"] == f"/follow/{code}"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Écrivez le code"),
        ("7KQ2M", "celui-ci en a 5"),
        ("7KQ2M-XA4RHJ", "celui-ci en a 11"),
        ("22222-22223", "n'est pas juste"),
    ],
)
def test_a_wrong_code_is_explained_on_its_field(client, people, typed, said):
    answer = client.get("/", {"code": typed})
    page = text(answer)
    assert answer.status_code == 422 and said in page and 'href="#id_code"' in page and f'value="{typed}"' in page


def test_a_category_chosen_on_the_home_page_is_not_asked_again(walk, client):
    page = text(client.get("/report/?category=roads.pothole"))
    assert 'name="category" value="roads.pothole"' in page
    assert walk.send("photo", category="roads.pothole")["Location"] == walk.address("where")
