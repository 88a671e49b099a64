"""Many payments at once: what a bank statement or the accountant's file says was received, booked in one transaction.

Each is booked as one at the counter is (`paying.take_at_counter`): a receipt without gaps, a movement, an entry of the journal, and the
action that the fee takes once all is paid. A file read twice books nothing twice: each payment's key names it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from oppidum.cases.acting import act
from oppidum.cases.numbering import take_numbers
from oppidum.cases.rules.standing import SYSTEM, Command
from oppidum.core import clock
from oppidum.core.sql import plain_array, server_cursor
from oppidum.core.watching import tell
from oppidum.payments.accounts import settle_all, told
from oppidum.payments.errors import AmountWrong
from oppidum.payments.models import Charge, Movement, Payment
from oppidum.payments.paying import MEANS_AT_COUNTER
from oppidum.payments.watching import MOVEMENTS, Moved

_LOWER = """
    update payments_charge charge set balance_cents = balance_cents - paid.cents
    from unnest(%s::text::bigint[], %s::text::bigint[]) as paid(id, cents) where charge.id = paid.id
"""


@dataclass(frozen=True)
class Received:
    """Money received for the charge of that reference; `amount_cents` none: all that was left to pay. `key` names the payment."""

    reference: str
    means: str
    key: str
    amount_cents: int | None = None


def take_payments(received: Sequence[Received], day: date | None = None) -> list[Payment]:
    """Book what was received on `day`; returns the payments that are new. Nothing is owed, or more came in than is: that one is left out.

    Raises `AmountWrong` for means that are none.
    """
    if any(one.means not in MEANS_AT_COUNTER for one in received):
        raise AmountWrong(field="means")
    made: list[Payment] = []
    left = list(received)
    while left:
        wave, left = _one_of_each(left)
        made += _take_wave(wave, day or clock.today())
    return made


def _one_of_each(received: Sequence[Received]) -> tuple[list[Received], list[Received]]:
    """The first payment of each charge, and the others: a charge's balance is known before the next."""
    firsts: dict[str, Received] = {}
    rest = [one for one in received if firsts.setdefault(one.reference, one) is not one]
    return list(firsts.values()), rest


@transaction.atomic
def _take_wave(received: Sequence[Received], day: date) -> list[Payment]:
    wanted = {one.reference: one for one in received}
    charges = list(Charge.objects.select_for_update().filter(reference__in=wanted).order_by("pk"))
    tokens = {charge.pk: f"file:{wanted[charge.reference].key}"[:43] for charge in charges}
    known = set(Payment.objects.filter(token__in=tokens.values()).values_list("token", flat=True))
    due = [charge for charge in charges if tokens[charge.pk] not in known and _cents(charge, wanted[charge.reference]) > 0]
    if not due:
        return []
    first, year, now = take_numbers("receipt", clock.today().year, len(due)), clock.today().year, clock.now()
    payments = Payment.objects.bulk_create(
        Payment(
            charge=charge,
            provider="counter",
            token=tokens[charge.pk],
            amount_cents=_cents(charge, wanted[charge.reference]),
            state=Payment.State.PAID,
            means=wanted[charge.reference].means,
            receipt=f"{year}R{first + n:07d}",
            started_at=now,
            answered_at=now,
            paid_on=day,
        )
        for n, charge in enumerate(due)
    )
    _move(payments, day)
    _tell(payments)
    settle_all([payment.charge for payment in payments])
    return payments


def _cents(charge: Charge, one: Received) -> int:
    """What is booked of it; nothing where it is more than is owed."""
    cents = charge.balance_cents if one.amount_cents is None else one.amount_cents
    return cents if 0 < cents <= charge.balance_cents else 0


def _move(payments: Sequence[Payment], day: date) -> None:
    now = clock.now()
    Movement.objects.bulk_create(
        Movement(
            charge=payment.charge,
            kind=Movement.Kind.PAYMENT,
            amount_cents=-payment.amount_cents,
            key=f"payment:{payment.pk}",
            payment=payment,
            valid_on=day,
            recorded_at=now,
        )
        for payment in payments
    )
    with server_cursor() as cursor:
        cursor.execute(_LOWER, [plain_array([p.charge_id for p in payments]), plain_array([p.amount_cents for p in payments])])
    for payment in payments:
        payment.charge.balance_cents -= payment.amount_cents
    tell(MOVEMENTS, [Moved(p.charge.case_id, p.charge.fee, str(Movement.Kind.PAYMENT), -p.amount_cents, day) for p in payments])


def _tell(payments: Sequence[Payment]) -> None:
    """One entry a payment; of two payments of a case, one after the other."""
    left = list(payments)
    while left:
        cases: dict[int, Payment] = {}
        rest = [payment for payment in left if cases.setdefault(payment.charge.case_id, payment) is not payment]
        act(
            (case_id, Command("paid", SYSTEM, told(p.charge, p.amount_cents, receipt=p.receipt, means=p.means)))
            for case_id, p in cases.items()
        )
        left = rest
