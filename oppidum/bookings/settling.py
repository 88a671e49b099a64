"""Settling a batch: what is left of each slot and unit as one wish after the other is granted or refused, under locks."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from oppidum.bookings.errors import Closed, NotYet, OtherModel, OutOfArea, SlotFull
from oppidum.bookings.ground import Held, Spot, lock_requesters, lock_slots, lock_units, read_by_key, read_held, read_held_days
from oppidum.bookings.models import State
from oppidum.bookings.places import NightsPlace, Place, SlotPlace, read_place
from oppidum.bookings.rules.terms import check_change, check_day, check_nights, check_quota, check_size
from oppidum.bookings.storing import NewBooking
from oppidum.bookings.wishes import Parting, Taken, Wish
from oppidum.core import clock
from oppidum.core.errors import NotFound


class Batch:
    """A batch under its locks: what is left of each slot and unit as one wish after the other is settled."""

    def __init__(self, wishes: Sequence[Wish], partings: Sequence[Parting], now: datetime):
        self.now, self.today = now, clock.local_day(now)
        self.fresh: dict[str, NewBooking] = {}
        self.ending: list[tuple[int, str]] = []
        lock_requesters(w.requester for w in wishes if w.terms.quota)
        held = read_held([p.reference for p in partings] + [w.instead_of for w in wishes if w.instead_of])
        places = [place for w in wishes if (place := readable(w.place))]
        self.slots = lock_slots([p for p in places if isinstance(p, SlotPlace)], [h.slot_id for h in held if h.slot_id])
        self.units = lock_units([p for p in places if isinstance(p, NightsPlace)])
        # Read again now that they are locked: whoever was quicker is done.
        self.held = read_held(h.reference for h in held) if held else []
        self.done = read_by_key(w.key for w in wishes) if wishes else {}
        self.days = read_held_days(w.requester for w in wishes if w.terms.quota)

    def part(self, parting: Parting) -> list[Place]:
        """Give back what is held; raises `TooLate`, or `NotYet` for what can't have taken place, before anything is given back."""
        mine = [h for h in self.held if h.reference == parting.reference and parting.kind in ("", h.kind)]
        if parting.as_state in (State.DONE, State.MISSED) and any(h.day > self.today for h in mine):
            raise NotYet()
        for held in mine if parting.binding else ():
            # Nights that have begun can be cut short at any time.
            if held.slot_id is not None or held.first > self.today:
                check_change(parting.terms, held.starts_at or clock.midnight(held.day), self.now)
        for held in mine:
            self._end(held, parting.as_state)
        return [held.place for held in mine]

    def settle(self, wish: Wish) -> Taken | NewBooking:
        """A new booking for the wish, or the one that its key made before; raises why not."""
        if wish.key in self.fresh:
            return self.fresh[wish.key]
        if wish.key in self.done:
            before = self.done[wish.key]
            return Taken(before.id, before.place, before.reference, False)
        place = readable(wish.place)
        spot = self._find_spot(place, wish)
        leaving = [h for h in self.held if wish.instead_of and h.reference == wish.instead_of and h.kind == wish.kind]
        if wish.instead_of and not leaving:
            raise NotFound()
        self._check_terms(wish, place, leaving)
        if wish.areas is not None and spot.serves and wish.areas.isdisjoint(spot.serves):
            raise OutOfArea()
        if wish.model and spot.model != wish.model:
            raise OtherModel()
        check_size(wish.size, spot.limits)
        self._check_room(wish, place, spot, leaving)
        for held in leaving:
            self._end(held, State.FREED)
        return self._book(wish, place, spot, leaving)

    def _find_spot(self, place: Place | None, wish: Wish) -> Spot:
        spot = None if place is None else self.slots.get(str(place)) or self.units.get(place.resource)
        if spot is None or spot.kind != wish.kind or not spot.is_open or (spot.slot_id is None) != isinstance(place, NightsPlace):
            raise Closed()
        if isinstance(place, NightsPlace) and any(first < place.until and place.day < until for first, until in spot.closed):
            raise Closed()
        if self._is_over(place, wish):
            raise Closed()
        return spot

    def _is_over(self, place: Place, wish: Wish) -> bool:
        """Whether it began too long ago to be taken: for all but the places of a course, at all."""
        if wish.begun_since is not None and place.day < self.today:
            return place.day < wish.begun_since
        return place.day < self.today or (wish.begun_since is None and isinstance(place, SlotPlace) and place.starts_at <= self.now)

    def _check_terms(self, wish: Wish, place: Place, leaving: Iterable[Held]) -> None:
        if not wish.binding:
            return
        for held in leaving:
            check_change(wish.terms, held.starts_at or clock.midnight(held.day), self.now)
        check_day(wish.terms, place.day, self.today)
        if isinstance(place, NightsPlace):
            check_nights(wish.terms, place.nights)
        if wish.terms.quota and wish.requester:
            counted = list(self.days.get((wish.requester, wish.kind), ()))
            for held in leaving:
                if held.requester == wish.requester:
                    counted.remove(held.day)
            check_quota(wish.terms.quota, place.day, counted)

    def _check_room(self, wish: Wish, place: Place, spot: Spot, leaving: Iterable[Held]) -> None:
        """Room as it will be once what leaves has left."""
        if isinstance(place, NightsPlace):
            gone = {(h.first, h.until) for h in leaving if h.resource == place.resource}
            if any(first < place.until and place.day < until for first, until in spot.busy if (first, until) not in gone):
                raise SlotFull()
        elif Decimal(str(wish.amount)) > spot.left + sum(h.amount for h in leaving if h.slot_id == spot.slot_id):
            raise SlotFull()

    def _end(self, held: Held, state: str) -> None:
        self.ending.append((held.id, state))
        self.held.remove(held)
        if state not in (State.FREED, State.LAPSED):
            return
        if held.slot_id is not None:
            self.slots[str(held.place)].left += held.amount
        elif held.resource in self.units:
            self.units[held.resource].busy.remove((held.first, held.until))
        if days := self.days.get((held.requester, held.kind)):
            days.remove(held.day)

    def _book(self, wish: Wish, place: Place, spot: Spot, leaving: Sequence[Held]) -> NewBooking:
        amount = Decimal(str(wish.amount))
        if isinstance(place, NightsPlace):
            spot.busy.append((place.day, place.until))
        else:
            spot.left -= amount
        if wish.terms.quota and wish.requester:
            self.days.setdefault((wish.requester, wish.kind), []).append(place.day)
        booking = NewBooking(
            key=wish.key,
            kind=wish.kind,
            place=place,
            resource_id=spot.resource_id,
            slot_id=spot.slot_id,
            amount=amount,
            size=wish.size,
            requester=wish.requester,
            reference=wish.reference,
            expires_at=wish.expires_at,
            instead_of=leaving[0].id if leaving else None,
        )
        self.fresh[wish.key] = booking
        return booking


def readable(text: str) -> Place | None:
    try:
        return read_place(text)
    except ValueError:
        return None
