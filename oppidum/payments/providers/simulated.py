"""A payment service for tests and demonstrations: a page of ours where one clicks paid, refused or abandoned.

It keeps its own books (`Simulated`), so that the rest of the room can't tell it from a real one.
"""

import secrets

from django.urls import reverse

from oppidum.core import clock
from oppidum.payments.models import Simulated
from oppidum.payments.providers import Answer, Order, Started

SAYS = ("paid", "refused", "abandoned")


class SimulatedProvider:
    """`click` is the payer; the rest is as for any provider."""

    name = "simulated"

    def start(self, order: Order) -> Started:
        made = Simulated.objects.create(
            operation=secrets.token_urlsafe(20),
            amount_cents=order.amount_cents,
            reference=order.reference,
            returns_to=order.returns_to,
            notifies=order.notifies,
        )
        return Started(made.operation, self.address_of(made.operation))

    def ask(self, operation: str) -> Answer:
        found = Simulated.objects.filter(pk=operation).first()
        if found is None:
            return Answer("abandoned")
        paid_on = clock.today() if found.state == "paid" else None
        return Answer(found.state, found.amount_cents, found.reference, "card", f"T{found.pk[:15]}" if paid_on else "", paid_on)

    def address_of(self, operation: str) -> str:
        return reverse("pay:simulated", args=[operation])


def click(operation: str, state: str) -> Simulated | None:
    """What the payer clicks; once said it stays, as at a bank. None for an operation that doesn't exist."""
    if state in SAYS:
        Simulated.objects.filter(pk=operation, state="started").update(state=state)
    return Simulated.objects.filter(pk=operation).first()
