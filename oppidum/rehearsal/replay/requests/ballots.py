"""Residents' votes in a lived year: ballots cast by day through the door of voting, in one batch a vote, and counted the evening after the close.

How many vote is what the profile of the call says (`typical["voters"]`), scaled; when, a third more on the first and last days; what for, by a
liking of each project that the seed alone decides.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from oppidum.cases.acting import act
from oppidum.cases.rules.standing import Actor, Command
from oppidum.cases.watching import Entry
from oppidum.rehearsal.replay.plan import Plan
from oppidum.rehearsal.replay.requests.deck import Decks
from oppidum.rehearsal.replay.requests.spots import Spots
from oppidum.rehearsal.replay.streams import stream
from oppidum.voting.casting import NewBallot, cast_many
from oppidum.voting.counting import count
from oppidum.voting.marks import VOTE
from oppidum.voting.polls import Project, find_poll_of, list_projects

# Days after the opening and before the close on which more vote, and how many times as many.
EAGER_DAYS, EAGER = 3, 2.0
# How much better liked a project is than the next, as the deviation of a log-normal weight.
LIKING = 0.6


@dataclass(frozen=True)
class Vote:
    """A vote that is open: the number of its call in the lane, its days, how many will vote."""

    number: int
    opens: date
    closes: date
    voters: int

    def until(self, day: date) -> int:
        """How many have voted by the evening of that day."""
        last = (self.closes - self.opens).days
        weights = [EAGER if min(n, last - n) < EAGER_DAYS else 1.0 for n in range(last + 1)]
        return round(self.voters * sum(weights[: max(0, (day - self.opens).days + 1)]) / sum(weights))


class Ballots:
    """The votes of a lane's calls."""

    def __init__(self, plan: Plan, decks: Decks, officer: Actor):
        self._seed, self._scale, self._decks, self._officer = plan.seed, plan.scale, decks, officer
        self._open: dict[int, Vote] = {}
        self._closed: list[int] = []

    def see(self, entry: Entry, number: int) -> None:
        """Hear of what time did to a case: a vote that opens, or closes."""
        if entry.after.service != VOTE.code:
            return
        case_id, facts = entry.after.case_id, entry.after.facts
        if entry.fact.action == "open_vote":
            voters = self._decks.typical(f"{VOTE.code} voters", *VOTE.service.rehearsal.typical["voters"])
            days = (date.fromisoformat(facts[name]) for name in ("vote_opens_on", "vote_closes_on"))
            self._open[case_id] = Vote(number, *days, max(1, round(voters * self._scale)))
        elif entry.fact.action == "close_vote":
            self._open.pop(case_id, None)
            self._closed.append(case_id)

    def live(self, day: date, spots: Spots) -> None:
        """The ballots of that day, and the count of what closed at its first instant."""
        for case_id, vote in self._open.items():
            self._cast(case_id, vote, day, spots)
        closed, self._closed = self._closed, []
        for case_id in closed:
            if not count(case_id):  # no project was on the ballot, and nobody voted
                act([(case_id, Command("count_vote", self._officer, {"voters": 0, "ballots": 0}))])

    def _cast(self, case_id: int, vote: Vote, day: date, spots: Spots) -> None:
        poll = find_poll_of(case_id)
        projects = list_projects(poll)
        if not projects:
            return
        rng = stream(self._seed, "ballots", vote.number, day.toordinal())
        ranking = Ranking(projects, stream(self._seed, "liking", vote.number))
        voters = range(vote.until(day - timedelta(days=1)), vote.until(day))
        names = (f"voter{n}@call{vote.number}.example" for n in voters)
        cast_many(poll, [NewBallot(one, ranking.choose(rng, poll.most_choices), spots.commune(rng)) for one in names], rng)


class Ranking:
    """What voters like: each project its weight, drawn once for all of them."""

    def __init__(self, projects: list[Project], rng: Random):
        self._liked = [(one.public_id, rng.lognormvariate(0, LIKING)) for one in sorted(projects, key=lambda one: one.case_id)]

    def choose(self, rng: Random, most: int) -> list[str]:
        """Up to so many projects, each the likelier the better it is liked: those whose hour comes first in an exponential race."""
        race = sorted((-math.log(1 - rng.random()) / weight, name) for name, weight in self._liked)
        return [name for _hour, name in race[: rng.randint(1, most)]]
