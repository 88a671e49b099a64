"""What officers change in an account: a reduction or exemption granted later, a refund. Each has its reason and stays in the books."""

from django.db import transaction

from oppidum.cases.acting import act
from oppidum.cases.rules.standing import SYSTEM, Command
from oppidum.core import clock
from oppidum.payments.accounts import move, settle, told
from oppidum.payments.errors import AmountWrong
from oppidum.payments.models import Charge, Movement


def waive(charge_id: int, amount_cents: int, reason: str, key: str, officer=None) -> Charge:
    """Take `amount_cents` off what is owed (at most what was charged and isn't waived yet). What was paid beyond becomes refundable.

    `key` makes a form sent twice one waiver.
    """
    with transaction.atomic():
        charge = Charge.objects.select_for_update().get(pk=charge_id)
        if Movement.objects.filter(key=f"waiver:{key}").exists():
            return charge
        waived = -sum(charge.movements.filter(kind=Movement.Kind.WAIVER).values_list("amount_cents", flat=True))
        if not 0 < amount_cents <= charge.total_cents - waived:
            raise AmountWrong
        move(charge, Movement.Kind.WAIVER, -amount_cents, f"waiver:{key}", reason=reason[:300], officer=officer)
        act([(charge.case_id, Command("waived", SYSTEM, told(charge, amount_cents)))])
        settle(charge)
    return charge


def refund(charge_id: int, amount_cents: int, reason: str, key: str, officer=None) -> Charge:
    """Order a refund of what was paid too much; never more than that."""
    with transaction.atomic():
        charge = Charge.objects.select_for_update().get(pk=charge_id)
        if Movement.objects.filter(key=f"refund:{key}").exists():
            return charge
        if not 0 < amount_cents <= -charge.balance_cents:
            raise AmountWrong
        move(
            charge,
            Movement.Kind.REFUND,
            amount_cents,
            f"refund:{key}",
            reason=reason[:300],
            officer=officer,
            valid_on=clock.today(),
        )
        act([(charge.case_id, Command("refunded", SYSTEM, told(charge, amount_cents)))])
    return charge
