"""The portfolio of projects: what its page and the year's achievements tell, from the journal of each project."""

from datetime import date

import pytest

from oppidum.cases.acting import act_on
from oppidum.cases.declaration import get_service
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.errors import NotNow
from oppidum.cases.rules.standing import Actor
from oppidum.core.errors import InvalidForm, NotAllowed
from oppidum.figures.computing import Period, compute
from oppidum.publishing.projects import Told, find_project, list_achievements, list_projects, tell_milestones, tell_project
from oppidum.rehearsal.walks import walk

OFFICE = Actor("officer", 1, "Rémi", frozenset({"act", "assign", "note"}))
ENGINEER = Actor("officer", 2, "Ana", frozenset({"act"}))
TRAM = {
    "title": "Tramway vers Bellefont",
    "theme": "mobility",
    "summary": "Quatre stations de plus.",
    "is_public": "yes",
    "milestones": [
        {"milestone": "Début des travaux", "expected_on": "2027-05-01"},
        {"milestone": "Mise en service", "expected_on": "2029-09-01"},
    ],
    "budget": "140 000 000",
    "funders": [{"funder": "Métropole", "funded": "80 000 000"}],
    "lead": "Zoé Martin, 04 91 00 00 00",
}


@pytest.fixture
def tram(people, moved):
    """Entered on 8 March 2027 and under study since."""
    with moved(2027, 3, 8, 9):
        case_id = file_case(prepare_case(get_service("project"), TRAM, channel="desk")).case_id
        take(case_id, "launch")
    return case_id


def take(case_id, action, actor=OFFICE, **raw):
    return act_on(case_id, prepare(get_service("project"), action, raw, actor))


def told(action, day, **data):
    return Told(action, date.fromisoformat(day), data)


def only():
    (found,) = list_projects()
    return found


def test_a_milestone_that_moves_keeps_the_first_day_that_was_announced():
    moves = [told("plan", "2027-04-01", milestone="mise  en service", expected_on="2030-01-15", moved_because="Un réseau d’eau")]
    (found,) = tell_milestones([{"milestone": "Mise en service", "expected_on": "2029-09-01"}], moves)
    assert (found.name, found.expected_on, found.first_expected_on) == ("Mise en service", date(2030, 1, 15), date(2029, 9, 1))
    assert found.moved_because == "Un réseau d’eau"


def test_a_milestone_is_late_from_the_day_after_the_one_that_was_announced():
    (found,) = tell_milestones([{"milestone": "Essais", "expected_on": "2027-05-01"}], [])
    assert [found.state(date(2027, 5, day)) for day in (1, 2)] == ["coming", "late"]


def test_a_funder_that_commits_itself_again_adds_to_its_share():
    answers = {"funders": [{"funder": "Région", "funded": 100}]}
    entries = [told("fund", "2027-04-01", funder="RÉGION", funded=50), told("fund", "2027-04-02", funder="État", funded=500)]
    found = tell_project(1, answers, "studies", "", entries)
    assert [(one.name, one.cents) for one in found.funders] == [("État", 500), ("Région", 150)] and found.funded_cents == 650


def test_what_was_reached_in_a_year_is_listed_by_the_day_it_was_reached_not_by_the_day_it_was_told(tram, moved):
    with moved(2028, 1, 10, 9):
        take(tram, "reach", milestone="Début des travaux", reached_on="15/12/2027", reached_says="Les voies sont libres.")
    assert [(one.on, one.what, one.says) for one in list_achievements(2027)] == [
        (date(2027, 12, 15), "Début des travaux", "Les voies sont libres.")
    ]
    assert list_achievements(2028) == []
    assert compute("milestones-reached", Period.year(2028)).value == 1


def test_a_delivery_is_the_last_achievement_of_a_project(tram, moved):
    with moved(2029, 9, 3, 9):
        take(tram, "build")
        take(tram, "deliver", delivered_on="01/09/2029")
    (found,) = list_achievements(2029)
    assert found.is_delivery and found.on == date(2029, 9, 1) and only().step == "delivered"


def test_a_day_to_come_is_not_reached(tram, moved):
    with moved(2027, 4, 1, 9), pytest.raises(InvalidForm) as refused:
        take(tram, "reach", milestone="Début des travaux", reached_on="02/04/2027")
    assert [one.field for one in refused.value.errors] == ["reached_on"]


def test_budget_and_funders_are_the_last_that_were_told(tram, moved):
    with moved(2027, 6, 1, 9):
        take(tram, "budget", budget="152 500 000", budget_because="Un pont de plus")
        take(tram, "fund", funder="État", funded="30 000 000", funded_on="30/05/2027")
    found = only()
    assert found.budget_cents == 15_250_000_000 and found.funded_cents == 11_000_000_000
    assert compute("projects-funded", Period.year(2027)).value == 30_000_000


def test_an_engineer_tells_milestones_but_does_not_change_the_budget(tram, moved):
    with moved(2027, 6, 1, 9), pytest.raises(NotAllowed):
        take(tram, "budget", ENGINEER, budget="1 000", budget_because="?")


def test_a_suspended_project_says_why_and_takes_up_where_it_was(tram, moved):
    with moved(2027, 6, 1, 9):
        take(tram, "suspend", suspended_because="L’avis de l’État est attendu.")
        assert (only().step, only().why) == ("suspended", "L’avis de l’État est attendu.")
        with pytest.raises(NotNow):
            take(tram, "build")
        assert take(tram, "resume").step == "studies" and only().why == ""


def test_what_is_not_public_is_on_no_page(people, moved, client):
    with moved(2027, 3, 8, 9):
        case_id = file_case(prepare_case(get_service("project"), TRAM | {"is_public": "no"}, channel="desk")).case_id
    assert list_projects() == [] and list_achievements(2027) == []
    from oppidum.cases.public import public_id

    assert client.get(f"/projects/{public_id(case_id)}/").status_code == 404


def test_a_project_s_page_shows_no_name_and_no_telephone_of_its_manager(tram, client):
    page = client.get(f"/projects/{only().public_id}/").content.decode()
    assert "Tramway vers Bellefont" in page and "140 000 000" in page.replace("\u202f", " ").replace("\xa0", " ")
    assert "Zoé" not in page and "91 00" not in page


def test_the_portfolio_is_read_with_as_many_queries_for_twenty_projects_as_for_one(people, moved, django_assert_max_num_queries):
    with moved(2027, 3, 8, 9):
        for n in range(20):
            file_case(prepare_case(get_service("project"), TRAM | {"title": f"Projet {n}"}, channel="desk"))
    with django_assert_max_num_queries(2):
        assert len(list_projects()) == 20


@pytest.mark.parametrize("address", ["/projects/?state=nowhere&theme=x", "/projects/nothing-here/", "/projects/done/1066/"])
def test_an_address_that_leads_nowhere_says_so(address, people, client):
    assert client.get(address).status_code in (200, 404)


def test_a_thousand_projects_come_to_an_end():
    assert {walk(get_service("project"), seed).case.step for seed in range(1000)} == {"delivered", "abandoned"}


def test_found_under_its_public_name_only(tram):
    assert find_project(only().public_id).case_id == tram and find_project(str(tram)) is None
