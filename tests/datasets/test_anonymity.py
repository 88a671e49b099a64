"""No row of a published table stands for fewer than k."""

import pytest

from oppidum.publishing.datasets.anonymity import Check
from oppidum.publishing.datasets.declaration import REFUSE, SUPPRESS, Anonymity, Coarsen
from oppidum.publishing.datasets.refusals import TooSmall

NAMES = ("commune", "age", "n")


def run(asked: Anonymity, rows: list[tuple[str, ...]], sums=()) -> tuple[list[tuple[str, ...]], dict]:
    check = Check(asked, NAMES, sums)
    for row in rows:
        check.count(row)
    check.decide()
    kept = list(check.keep(rows))
    return kept, check.told().as_data()


PEOPLE = [("A", "30", "")] * 5 + [("A", "40", "")] * 2 + [("B", "30", "")] * 6 + [("B", "40", "")] * 3


def test_a_small_group_refuses_the_publication_and_is_named():
    with pytest.raises(TooSmall) as refusal:
        run(Anonymity(5, ("commune", "age"), then=REFUSE), PEOPLE)
    assert [(fault["value"], fault["n"]) for fault in refusal.value.faults] == [("A, 40", 2), ("B, 40", 3)]


def test_small_groups_are_left_out_and_counted():
    kept, told = run(Anonymity(5, ("commune", "age"), then=SUPPRESS), PEOPLE)
    assert kept == [("A", "30", "")] * 5 + [("B", "30", "")] * 6
    assert told == {
        "k": 5,
        "groups": 4,
        "smallest": 2,
        "small": 2,
        "rows_suppressed": 5,
        "persons_suppressed": 5,
        "rows_coarsened": 0,
    }


def test_a_group_of_exactly_k_is_published():
    kept, told = run(Anonymity(5, ("commune", "age"), then=REFUSE), PEOPLE[:5])
    assert len(kept) == 5 and told["small"] == 0


def test_small_groups_lose_a_column_and_stay_when_they_are_enough_together():
    kept, told = run(Anonymity(5, ("commune", "age"), then=Coarsen(("commune",))), PEOPLE)
    assert kept.count(("", "40", "")) == 5
    assert told["rows_coarsened"] == 5 and told["rows_suppressed"] == 0


COUNTS = [("A", "30", "50"), ("A", "40", "4"), ("B", "30", "60"), ("B", "40", "3"), ("C", "40", "0")]


def test_counts_that_are_coarsened_alike_are_added_up():
    kept, _told = run(Anonymity(5, ("commune", "age"), weight="n", then=Coarsen(("commune",))), COUNTS)
    assert ("", "40", "7") in kept and ("A", "30", "50") in kept


def test_a_count_of_nobody_points_at_nobody():
    kept, _told = run(Anonymity(5, ("commune", "age"), weight="n", then=SUPPRESS), COUNTS)
    assert ("C", "40", "0") in kept


def test_a_count_that_alone_is_missing_is_not_given_back_by_subtraction():
    rows = [("A", "", "100"), ("B", "", "3"), ("C", "", "9"), ("D", "", "50")]
    kept, told = run(Anonymity(5, ("commune",), weight="n", then=SUPPRESS), rows)
    assert [row[0] for row in kept] == ["A", "D"], "with a known total, B would be the rest: C goes with it"
    assert told["persons_suppressed"] == 12


def test_two_missing_counts_that_are_too_few_together_take_a_third_with_them():
    rows = [("A", "", "100"), ("B", "", "1"), ("C", "", "1"), ("D", "", "6")]
    kept, _told = run(Anonymity(5, ("commune",), weight="n", then=SUPPRESS), rows)
    assert [row[0] for row in kept] == ["A"]


def test_totals_known_by_part_are_guarded_in_each_part():
    rows = [("A", "30", "2"), ("A", "40", "8"), ("A", "50", "90"), ("B", "30", "70"), ("B", "40", "80")]
    kept, _told = run(Anonymity(5, ("commune", "age"), weight="n", then=SUPPRESS, within=("commune",)), rows)
    assert [row[:2] for row in kept] == [("A", "50"), ("B", "30"), ("B", "40")]
