"""The link that proves an address to a vote: mailed to whoever asks, good for an hour on any device, as often as one likes."""

import hashlib

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _
from django.utils.translation import override

from oppidum.cases.links import LINKS_PER_HOUR, VALID_SECONDS, LinkBroken, LinkOver
from oppidum.cases.mailing.sending import queue_mail
from oppidum.core import clock, rates
from oppidum.voting.polls import Poll

_SIGNER = Signer(salt="oppidum.votes", sep=".")


def request_vote_link(poll: Poll, email: str, language: str) -> None:
    """Mail the way to the ballot; no more than five an hour to one address, and says nothing about it."""
    email = email.strip().lower()
    name = hashlib.sha256(email.encode()).hexdigest()[:32]
    if not rates.allow(f"vote-link:{name}", LINKS_PER_HOUR, VALID_SECONDS):
        return
    with override(language):
        subject = _("Your way to the vote: %(title)s") % {"title": poll.title}
        body = _(
            "Here is your way to the ballot, for one hour:\n\n%(link)s\n\n"
            "Each resident votes once. You did not ask? Then somebody mistyped an address: leave this e-mail as it is, nothing happens."
        ) % {"link": make_vote_link(poll, email)}
    queue_mail(email, language, subject, body, f"vote-link:{name}:{clock.now().timestamp():.6f}")


def make_vote_link(poll: Poll, email: str) -> str:
    signed = _SIGNER.sign_object([email, poll.case_id, int(clock.now().timestamp())])
    return f"{settings.PUBLIC_URL}/votes/{poll.public_id}/in/{signed}"


def read_vote_link(poll: Poll, token: str) -> str:
    """The address that the link proves, for this vote. Raises `LinkBroken`, `LinkOver`."""
    try:
        email, case_id, made = _SIGNER.unsign_object(token)
    except (BadSignature, ValueError) as error:
        raise LinkBroken() from error
    if case_id != poll.case_id:
        raise LinkBroken()
    if clock.now().timestamp() - made > VALID_SECONDS:
        raise LinkOver()
    return email
