"""Choosing a free place in a form: what is free, grouped by day, in words. Radio buttons, so that it works without a line of script.

slots = offer_slots(service, page.questions, known, typed)
drawn = draw_questions(page.questions, typed, faults, known=known, slots=slots)
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from oppidum.bookings.models import Booking as Booked
from oppidum.bookings.models import State
from oppidum.bookings.places import Free, NightsPlace, slot_place
from oppidum.bookings.waiting import find_rank
from oppidum.bookings.words import say_hours, say_place
from oppidum.cases.booking.terms import find_booking, find_places
from oppidum.cases.declaration import Booking, Service, Slot
from oppidum.cases.declaration.fields import Fields
from oppidum.cases.models import Case
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
    """What one question offers. `says`: the sentence where nothing can be offered, or not what was asked for."""

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


@dataclass(frozen=True)
class HeldPlace:
    """A place that a case holds or waits for, in words. `rank` and `how` are those of a waiting list (CRPA, art. L311-3-1)."""

    label: str
    when: str = ""
    name: str = ""
    is_offer: bool = False
    rank: int = 0
    of: int = 0
    points: str = ""
    how: list[tuple[str, str]] = field(default_factory=list)


def places_held(case: Case, service: type[Service]) -> list[HeldPlace]:
    """What the case has booked, and where it stands in the lists in which it waits; two queries, none for a service without bookings."""
    if not service.bookings:
        return []
    labels = {booking.resource_kind: str(booking.label) for booking in service.bookings}
    booked = Booked.objects.filter(reference=case.code, state__in=(State.TAKEN, State.OFFERED)).select_related(
        "resource__site", "slot"
    )
    held = [_held(labels.get(one.kind, one.kind), one) for one in booked.order_by("day")]
    for booking in service.bookings:
        if booking.waiting and (rank := find_rank(booking.resource_kind, case.code)):
            how = [(gettext(label), points) for label, points in rank.how]
            points = say_number(rank.points.normalize())
            held.append(HeldPlace(str(booking.label), rank=rank.rank, of=rank.of, points=points, how=how))
    return held


def _held(label: str, booked: Booked) -> HeldPlace:
    site = booked.resource.site
    name = f"{booked.resource.name}, {site.name}" if site else booked.resource.name
    if booked.slot:
        place = slot_place(booked.resource.code, booked.slot.starts_at, booked.slot.ends_at)
        return HeldPlace(label, say_place(place), name if site else "", booked.state == State.OFFERED)
    place = NightsPlace(booked.resource.code, booked.nights.lower, booked.nights.upper)
    return HeldPlace(label, say_place(place), name, booked.state == State.OFFERED)


def _offer(service: type[Service], booking: Booking, known: Mapping[str, Any], chosen: str, path: str, binding: bool) -> SlotOffer:
    try:
        free = find_places(service, booking, known, binding=binding)
    except Refusal as refusal:
        return SlotOffer(says=str(refusal))
    if not free:
        return SlotOffer(says=_("Nothing is free at the moment. Places that others give back appear here: look again tomorrow."))
    free, says = _on_the_days_asked(booking, free, known)
    # Two trucks at the same hours are one offer: the one with more room; two places where one goes are two.
    unique = list({_when(one): one for one in reversed(free)}.values())[::-1]
    ids = {str(one): f"id_{path}" + (f"-{n}" if n else "") for n, one in enumerate(unique)}
    days = [
        DayOfTimes(say_day(day).capitalize(), [_time(one, ids[str(one)], chosen) for one in found])
        for day, found in groupby(unique, key=lambda one: one.place.day)
    ]
    return SlotOffer(days[:DAYS_OPEN], days[DAYS_OPEN:], says)


def _on_the_days_asked(booking: Booking, free: list[Free], known: Mapping[str, Any]) -> tuple[list[Free], str]:
    """Nights: those of the days that were asked for alone; where none of them is free, the nearest, and the sentence that says so."""
    stay = known.get(booking.period) if booking.nights and booking.period else None
    if not stay:
        return free, ""
    if exact := [one for one in free if one.place.day.isoformat() == stay["from"]]:
        return exact, ""
    return free, _("Nothing is free on the days that you ask for. Here are the nearest ones.")


def _when(free: Free) -> tuple:
    place = free.place
    return (place.day, place.resource) if isinstance(place, NightsPlace) else (place.day, place.starts, place.ends, free.site)


def _time(free: Free, id: str, chosen: str) -> Time:
    place = free.place
    if isinstance(place, NightsPlace):
        label = f"{free.name} ({free.site})" if free.site else free.name
        return Time(str(free), label, say_place(place), id, str(free) == chosen)
    room = ""
    if free.unit:
        room = _("room for %(left)s %(unit)s") % {"left": say_number(free.left.normalize()), "unit": free.unit.replace("m3", "m³")}
    hours = say_hours(place.starts, place.ends).capitalize()
    return Time(str(free), f"{hours}, {free.site}" if free.site else hours, room, id, str(free) == chosen)
