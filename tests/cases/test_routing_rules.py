"""Routing as data: rules in order, tried on the past, switched on, and what they read changing."""

import pytest

from oppidum.cases.acting import act_on
from oppidum.cases.declaration import answer
from oppidum.cases.declaration.plain_data import to_plain
from oppidum.cases.filing import file_case, prepare_case
from oppidum.cases.models import Entry, RoutingRule
from oppidum.cases.outbox import deliver
from oppidum.cases.reading import read_standings
from oppidum.cases.routing.rerouting import carry_out, find_changes, switch_off, switch_on
from oppidum.cases.rules.standing import Actor, Command
from oppidum.core import clock
from tests.cases.small_services import SmallInspection, SmallPermit, declare

ANA = Actor("officer", 1, "Ana", frozenset({"act", "assign"}))


@pytest.fixture(autouse=True)
def services(monkeypatch):
    declare(monkeypatch, SmallPermit, SmallInspection)


def permit(metres=20, colour="red"):
    return file_case(prepare_case(SmallPermit, {"metres": metres, "colour": colour}, channel="portal"))


def stands(filed):
    return read_standings([filed.case_id])[filed.case_id]


def blue_to_signals(people, **more):
    return RoutingRule.objects.create(
        service="small-permit",
        says="Blue to signals",
        condition=to_plain(answer("colour").is_("blue")),
        team=people.signals,
        created_by=people.ana,
        created_at=clock.now(),
        **more,
    )


def test_the_first_rule_that_holds_gives_team_priority_and_promise(people):
    filed = permit(metres=500, colour="blue")
    assert filed.standing.team_id == people.roads.pk
    assert (filed.standing.facts["priority"], filed.standing.promise) == ("high", 5)
    assert Entry.objects.get(case_id=filed.case_id, action="route").data["rule"] == "Long ones"


def test_a_case_that_no_rule_wants_keeps_its_way(people):
    filed = permit()
    assert (filed.standing.team_id, filed.standing.facts.get("priority")) == (None, None)


def test_a_rule_works_from_when_it_is_switched_on_until_it_is_switched_off(people):
    rule = blue_to_signals(people)
    assert permit(colour="blue").standing.team_id is None
    switch_on(rule)
    filed = permit(colour="blue")
    assert filed.standing.team_id == people.signals.pk
    assert f"n° {rule.pk}" in Entry.objects.get(case_id=filed.case_id, action="route").data["rule"]
    switch_off(rule)
    assert permit(colour="blue").standing.team_id is None


def test_open_cases_are_routed_anew_as_the_preview_said_and_decided_ones_never(people):
    waiting, decided = permit(colour="blue"), permit(colour="blue")
    act_on(decided.case_id, Command("measure", ANA, {"metres": 2}))
    act_on(decided.case_id, Command("refuse", ANA, {"reason": "law"}))
    switch_on(blue_to_signals(people))
    changes = find_changes(SmallPermit)
    assert [change.case_id for change in changes] == [waiting.case_id]
    assert carry_out(changes) == 1
    assert stands(waiting).team_id == people.signals.pk and stands(decided).team_id is None
    assert find_changes(SmallPermit) == []


def test_a_case_is_routed_anew_when_what_a_rule_reads_changes(people):
    filed = permit(metres=20)
    act_on(filed.case_id, Command("measure", ANA, {"metres": 400}))
    deliver()
    case = stands(filed)
    assert (case.team_id, case.facts["priority"], case.promise) == (people.roads.pk, "high", 5)
