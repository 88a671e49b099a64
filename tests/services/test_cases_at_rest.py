"""Which open cases ask nothing of anybody, in which services, and why: nothing rests that isn't listed here."""

from datetime import UTC, datetime

import pytest

from oppidum.cases.declaration import catalogue, get_service
from oppidum.cases.rules.evolve import evolve
from oppidum.cases.rules.resting import begins_at_rest
from oppidum.cases.rules.standing import RESIDENT, SYSTEM, Actor, Fact
from tests.services.standings import standing_in

# Step: who or what wakes the case.
AT_REST = {
    "building-permit": {
        "granted": "the holder begins the works or asks for a year more, or its life is over",
        "works": "the holder declares that they are complete",
    },
    "business-aid": {"working": "the firm tells its jobs, or three years are over; not before the aid stands in the register"},
    "course-enrolment": {"waiting": "a place comes free and is offered by itself", "enrolled": "the season is over"},
    "crematorium-ceremony": {"ashes": "the family fetches the urn, or the year is over"},
    "facility-booking": {"waiting": "a place comes free and is offered by itself, or the day has come"},
    "film-shoot": {"permitted": "the days of the permit are over"},
    "home-renovation-grant": {"works": "the owner asks for a payment, or the time for the works is over"},
    "housing-solidarity-fund": {"repaying": "the accountant says that the loan is paid back"},
    "innovation-answer": {"sealed": "the call closes: nobody may open it before"},
    "inquiry-register": {
        "announced": "its first day comes",
        "open": "its last day is over; what is written there are cases of their own",
        "to_resume": "the first day of the rest comes",
        "reported": "the year of publication is over",
    },
    "it-agreement": {"in_force": "it ends in three months, or the commune ends it"},
    "it-ticket": {"solved": "the user objects or says what could be better, or ten days are over"},
    "marina-application": {"sealed": "the call closes: nobody may open it before"},
    "marina-berth": {
        "waiting": "a berth comes free and is offered by itself, or the year is over without a confirmation",
        "berthed": "the year ends soon, and it is to be renewed or not; or the holder leaves",
    },
    "participatory-call": {
        "proposals": "the last day to propose is over",
        "announced": "the vote's first day comes",
        "voting": "the vote's last day is over",
    },
    "participatory-vote": {"retained": "the vote is announced", "on_ballot": "the result is proclaimed"},
    "public-event": {"planned": "its days are over"},
    "rental-permit": {"authorised": "the dwelling is let, or two years are over"},
    "sanitation-inspection": {
        "to_build": "the owner has built it",
        "known": "the next check is due, years away; the house is for sale or sold; works",
    },
    "school-transport": {"valid": "the pass is given back, or the school year is over"},
    "signature-delegation": {"in_force": "another order takes its place, the holder leaves, or its time is over"},
    "special-waste-fee": {"in_force": "the business writes; the year's bills are made for all contracts at once"},
    "special-waste-notice": {"sent": "the business or the post answers, or a year is over"},
}
# Nothing is due there either, but the day on which an officer must act comes without anything that would wake the case.
AWAKE_UNTIL_TOLD = {
    "association-grant": {"report_due": "a report that is late already may be awaited again"},
    "bulky-waste": {"booked": "the crew fetches it"},
    "commune-request": {"enrolled": "who came to the training is noted"},
    "composter": {"reserved": "the composter is handed over"},
    "facility-booking": {"booked": "who came is noted"},
    "housing-front-desk": {"booked": "who came is noted"},
    "intended-sale": {"offered": "the day on which the owner received the offer starts their two months"},
    "marina-occupancy": {"in_force": "no clock tells the end of the title"},
    "sanitation-inspection": {"works": "the day on which the owner received the report starts their four years"},
    "school-transport": {"to_pay": "a pass is not in force before it is paid"},
}
OFFICER = Actor("officer", 1, "Ana", frozenset({"act"}))
NOON = datetime(2027, 3, 1, 11, tzinfo=UTC)


def test_these_steps_rest_and_no_others():
    resting = {code: {name for name, step in service.flow.steps.items() if step.rests} for code, service in catalogue().items()}
    assert {code: steps for code, steps in resting.items() if steps} == {code: set(steps) for code, steps in AT_REST.items()}


def test_what_stays_awake_on_purpose_is_there():
    for code, steps in AWAKE_UNTIL_TOLD.items():
        flow = get_service(code).flow
        assert all(not flow.steps[name].rests and not flow.steps[name].is_end for name in steps), code


@pytest.mark.parametrize(("code", "step"), [(code, step) for code, steps in AT_REST.items() for step in steps])
def test_time_or_somebody_outside_leads_out_of_rest(code, step):
    service = get_service(code)
    moves = [move for move in service.flow.steps[step].moves.values() if any(to not in ("<stay>", step) for to in move.targets)]
    told = {who.partition(":")[0] for move in moves for who in move.action.by} & {
        "resident",
        "system",
        "commune",
        "third",
        "partner",
    }
    assert told or (code, step) in {("special-waste-fee", "in_force"), ("housing-solidarity-fund", "repaying")}


def act(service, case, name, actor, **data):
    move = service.flow.steps[case.step].moves[name]
    return evolve(
        service,
        case,
        Fact(case.version + 1, NOON, NOON, actor, name, case.step, case.step if "<stay>" in move.targets else move.to, data),
    )


def test_a_permit_that_is_being_withdrawn_is_seen_until_it_is_safe():
    permit = get_service("building-permit")
    case = standing_in(permit, "granted")
    assert begins_at_rest(permit, case)
    case = act(permit, case._replace(rests=True), "announce", OFFICER, announced=True)
    assert not case.rests and not act(permit, case, "note", OFFICER).rests
    safe = act(permit, case, "safe", SYSTEM, safe=True, clock="taking_back")
    assert not safe.rests and act(permit, safe, "note", OFFICER).rests


def test_a_year_more_that_is_asked_for_is_answered():
    permit = get_service("building-permit")
    case = act(permit, standing_in(permit, "granted")._replace(rests=True), "ask_longer_life", RESIDENT, life="asked")
    assert not case.rests and not act(permit, case, "note", OFFICER).rests
    assert act(permit, case, "longer_life", OFFICER, life="answered").rests


def test_an_installation_rests_though_its_next_check_has_a_date():
    inspection = get_service("sanitation-inspection")
    case = act(inspection, standing_in(inspection, "asked"), "register", OFFICER, registered_on="2027-03-01", finding="compliant")
    assert case.step == "known" and case.due_on.year > 2030 and case.rests
    assert not act(inspection, case, "sold", RESIDENT, sold_on="2027-03-01").rests
    assert act(inspection, case, "certify", RESIDENT).rests


def test_the_year_at_the_quay_wakes_before_it_ends():
    berth = get_service("marina-berth")
    case = standing_in(berth, "berthed")._replace(rests=True)
    assert not act(berth, case, "foretell_end", SYSTEM, clock="year_notice").rests


def test_aid_that_the_register_lacks_is_seen():
    aid = get_service("business-aid")
    case = standing_in(aid, "working", clocks={"register": [["start", "2027-01-04"]]})
    assert not begins_at_rest(aid, case)
    assert begins_at_rest(aid, standing_in(aid, "working", clocks={"register": [["start", "2027-01-04"], ["stop", "2027-01-08"]]}))
