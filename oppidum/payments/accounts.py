"""The account of a charge: movements that change its balance, and what follows once nothing is left to pay."""

import logging
from collections.abc import Sequence
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
    settle_all([charge])


def settle_all(charges: Sequence[Charge]) -> None:
    """`settle` for many charges in one batch; of two of a case, one after the other."""
    paid = [charge for charge in charges if charge.balance_cents <= 0]
    cases = Case.objects.only("service", "definition").in_bulk({charge.case_id for charge in paid})
    following = [(c, fee.on_paid) for c in paid if (fee := find_fee(service_of(cases[c.case_id]), c.fee)) and fee.on_paid]
    while following:
        now: dict[int, tuple[Charge, str]] = {}
        rest = [each for each in following if now.setdefault(each[0].case_id, each) is not each]
        outcomes = act((case_id, Command(action, SYSTEM, {"reference": c.reference})) for case_id, (c, action) in now.items())
        for outcome in outcomes:
            if outcome.refusal:
                log.info("case %s: '%s' not taken after payment: %s", outcome.case_id, now[outcome.case_id][1], outcome.refusal)
        following = rest
