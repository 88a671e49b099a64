"""When something is done about a case: after the mean that its profile tells, before a legal time is over, or when its place comes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from oppidum.bookings.places import NightsPlace, read_place
from oppidum.cases.declaration import get_service
from oppidum.cases.rules.standing import Standing
from oppidum.core.calendar import next_working_day
from oppidum.rehearsal.replay.requests.ways import Way

USUAL_DAYS = 6.0
# Officers are warned before a legal time is over, and act some days before it is.
WARNED = (2, 5)


@dataclass(slots=True)
class File:
    """An open case as the lane knows it. `owes`: a bill was made of it, and may still move it. `token` names the turn that counts, when an older one still stands in the calendar. `call`: the case whose call it answers."""

    service: str
    number: int
    code: str
    case: Standing
    last_at: datetime
    way: str = ""
    token: int = 0
    turns: int = 0
    tries: int = 0
    place: str | None = None
    owes: bool = False
    known: dict[str, Any] = field(default_factory=dict)
    call: int | None = None


def day_of(one: File, way: Way, day: date, rng: Random) -> date:
    """The day on which the way will be taken, for a case that came into its step on `day`."""
    profile = get_service(one.service).rehearsal
    is_early = f"{one.case.step}.{way.action.name}" in profile.early
    on = _day_of_place(one, way, day, rng) if one.place and not is_early else None
    if on is not None:
        return on
    mean = profile.days.get(one.case.step, USUAL_DAYS)
    on = day + timedelta(days=max(1, round(rng.gammavariate(2, max(0.5, mean) / 2))))
    if not way.by_officer:
        return on
    if one.case.due_on is not None and on >= one.case.due_on:
        on = max(day + timedelta(days=1), one.case.due_on - timedelta(days=rng.randint(*WARNED)))
    return next_working_day(on)


def _day_of_place(one: File, way: Way, day: date, rng: Random) -> date | None:
    """What is done about a place is done when it comes or, of nights, when they are over; it is given back or changed before."""
    service, action, place = get_service(one.service, one.case.definition), way.action, read_place(one.place)
    done = {name for booking in service.bookings for name in (*booking.done, *booking.missed)}
    touches = bool(action.books or action.frees) and action.name not in done
    if place.day > day:
        room = (place.day - day).days - 2
        return day + timedelta(days=int(rng.random() * room) + 1) if touches and not way.by_officer and room > 0 else place.day
    if isinstance(place, NightsPlace) and place.until > day and (touches or action.name in done):
        return place.until
    return None


def in_time(one: File, way: Way, offered: Iterable[Way], day: date) -> Way:
    """The way, unless it is too late to give a place back or change it: then the likeliest other one."""
    action, near = way.action, one.place is not None and 0 <= (read_place(one.place).day - day).days <= 2
    if not near or way.by_officer or not (action.books or action.frees):
        return way
    others = [each for each in offered if each.by_officer or not (each.action.books or each.action.frees)]
    return max(others, key=lambda each: each.weight, default=way)
