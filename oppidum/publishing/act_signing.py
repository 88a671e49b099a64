"""Acts signed by delegation: the same orders that say who signs letters, with the function "acts" (CGCT, art. L5211-9).

`kinds` are the series that the order gives (order, decision; none: both), `matters` the beginnings of the ACTES classification ("3", "5.4";
none: all).
"""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from oppidum.bodies.signers import Choice, Signer, ToSign, delegates_from
from oppidum.publishing.models import Absence, Letterhead, SignatureDelegation
from oppidum.publishing.signing import NoSignatory, Signatures, why_not

ACTS = "acts"
LONGEST_QUALITY = 200


def register() -> None:
    """Say to the room of the bodies that the orders are kept here."""
    delegates_from(sign_by_delegation, list_delegates)


def sign_by_delegation(key: int, act: ToSign) -> Signer:
    """The holder of the order as the signer of the act. Raises `NoSignatory`, which says why not and what to do."""
    held = SignatureDelegation.objects.select_related("officer").filter(pk=key, function=ACTS).first()
    if held is None:
        raise NoSignatory(_("This order gives no acts to sign."))
    away = Absence.objects.filter(officer=held.officer_id, starts_on__lte=act.day, ends_on__gte=act.day).exists()
    away = away or not held.officer.is_active
    reason = why_not(held, act.service, act.series, act.day, None, away)
    if not reason and held.matters and not any(_covers(matter, act.matter) for matter in held.matters):
        reason = _("order %(order)s does not cover matter %(matter)s: widen its scope") % {
            "order": held.order_number,
            "matter": act.matter or _("(none)"),
        }
    if reason:
        raise NoSignatory(_("“%(act)s” can't be signed so: %(reason)s.") % {"act": act.title, "reason": reason})
    signatory = Signatures(Letterhead.objects.first()).by_delegation(held)
    quality = f"{' '.join(signatory.quality)} ({signatory.order})"
    return Signer(signatory.name, quality[:LONGEST_QUALITY])


def list_delegates(day: date) -> Sequence[Choice]:
    """The holders of orders for acts that are neither over nor revoked on that day; whether one covers an act is said when it is signed."""
    found = SignatureDelegation.objects.filter(function=ACTS).select_related("officer").order_by("rank", "pk")
    alive = [one for one in found if not (one.ends_on and day > one.ends_on) and not (one.revoked_on and day >= one.revoked_on)]
    return [Choice(one.pk, f"{one.officer}, {one.quality} ({one.order_number})") for one in alive]


def _covers(given: str, matter: str) -> bool:
    """ "5" covers 5.4, "5.4" covers 5.4 alone."""
    return matter == given or matter.startswith(f"{given}.")
