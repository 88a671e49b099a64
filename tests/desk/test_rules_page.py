"""Routing rules at the desk: written, tried, switched on, and open cases routed anew."""

import pytest

from oppidum.cases.filing import file_case, prepare_case
from oppidum.cases.models import Live, RoutingRule
from oppidum.people.models import Role
from oppidum.web.desk import choices
from tests.browser import check_page
from tests.cases.small_services import SmallInspection, SmallPermit, declare


@pytest.fixture(autouse=True)
def services(monkeypatch):
    declare(monkeypatch, SmallPermit, SmallInspection)
    choices.forget()


@pytest.fixture
def chief(desk, people):
    """Dora, who may change how the house works."""
    role = Role.objects.get(code="supervisor")
    role.rights = [*role.rights, "setup"]
    role.save()
    return desk("dora")


def write(chief, people, **changes):
    form = {
        "service": "small-permit",
        "says": "Blue to the roads",
        "name-0": "colour",
        "sign-0": "is",
        "value-0": "Blue",
        "team": people.roads.pk,
        "rank": "10",
    }
    return chief.post("/desk/rules/write/", form | changes)


def permit(colour="blue"):
    return file_case(prepare_case(SmallPermit, {"metres": 3, "colour": colour}, channel="portal"))


def test_only_who_may_set_up_the_house_sees_the_rules(desk, people):
    assert desk("ana").get("/desk/rules/").status_code == 403


def test_a_rule_is_written_tried_and_only_then_switched_on(chief, people):
    filed = permit()
    assert write(chief, people).status_code == 302
    rule = RoutingRule.objects.get()
    chief.post(f"/desk/rules/{rule.pk}/switch/")
    assert not RoutingRule.objects.get().is_active
    tried = chief.post(f"/desk/rules/{rule.pk}/try/").content.decode()
    assert filed.code in tried and RoutingRule.objects.get().tried["team"] == 1
    chief.post(f"/desk/rules/{rule.pk}/switch/")
    assert permit().standing.team_id == people.roads.pk


def test_open_cases_are_routed_anew_after_a_preview(chief, people):
    filed = permit()
    write(chief, people)
    rule = RoutingRule.objects.get()
    chief.post(f"/desk/rules/{rule.pk}/try/")
    chief.post(f"/desk/rules/{rule.pk}/switch/")
    chief.post("/desk/rules/reroute/", {"service": "small-permit"})
    assert Live.objects.get(case_id=filed.case_id).team_id is None
    chief.post("/desk/rules/reroute/", {"service": "small-permit", "stage": "confirm"})
    assert Live.objects.get(case_id=filed.case_id).team_id == people.roads.pk


@pytest.mark.parametrize(
    "changes",
    [{"says": ""}, {"value-0": "purple"}, {"name-0": "passport"}, {"team": ""}, {"value-0": ""}],
    ids=lambda c: next(iter(c)),
)
def test_a_rule_that_can_not_work_is_sent_back_with_its_fault(chief, people, changes):
    answer = write(chief, people, **changes)
    assert answer.status_code == 422 and not RoutingRule.objects.exists()
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.browser
def test_the_rules_page_can_be_read(open_page, people):
    role = Role.objects.get(code="supervisor")
    role.rights = [*role.rights, "setup"]
    role.save()
    page = open_page("/desk/rules/?service=small-permit", officer=people.dora, width=1366)
    page.fill("[name=says]", "Blue to the roads")
    page.select_option("[name=name-0]", "colour")
    page.fill("[name=value-0]", "blue")
    page.select_option("[name=team]", str(people.roads.pk))
    for button in ("Garder la règle", "Essayer sur les 12 derniers mois"):
        with page.expect_navigation():
            page.click(f"text={button}")
    check_page(page)
