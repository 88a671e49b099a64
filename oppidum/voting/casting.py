"""Casting ballots: one a voter, changed until the close by whoever has its code. A browser casts one, a rehearsed day thousands.

The vote's row is locked for sharing: the close waits for ballots that are being written, and ballots wait for nobody. That a voter votes
once is the database's word (`one_vote_per_voter`), whatever two browsers do at the same instant.
"""

import hashlib
import hmac
import random
import secrets
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from oppidum.core.sql import plain_array, rows, text_array
from oppidum.voting.errors import NoSuchBallot, NotVoting, VotedAlready, WrongChoices
from oppidum.voting.models import Ballot, Turnout
from oppidum.voting.polls import Poll, find_poll_of, list_projects
from oppidum.voting.recount import receipt_of

# No letter or digit that is taken for another when it is read from paper: 16 of them are 2^78 codes.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 16


@dataclass(frozen=True)
class NewBallot:
    """What a voter casts: the proven address, public ids of projects, the commune where the voter says they live."""

    email: str
    choices: Iterable[str]
    commune: str = ""


def voter_of(poll: Poll, email: str) -> str:
    """The keyed print of an address for this vote: the same address gives another one in another vote, and nobody without the key can try."""
    said = f"vote:{poll.case_id}:{email.strip().lower()}".encode()
    return hmac.new(str(settings.SECRET_KEY).encode(), said, hashlib.sha256).hexdigest()


def new_code(chance: random.Random | None = None) -> str:
    """A code that only its voter has: "7KQ2-MXA4-RH8T-V3WD". `chance` is given by rehearsals alone."""
    signs = "".join((chance or secrets).choice(ALPHABET) for _n in range(CODE_LENGTH))
    return "-".join(signs[n : n + 4] for n in range(0, CODE_LENGTH, 4))


def has_voted(poll: Poll, email: str) -> bool:
    return Turnout.objects.filter(vote=poll.case_id, voter=voter_of(poll, email)).exists()


def cast(poll: Poll, email: str, choices: Iterable[str], commune: str = "") -> str:
    """Put a ballot into the box; the code that leads to it, which nothing keeps. Raises a refusal of `errors.py`, and then nothing was written."""
    (code,) = cast_many(poll, [NewBallot(email, choices, commune)])
    if code is None:
        raise VotedAlready()
    return code


def cast_many(poll: Poll, ballots: Sequence[NewBallot], chance: random.Random | None = None) -> list[str | None]:
    """Put ballots into the box, all at once; the code of each, None for who has voted already.

    Raises `NotVoting`, or `WrongChoices` when one of them can't be taken, and then nothing was written. They are written in the order of
    their receipts, and those who voted in the order of their prints: the two orders say nothing of each other.
    """
    with transaction.atomic():
        chosen = _checked(poll, [one.choices for one in ballots])
        voters = [voter_of(poll, one.email) for one in ballots]
        first = {voter: n for n, voter in reversed(list(enumerate(voters)))}
        new = _sign(poll, {voter: ballots[n].commune for voter, n in first.items()})
        codes = [new_code(chance) if voter in new and first[voter] == n else None for n, voter in enumerate(voters)]
        Ballot.objects.bulk_create(
            Ballot(id=uuid.uuid4(), vote_id=poll.case_id, receipt=receipt, choices=choices)
            for receipt, choices in sorted(
                (receipt_of(poll.public_id, code), choices) for code, choices in zip(codes, chosen, strict=True) if code
            )
        )
    return codes


def _sign(poll: Poll, communes: dict[str, str]) -> set[str]:
    """Enter voters, by their prints, on the list of those who voted; those who didn't stand on it."""
    voters = sorted(communes)
    entered = rows(
        """insert into voting_turnout (id, vote_id, voter, commune)
           select gen_random_uuid(), %(vote)s::bigint, voter, commune
           from unnest(%(voters)s::text[], %(communes)s::text[]) as one (voter, commune)
           on conflict (vote_id, voter) do nothing returning voter""",
        {"vote": poll.case_id, "voters": plain_array(voters), "communes": text_array([communes[voter] for voter in voters])},
    )
    return {voter for (voter,) in entered}


def change(poll: Poll, code: str, choices: Iterable[str]) -> None:
    """Other choices on the ballot of this code, until the close. Who has the code need not say who they are."""
    with transaction.atomic():
        (chosen,) = _checked(poll, [choices])
        if not Ballot.objects.filter(vote=poll.case_id, receipt=receipt_of(poll.public_id, code)).update(choices=chosen):
            raise NoSuchBallot()


def _checked(poll: Poll, choices: Iterable[Iterable[str]]) -> list[list[str]]:
    """The choices of each ballot, if the vote is open and they stand on its ballot; the vote can't close before the transaction ends."""
    rows("select 1 from cases_live where case_id = %(case)s::bigint for share", {"case": poll.case_id})
    now = find_poll_of(poll.case_id)
    if now is None or not now.is_open():
        raise NotVoting()
    known = {one.public_id for one in list_projects(now)}
    chosen = [sorted(set(one)) for one in choices]
    if any(not 1 <= len(one) <= now.most_choices or set(one) - known for one in chosen):
        raise WrongChoices()
    return chosen
