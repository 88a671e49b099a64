"""Choosing a free place in a form: what is free, grouped by day, in words. Radio buttons, so that it works without a line of script.

slots = offer_slots(service, page.questions, known, typed)
drawn = draw_questions(page.questions, typed, faults, known=known, slots=slots)
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from oppidum.bookings.places import Free, NightsPlace
from oppidum.bookings.words import say_hours, say_place
from oppidum.cases.booking_terms import find_booking, find_places
from oppidum.cases.declaration import Booking, Service, Slot
from oppidum.cases.declaration.fields import Fields
from oppidum.core.errors import Refusal
from oppidum.web.words import say_day, say_number

# So many days stand open; those after them are one tap away.
DAYS_OPEN = 8


@dataclass(frozen=True)
class Time:
    """One place that can be chosen."""

    value: str
    label: str
    hint: str
    id: str
    is_chosen: bool


@dataclass(frozen=True)
class DayOfTimes:
    """A day and its free times."""

    label: str
    times: list[Time]


@dataclass
class SlotOffer:
    """What one question offers. `says`: the sentence where nothing can be offered."""

    days: list[DayOfTimes] = field(default_factory=list)
    later: list[DayOfTimes] = field(default_factory=list)
    says: str = ""


def offer_slots(
    service: type[Service],
    fields: Fields,
    known: Mapping[str, Any],
    typed: Mapping[str, Any] | None = None,
    *,
    binding: bool = True,
    scope: str = "",
) -> dict[str, SlotOffer]:
    """For each question that chooses a place: what is free for these answers. `binding`: within the terms that hold for residents."""
    return {
        name: _offer(
            service, find_booking(service, question.booking), known, str((typed or {}).get(name) or ""), f"{scope}{name}", binding
        )
        for name, question in fields.items()
        if isinstance(question, Slot)
    }


def _offer(service: type[Service], booking: Booking, known: Mapping[str, Any], chosen: str, path: str, binding: bool) -> SlotOffer:
    try:
        free = find_places(service, booking, known, binding=binding)
    except Refusal as refusal:
        return SlotOffer(says=str(refusal))
    if not free:
        return SlotOffer(says=_("Nothing is free at the moment. Places that others give back appear here: look again tomorrow."))
    # Two trucks at the same hours are one offer: the one with more room.
    unique = list({_when(one): one for one in reversed(free)}.values())[::-1]
    ids = {str(one): f"id_{path}" + (f"-{n}" if n else "") for n, one in enumerate(unique)}
    days = [
        DayOfTimes(say_day(day).capitalize(), [_time(one, ids[str(one)], chosen) for one in found])
        for day, found in groupby(unique, key=lambda one: one.place.day)
    ]
    return SlotOffer(days[:DAYS_OPEN], days[DAYS_OPEN:])


def _when(free: Free) -> tuple:
    place = free.place
    return (place.day, place.resource) if isinstance(place, NightsPlace) else (place.day, place.starts, place.ends)


def _time(free: Free, id: str, chosen: str) -> Time:
    place = free.place
    if isinstance(place, NightsPlace):
        label = f"{free.name} ({free.site})" if free.site else free.name
        return Time(str(free), label, say_place(place), id, str(free) == chosen)
    room = ""
    if free.unit:
        room = _("room for %(left)s %(unit)s") % {"left": say_number(free.left.normalize()), "unit": free.unit.replace("m3", "m³")}
    return Time(str(free), say_hours(place.starts, place.ends).capitalize(), room, id, str(free) == chosen)
