"""Taking, moving and giving back places: a batch at a time, each wish with its own answer, in the caller's transaction if there is one.

No interleaving overbooks: rows are locked, and the database itself refuses one place too many. A wish's `key` names it: asked
again, it is the same booking.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from oppidum.bookings.errors import SlotFull
from oppidum.bookings.finding import find_free, find_free_nights
from oppidum.bookings.places import Free, NightsPlace, Place
from oppidum.bookings.rules.terms import Terms
from oppidum.bookings.settling import Batch, readable
from oppidum.bookings.storing import NewBooking, end_bookings, insert_bookings
from oppidum.bookings.wishes import Parting, Taken, Wish
from oppidum.core import clock
from oppidum.core.errors import Refusal

NEAREST = 5
AROUND_DAYS = 14


def take(wish: Wish, now: datetime | None = None) -> Taken:
    """Take one place; raises `SlotFull`, `QuotaReached`, `TooLate`, `Closed`, `OutOfArea` or `DoesNotFit`."""
    return _raised(change([wish], (), now)[0])


def move(reference: str, wish: Wish, now: datetime | None = None) -> Taken:
    """Give back the place of `reference` and take the wished one, both or neither; raises as `take`, or `NotFound`."""
    return take(replace(wish, reference=wish.reference or reference, instead_of=reference), now)


def free(reference: str, now: datetime | None = None, *, kind: str = "", terms: Terms | None = None) -> list[Place]:
    """Give back the places of `reference`; with `terms` only while they allow it (`TooLate`). Nothing held: nothing happens."""
    parting = Parting(reference=reference, kind=kind, terms=terms or Terms(), binding=terms is not None)
    return _raised(change((), [parting], now)[0])


def change(wishes: Sequence[Wish], partings: Sequence[Parting], now: datetime | None = None) -> list[Taken | list[Place] | Refusal]:
    """The outcomes of all `wishes`, then of all `partings`, in their order: `Taken`, the places given back, or a `Refusal`.

    A refusal concerns its own wish; the others of the batch go on. What is given back is free for the wishes; earlier wishes
    come before later ones.
    """
    now = now or clock.now()
    with transaction.atomic(savepoint=False):
        batch = Batch(wishes, partings, now)
        freed = [_caught(batch.part, parting) for parting in partings]
        taken = [_caught(batch.settle, wish) for wish in wishes]
        end_bookings(batch.ending, now)
        ids = insert_bookings(list(batch.fresh.values()), now)
    outcomes = [Taken(*ids[t.key], t.reference, True) if isinstance(t, NewBooking) else t for t in taken]
    _tell_nearest([(w, o) for w, o in zip(wishes, outcomes, strict=True) if isinstance(o, SlotFull)], now)
    return outcomes + freed


def _caught(settle: Callable[[Any], Any], asked: Any) -> Any:
    try:
        return settle(asked)
    except Refusal as refusal:
        return refusal


def _raised(outcome: Any) -> Any:
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


def _tell_nearest(refused: Sequence[tuple[Wish, SlotFull]], now: datetime) -> None:
    """Give each refusal the next free places; wishes alike are asked about once."""
    known: dict[tuple, list[Free]] = {}
    for wish, refusal in refused:
        alike = (wish.kind, wish.place, wish.amount, wish.areas, wish.model, tuple(wish.size.items()))
        if alike not in known:
            known[alike] = find_nearest(wish, now)
        refusal.nearest = known[alike]


def find_nearest(wish: Wish, now: datetime) -> list[Free]:
    """The free places next to the one that was wished for, the nearest first."""
    place = readable(wish.place)
    asked = {"areas": wish.areas, "model": wish.model, "size": wish.size, "now": now}
    asked["terms"] = wish.terms if wish.binding else Terms()
    if isinstance(place, NightsPlace):
        return find_free_nights(wish.kind, place.day, place.until, around=AROUND_DAYS, most=NEAREST, **asked)
    around = timedelta(days=AROUND_DAYS)
    found = find_free(wish.kind, amount=wish.amount, first=place.day - around, last=place.day + around, **asked)
    found = found or find_free(wish.kind, amount=wish.amount, **asked)
    return sorted(found, key=lambda free: abs(free.place.starts_at - place.starts_at))[:NEAREST]


__all__ = ["NEAREST", "Parting", "Taken", "Wish", "change", "find_nearest", "free", "move", "take"]
