"""Faults put into our own report are found, by files that know nothing of the rules; the report itself is left alone."""

import random

import pytest

from oppidum.figures.contradictions import check_text
from oppidum.operations.benches.altering import alter_freely
from oppidum.operations.benches.contradictions import REPORTS, SEED, measure


def own_lines() -> list[str]:
    return (REPORTS / "own.txt").read_text(encoding="utf-8").split("\n")


def test_a_report_without_faults_gives_no_finding():
    assert not [finding.why for finding in check_text(own_lines())]


def test_three_faults_in_four_are_found_in_our_own_report():
    figures, outcomes = measure(REPORTS / "own.txt", REPORTS / "own.csv", rounds=1, seed=4)
    assert figures["recall"] >= 0.75, [fault for found, fault in outcomes if not found]
    assert all(figures[f"recall_{kind}"] >= 0.85 for kind in ("sum", "change", "share", "weekday", "part"))


def test_an_altered_copy_differs_from_its_original_on_the_lines_it_tells():
    lines = own_lines()
    for altered, fault in alter_freely(lines, random.Random(7)):
        changed = [n for n, (old, new) in enumerate(zip(lines, altered, strict=False), 1) if old != new]
        assert changed[0] == fault.lines[0]


@pytest.mark.skipif(not SEED.exists(), reason="the report that the seed figures come from is not at hand")
def test_the_report_of_the_seed_gives_its_faults_and_few_others():
    """Real faults of the report: a day that does not exist, sums, changes, lists, broken numbers."""
    found = check_text(SEED.read_text(encoding="utf-8"))
    real = {
        (804,),
        (257,),
        (5117,),
        (5537,),
        (5015,),
        (1092,),
        (5394, 5395),
        (6195, 6197, 6198),
        (6190, 6191),
        (6122, 6123),
        (7490,),
    }
    assert real <= {finding.lines for finding in found}
    assert len(found) <= 40
