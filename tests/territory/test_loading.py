"""Loading an intercommunality by its SIREN, and being told kindly when it isn't one."""

import pytest

from oppidum.territory import locate
from oppidum.territory.models import Commune, Intercommunality, Zone
from oppidum.territory.source import whole_source

from .conftest import AMP
from .console import refusal, territory


def test_the_metropolis_has_92_communes_on_3152_km2(db):
    assert "92 communes, 3 152 km2" in territory("load", AMP)
    authority = Intercommunality.objects.get()
    assert (authority.siren, authority.kind) == (AMP, "metropolis")
    assert round(authority.area_km2) == 3152


def test_lyon_has_nine_arrondissements(db):
    territory("load", "200046977")
    assert Zone.objects.filter(layer="arrondissements", commune="69123").count() == 9
    assert locate.find_zones(4.8357, 45.7640)["arrondissements"].startswith("6938")


def test_a_communes_number_is_answered_with_its_intercommunality(db):
    for number in ("13055", "211300553"):
        said = refusal("load", number)
        assert "Marseille" in said
        assert f"oppidum territory load {AMP}" in said


@pytest.mark.parametrize("asked", ["200054808", "metropole aix marseile", "Aix-Marseille Provence"])
def test_a_wrong_siren_or_a_name_is_answered_with_the_likely_ones(db, asked):
    assert AMP in refusal("load", asked)


@pytest.mark.parametrize("asked", ["0", "", "' or 1=1", "9" * 40])
def test_nonsense_is_refused_with_what_to_do(db, asked):
    assert "oppidum territory load" in refusal("load", asked)
    assert not Commune.objects.exists()


def test_a_siren_may_be_written_with_spaces(db):
    assert "92 communes" in territory("load", "200", "054", "807")


def test_show_before_any_load_says_what_to_do(db):
    assert "oppidum territory load SIREN" in refusal("show")


def test_every_intercommunality_of_the_source_has_communes():
    source = whole_source()
    with_communes = {place.siren for place in source.communes.values()}
    assert set(source.authorities) <= with_communes
