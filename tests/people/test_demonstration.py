"""The demonstration's people on the real territory: nobody is told "not ours"."""

import pytest
from django.core.management import call_command

from oppidum.people import remits
from oppidum.people.loading import DEMO, load_people
from oppidum.people.models import Officer, Team
from oppidum.services.living_environment.report import Report
from oppidum.territory.models import Commune


@pytest.fixture
def metropolis(db):
    call_command("territory", "load", "200054807", verbosity=0)
    remits.forget()
    return load_people(DEMO, "demonstration")


def test_every_category_has_a_team_in_every_commune_and_the_rest_goes_to_a_person(metropolis):
    compiled = remits.get_remits("report")
    for commune in Commune.objects.members():
        without = {c for c in Report.categories if compiled.find_team(c, commune.code) is None}
        assert without == {"other.other"}


def test_what_is_a_communes_remit_goes_to_that_communes_own_team(metropolis):
    teams, compiled = Team.objects.in_bulk(), remits.get_remits("report")
    for category in Report.categories.values():
        if category.remit == "commune":
            assert teams[compiled.find_team(category.code, "13001").team].commune_id == "13001", category.code


def test_the_officer_of_a_town_hall_belongs_to_its_team(metropolis):
    officer = Officer.objects.get(username="mairie-aix")
    assert [t.name for t in officer.teams.all()] == ["Mairie d’Aix-en-Provence"]
    assert officer.check_password("demonstration")


def test_somebody_of_the_demonstration_writes_routing_rules_and_sees_to_partners(metropolis, client):
    client.force_login(Officer.objects.get(username="parametrage"))
    for address in ("/desk/rules/", "/desk/partners/"):
        assert client.get(address).status_code == 200
