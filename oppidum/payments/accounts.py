"""The account of a charge: movements that change its balance, and what follows once nothing is left to pay."""

import logging
from typing import Any

from oppidum.cases.acting import act
from oppidum.cases.declaration import Fee, Service, get_service
from oppidum.cases.models import Case
from oppidum.cases.rules.standing import SYSTEM, Command
from oppidum.core import clock
from oppidum.core.watching import tell
from oppidum.payments.models import Charge, Movement
from oppidum.payments.watching import MOVEMENTS, Moved

log = logging.getLogger(__name__)


def service_of(case: Case) -> type[Service]:
    """The declaration that the case was filed under."""
    return get_service(case.service, case.definition)


def find_fee(service: type[Service], name: str) -> Fee | None:
    return next((fee for fee in service.fees if fee.name == name), None)


def told(charge: Charge, cents: int, **more: Any) -> dict[str, Any]:
    """What the journal keeps of a movement: numbers and names of ours, nobody's."""
    return {"fee": charge.fee, "reference": charge.reference, "amount_cents": cents, **more}


def move(charge: Charge, kind: str, cents: int, key: str, **more) -> Movement:
    """Add a movement and move the balance with it; the caller holds the charge's lock. A repeated key is refused by the database."""
    more.setdefault("valid_on", clock.today())
    made = Movement.objects.create(charge=charge, kind=kind, amount_cents=cents, key=key, recorded_at=clock.now(), **more)
    charge.balance_cents += cents
    charge.save(update_fields=["balance_cents"])
    tell(MOVEMENTS, [Moved(charge.case_id, charge.fee, str(kind), cents, made.valid_on)])
    return made


def settle(charge: Charge) -> None:
    """Once nothing is left to pay, the action that the fee names is taken; where the case stands elsewhere, it stays there."""
    case = Case.objects.only("service", "definition").get(pk=charge.case_id)
    fee = find_fee(service_of(case), charge.fee)
    if charge.balance_cents > 0 or fee is None or not fee.on_paid:
        return
    (outcome,) = act([(charge.case_id, Command(fee.on_paid, SYSTEM, {"reference": charge.reference}))])
    if outcome.refusal:
        log.info("case %s: '%s' not taken after payment: %s", charge.case_id, fee.on_paid, outcome.refusal)
