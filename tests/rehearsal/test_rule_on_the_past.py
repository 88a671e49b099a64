"""A rule on the past: what it would have done to last year's cases, before it is switched on."""

import json
from collections import Counter
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from oppidum.cases.acting import act_on
from oppidum.cases.declaration import answer
from oppidum.cases.declaration.plain_data import to_plain
from oppidum.cases.declaration.routing import Escalation
from oppidum.cases.filing import file_case, prepare_case
from oppidum.cases.models import RoutingRule
from oppidum.cases.reading import read_journals, read_standings
from oppidum.cases.routing.teams import get_routes, what_rules_read
from oppidum.cases.rules.standing import Actor, Command
from oppidum.core import clock
from oppidum.people.models import Right, Role
from oppidum.rehearsal.past.escalating import try_escalation
from oppidum.rehearsal.past.queueing import best_pace, serve
from oppidum.rehearsal.past.reading import Past, known_of, read_past
from oppidum.rehearsal.past.trying import try_rule
from tests.cases.small_services import SmallInspection, SmallPermit, declare

ANA = Actor("officer", 1, "Ana", frozenset({"act", "assign"}))
MONDAY = date(2023, 3, 6)


@pytest.fixture
def services(db, monkeypatch):
    declare(monkeypatch, SmallPermit, SmallInspection)


def permit(metres=20, colour="red", days_ago=0):
    with clock.at(clock.now() - timedelta(days=days_ago)):
        return file_case(prepare_case(SmallPermit, {"metres": metres, "colour": colour}, channel="portal"))


def to_signals(people, condition):
    return RoutingRule.objects.create(
        service="small-permit",
        says="Blue to signals",
        condition=to_plain(condition),
        team=people.signals,
        created_by=people.ana,
        created_at=clock.now(),
    )


def last_year():
    return clock.today() - timedelta(days=364), clock.today()


def test_a_rule_is_tried_on_last_years_cases_and_changes_none_of_them(services, people):
    filed = [permit(colour="blue", days_ago=300), permit(), permit(metres=500, colour="blue"), permit(colour="blue", days_ago=400)]
    trial = try_rule(to_signals(people, answer("colour").is_("blue")), *last_year())
    assert trial.as_data() == {"cases": 3, "fires": 2, "team": 2, "priority": 2, "date": 1}
    assert trial.moves == {(None, people.signals.pk): 1, (people.roads.pk, people.signals.pk): 1}
    assert {one.code for one in trial.samples} == {filed[0].code, filed[2].code}
    assert [read_standings([one.case_id])[one.case_id].team_id for one in filed] == [None, None, people.roads.pk, None]


def test_the_past_is_read_as_routing_reads_a_new_case(services, people):
    filed = permit(metres=123, colour="blue", days_ago=3)
    reads = frozenset({"metres", "colour"}) | get_routes(SmallPermit).reads
    (case,) = read_past(SmallPermit, reads, *last_year(), with_hour=True, with_weekday=True)
    standing, journal = read_standings([filed.case_id])[filed.case_id], read_journals([filed.case_id])[filed.case_id]
    truth = what_rules_read(SmallPermit, standing, journal[0], {"metres": 123, "colour": "blue"})
    known = known_of(SmallPermit, Past._make(case))
    assert {name: known[name] for name in known if name in truth} == {name: truth[name] for name in truth if name in known}
    assert reads <= known.keys()


def test_a_rule_that_reads_the_hour_is_decided_hour_by_hour(services, people):
    now = clock.midnight(date(2027, 3, 3))
    with clock.at(now):
        for hour in (8, 8, 20):
            with clock.at(now + timedelta(hours=hour)):
                file_case(prepare_case(SmallPermit, {"metres": 20, "colour": "red"}, channel="portal"))
        trial = try_rule(to_signals(people, answer("hour") >= 18), date(2027, 3, 3), date(2027, 3, 3))
    assert (trial.cases, trial.fires) == (3, 1)


def test_a_queue_that_gets_more_than_its_pace_ends_late_what_came_last():
    ten_days = {MONDAY + timedelta(days=n): Counter({2: 4}) for n in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)}
    calm, hurried = (
        serve(ten_days, 4, 0, MONDAY, MONDAY + timedelta(days=11)),
        serve(ten_days, 2, 0, MONDAY, MONDAY + timedelta(days=11)),
    )
    assert (calm.late_share, calm.wait_days, calm.backlog) == (0, 0, 0)
    # 40 cases at 2 a day, two working days promised: the first 10 are in time.
    assert hurried.late_share == 30 / 40 and hurried.backlog == 20


def test_a_teams_pace_is_that_of_its_best_four_weeks_and_saturdays_count():
    done = {MONDAY + timedelta(days=n): 6 if 28 <= n < 56 else 1 for n in range(84) if (MONDAY + timedelta(days=n)).weekday() < 6}
    assert best_pace(done, MONDAY, MONDAY + timedelta(days=83)) == pytest.approx(6 * 24 / 20, abs=0.35)
    assert best_pace({}, MONDAY, MONDAY + timedelta(days=83)) == 0


def test_a_reminder_on_the_past_says_what_it_would_have_told_of_and_missed(services, people):
    quick, slow, waiting = (permit(metres=500, days_ago=60) for _ in range(3))
    for filed, days_ago in ((quick, 59), (slow, 20)):
        with clock.at(clock.now() - timedelta(days=days_ago)):
            act_on(filed.case_id, Command("measure", ANA, {"metres": 2}))
            act_on(filed.case_id, Command("refuse", ANA, {"reason": "law"}))
    trial = try_escalation(SmallPermit, Escalation("promise", before=2, to="supervisor", says=""), *last_year())
    assert (trial.cases, trial.told, trial.late, trial.told_late, trial.for_nothing) == (3, 2, 2, 2, 0)
    assert {one.code for one in trial.samples} == {slow.code, waiting.code}


def test_a_rule_is_tried_from_the_command_line(services, people):
    permit(colour="blue", days_ago=10)
    out, rule = StringIO(), to_signals(people, answer("colour").is_("blue"))
    call_command("rule", "try", str(rule.pk), "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert told["moves"] == {f"- > {people.signals.code}": 1} and told["examples"][0]["to"] == people.signals.code


def test_the_desk_tries_a_rule_on_twelve_months_and_a_reminder(services, people, client):
    Role.objects.filter(pk=people.ana.role_id).update(rights=[*people.ana.role.rights, Right.SETUP])
    permit(metres=500, colour="blue", days_ago=200)
    client.cookies["language"] = "en"
    client.force_login(people.ana)
    rule = to_signals(people, answer("colour").is_("blue"))
    page = client.post(f"/desk/rules/{rule.pk}/try/").content.decode()
    assert "the rule fires for 1" in page and people.signals.name in page
    rule.refresh_from_db()
    assert rule.tried["cases"] == 1
    page = client.post("/desk/rules/reminder/", {"service": "small-permit", "clock": "promise", "before": "2"}).content.decode()
    assert "Of 1 cases it would have told of 1" in page
    wrong = client.post("/desk/rules/reminder/", {"service": "small-permit", "clock": "promise", "before": "two"})
    assert wrong.status_code == 422
