"""What loading an intercommunality brings, and what it leaves alone."""

import pytest

from oppidum.territory import locate
from oppidum.territory.models import Commune, Intercommunality, Stamp, Street, Zone

from .conftest import AMP
from .console import refusal, territory


def test_the_population_of_the_metropolis_is_that_of_its_communes(metropolis):
    communes = Commune.objects.members()
    total = sum(communes.values_list("population", flat=True))
    assert Intercommunality.objects.get().population == total
    assert 1_850_000 < total < 2_000_000
    marseille = Commune.objects.get(code="13055")
    assert sum(Zone.objects.values_list("population", flat=True)) == marseille.population


def test_the_area_is_measured_in_lambert_93(metropolis):
    marseille = Commune.objects.get(code="13055")
    measured = marseille.outline.transform(2154, clone=True).area / 1e6
    assert marseille.area_km2 == pytest.approx(measured, rel=1e-6)


def test_marseille_has_sixteen_arrondissements_and_their_postcodes(metropolis):
    zones = Zone.objects.filter(layer="arrondissements", commune="13055")
    assert zones.count() == 16
    assert zones.get(code="13206").postcodes == ["13006"]
    assert Commune.objects.get(code="13055").postcodes == [f"130{number:02}" for number in range(1, 17)]


def test_a_commune_comes_with_its_town_hall(metropolis):
    hall = Commune.objects.get(code="83120")
    assert hall.hall_name == "Mairie de Saint-Zacharie"
    assert hall.hall_phone == "04 42 32 63 32"
    assert hall.hall_hours[0] == {"from": 1, "to": 5, "hours": [["08:30", "12:00"], ["14:00", "18:00"]]}


def test_names_have_their_article(metropolis):
    names = dict(Commune.objects.members().values_list("code", "name"))
    assert (names["13028"], names["13088"], names["13071"]) == ("La Ciotat", "Le Rove", "Les Pennes-Mirabeau")


def test_the_communes_around_are_known_but_are_no_members(metropolis):
    arles = Commune.objects.neighbours().get(code="13004")
    assert arles.name == "Arles"
    assert arles.hall_phone.startswith("04 ")
    # The Gard touches the Bouches-du-Rhône, Paris does not.
    assert Commune.objects.filter(code="30189").exists()
    assert not Commune.objects.filter(code="75056").exists()


def test_loading_twice_changes_nothing_but_the_version(metropolis):
    before = list(Commune.objects.order_by("code").values()), list(Zone.objects.order_by("code").values())
    version = Stamp.objects.get().version
    territory("load", AMP)
    assert (list(Commune.objects.order_by("code").values()), list(Zone.objects.order_by("code").values())) == before
    assert Stamp.objects.get().version != version


def test_a_commune_that_left_becomes_a_neighbour_and_keeps_its_streets(metropolis):
    authority = Intercommunality.objects.get()
    left = Commune.objects.get(code="13004")
    left.intercommunality = authority
    left.save()
    street = Street.objects.create(name="Rue du Refuge", commune=left, place=left.centre)
    territory("load", AMP)
    left.refresh_from_db()
    assert left.intercommunality is None
    assert Street.objects.filter(pk=street.pk).exists()


def test_another_territory_is_not_loaded_over_the_first_by_mistake(metropolis):
    assert "--replace" in refusal("load", "200046977")
    assert Commune.objects.members().count() == 92
    territory("load", "200046977", "--replace")
    assert Intercommunality.objects.get().siren == "200046977"
    assert locate.find_commune(5.3800, 43.2965) is None


def test_show_says_what_is_loaded(metropolis):
    said = territory("show")
    assert "92 communes, 3 152 km2" in said
    assert "16 zones in the layer arrondissements" in said
