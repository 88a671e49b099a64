"""Training sessions: those that come, with their free seats, and the places that the commune's officers have."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oppidum.bookings.models import Booking as Booked
from oppidum.bookings.models import Slot
from oppidum.bookings.places import SlotPlace, slot_place
from oppidum.bookings.words import say_hours
from oppidum.cases.booking.terms import find_booking
from oppidum.cases.declaration import get_service
from oppidum.cases.models import Case
from oppidum.communes.marks import RELATIONS
from oppidum.core import clock
from oppidum.people.models import Officer, Right
from oppidum.territory.models import Commune
from oppidum.web.communes.entry import of_commune, show
from oppidum.web.communes.requests import of_kind, start_form
from oppidum.web.words import say_day

WEEKS = 8
MOST_PLACES = 60


@dataclass(frozen=True)
class Session:
    """A session that can be booked."""

    value: str
    name: str
    when: str
    free: int


@dataclass(frozen=True)
class Place:
    """A place that the commune has, had or gave back."""

    code: str
    who: str
    post: str
    session: str
    when: str
    step: str
    step_label: str
    is_open: bool
    filed_at: datetime


@of_commune()
@require_safe
def page(request: HttpRequest, commune: Commune):
    """What comes, what is booked, who was trained."""
    places = places_of(request.user, commune)
    return show(
        request,
        commune,
        "training",
        {
            "sessions": coming_sessions(),
            "booked": [one for one in places if one.is_open],
            "past": [one for one in places if not one.is_open],
            "trained": sum(one.step == "trained" for one in places),
            "may_ask": request.user.may(Right.ASK),
        },
    )


@of_commune(Right.ASK)
@require_POST
def book(request: HttpRequest, commune: Commune):
    """The form with the session chosen; that it is free is checked when it is sent."""
    chosen = request.POST.get("session", "")[:120]
    if chosen not in {one.value for one in coming_sessions()}:
        return redirect("communes:training", commune.pk)
    return start_form(request, commune, {"wants": "training", "session": chosen})


def coming_sessions() -> list[Session]:
    """The sessions of the next weeks that have seats left, in their order."""
    today, booking = clock.today(), find_booking(RELATIONS.service, "training")
    days = today + timedelta(days=1 + booking.lead.days), today + timedelta(weeks=WEEKS)
    found = Slot.objects.filter(resource__kind=booking.resource_kind, resource__is_active=True, is_open=True, day__range=days)
    found = found.filter(taken__lt=F("capacity")).select_related("resource").order_by("starts_at", "resource__name")
    return [Session(str(place := _place(one)), one.resource.name, _when(place), int(one.capacity - one.taken)) for one in found]


def _place(slot: Slot) -> SlotPlace:
    return slot_place(slot.resource.code, slot.starts_at, slot.ends_at)


def _when(place: SlotPlace) -> str:
    return _("%(day)s, %(hours)s") % {"day": say_day(place.day), "hours": say_hours(place.starts, place.ends)}


def places_of(officer: Officer, commune: Commune) -> list[Place]:
    """The places of the commune's officers, newest first."""
    cases = of_kind(officer, commune, "training")[:MOST_PLACES]
    booked = Booked.objects.filter(reference__in=[case.code for case in cases], slot__isnull=False).select_related(
        "resource", "slot"
    )
    return list(_told(cases, {one.reference: one for one in booked.order_by("pk")}))


def _told(cases: Iterable[Case], booked: dict[str, Booked]) -> Iterator[Place]:
    for case in cases:
        service, held = get_service(case.service, case.live.definition), booked.get(case.code)
        yield Place(
            case.code,
            str(case.answers.get("trainee") or ""),
            service.form["post"].show(case.answers["post"]) if case.answers.get("post") else "",
            held.resource.name if held else "",
            _when(slot_place(held.resource.code, held.slot.starts_at, held.slot.ends_at)) if held else "",
            case.live.step,
            str(service.flow.steps[case.live.step].label),
            case.live.is_open,
            case.filed_at,
        )
