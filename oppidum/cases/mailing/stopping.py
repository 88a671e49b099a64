"""The way out of a case's mails: a signed link, good for ever, that stops them for one party on one case."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _
from django.utils.translation import override

from oppidum.cases.models import Party
from oppidum.core.errors import NotFound

_SIGNER = Signer(salt="oppidum.stop-notices", sep=".")


def stop_link(party_id: int) -> str:
    """Where a party stops the mails about its case. It leads to a page with a button: mail scanners open every link."""
    return f"{settings.PUBLIC_URL}/stop/{_SIGNER.sign(str(party_id))}"


def with_stop_link(body: str, party: Party) -> str:
    """The body of a mail with, at its end, how to get no more."""
    with override(party.language):
        return body + "\n\n" + _("No more e-mails about this report: %(link)s") % {"link": stop_link(party.pk)}


def read_stop_token(token: str) -> Party:
    """The party that the token of a stop link names; `NotFound` for a forged one, or a party that was removed."""
    try:
        party_id = int(_SIGNER.unsign(token))
    except (BadSignature, ValueError):
        raise NotFound() from None
    party = Party.objects.select_related("case").filter(pk=party_id).first()
    if party is None:
        raise NotFound()
    return party


def stop_notices(token: str) -> Party:
    """Write no more mails to the party of the stop link; twice is once."""
    party = read_stop_token(token)
    Party.objects.filter(pk=party.pk).update(notify=False)
    party.notify = False
    return party
