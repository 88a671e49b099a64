""" "Who may sign what on that day?": today, a day that is past, or one to come, by the same rules that letters and acts are signed by."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from oppidum.publishing.models import Absence, SignatureDelegation
from oppidum.publishing.signing import why_not


@dataclass(frozen=True)
class Signing:
    """Somebody whom an order names. `why_not` is blank where they may sign on the day; else the sentence that says why."""

    held: SignatureDelegation
    why_not: str
    until: date | None

    @property
    def may_sign(self) -> bool:
        return not self.why_not


def who_signs(day: date, function: str = "", service: str = "", kind: str = "", amount: int | None = None) -> list[Signing]:
    """Everybody whom an order names for it, in the order in which they are asked to sign; those who may first. Two queries.

    `function`: "president" (letters) or "acts"; `service`: a code; `kind`: of a letter, or a series of acts; `amount` in cents.
    """
    found = SignatureDelegation.objects.select_related("officer", "case").order_by("function", "rank", "pk")
    # Whoever left since signed nothing after that day; what they might have signed before it stays true.
    found = found.filter(Q(revoked_on=None) | Q(revoked_on__gt=day)).filter(Q(ends_on=None) | Q(ends_on__gte=day))
    if function:
        found = found.filter(function=function)
    away = set(Absence.objects.filter(starts_on__lte=day, ends_on__gte=day).values_list("officer_id", flat=True))
    told = [_tell(one, day, service, kind, amount, one.officer_id in away) for one in found if _names(one, service, kind)]
    return sorted(told, key=lambda one: not one.may_sign)


def _names(held: SignatureDelegation, service: str, kind: str) -> bool:
    return not (service and held.services and service not in held.services) and not (kind and held.kinds and kind not in held.kinds)


def _tell(held: SignatureDelegation, day: date, service: str, kind: str, amount: int | None, away: bool) -> Signing:
    # Asked for everything, an order is held to what it names itself.
    reason = why_not(held, service or next(iter(held.services), ""), kind or next(iter(held.kinds), ""), day, amount, away)
    lasts = min((last for last in (held.revoked_on, held.ends_on) if last), default=None)
    return Signing(held, reason, lasts)
