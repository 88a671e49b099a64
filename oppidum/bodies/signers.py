"""Who signs the acts of an authority that decides alone: its president, or somebody to whom the president's order gives it.

The orders are kept by another room, which says so here (`delegates_from`): this one asks for a name for an act on a day, and passes on its
refusal with the reason.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from oppidum.bodies.models import Body, Member
from oppidum.core.errors import Refusal


@dataclass(frozen=True)
class Signer:
    """Name and quality as they stand under an act; the quality of a delegate names the order."""

    name: str
    quality: str = ""


@dataclass(frozen=True)
class ToSign:
    """What is signed: its service, its series ("order", "decision"), its matter (ACTES classification), its title, the day."""

    service: str
    series: str
    matter: str
    title: str
    day: date


@dataclass(frozen=True)
class Choice:
    """Somebody who may sign acts on a day: `key` names the order."""

    key: int
    label: str


class NobodySigns(Refusal):
    """There is no president in office that day, and no delegate was chosen."""

    code = "nobody-signs"
    status = 409
    default = _("Nobody is president on this day: choose who signs by delegation, or enter the mandate.")


_orders: list[tuple[Callable[[int, ToSign], Signer], Callable[[date], Sequence[Choice]]]] = []


def delegates_from(sign: Callable[[int, ToSign], Signer], choices: Callable[[date], Sequence[Choice]]) -> None:
    """Say who knows the orders: `sign(key, act)` gives the signer or refuses with the reason, `choices(day)` whom they name."""
    _orders[:] = [(sign, choices)]


def delegates_on(day: date) -> Sequence[Choice]:
    """Who may be chosen to sign acts on that day, besides the president."""
    return _orders[0][1](day) if _orders else ()


def find_signer(body: Body, act: ToSign, delegate: int | None = None) -> Signer:
    """Who signs that act: the chosen delegate if their order covers it, else the president in office. Raises a `Refusal`."""
    if delegate is not None and _orders:
        return _orders[0][0](delegate, act)
    president = president_of(body, act.day)
    if president is None:
        raise NobodySigns()
    return Signer(str(president), president.quality)


def president_of(body: Body, day: date) -> Member | None:
    """The president of the body on that day."""
    return body.members.in_office(day).filter(role=Member.Role.PRESIDENT).first()
