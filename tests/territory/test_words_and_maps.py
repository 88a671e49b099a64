"""Names in sentences, opening hours in words, outlines for maps."""

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from oppidum.territory import hours, locate, names
from oppidum.territory.models import Commune, Stamp, Zone
from oppidum.territory.outlines import outlines_geojson, outlines_version

from .town import square

HOURS = hours.read(
    '[["samedi","samedi",[["08:30:00","12:00:00"]]],["lundi","vendredi",[["13:30:00","17:00:00"],["08:30:00","12:00:00"]]]]'
)


@pytest.mark.parametrize(
    ("name", "at", "of"),
    [
        ("Arles", "à Arles", "d'Arles"), ("Marseille", "à Marseille", "de Marseille"), ("Le Rove", "au Rove", "du Rove"),
        ("La Ciotat", "à La Ciotat", "de La Ciotat"), ("Les Pennes-Mirabeau", "aux Pennes-Mirabeau", "des Pennes-Mirabeau"),
        ("Éguilles", "à Éguilles", "d'Éguilles"), ("Lescar", "à Lescar", "de Lescar"),
    ],
)  # fmt: skip
def test_names_stand_well_in_a_french_sentence(name, at, of):
    assert (names.at_name(name), names.of_name(name)) == (at, of)


def test_opening_hours_are_read_in_order():
    assert HOURS == [
        {"from": 1, "to": 5, "hours": [["08:30", "12:00"], ["13:30", "17:00"]]},
        {"from": 6, "to": 6, "hours": [["08:30", "12:00"]]},
    ]
    assert hours.read("") == hours.read("[]") == []


def test_opening_hours_are_told_in_the_readers_language():
    with override("en"):
        assert hours.in_words(HOURS) == [("Monday to Friday", "8:30 to 12:00, 13:30 to 17:00"), ("Saturday", "8:30 to 12:00")]
    with override("fr"):
        assert hours.in_words(HOURS)[0][0] == "du lundi au vendredi"
        assert hours.in_words(HOURS)[1] == ("samedi", "de 8\u00a0h\u00a030 à 12\u00a0h\u00a000")


def test_a_hall_is_open_in_the_time_of_paris():
    # A Monday in March: 08:30 in Paris is 07:30 UTC.
    assert hours.is_open(HOURS, datetime(2026, 3, 2, 7, 30, tzinfo=UTC))
    assert not hours.is_open(HOURS, datetime(2026, 3, 2, 7, 29, tzinfo=UTC))
    assert not hours.is_open(HOURS, datetime(2026, 3, 2, 11, 0, tzinfo=UTC))
    assert not hours.is_open(HOURS, datetime(2026, 3, 1, 9, 0, tzinfo=UTC))


def test_a_commune_tells_its_hours_and_names(town):
    aubane = Commune.objects.get(code="13901")
    assert len(aubane.hall_hours_in_words()) == 1
    assert (aubane.at_name(), aubane.of_name()) == ("à Aubane", "d'Aubane")


def test_the_map_has_each_commune_and_each_division(town):
    features = outlines_geojson()["features"]
    assert [one["properties"]["name"] for one in features] == ["Aubane", "Bellefont", "Castelmer", "Vieille-Ville", "Rivage"]
    assert [one["properties"]["kind"] for one in features] == ["commune"] * 3 + ["zone"] * 2
    assert features[0]["properties"]["lon"] == 5.05


def test_other_layers_are_not_on_the_quiet_ground(town):
    Zone.objects.create(layer="quarters", code="Q", name="All Aubane", commune_id="13901", outline=square(5.0, 43.3))
    assert {one["properties"].get("layer") for one in outlines_geojson()["features"]} == {None, "arrondissements"}


def test_the_map_changes_with_the_ground(town):
    before, version = outlines_geojson(), outlines_version()
    assert outlines_geojson() is before
    Commune.objects.filter(code="13901").update(name="Aubane-sur-Mer")
    Stamp.touch()
    locate.forget()
    assert outlines_version() != version
    assert outlines_geojson()["features"][0]["properties"]["name"] == "Aubane-sur-Mer"


def test_a_map_before_any_load_is_empty(db):
    assert outlines_geojson()["features"] == []
