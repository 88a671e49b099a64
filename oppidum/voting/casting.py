"""Casting a ballot: one a voter, changed until the close by whoever has its code.

The vote's row is locked for sharing: the close waits for ballots that are being written, and ballots wait for nobody. That a voter votes
once is the database's word (`one_vote_per_voter`), whatever two browsers do at the same instant.
"""

import hashlib
import hmac
import secrets
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import IntegrityError, transaction

from oppidum.core.sql import rows
from oppidum.voting.errors import NoSuchBallot, NotVoting, VotedAlready, WrongChoices
from oppidum.voting.models import Ballot, Turnout
from oppidum.voting.polls import Poll, find_poll_of, list_projects
from oppidum.voting.recount import receipt_of

# No letter or digit that is taken for another when it is read from paper: 16 of them are 2^78 codes.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 16


def voter_of(poll: Poll, email: str) -> str:
    """The keyed print of an address for this vote: the same address gives another one in another vote, and nobody without the key can try."""
    said = f"vote:{poll.case_id}:{email.strip().lower()}".encode()
    return hmac.new(str(settings.SECRET_KEY).encode(), said, hashlib.sha256).hexdigest()


def new_code() -> str:
    """A code that only its voter has: "7KQ2-MXA4-RH8T-V3WD"."""
    signs = "".join(secrets.choice(ALPHABET) for _n in range(CODE_LENGTH))
    return "-".join(signs[n : n + 4] for n in range(0, CODE_LENGTH, 4))


def has_voted(poll: Poll, email: str) -> bool:
    return Turnout.objects.filter(vote=poll.case_id, voter=voter_of(poll, email)).exists()


def cast(poll: Poll, email: str, choices: Iterable[str], commune: str = "") -> str:
    """Put a ballot into the box; the code that leads to it, which nothing keeps. Raises a refusal of `errors.py`, and then nothing was written."""
    code = new_code()
    with transaction.atomic():
        chosen = _checked(poll, choices)
        try:
            with transaction.atomic():
                Turnout.objects.create(id=uuid.uuid4(), vote_id=poll.case_id, voter=voter_of(poll, email), commune=commune)
        except IntegrityError as error:
            raise VotedAlready() from error
        Ballot.objects.create(id=uuid.uuid4(), vote_id=poll.case_id, receipt=receipt_of(poll.public_id, code), choices=chosen)
    return code


def change(poll: Poll, code: str, choices: Iterable[str]) -> None:
    """Other choices on the ballot of this code, until the close. Who has the code need not say who they are."""
    with transaction.atomic():
        chosen = _checked(poll, choices)
        if not Ballot.objects.filter(vote=poll.case_id, receipt=receipt_of(poll.public_id, code)).update(choices=chosen):
            raise NoSuchBallot()


def _checked(poll: Poll, choices: Iterable[str]) -> list[str]:
    """The choices, if the vote is open and they stand on its ballot; the vote can't close before the transaction ends."""
    rows("select 1 from cases_live where case_id = %(case)s::bigint for share", {"case": poll.case_id})
    now = find_poll_of(poll.case_id)
    if now is None or not now.is_open():
        raise NotVoting()
    chosen = sorted(set(choices))
    if not 1 <= len(chosen) <= now.most_choices or set(chosen) - {one.public_id for one in list_projects(now)}:
        raise WrongChoices()
    return chosen
