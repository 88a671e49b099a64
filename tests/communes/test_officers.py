"""A commune's administrators manage its officers: within the commune, within its roles, and never so that nobody is left."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from oppidum.cases.models import Mail
from oppidum.communes import officers
from oppidum.communes.models import Change
from oppidum.core.errors import Invalid, InvalidForm, NotAllowed, NotFound
from oppidum.people.models import Officer, Role, Team
from oppidum.territory.models import Commune
from tests.communes.scene import PASSWORD, ROLES


@pytest.fixture
def town_hall(people):
    """Aubane with an administrator and an agent; Bellefont's administrator; the roles of communes."""
    people.roles = {
        who: Role.objects.create(code=code, name=code, reach="communes", rights=rights, of_communes=True)
        for who, (code, rights) in ROLES.items()
    }
    for name, who, code in (("marie", "admin", "13901"), ("jean", "agent", "13901"), ("odile", "admin", "13902")):
        officer = Officer.objects.create_user(name, f"{name}@mairie.example", PASSWORD, role=people.roles[who], first_name=name)
        officer.communes.set([code])
        setattr(people, name, officer)
    people.commune = Commune.objects.get(pk="13901")
    return people


def invited(hall, by=None, **more):
    given = {"first_name": "Luc", "last_name": "Peyron", "email": "Luc@mairie.example", "role": "town-hall-officer"} | more
    return officers.invite(hall.commune, given, by or hall.marie)


def test_who_is_invited_chooses_a_password_by_a_link_that_works_once(town_hall):
    officer = invited(town_hall)
    assert officer.username == "luc@mairie.example" and not officer.has_usable_password()
    assert [team.commune_id for team in officer.teams.all()] == ["13901"]
    link = Mail.objects.get(key__startswith=f"invited:{officer.pk}").body.split("http://127.0.0.1:8000")[1].split()[0]
    browser = Client()
    assert browser.post(link, {"new_password1": "court", "new_password2": "court"}).status_code == 422
    assert browser.post(link, {"new_password1": "calanques-et-mer", "new_password2": "calanques-et-mer"}).status_code == 302
    assert browser.get(link).status_code == 410 and browser.login(username=officer.username, password="calanques-et-mer")
    assert browser.get("/commune/13901/").status_code == 200


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": "jean"}, "email"),
        ({"role": "dispatcher"}, "role"),
        ({"role": "town-hall"}, "role"),
        ({"first_name": " "}, "first_name"),
    ],
)
def test_what_is_wrong_with_an_invitation_is_said_and_nobody_is_made(town_hall, more, field):
    Role.objects.create(code="dispatcher", name="Répartiteur", reach="all", rights=["act", "setup"])
    with pytest.raises(InvalidForm) as wrong:
        invited(town_hall, **more)
    assert [fault.field for fault in wrong.value.errors] == [field] and not Officer.objects.filter(last_name="Peyron").exists()


def test_one_address_has_one_account_and_whose_it_is_is_not_told(town_hall):
    Officer.objects.filter(pk=town_hall.odile.pk).update(username="odile@mairie.example")
    with pytest.raises(InvalidForm) as wrong:
        invited(town_hall, email="ODILE@mairie.example")
    assert "Bellefont" not in str(wrong.value.errors[0])


@pytest.mark.parametrize("name", ["odile", "ana", "cleo", "max"])
def test_nobody_elses_people_are_reached(town_hall, name):
    other = getattr(town_hall, name)
    for change in (
        lambda: officers.set_active(town_hall.commune, other.pk, False, town_hall.marie),
        lambda: officers.give_role(town_hall.commune, other.pk, "commune-councillor", town_hall.marie),
    ):
        with pytest.raises(NotFound):
            change()
    with pytest.raises(NotAllowed):
        officers.set_active(town_hall.commune, town_hall.jean.pk, False, other)


def test_an_agent_is_no_administrator(town_hall):
    with pytest.raises(NotAllowed):
        invited(town_hall, by=town_hall.jean)


def test_the_metropolis_rights_are_out_of_reach_even_for_the_database(town_hall):
    for wrong in ({"rights": ["setup"]}, {"rights": ["privacy", "act"]}, {"reach": "all"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Role.objects.filter(pk=town_hall.roles["agent"].pk).update(**wrong)


def test_an_account_that_is_ended_is_out_at_once_and_may_be_opened_again(town_hall):
    browser = Client()
    assert browser.login(username="jean", password=PASSWORD)
    officers.set_active(town_hall.commune, town_hall.jean.pk, False, town_hall.marie)
    assert browser.get("/commune/13901/").status_code == 302
    officers.set_active(town_hall.commune, town_hall.jean.pk, True, town_hall.marie)
    assert list(Change.objects.values_list("what", flat=True)) == ["opened", "ended"]


def test_the_last_administrator_stays(town_hall):
    with pytest.raises(Invalid):
        officers.give_role(town_hall.commune, town_hall.marie.pk, "commune-councillor", town_hall.marie)
    with pytest.raises(Invalid):
        officers.set_active(town_hall.commune, town_hall.marie.pk, False, town_hall.marie)
    assert Officer.objects.get(pk=town_hall.marie.pk).role == town_hall.roles["admin"]
    officers.give_role(town_hall.commune, town_hall.jean.pk, "commune-administrator", town_hall.marie)
    officers.give_role(town_hall.commune, town_hall.marie.pk, "commune-councillor", town_hall.marie)


def test_a_case_is_given_to_the_communes_own_people_alone(town_hall):
    from oppidum.cases.declaration import get_service
    from oppidum.cases.preparing import actor_of, prepare

    Team.objects.create(code="bellefont", name="Mairie de Bellefont", commune_id="13902")
    jean = actor_of(Officer.objects.get(pk=town_hall.jean.pk))
    report = get_service("report")
    assert prepare(report, "give_to", {"officer": town_hall.marie.pk}, jean).data["officer"] == town_hall.marie.pk
    for raw, action in (({"officer": town_hall.odile.pk}, "give_to"), ({"team": "bellefont"}, "move_team")):
        with pytest.raises(InvalidForm):
            prepare(report, action, raw, jean)
