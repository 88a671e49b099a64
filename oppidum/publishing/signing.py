"""Who may sign a letter: the president or the mayor, or whoever holds a delegation that covers it (CGCT, art. L5211-9, L2122-18, L2122-19).

A delegation covers a letter when its scope holds the service and the kind of letter, the amount is within its ceiling, the day lies
within its dates and after its publication (an order that gives a delegation is enforceable once it is published: CGCT, art. L2131-1),
and its holder is there. Pure rules first; `find_signatory` reads the tables.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oppidum.cases.declaration.letters import MAYOR
from oppidum.core.errors import Refusal
from oppidum.publishing.issuing import Issuer
from oppidum.publishing.models import Absence, Letterhead, SignatureDelegation

PRESIDENT = "president"


@dataclass(frozen=True)
class Signatory:
    """Who signs: first name and name, the lines of quality above it, the order that allows it (blank for the president)."""

    name: str
    quality: tuple[str, ...]
    order: str = ""
    delegation_id: int | None = None


class NoSignatory(Refusal):
    """Nobody may sign this letter on that day; the message says for each delegation why not, and what to do."""

    code = "no-signatory"
    status = 409
    default = gettext_lazy("Nobody may sign this letter.")


def why_not(held: SignatureDelegation, service: str, kind: str, day: date, amount: int | None, away: bool) -> str:
    """Why a delegation doesn't cover a letter, as a sentence that says what to do; blank when it does. `amount` in cents."""
    if held.services and service not in held.services or held.kinds and kind not in held.kinds:
        return _("order %(order)s does not cover this letter: widen its scope") % {"order": held.order_number}
    if held.published_on is None or day <= held.published_on:
        return _("order %(order)s is not yet enforceable: publish it, and sign from the day after") % {"order": held.order_number}
    if day < held.starts_on:
        return _("order %(order)s starts later") % {"order": held.order_number}
    if (held.ends_on and day > held.ends_on) or (held.revoked_on and day >= held.revoked_on):
        return _("order %(order)s is over: take a new one") % {"order": held.order_number}
    if held.ceiling_cents is not None and amount is not None and amount > held.ceiling_cents:
        return _("the amount is above the ceiling of order %(order)s") % {"order": held.order_number}
    if away:
        return _("the holder of order %(order)s is away, and nobody stands in") % {"order": held.order_number}
    return ""


def choose_signatory(
    delegations: Iterable[SignatureDelegation],
    away: frozenset[int],
    service: str,
    kind: str,
    day: date,
    amount: int | None,
    preferred: int | None = None,
) -> SignatureDelegation | list[str]:
    """The first delegation in rank that covers the letter, the `preferred` officer's own before others; else why none does."""
    refused: list[str] = []
    covering: list[SignatureDelegation] = []
    for held in delegations:
        if reason := why_not(held, service, kind, day, amount, held.officer_id in away):
            refused.append(reason)
        else:
            covering.append(held)
    own = [held for held in covering if held.officer_id == preferred]
    return next(iter([*own, *sorted(covering, key=lambda held: held.rank)]), refused)


class Signatures:
    """Delegations and absences read once, for a batch of letters."""

    def __init__(self, letterhead: Letterhead | None) -> None:
        self.letterhead = letterhead
        self.delegations: Sequence[SignatureDelegation] = list(SignatureDelegation.objects.select_related("officer"))
        self.absences: Sequence[Absence] = list(Absence.objects.all())

    def find(
        self,
        letter: Any,
        service: str,
        day: date,
        amount: int | None = None,
        officer: int | None = None,
        issuer: Issuer | None = None,
    ) -> Signatory:
        """Who signs `letter` (its `signed_by` and `kind`) on `day` in the name of `issuer`, of the authority if none. Raises `NoSignatory`.

        A letter that the president or the mayor signs may be signed by whoever holds a delegation for it; without one they sign.
        """
        away = frozenset(a.officer_id for a in self.absences if a.starts_on <= day <= a.ends_on)
        # Who left the house signs no more, whatever became of the order.
        away |= {d.officer_id for d in self.delegations if not d.officer.is_active}
        commune = issuer.commune if issuer else ""
        function = PRESIDENT if letter.signed_by == MAYOR and not commune else letter.signed_by
        held = [d for d in self.delegations if d.function == function and (d.commune_id or "") == commune]
        chosen = choose_signatory(held, away, service, letter.kind, day, amount, officer)
        if isinstance(chosen, SignatureDelegation):
            return self.by_delegation(chosen, issuer.quality if issuer else "")
        if issuer and commune and issuer.head:
            return Signatory(issuer.head, (issuer.quality,))
        if function == PRESIDENT and self.letterhead:
            return Signatory(self.letterhead.president, (self.letterhead.quality,))
        raise NoSignatory(_refusal(function, chosen, issuer))

    def by_delegation(self, held: SignatureDelegation, quality: str = "") -> Signatory:
        """The holder, with the lines above the name: for whom (of this `quality`), in which quality, by which order."""
        quality = quality or (self.letterhead.quality if self.letterhead else _("the president"))
        above = _("For %(president)s and by delegation,") % {"president": _with_small_article(quality)}
        order = _("Delegation by order %(number)s of %(day)s") % {
            "number": held.order_number,
            "day": held.order_on.strftime("%d/%m/%Y"),
        }
        return Signatory(str(held.officer), (above, held.quality), order, held.pk)


def _refusal(function: str, reasons: Sequence[str], issuer: Issuer | None) -> str:
    if reasons:
        return _("Nobody may sign this letter: %(reasons)s.") % {"reasons": "; ".join(dict.fromkeys(reasons))}
    if function == PRESIDENT:
        return _("Nobody may sign this letter: name the president in the letterhead.")
    if function == MAYOR and issuer:
        return _("Nobody may sign this letter: name the mayor of the %(commune)s, at the desk under Letters, Town halls.") % {
            "commune": issuer.acts_as[:1].lower() + issuer.acts_as[1:]
        }
    return _("Nobody may sign this letter: no delegation is registered for “%(function)s”.") % {"function": function}


def _with_small_article(quality: str) -> str:
    """ "La présidente" inside a sentence: "la présidente"."""
    return quality[:1].lower() + quality[1:]


def find_signatory(letter: Any, service: str, day: date, amount: int | None = None, officer: int | None = None) -> Signatory:
    """Who signs `letter` of `service` on `day`, for an amount in cents; `officer` is who decided, preferred if they may sign.

    Raises `NoSignatory`, which says for each delegation why it does not serve and what to do.
    """
    return Signatures(Letterhead.objects.first()).find(letter, service, day, amount, officer)
