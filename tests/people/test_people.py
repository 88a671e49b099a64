"""Remits, sight, and the file that says who does what."""

import pytest
from django.core.management import CommandError, call_command

from oppidum.cases.filing import NewCase, file_case
from oppidum.cases.models import Case
from oppidum.people import remits
from oppidum.people.loading import PeopleFileError, elided, load_people
from oppidum.people.models import Officer, Remit, Team

FILE = """
service = "report"
[[directorates]]
code = "d"
name = "Direction"
[[teams]]
code = "t"
name = "Équipe"
directorate = "d"
categories = ["roads"]
communes = ["13901"]
[commune_teams]
name = "Mairie de {commune}"
categories = ["noise"]
[[roles]]
code = "r"
name = "Rôle"
reach = "team"
rights = ["act"]
[[officers]]
username = "eve"
role = "r"
teams = ["t"]
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "people.toml"
    path.write_text(FILE)
    return path


def report(category, commune):
    return file_case(NewCase(service="report", category=category, lon=5.05, lat=43.35, commune=commune, channel="portal"))


def test_loading_twice_is_loading_once(town, file):
    assert load_people(file) == load_people(file)
    assert (Team.objects.count(), Remit.objects.count()) == (4, 4)


def test_each_commune_has_its_own_team_for_what_communes_keep(town, file):
    load_people(file)
    found = remits.get_remits("report").find_team("noise.music", "13902")
    assert Team.objects.get(pk=found.team).name == "Mairie de Bellefont"
    assert found.rule == "noise @ 13902"


def test_the_most_particular_remit_wins(people):
    Remit.objects.create(team=people.aubane, service="report", category="roads.pothole", commune_id="13901")
    remits.forget()
    compiled = remits.get_remits("report")
    assert compiled.find_team("roads.pothole", "13901").team == people.aubane.pk
    assert compiled.find_team("roads.pothole", "13902").team == people.roads.pk
    assert compiled.find_team("other.other", "13901") is None


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ('reach = "team"', "reach must be one of"),
        ('communes = ["13901"]', "is not of this territory"),
        ('directorate = "d"', "no directorate"),
        ('role = "r"', "no role"),
        ("[[roles]]", "people.toml"),
    ],
)
def test_a_wrong_file_is_refused_whole_and_says_why(town, file, wrong, says):
    broken = {
        'reach = "team"': 'reach = "moon"',
        'communes = ["13901"]': 'communes = ["99999"]',
        'directorate = "d"': 'directorate = "x"',
        'role = "r"': 'role = "x"',
        "[[roles]]": "[[roles",
    }[wrong]
    file.write_text(FILE.replace(wrong, broken))
    with pytest.raises(PeopleFileError, match=says):
        load_people(file)
    assert not Team.objects.exists()


def test_the_command_says_it_in_one_message(town, tmp_path):
    with pytest.raises(CommandError, match="nothing was loaded"):
        call_command("people", "load", str(tmp_path / "absent.toml"))


def test_french_names_are_elided():
    assert [elided("Mairie de {commune}", n) for n in ("Aix-en-Provence", "Le Rove", "Les Pennes-Mirabeau", "La Ciotat")] == [
        "Mairie d’Aix-en-Provence",
        "Mairie du Rove",
        "Mairie des Pennes-Mirabeau",
        "Mairie de La Ciotat",
    ]


def test_everyone_sees_what_role_teams_and_communes_allow(people):
    here, there = report("roads.pothole", "13901"), report("roads.pothole", "13903")
    noise = report("noise.neighbours", "13901")

    def seen_by(officer):
        return set(Case.objects.visible_to(Officer.objects.get(pk=officer.pk)).values_list("pk", flat=True))

    assert seen_by(people.ana) == {here.case_id, there.case_id}
    assert seen_by(people.bob) == set()
    assert seen_by(people.max) == {here.case_id, noise.case_id}
    assert seen_by(people.cleo) == {here.case_id, there.case_id, noise.case_id}
    assert seen_by(people.dora) == {here.case_id, there.case_id}


def test_an_officer_who_left_sees_nothing(people):
    report("roads.pothole", "13901")
    people.ana.is_active = False
    assert not Case.objects.visible_to(people.ana).exists() and not people.ana.rights


def test_categories_say_of_which_service_they_are_and_a_team_may_have_whole_services(town, tmp_path):
    path = tmp_path / "people.toml"
    path.write_text(FILE.replace('service = "report"\n', ""))
    with pytest.raises(PeopleFileError, match="say of which service"):
        load_people(path)
    path.write_text(FILE.replace('categories = ["roads"]', 'services = ["rental-permit"]'))
    load_people(path)
    assert Remit.objects.get(team__code="t").service == "rental-permit"
    assert remits.get_remits("rental-permit").find_team("", "13901") is not None
