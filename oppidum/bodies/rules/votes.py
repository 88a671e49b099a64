"""Counting votes (scrutins): majority of the votes cast, the casting vote, elections in rounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from oppidum.bodies.law import rule


class Ballot(StrEnum):
    """How a vote is taken: à main levée, scrutin public, scrutin secret."""

    HANDS = "hands"
    RECORDED = "recorded"
    SECRET = "secret"


class Choice(StrEnum):
    """What a member may say. Abstaining, and a blank paper, is no vote cast; `NONE` takes no part in the vote."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    NONE = "none"


@dataclass(frozen=True)
class Tally:
    """The count of a vote; all numbers count voices, proxies included."""

    votes_for: int = 0
    against: int = 0
    abstained: int = 0
    took_no_part: int = 0

    @property
    def cast(self) -> int:
        """Suffrages exprimés: neither abstentions nor blank papers."""
        return self.votes_for + self.against

    @property
    def voting(self) -> int:
        return self.cast + self.abstained


@dataclass(frozen=True)
class Result:
    """Whether the motion is carried, and whether the president's casting vote decided it."""

    is_carried: bool
    by_casting_vote: bool = False


def tally(choices: Mapping[int, Choice]) -> Tally:
    """Count the choices of members (those represented included)."""
    counts = dict.fromkeys(Choice, 0)
    for choice in choices.values():
        counts[choice] += 1
    return Tally(counts[Choice.FOR], counts[Choice.AGAINST], counts[Choice.ABSTAIN], counts[Choice.NONE])


def result(counted: Tally, ballot: Ballot, presidents: Choice | None) -> Result:
    """Absolute majority of the votes cast; the president's vote is casting in a tie, but in a secret ballot (CGCT, art. L2121-20).

    A tie that nothing breaks carries nothing, nor does a vote in which nobody voted for or against.
    """
    if counted.votes_for != counted.against:
        return Result(counted.votes_for > counted.against)
    if counted.cast and ballot != Ballot.SECRET and presidents in (Choice.FOR, Choice.AGAINST):
        return Result(presidents == Choice.FOR, by_casting_vote=True)
    return Result(False)


def ballot_asked(
    present: int, asking_recorded: int, asking_secret: int, day: date, *, nomination: bool = False, secrecy_waived: bool = False
) -> Ballot:
    """The kind of ballot that the members' wish, or the subject, imposes (CGCT, art. L2121-21); a third for secrecy outweighs a quarter
    for a recorded vote. `secrecy_waived`: unanimously, where the law allows, for a nomination."""
    if present and asking_secret >= rule("secret_share", day) * present:
        return Ballot.SECRET
    if nomination and not secrecy_waived:
        return Ballot.SECRET
    if present and asking_recorded >= rule("recorded_share", day) * present:
        return Ballot.RECORDED
    return Ballot.HANDS


@dataclass(frozen=True)
class Candidate:
    """Somebody who stands for a post; `born_on` decides between equals."""

    name: str
    born_on: date


def elected(candidates: Sequence[Candidate], rounds: Sequence[Mapping[str, int]], day: date) -> Candidate | None:
    """Who is elected after those rounds (votes by name), or None: another round is needed.

    One candidate for the post: no vote (CGCT, art. L2121-21). Two rounds need more than half of the votes cast; then the most votes
    suffice, and between equals the eldest.
    """
    if len(candidates) == 1:
        return candidates[0]
    for number, counts in enumerate(rounds, start=1):
        cast = sum(counts.values())
        if not cast:
            continue
        if number <= rule("absolute_rounds", day):
            winner = next((c for c in candidates if 2 * counts.get(c.name, 0) > cast), None)
        else:
            winner = min(candidates, key=lambda c: (-counts.get(c.name, 0), c.born_on))
        if winner is not None:
            return winner
    return None
