"""Appointments of a resident, in words and as a calendar file (iCalendar, RFC 5545)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from oppidum.bookings.models import Booking as Booked
from oppidum.bookings.models import State
from oppidum.bookings.places import NightsPlace, slot_place
from oppidum.bookings.words import say_place
from oppidum.cases.models import Case
from oppidum.core import clock


@dataclass(frozen=True)
class Appointment:
    """A booked time. `starts` and `ends` are instants, or days where nights are booked (`ends` is the day of leaving)."""

    number: int
    title: Any
    when: str
    where: str
    starts: datetime | date
    ends: datetime | date
    address: str
    is_over: bool


def list_appointments(cases: list[Case], title_of: Callable[[Case], Any], address_of: Callable[[Case], str]) -> list[Appointment]:
    """What these cases have booked: what is to come first, then what is over, the latest of it first."""
    by_code = {case.code: case for case in cases}
    booked = Booked.objects.filter(reference__in=list(by_code), state=State.TAKEN).select_related("resource__site", "slot")
    found = [_appointment(one, by_code[one.reference], title_of, address_of) for one in booked.order_by("day")]
    return [one for one in found if not one.is_over] + [one for one in reversed(found) if one.is_over]


def _appointment(booked: Booked, case: Case, title_of, address_of) -> Appointment:
    site = booked.resource.site
    where = ", ".join(filter(None, (booked.resource.name, site.name if site else "")))
    if booked.slot:
        place = slot_place(booked.resource.code, booked.slot.starts_at, booked.slot.ends_at)
        starts, ends = booked.slot.starts_at.astimezone(clock.PARIS), booked.slot.ends_at.astimezone(clock.PARIS)
        is_over = ends < clock.now()
    else:
        place = NightsPlace(booked.resource.code, booked.nights.lower, booked.nights.upper)
        starts, ends = booked.nights.lower, booked.nights.upper
        is_over = ends < clock.today()
    return Appointment(booked.pk, title_of(case), say_place(place), where, starts, ends, address_of(case), is_over)


def as_icalendar(appointments: list[Appointment]) -> bytes:
    """One event an appointment; the same appointment keeps its UID, so that a second import changes it rather than doubling it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Oppidum//Portal//FR")
    calendar.add("version", "2.0")
    host = urlsplit(settings.PUBLIC_URL).hostname
    for one in appointments:
        event = Event()
        event.add("uid", f"booking-{one.number}@{host}")
        event.add("dtstamp", clock.now())
        event.add("summary", str(one.title))
        event.add("dtstart", one.starts)
        event.add("dtend", one.ends)
        if one.where:
            event.add("location", one.where)
        event.add("url", one.address)
        calendar.add_component(event)
    return calendar.to_ical()
