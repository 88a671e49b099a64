"""What is asked of the bookings, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from oppidum.bookings.models import State
from oppidum.bookings.places import Place
from oppidum.bookings.rules.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A place that is wanted. `place` as `read_place` reads it; `amount` of it; `areas` none: everywhere is served. `model`: of which
    model the thing must be; empty: any.

    `binding`: whether the terms bind (a resident) or not (an officer decides). `expires_at`: it is only an offer until then.
    `begun_since`: what began on that day or later may be taken though it has begun.
    `instead_of`: the reference whose present place of this kind is given back with it: a move, whole or not at all.
    """

    key: str
    place: str
    kind: str
    amount: Decimal | float = 1
    requester: str = ""
    reference: str = ""
    areas: frozenset[str] | None = None
    model: str = ""
    size: Mapping[str, float] = field(default_factory=dict)
    terms: Terms = field(default_factory=Terms)
    binding: bool = True
    expires_at: datetime | None = None
    begun_since: date | None = None
    instead_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """A place that is given back: those of `reference` and `kind` ("" all kinds). `as_state`: what becomes of the booking."""

    reference: str
    kind: str = ""
    terms: Terms = field(default_factory=Terms)
    binding: bool = True
    as_state: str = State.FREED


@dataclass(frozen=True, slots=True)
class Taken:
    """A place that is held. `is_new` is false when its key had been used before."""

    booking_id: int
    place: Place
    reference: str
    is_new: bool
