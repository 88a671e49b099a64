"""The law of assemblies on plain values: notice, quorum, proxies, votes, dates of acts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppidum.bodies import law
from oppidum.bodies.rules import acts, notice
from oppidum.bodies.rules.quorum import is_proxy_worn_out, proxy_faults, quorum, voters
from oppidum.bodies.rules.votes import Ballot, Candidate, Choice, Result, Tally, ballot_asked, elected, result, tally

DAY = date(2027, 3, 12)
YES, NO, ABSTAIN = Choice.FOR, Choice.AGAINST, Choice.ABSTAIN


def test_each_rule_of_law_names_its_article():
    assert all(one.source for dated in law.RULES.values() for one in dated.values)


def test_a_rule_is_not_known_before_the_law_that_made_it():
    assert law.rule("list_days", date(2022, 7, 1)) == 7
    with pytest.raises(LookupError):
        law.rule("list_days", date(2022, 6, 30))


def test_a_sitting_on_thursday_20_is_convened_on_friday_14_at_the_latest():
    thursday = date(2027, 5, 20)
    assert notice.last_day_to_convene(thursday, 5) == date(2027, 5, 14)
    assert notice.notice_for(date(2027, 5, 14), thursday).is_kept
    assert not notice.notice_for(date(2027, 5, 15), thursday).is_kept


def test_in_urgency_one_clear_day_is_never_given_up():
    assert notice.notice_for(date(2027, 5, 18), date(2027, 5, 20), urgent=True).is_kept
    assert not notice.notice_for(date(2027, 5, 19), date(2027, 5, 20), urgent=True).is_kept


def test_a_committee_may_have_a_notice_of_its_own():
    assert notice.notice_for(date(2027, 5, 16), date(2027, 5, 20), own_clear_days=3).is_kept


@given(st.dates(date(2024, 1, 1), date(2040, 1, 1)), st.integers(0, 30))
def test_the_last_day_to_convene_leaves_exactly_the_clear_days(sitting, days):
    assert notice.clear_days_between(notice.last_day_to_convene(sitting, days), sitting) == days


def test_without_quorum_the_body_sits_again_three_days_later():
    assert notice.earliest_second(date(2027, 3, 12)) == date(2027, 3, 15)


@pytest.mark.parametrize(("in_office", "needed"), [(100, 51), (101, 51), (240, 121), (1, 1), (2, 2), (3, 2)])
def test_the_quorum_is_a_majority_of_the_members_in_office(in_office, needed):
    assert quorum(in_office, needed, DAY).is_reached
    assert not quorum(in_office, needed - 1, DAY).is_reached


def test_a_body_convened_again_needs_no_quorum():
    assert quorum(240, 12, DAY, needs_none=True).is_reached


def test_a_proxy_votes_but_does_not_sit():
    casting = voters(present=[1, 2], proxies={3: 1})
    assert casting == {1: 1, 2: 2, 3: 1}
    assert not quorum(4, 2, DAY).is_reached


def test_a_proxy_falls_when_its_giver_comes_or_its_holder_leaves():
    assert voters(present=[1, 3], proxies={3: 1}) == {1: 1, 3: 3}
    assert voters(present=[2], proxies={3: 1}) == {2: 2}


def test_who_steps_out_neither_votes_nor_is_voted_for():
    assert voters(present=[1, 2], proxies={3: 1, 4: 2}, out=[3, 2]) == {1: 1}


@given(
    st.sets(st.integers(1, 30)),
    st.dictionaries(st.integers(1, 30), st.integers(1, 30), max_size=10),
    st.sets(st.integers(1, 30)),
)
def test_only_members_in_the_room_cast_votes_and_nobody_votes_twice(present, proxies, out):
    casting = voters(present, proxies, out)
    assert set(casting.values()) <= present - out
    assert not set(casting) & out
    assert all(casting[member] == member for member in present - out)


def test_one_member_holds_one_proxy():
    assert proxy_faults({3: 1, 4: 1, 5: 5, 6: 3}, DAY) == {4: "many", 5: "self", 6: "chain"}


def test_a_proxy_lasts_three_sittings_in_a_row_but_for_the_ill():
    assert not is_proxy_worn_out(2, DAY)
    assert is_proxy_worn_out(3, DAY)
    assert not is_proxy_worn_out(3, DAY, is_ill=True)


def test_abstentions_are_no_votes_cast():
    counted = tally({1: YES, 2: ABSTAIN, 3: ABSTAIN, 4: Choice.NONE})
    assert (counted.cast, counted.voting, counted.took_no_part) == (1, 3, 1)
    assert result(counted, Ballot.HANDS, ABSTAIN).is_carried


def test_the_presidents_vote_is_casting_in_a_tie_but_not_in_secret():
    tie = Tally(10, 10, 3)
    assert result(tie, Ballot.HANDS, YES) == Result(True, by_casting_vote=True)
    assert result(tie, Ballot.RECORDED, NO) == Result(False, by_casting_vote=True)
    assert result(tie, Ballot.SECRET, YES) == Result(False)
    assert result(tie, Ballot.HANDS, ABSTAIN) == Result(False)


def test_a_vote_in_which_all_abstain_carries_nothing():
    assert not result(Tally(0, 0, 40), Ballot.HANDS, YES).is_carried


@given(st.lists(st.sampled_from(list(Choice)), max_size=60), st.sampled_from(list(Ballot)), st.sampled_from([*Choice, None]))
def test_a_motion_is_carried_by_more_for_than_against_or_by_the_casting_vote(choices, ballot, presidents):
    counted = tally(dict(enumerate(choices)))
    outcome = result(counted, ballot, presidents)
    assert counted.voting + counted.took_no_part == len(choices)
    if counted.votes_for != counted.against:
        assert outcome == Result(counted.votes_for > counted.against)
    else:
        assert outcome.is_carried == (outcome.by_casting_vote and presidents == YES)


def test_a_third_of_the_members_present_make_a_vote_secret_and_a_quarter_make_it_recorded():
    assert ballot_asked(90, 0, 30, DAY) == Ballot.SECRET
    assert ballot_asked(90, 90, 29, DAY) == Ballot.RECORDED
    assert ballot_asked(90, 22, 0, DAY) == Ballot.HANDS
    assert ballot_asked(92, 23, 0, DAY) == Ballot.RECORDED


def test_a_nomination_is_secret_unless_all_agree_otherwise():
    assert ballot_asked(90, 0, 0, DAY, nomination=True) == Ballot.SECRET
    assert ballot_asked(90, 0, 0, DAY, nomination=True, secrecy_waived=True) == Ballot.HANDS


ALMA, BRUNO = Candidate("Alma", date(1970, 1, 1)), Candidate("Bruno", date(1955, 6, 1))
CHLOE = Candidate("Chloé", date(1980, 1, 1))


def test_a_single_candidate_is_elected_without_a_vote():
    assert elected([ALMA], [], DAY) == ALMA


def test_two_rounds_need_more_than_half_then_the_most_votes_suffice():
    rounds = [{"Alma": 40, "Bruno": 35, "Chloé": 10}, {"Alma": 42, "Bruno": 35, "Chloé": 8}]
    assert elected([ALMA, BRUNO, CHLOE], rounds, DAY) is None
    assert elected([ALMA, BRUNO, CHLOE], [*rounds, {"Alma": 41, "Bruno": 36, "Chloé": 8}], DAY) == ALMA


def test_in_the_last_round_the_eldest_wins_a_tie():
    rounds = [{"Alma": 1, "Bruno": 1}] * 3
    assert elected([ALMA, BRUNO], rounds, DAY) == BRUNO


@given(st.lists(st.fixed_dictionaries({n: st.integers(0, 50) for n in ("Alma", "Bruno", "Chloé")}), min_size=3, max_size=3))
def test_three_rounds_with_a_vote_always_elect_somebody(rounds):
    winner = elected([ALMA, BRUNO, CHLOE], rounds, DAY)
    assert (winner is not None) or sum(rounds[2].values()) == 0


SIGNED = date(2027, 3, 15)


def test_an_act_binds_once_published_and_sent():
    assert acts.enforceable_on(acts.ActDates(SIGNED, sent_on=SIGNED)) is None
    assert acts.enforceable_on(acts.ActDates(SIGNED, published_on=SIGNED)) is None
    both = acts.ActDates(SIGNED, sent_on=SIGNED, published_on=SIGNED + timedelta(days=3))
    assert acts.enforceable_on(both) == date(2027, 3, 18)


def test_an_act_that_needs_no_sending_binds_once_notified():
    assert acts.enforceable_on(acts.ActDates(SIGNED, needs_sending=False, notified_on=date(2027, 3, 20))) == date(2027, 3, 20)


def test_an_individual_decision_is_sent_within_fifteen_days_of_signature():
    assert acts.send_by(acts.ActDates(SIGNED), individual=True) == date(2027, 3, 30)
    assert acts.send_by(acts.ActDates(SIGNED), individual=False) is None


def test_published_on_the_first_of_october_the_last_day_of_appeal_is_the_second_of_december():
    assert acts.appeal_until(acts.ActDates(SIGNED, published_on=date(2026, 10, 1))) == date(2026, 12, 2)


def test_the_prefect_has_two_months_from_the_sending():
    assert acts.deferral_until(acts.ActDates(SIGNED, sent_on=date(2026, 12, 31))) == date(2027, 2, 28)


def test_the_list_is_posted_within_a_week_and_an_act_stays_online_two_months():
    assert acts.list_due_on(date(2027, 3, 12)) == date(2027, 3, 19)
    assert acts.online_until(date(2027, 3, 12)) == date(2027, 5, 12)
