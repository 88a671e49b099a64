"""A case by its code, which is its author's key: counted against guessing."""

from django.utils.translation import gettext as _

from oppidum.cases.models import Case
from oppidum.core import rates
from oppidum.core.addresses import client_address
from oppidum.core.codes import normalise
from oppidum.core.errors import TooMany

LOOKUPS_A_MINUTE = 60
LOOKUPS_AN_HOUR = 600


def find_case(request, code: str) -> Case | None:
    """The case of a well-formed code, with what its page shows. Raises `TooMany`."""
    canonical = normalise(code)
    if canonical is None:
        return None
    address = client_address(request)
    if not (rates.allow(f"follow:{address}", LOOKUPS_A_MINUTE) and rates.allow(f"follow-hour:{address}", LOOKUPS_AN_HOUR, 3600)):
        raise TooMany(_("Many codes were looked up from your connection. Wait a minute, then try again."), retry_after=60)
    return with_surroundings(Case.objects.public()).filter(code=canonical).first()


def with_surroundings(cases):
    """With the standing, the team and the commune, without what no page shows."""
    return cases.select_related("live__team", "commune").defer("search", "commune__outline")
