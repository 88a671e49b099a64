"""What money does to a case, as entries of its journal: every service with a fee offers these, `Flow(..., always=money_moves())`.

The room `payments/` takes them as the system. Their data name the charge by its reference and the amount in cents, and nobody; the
lines of a bill may tell of an income, so they stand with the private answers.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration.fields import Day, Items, Money, Text
from oppidum.cases.declaration.flow import STAY, Action, Move

BILL = Items(
    _("Bill"),
    private=True,
    required=True,
    fields={"label": Text(_("Charged for")), "says": Text(_("Reckoning")), "amount_cents": Money(_("Amount"))},
)
# The parts of a plan that was agreed: due days and amounts, nothing of anybody's means.
PLAN = Items(_("Instalments"), fields={"due_on": Day(_("To be paid on")), "amount_cents": Money(_("Amount"))})
REFERENCE, AMOUNT = Text(_("Reference"), required=True), Money(_("Amount"), required=True)
MOVED = {"reference": REFERENCE, "amount_cents": AMOUNT}

CHARGED = Action(
    "charged",
    _("Amount to pay established"),
    by="system",
    bulk=False,
    demands={**MOVED, "pay_by": Day(_("To pay until"), required=True), "bill": BILL, "due_parts": PLAN},
)
PAID = Action(
    "paid", _("Payment received"), by="system", bulk=False, demands={**MOVED, "receipt": Text(_("Receipt"), required=True)}
)
WAIVED = Action("waived", _("Amount reduced"), by="system", bulk=False, demands=MOVED)
REFUNDED = Action("refunded", _("Refund ordered"), by="system", bulk=False, demands=MOVED)

MONEY_ACTIONS = tuple(action.name for action in (CHARGED, PAID, WAIVED, REFUNDED))


def money_moves(bill: str = "", receipt: str = "") -> tuple[Move, ...]:
    """The moves; `bill` and `receipt` are the letters that are made when an amount is established, when it is paid."""
    actions = (replace(CHARGED, letter=bill), replace(PAID, letter=receipt), WAIVED, REFUNDED)
    return tuple(action >> STAY for action in actions)
