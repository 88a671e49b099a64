"""Places taken and sittings: a figure counts them by what became of them, so each is remembered until the year is over."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from oppidum.bodies.models import Sitting
from oppidum.bookings.watching import Became, Placed
from oppidum.core.clock import local_day

_HOLDS = ("offered", "taken")


class Held(NamedTuple):
    """A place: when it was taken, where (blank: where its case lies), the nights if it is one of nights."""

    kind: str
    state: str
    reference: str
    commune: str
    taken_at: datetime
    first: date | None
    until: date | None


class Planned(NamedTuple):
    """A sitting of a body."""

    body: str
    kind: str
    state: str
    at: datetime


@dataclass
class Changing:
    """By number, as each stands now."""

    places: dict[int, Held] = field(default_factory=dict)
    sittings: dict[int, Planned] = field(default_factory=dict)

    def taken(self, placed: Iterable[Placed]) -> None:
        for one in placed:
            self.places[one.booking_id] = Held(one.kind, one.state, one.reference, one.commune, one.taken_at, one.first, one.until)

    def became(self, changes: Iterable[Became]) -> None:
        """What was given back ends; nights that had begun are cut short and stay counted as spent."""
        for booking_id, state, at in changes:
            held = self.places.get(booking_id)
            if held is None or held.state not in _HOLDS:
                continue
            begun = state == "freed" and held.first is not None and held.first < local_day(at) < held.until
            self.places[booking_id] = held._replace(state="done" if begun else state)

    def sat(self, sittings: Iterable[Sitting]) -> None:
        for one in sittings:
            self.sittings[one.pk] = Planned(one.body.name, str(one.body.kind), str(one.state), one.at)

    def merge(self, other: "Changing") -> None:
        """Add what another worker remembers: a place or sitting is of one of them."""
        self.places |= other.places
        self.sittings |= other.sittings

    def list_places(self) -> Iterator[Held]:
        return iter(self.places.values())

    def list_sittings(self) -> Iterator[Planned]:
        return iter(self.sittings.values())
