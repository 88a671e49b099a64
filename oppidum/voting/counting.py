"""Counting a vote that is closed: the ballots are mixed, counted, chosen from within the budget, and told to the cases, by nobody's hand."""

import logging
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction

from oppidum.cases.acting import act
from oppidum.cases.models import Entry, Live
from oppidum.cases.reading import lock_standings
from oppidum.cases.rules.standing import SYSTEM, Command
from oppidum.core import clock
from oppidum.voting.marks import VOTE
from oppidum.voting.models import Ballot, Turnout
from oppidum.voting.polls import Poll, Project, find_poll_of, list_projects
from oppidum.voting.recount import FORMAT, digest_of

log = logging.getLogger(__name__)
TURNOUT_KEPT_DAYS = 60


def choose(projects: Sequence[tuple[str, int, int]], votes: Mapping[str, int], budget_cents: int) -> list[str]:
    """The projects that are done: by their votes, as long as the budget holds; one that no longer fits makes way for the next that does.

    `projects`: (id, cost in cents, place in the order of filing). With equal votes the cheaper comes first, then the earlier. One without
    a vote is not done.
    """
    left, chosen = budget_cents, []
    for name, cost, _place in sorted(projects, key=lambda one: (-votes.get(one[0], 0), one[1], one[2])):
        if votes.get(name, 0) and cost <= left:
            chosen.append(name)
            left -= cost
    return chosen


def count_closed() -> int:
    """Count every vote that is closed and not counted yet; returns how many. Those counted without a ballot online wait for an officer."""
    waiting = Live.objects.filter(service=VOTE.code, step="counting").values_list("case_id", flat=True)
    return sum(count(case_id) for case_id in waiting)


def count(case_id: int) -> bool:
    """Mix, count, tell: one transaction. Whether it was done; it is not where no ballot was cast online (a vote on paper)."""
    with transaction.atomic():
        lock_standings([case_id])
        poll = find_poll_of(case_id)
        if poll is None or poll.step != "counting" or not Ballot.objects.filter(vote=case_id).exists():
            return False
        ballots = _mix(case_id)
        votes = Counter(choice for _receipt, choices in ballots for choice in choices)
        projects = list_projects(poll)
        chosen = set(choose([(one.public_id, one.cost_cents, one.case_id) for one in projects], votes, poll.budget_cents))
        told = {
            "voters": Turnout.objects.filter(vote=case_id).count(),
            "ballots": len(ballots),
            "digest": digest_of(ballots),
        }
        of_projects = [(one.case_id, _counted(one, votes, chosen)) for one in projects]
        outcomes = act([(case_id, Command("count_vote", SYSTEM, told)), *of_projects])
        for outcome in outcomes:
            if outcome.refusal is not None:
                raise outcome.refusal
    log.info("vote %s counted: %d ballots", case_id, len(ballots))
    return True


def _counted(one: Project, votes: Mapping[str, int], chosen: set[str]) -> Command:
    return Command("counted", SYSTEM, {"votes": votes.get(one.public_id, 0), "is_chosen": one.public_id in chosen})


def _mix(case_id: int) -> list[tuple[str, list[str]]]:
    """Take all ballots out of the box and write them anew, in the order of their receipts and all at once, so that not even where and when
    the database wrote a row leads from a voter to a ballot. (receipt, choices) pairs."""
    box = Ballot.objects.filter(vote=case_id)
    ballots = sorted(box.values_list("receipt", "choices"))
    box.delete()
    Ballot.objects.bulk_create(
        Ballot(id=uuid.uuid4(), vote_id=case_id, receipt=receipt, choices=choices) for receipt, choices in ballots
    )
    return ballots


def published(poll: Poll) -> dict[str, Any] | None:
    """The list of all ballots as everybody gets it, with what was counted; None before the count, or where it was held on paper.

    The number of voters and the digest are those of the journal, which nobody can change: held against the ballots they show a change since.
    """
    told = Entry.objects.filter(case_id=poll.case_id, action="count_vote").values_list("data", flat=True).first()
    if not told or "digest" not in told:
        return None
    ballots = Ballot.objects.filter(vote=poll.case_id).order_by("receipt").values_list("receipt", "choices")
    return {
        "format": FORMAT,
        "vote": poll.public_id,
        "title": poll.title,
        "closes_on": poll.facts["vote_closes_on"],
        "most_choices": poll.most_choices,
        "voters": told["voters"],
        "digest": told["digest"],
        "projects": [
            {"id": one.public_id, "title": one.title, "cost_cents": one.cost_cents, "votes": one.votes, "chosen": one.is_chosen}
            for one in list_projects(poll)
        ],
        "ballots": [{"receipt": receipt, "choices": sorted(choices)} for receipt, choices in ballots],
    }


def forget_voters() -> int:
    """Who voted is forgotten two months after the result was proclaimed; the ballots stay, for they name nobody."""
    over = clock.now() - timedelta(days=TURNOUT_KEPT_DAYS)
    ended = Live.objects.filter(service=VOTE.code, is_open=False, ended_at__lt=over).values("case_id")
    return Turnout.objects.filter(vote__in=ended).delete()[0]
