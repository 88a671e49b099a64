"""A tally that only looked on comes to every number that the database computes; what was told wrong is found and named."""

import pickle
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from oppidum.cases.watching import CALLS, ENTRIES
from oppidum.core import clock
from oppidum.core.watching import watching
from oppidum.figures.catalogue import all_figures
from oppidum.figures.declaration import Condition, Count, Counted
from oppidum.figures.sources import FILED_CASES, action
from oppidum.rehearsal.month import rehearse_month
from oppidum.rehearsal.replay.meaning import NOT_LIVED, list_unsaid
from oppidum.rehearsal.replay.proof import prove
from oppidum.rehearsal.replay.saying import CannotSay, say
from oppidum.rehearsal.replay.tally import Tally, UnknownCase
from oppidum.rehearsal.requests import rehearse_requests
from tests.people_of_town import load_people
from tests.territory.town import load_town

UNTIL, DAYS = datetime(2028, 1, 14, 18, tzinfo=clock.PARIS), 28
ENDING, BEGINNING = 2027, 2028


@pytest.fixture(scope="module")
def heard(django_db_setup, django_db_blocker):
    """All that the doors told while the town lived four weeks around New Year: (door, one thing written) in its order."""
    told = []
    with django_db_blocker.unblock(), transaction.atomic(), ExitStack() as looking:
        load_town()
        load_people()
        for door in Tally(ENDING).doors():
            looking.enter_context(watching(door, lambda written, door=door: told.extend((door, one) for one in written)))
        rehearse_month(90, DAYS, 7, UNTIL)
        rehearse_requests(DAYS, 7, UNTIL)
        yield told
        transaction.set_rollback(True)


def tallied(year, heard):
    tally = Tally(year)
    doors = tally.doors()
    for door, one in heard:
        doors[door]([one])
    return tally


@pytest.mark.parametrize("year", [ENDING, BEGINNING])
def test_a_winter_counted_twice_comes_to_the_same(heard, db, year):
    tally = tallied(year, heard)
    assert [str(difference) for difference in prove(tally)] == []
    said = say(tally)
    assert {"reports-open", "calls-with-report-share", "fees-charged", "intended-sales-value", "reports-days-p90"} <= {
        name for name, one in said.items() if one.total
    }
    assert sum(said["cases-filed"].parts["commune"].values()) == said["cases-filed"].total > 50


def test_an_entry_that_was_not_told_is_named_with_its_month_and_commune(heard, db):
    lost = next(n for n, (door, one) in enumerate(heard) if door == ENTRIES and one.fact.action == "finish")
    entry = heard[lost][1]
    differences = prove(tallied(clock.local_day(entry.fact.valid_at).year, heard[:lost] + heard[lost + 1 :]))
    assert {one.figure for one in differences} >= {"reports-done", "reports-open"}
    done = {(one.split, one.part) for one in differences if one.figure == "reports-done"}
    assert done == {("", ""), ("month", f"{clock.local_day(entry.fact.valid_at):%Y-%m}"), ("commune", entry.before.commune)}


def test_a_call_counted_in_a_wrong_month_is_found(heard, db):
    wrong = next(n for n, (door, one) in enumerate(heard) if door == CALLS and clock.local_day(one.received_at).year == ENDING)
    call = heard[wrong][1]
    moved = (CALLS, replace(call, received_at=call.received_at - timedelta(days=31)))
    tally = tallied(ENDING, [*heard[:wrong], moved, *heard[wrong + 1 :]])
    (less, more) = [one for one in prove(tally) if one.figure == "calls"]
    assert (less.split, more.split) == ("month", "month") and less.tallied - (less.computed or 0) == 1
    assert more.computed - more.tallied == 1


def test_a_tally_goes_on_after_a_checkpoint(heard, db):
    half = len(heard) // 2
    again = pickle.loads(pickle.dumps(tallied(ENDING, heard[:half])))
    doors = again.doors()
    for door, one in heard[half:]:
        doors[door]([one])
    assert say(again) == say(tallied(ENDING, heard))


def case_of(one):
    for name in ("standing", "before"):
        if hasattr(one, name):
            return getattr(one, name).case_id
    return getattr(one, "case_id", None)


@settings(max_examples=8)
@given(seed=st.integers(0, 10_000))
def test_cases_shared_out_and_shuffled_between_workers_are_tallied_the_same(heard, seed):
    rng = Random(seed)
    turn = {case: rng.random() for case in sorted({case_of(one) or 0 for _door, one in heard})}
    shuffled = sorted(heard, key=lambda each: turn[case_of(each[1]) or 0])
    shares = [
        tallied(BEGINNING, [each for each in shuffled if (turn[case_of(each[1]) or 0] < 0.4) == mine]) for mine in (True, False)
    ]
    shares[0].merge(shares[1])
    assert say(shares[0]) == say(tallied(BEGINNING, heard))


def test_tallies_of_two_years_are_not_added(heard):
    with pytest.raises(ValueError, match="2027"):
        Tally(2028).merge(Tally(2027))


# --- Meanings


def test_every_declared_figure_has_a_meaning_for_the_tally_or_a_source_that_no_replay_feeds():
    assert list_unsaid(all_figures().values()) == {}
    untold = {one.name for one in all_figures().values() if isinstance(one, Counted) and one.counts.name in NOT_LIVED}
    assert untold == {
        "waste-weighed-in",
        "waste-weighed-out",
        "course-places",
        "course-places-taken",
        "ceremony-times",
        "ceremony-times-taken",
    }


def test_a_figure_without_a_meaning_is_an_error_by_name(heard):
    strange = Count(
        "odd", "Odd", owner="support", method="", counts=FILED_CASES, where=Condition("c.id % 2 = 1"), splits=("month",)
    )
    with pytest.raises(CannotSay, match="odd: its condition means nothing"):
        say(Tally(2027), [strange])


def test_a_condition_asked_of_the_wrong_records_is_an_error(heard):
    odd = Count("odd", "Odd", owner="support", method="", counts=FILED_CASES, where=action("report", "finish"), splits=("month",))
    assert list_unsaid([odd]) == {"odd": "'actions' can't be asked of filed cases"}


def test_what_happened_to_a_case_that_nobody_told_of_is_no_number_but_an_error(heard):
    entry = next(one for door, one in heard if door == ENTRIES and one.fact.action == "finish")
    with pytest.raises(UnknownCase, match=str(entry.before.case_id)):
        Tally(ENDING).entered([entry])
