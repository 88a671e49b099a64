"""Finding places by the words people type."""

import pytest
from django.contrib.gis.geos import Point
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oppidum.territory import place_names
from oppidum.territory.gazetteer import find_neighbour, search_places
from oppidum.territory.models import Street
from oppidum.territory.words import parse, tokens


def labels(words: str, **options) -> list[str]:
    return [place.label for place in search_places(words, **options)]


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("cours mirabeau", "Cours Mirabeau, 13930 Castelmer"),
        ("12 cours Mirabeau Castelmer", "12 Cours Mirabeau, 13930 Castelmer"),
        ("12 bis, crs mirabeau", "12 bis Cours Mirabeau, 13930 Castelmer"),
        ("COURS MIRABAU", "Cours Mirabeau, 13930 Castelmer"),
        ("rue Mirabeau", "Cours Mirabeau, 13930 Castelmer"),
        ("av. Jean Jaurès 13920", "Avenue Jean Jaurès, 13920 Bellefont"),
        ("avenue jean-jaures bellefont", "Avenue Jean Jaurès, 13920 Bellefont"),
        ("jaurés", "Avenue Jean Jaurès, 13920 Bellefont"),
        ("av jean jorès", "Avenue Jean Jaurès, 13920 Bellefont"),
        ("bd de la mer", "Boulevard de la Mer, 13930 Castelmer"),
        ("pl. de l’église", "Place de l'Église, 13920 Bellefont"),
        ("r republique", "Rue de la République, 13910 Aubane"),
        ("ch des pins aubane", "Chemin des Pins, 13910 Aubane"),
        ("rue de la répu", "Rue de la République, 13910 Aubane"),
        ("résidence Les Flots, 3 boulevard de la mer", "Boulevard de la Mer, 13930 Castelmer"),
        ("aubane", "Aubane"),
        ("Aubanne", "Aubane"),
        ("13920", "Bellefont"),
        ("vieille ville", "Vieille-Ville, Castelmer"),
    ],
)
def test_what_people_type_finds_the_place_first(town, words, label):
    assert labels(words)[0] == label


def test_a_place_says_where_it_is(town):
    [place] = search_places("cours mirabeau castelmer", limit=1)
    assert (place.kind, place.commune_code, place.commune_name, place.postcode) == ("street", "13903", "Castelmer", "13930")
    assert (place.lon, place.lat) == (5.22, 43.35)


def test_a_commune_comes_before_what_is_named_after_it(town):
    Street.objects.create(name="Rue d'Aubane", commune_id="13903", place=Point(5.22, 43.32, srid=4326))
    place_names.index()
    assert labels("aubane")[0] == "Aubane"
    assert labels("rue d'aubane")[0] == "Rue d'Aubane, Castelmer"


def test_near_places_come_first_among_equals(town):
    for code, lon in (("13901", 5.05), ("13903", 5.25)):
        Street.objects.create(name="Rue des Lilas", commune_id=code, place=Point(lon, 43.35, srid=4326))
    place_names.index()
    assert labels("rue des lilas", near=(5.06, 43.35))[0] == "Rue des Lilas, Aubane"
    assert labels("rue des lilas", near=(5.24, 43.35))[0] == "Rue des Lilas, Castelmer"


def test_the_larger_commune_comes_first_among_equals(town):
    for code in ("13901", "13903"):
        Street.objects.create(name="Rue des Lilas", commune_id=code, place=Point(5.05, 43.35, srid=4326))
    place_names.index()
    assert labels("rue des lilas")[0] == "Rue des Lilas, Castelmer"
    assert labels("rue des lilas aubane")[0] == "Rue des Lilas, Aubane"


def test_a_kind_of_street_alone_names_nothing(town):
    assert labels("rue") == labels("av.") == labels("rue de la") == []


def test_a_search_is_one_query(town, django_assert_num_queries):
    with django_assert_num_queries(1):
        search_places("12 cours mirabeau castelmer")


def test_as_many_places_as_asked(town):
    assert len(search_places("13930", limit=2)) == 1
    assert len(search_places("a", limit=2)) <= 2
    assert search_places("aubane", limit=0) == []


@pytest.mark.parametrize("words", ["", "   ", "!!!", "qwxzkj", "Î'", "\x00", "%_%", "12", "😀"])
def test_what_names_nothing_finds_nothing(town, words):
    assert search_places(words) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.one_of(st.text(max_size=300), st.text(alphabet="ab 'é&|:*()!\\%12", max_size=40)))
def test_no_words_break_the_search(town, words):
    assert len(search_places(words, near=(5.1, 43.3))) <= 8


def test_a_date_is_no_house_number():
    assert parse("8 mai 1945").number == ""
    assert parse("24 avenue du 24 avril 1915").number == "24"
    assert parse("12 ter rue x").number == "12 ter"
    assert parse("5 B rue x").number == "5 B"
    assert parse("3 d'Alembert").number == "3"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bd Baille", "BOULEVARD BAILLE"), ("av. du Gal de Gaulle", "Avenue du Général de Gaulle"),
        ("r. st-Ferréol", "Rue Saint Ferréol"), ("Marseille 6ème", "marseille 6e"), ("1ère", "1er"),
        ("allées Léon Gambetta", "all. Leon Gambetta"), ("Rue de l’Œuvre", "rue de l'oeuvre"),
    ],
)  # fmt: skip
def test_two_spellings_are_the_same_words(one, other):
    assert tokens(one) == tokens(other)


def test_a_reloaded_index_forgets_what_is_gone(town):
    Street.objects.filter(name="Cours Mirabeau").delete()
    place_names.index()
    assert "Cours Mirabeau, 13930 Castelmer" not in labels("cours mirabeau")


def test_real_searches_find_communes_and_arrondissements(metropolis_names):
    assert labels("aix en provence")[0] == "Aix-en-Provence"
    assert labels("13006")[0] == "Marseille 6e arrondissement"
    assert labels("marseille 6ème")[0] == "Marseille 6e arrondissement"
    assert labels("la ciota")[0] == "La Ciotat"
    assert labels("pertuis 84120")[0] == "Pertuis"


@pytest.fixture
def metropolis_names(db):
    call_command("territory", "load", "200054807")


@pytest.mark.parametrize("words", ["rue de la bel", "12 rue des castors", "chemin aub"])
def test_a_street_that_nobody_knows_is_not_answered_with_a_commune_that_looks_like_it(town, words):
    assert all(place.kind == "street" for place in search_places(words))


def test_the_commune_written_after_an_unknown_street_is_found(town):
    assert [place.label for place in search_places("12 rue des Zygènes, Bellefont")] == ["Bellefont"]


@pytest.mark.parametrize(
    ("words", "found"), [("Dorgues", True), ("1 rue X, 13990 Dorgues", True), ("rue de Dorgues à Aubane", False)]
)
def test_a_neighbouring_commune_is_known_by_its_name_at_the_end(town, words, found):
    assert bool(find_neighbour(words)) is found
