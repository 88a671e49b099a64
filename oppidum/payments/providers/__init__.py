"""Payment services (prestataires de paiement): what one must do to be ours, and which one is in use.

A provider starts an operation and, asked by its number, says what became of it. What a browser or a notification claims is
never believed: it only makes us ask.
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.conf import settings

from oppidum.payments.errors import NoProvider


@dataclass(frozen=True)
class Order:
    """What somebody is about to pay. Addresses are absolute; `email` receives the provider's own ticket."""

    reference: str
    amount_cents: int
    about: str
    email: str
    year: int
    returns_to: str
    notifies: str


@dataclass(frozen=True)
class Started:
    """The provider's number for the operation, and the page where the payer goes."""

    operation: str
    address: str


@dataclass(frozen=True)
class Answer:
    """What became of an operation: state "started" (not known yet), "paid", "refused" or "abandoned"."""

    state: str
    amount_cents: int | None = None
    reference: str | None = None
    means: str = ""
    authorisation: str = ""
    paid_on: date | None = None


class Provider(Protocol):
    """An adapter. Both calls raise `ProviderSilent` when nothing can be known."""

    name: str

    def start(self, order: Order) -> Started: ...

    def ask(self, operation: str) -> Answer: ...

    def address_of(self, operation: str) -> str: ...


def the_provider() -> Provider:
    """The provider that this installation uses (OPPIDUM_PAYMENTS). Raises `NoProvider`."""
    return provider_named(settings.PAYMENTS.partition(":")[0])


def provider_named(name: str) -> Provider:
    """The adapter of that name: of a payment begun earlier, perhaps, with another than today's."""
    from oppidum.payments.providers.payfip import PayFiP
    from oppidum.payments.providers.simulated import SimulatedProvider

    if name == "payfip":
        _, number, mode = settings.PAYMENTS.split(":")
        return PayFiP(number, mode)
    if name == "simulated" and settings.PAYMENTS == "simulated":
        return SimulatedProvider()
    raise NoProvider


def is_open() -> bool:
    """Whether one can pay on this site."""
    return bool(settings.PAYMENTS)
