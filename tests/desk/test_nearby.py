"""Neighbours and likely duplicates."""

from oppidum.cases.acting import act_on
from oppidum.cases.nearby import nearby
from oppidum.cases.rules.standing import Command
from tests.desk.conftest import ANA, report
from tests.desk.queries import all_queries
from tests.territory.town import IN_AUBANE

LON, LAT = IN_AUBANE
METRE = 1 / 111_320


def test_the_nearest_and_most_alike_comes_first(people):
    far = report(at=(LON, LAT + 80 * METRE), words="Une lampe éteinte")
    here = report(at=(LON, LAT + 5 * METRE), words="Un trou devant l'école")
    found = nearby(LON, LAT, "roads.pothole", words="trou devant école")
    assert [n.code for n in found] == [here.code, far.code]
    assert 4 < found[0].distance_m < 6 and found[0].is_likely_same and not found[1].is_likely_same


def test_beyond_the_radius_closed_or_of_another_group_is_no_neighbour(people):
    report(at=(LON, LAT + 120 * METRE))
    report("noise.neighbours", "Musique")
    done = report()
    act_on(done.case_id, Command("finish", ANA, {"what_was_done": "Rebouché"}))
    assert nearby(LON, LAT, "roads.pothole") == []


def test_hidden_reports_and_private_subjects_are_for_officers_only(people):
    hidden = report(words="Monsieur Untel fait des trous")
    act_on(hidden.case_id, Command("hide", ANA))
    report("noise.neighbours", "Musique chez M. Untel")
    assert nearby(LON, LAT, "roads.pothole") == [] and nearby(LON, LAT, "noise.neighbours") == []
    assert [n.words for n in nearby(LON, LAT, "roads.pothole", officer=people.ana)] == ["Monsieur Untel fait des trous"]


def test_an_officer_sees_neighbours_within_sight_only(people):
    report()
    assert nearby(LON, LAT, "roads", officer=people.bob) == []
    assert len(nearby(LON, LAT, "roads", officer=people.dora)) == 1


def test_neighbours_are_one_query(people):
    report()
    with all_queries() as sent:
        nearby(LON, LAT, "roads.pothole")
    assert len(sent) == 1
