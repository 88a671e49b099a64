"""Projects put to residents' vote: proposed, studied, voted on and proclaimed, each on its days. The ballots: tests/voting/."""

import pytest

from oppidum.cases.sweeping import sweep
from oppidum.core.errors import InvalidForm
from oppidum.figures.computing import Period, compute
from oppidum.services.support.participation.participatory_call import ParticipatoryCall
from oppidum.services.support.participation.participatory_vote import ParticipatoryVote
from oppidum.voting.casting import cast, change
from oppidum.voting.counting import count_closed, published
from oppidum.voting.errors import NotVoting
from oppidum.voting.polls import find_poll_of, list_projects
from tests.services.doing import step_of
from tests.voting.conftest import at, call, do, ids, poll, propose, put_to_vote  # noqa: F401

pytestmark = pytest.mark.django_db


def test_a_project_is_proposed_while_the_call_is_open_and_not_after(call):  # noqa: F811
    with at(3, 31, 23, 59):
        assert step_of(propose(call, "Un banc")) == "received"
    with at(4, 1, 0), pytest.raises(InvalidForm):
        propose(call, "Un banc")
    with at(4, 1, 0, 5):
        sweep()
        assert step_of(call) == "study"


def test_what_is_not_studied_in_time_does_not_stand_on_the_ballot(call):  # noqa: F811
    with at(3, 20):
        late = propose(call, "Un téléphérique")
        refused = propose(call, "Un casino")
    with at(4, 2):
        sweep()
        do(refused, "refuse", ParticipatoryVote, unfit="law", reasons="La loi l’interdit ici.")
        do(call, "announce", vote_opens_on="2027-06-01", vote_closes_on="2027-06-14", most_choices=1)
    assert (step_of(late), step_of(refused)) == ("not_ready", "unfit")


def test_the_vote_opens_and_closes_on_its_days_by_itself(call):  # noqa: F811
    put_to_vote(call)
    names = [one.public_id for one in list_projects(find_poll_of(call.case_id))]
    with at(5, 31, 23, 59):
        sweep()
        with pytest.raises(NotVoting):
            cast(find_poll_of(call.case_id), "ana@example.org", names[:1])
    with at(6, 1, 0, 5):
        sweep()
        cast(find_poll_of(call.case_id), "ana@example.org", names[:1])
    with at(6, 14, 23, 59):
        code = cast(find_poll_of(call.case_id), "bob@example.org", names[:1])
    with at(6, 15, 0):  # whenever the sweep comes
        for late in (
            lambda: cast(find_poll_of(call.case_id), "cid@example.org", names[:1]),
            lambda: change(find_poll_of(call.case_id), code, names[1:2]),
        ):
            with pytest.raises(NotVoting):
                late()
        sweep()
        assert step_of(call) == "counting"


def test_a_vote_held_on_paper_is_entered_by_an_officer(poll, call, ids):  # noqa: F811
    with at(6, 15, 1):
        sweep()
        assert count_closed() == 0 and step_of(call) == "counting"
        for one, votes in zip(list_projects(poll), (12, 30, 5), strict=True):
            do(one, "counted", ParticipatoryVote, votes=votes, is_chosen=votes > 10)
        do(call, "count_vote", voters=47, ballots=47)
        do(call, "proclaim")
    assert published(find_poll_of(call.case_id)) is None
    assert [one.votes for one in list_projects(poll)] == [30, 12, 5]


def test_no_officer_opens_or_closes_a_vote_by_hand():
    for name in ("close_call", "open_vote", "close_vote"):
        assert ParticipatoryCall.flow.actions[name].by == ("system",)


def test_votes_projects_and_ballots_are_counted(poll, call, ids):  # noqa: F811
    for n in range(3):
        cast(poll, f"v{n}@example.org", ids[:1])
    with at(6, 15, 1):
        sweep()
        count_closed()
    named = ("participatory-votes", "participatory-projects", "participatory-ballots")
    assert [compute(name, Period.year(2027)).value for name in named] == [1, 3, 3]
