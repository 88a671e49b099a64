"""Opinions: who is asked, what is waited for, what makes an opinion void; and what no act may say, as the engine says it itself."""

from datetime import date

import pytest

from oppidum.cases.declaration import Action, Flow, Items, Period, Place, Text, days_of, first_day, last_day, step
from oppidum.cases.declaration.opinions import answered, joined
from oppidum.cases.declaration.overlaps import Overlap
from oppidum.cases.overlapping import Spot, list_spots
from oppidum.cases.rules.asking import without_void
from tests.cases.declaring import CLOSED, close, faults

STAY = {"from": "2027-03-05", "to": "2027-03-07"}


@pytest.mark.parametrize(
    ("facts", "all_in", "those_asked"),
    [
        ({"asked:roads": "2027-03-01"}, False, False),
        ({"asked:roads": "2027-03-01", "opinion:roads": "favourable"}, False, True),
        ({"asked:roads": "2027-03-01", "opinion:roads": "none", "asked:sea": "2027-03-01"}, False, False),
        ({"asked:roads": "x", "opinion:roads": "none", "asked:sea": "x", "opinion:sea": "favourable"}, True, True),
    ],
)
def test_what_was_not_asked_for_is_not_waited_for(facts, all_in, those_asked):
    assert (joined("roads", "sea").holds(facts), answered("roads", "sea").holds(facts)) == (all_in, those_asked)


def test_a_void_opinion_leaves_no_trace_in_what_rules_read():
    facts = {"asked:roads": "2027-03-01", "opinion:roads": "favourable", "asked:sea": "2027-03-01", "kind": "short"}
    assert without_void(facts, ["roads"]) == {"asked:sea": "2027-03-01", "kind": "short"}


def test_no_answer_bears_a_name_that_the_engine_writes():
    ask = Action("ask", "Ask", by="act", sets={"asks": "shoot"}, voids=("roads",))
    told = faults(Flow(step("open", ask >> "closed", close >> "closed", label="Open"), CLOSED))
    assert any("'asks' is what the engine itself writes" in fault for fault in told), told
    assert any("voids='roads' is no opinion" in fault for fault in told), told


def test_a_period_has_its_days_and_its_two_ends():
    known = {"during": STAY}
    assert (days_of("during").value(known), first_day("during").value(known), last_day("during").value(known)) == (
        3,
        *STAY.values(),
    )
    assert days_of("during").value({}) is first_day("during").value({}) is None


OVERLAP = Overlap(place="where", period="during", rows="others", services={"x": ""})


def test_each_place_has_its_own_days_or_those_of_the_whole():
    answers = {"where": {"lon": 5, "lat": 43}, "during": STAY, "others": [{"where": {"lon": 6, "lat": 43}}, {"during": STAY}]}
    days = date(2027, 3, 5), date(2027, 3, 7)
    assert list(list_spots(OVERLAP, answers)) == [Spot(5, 43, *days), Spot(6, 43, *days)]
    assert list(list_spots(OVERLAP, {"where": {"lon": 5, "lat": 43}})) == []


def test_an_overlap_names_questions_and_services_that_there_are():
    flow = Flow(step("open", close >> "closed", label="Open"), CLOSED)
    rows = Items("Others", fields={"where": Text("Where?"), "during": Period("When?")})
    told = faults(flow, form={"where": Place("Where?"), "others": rows}, overlaps=(OVERLAP,))
    assert any("period='during' is no question of that kind in the form" in fault for fault in told), told
    assert any("place='where' is no question of that kind in 'others'" in fault for fault in told), told
