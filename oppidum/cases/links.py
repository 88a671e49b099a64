"""The magic link to "my requests": no account, no password; who reads the mailbox is its owner.

Asking always gets the same answer, so that nobody learns whether an address has reported something.
"""

import hashlib

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from oppidum.cases.mailing.sending import queue_mail
from oppidum.cases.models import Case, Party
from oppidum.cases.models.case import CaseQuerySet
from oppidum.core import clock, rates
from oppidum.core.errors import Refusal

VALID_SECONDS = 3600
LINKS_PER_HOUR = 5
_SIGNER = Signer(salt="oppidum.my-reports", sep=".")


class LinkOver(Refusal):
    """The link is too old."""

    code = "link-over"
    status = 410
    default = gettext_lazy("This link was good for one hour. Ask for a new one: it arrives in a minute.")


class LinkBroken(Refusal):
    """The link was not made by us, or was cut in two by a mail program."""

    code = "link-broken"
    status = 404
    default = gettext_lazy("This link is not complete. Copy it whole from the e-mail, or ask for a new one.")


def request_link(email: str, language: str, welcome: bool = False) -> None:
    """Mail a link to the reports of `email`, if it has any; says nothing about it, and takes no more than five an hour. `welcome`: also
    to who has none yet, but came with an account elsewhere and has to prove the address."""
    email = email.strip().lower()
    name = hashlib.sha256(email.encode()).hexdigest()[:32]
    if not rates.allow(f"link:{name}", LINKS_PER_HOUR, VALID_SECONDS) or not (welcome or _parties(email).exists()):
        return
    with override(language):
        subject = _("Your requests")
        body = _(
            "You asked for the way to your requests and reports. Here it is, for one hour:\n\n%(link)s\n\n"
            "You did not ask? Then somebody mistyped an address: leave this e-mail as it is, nothing happens."
        ) % {"link": make_link(email)}
    queue_mail(email, language, subject, body, f"link:{name}:{clock.now().timestamp():.6f}")


def make_link(email: str) -> str:
    """A link that opens "my requests" of `email` for an hour, as often as one likes: mail scanners open it first."""
    return f"{settings.PUBLIC_URL}/my/{_SIGNER.sign_object([email, int(clock.now().timestamp())])}"


def read_link(token: str) -> str:
    """The e-mail that a link's token proves; `LinkOver` or `LinkBroken`."""
    try:
        email, made_at = _SIGNER.unsign_object(token)
    except (BadSignature, ValueError):
        raise LinkBroken() from None
    if clock.now().timestamp() - made_at > VALID_SECONDS:
        raise LinkOver()
    return email


def my_cases(email: str) -> CaseQuerySet:
    """The cases of which `email` is author or follower, newest first."""
    mine = _parties(email.strip().lower()).values("case_id")
    return Case.objects.filter(pk__in=mine).select_related("live").order_by("-filed_at", "-pk")


def _parties(email: str) -> QuerySet[Party]:
    """Written as the index on `lower(email)` is; nobody has the empty address."""
    return Party.objects.alias(address=Lower("email")).filter(address=email).exclude(email="")
