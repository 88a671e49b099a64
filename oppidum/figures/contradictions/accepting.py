"""Contradictions that stay as they are: accepted by somebody, with a reason."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from oppidum.core import clock
from oppidum.core.errors import Refusal
from oppidum.figures.contradictions.findings import Finding
from oppidum.figures.models import AcceptedFinding
from oppidum.people.models import Officer


class NoReason(Refusal):
    """Nothing is accepted without saying why."""

    code = "no-reason"
    default = _("Say why this may stand.")


def accept(finding: Finding, reason: str, by: Officer | None = None) -> AcceptedFinding:
    """Keep the finding as accepted; a second reason takes the place of the first. Raises `NoReason`."""
    if not reason.strip():
        raise NoReason(field="reason")
    kept, _new = AcceptedFinding.objects.update_or_create(
        fingerprint=finding.fingerprint,
        defaults={
            "kind": finding.kind,
            "values": list(finding.values),
            "why": finding.why,
            "reason": reason.strip(),
            "at": clock.now(),
            "by": by,
        },
    )
    return kept


def reopen(fingerprint: str) -> bool:
    """Take an acceptance back; whether there was one."""
    return AcceptedFinding.objects.filter(fingerprint=fingerprint).delete()[0] > 0


def list_accepted(found: Iterable[Finding]) -> dict[str, AcceptedFinding]:
    """The acceptances of these findings, by fingerprint, in one query."""
    wanted = {finding.fingerprint for finding in found}
    kept: QuerySet[AcceptedFinding] = AcceptedFinding.objects.filter(fingerprint__in=wanted).select_related("by")
    return {one.fingerprint: one for one in kept}
