"""The week of a resource: its slots with what is taken and free, by whom, who waits; and the list of all resources."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from oppidum.bookings.models import HELD, Booking, Resource, Slot, Waiting
from oppidum.bookings.words import say_hours
from oppidum.cases.models import Case
from oppidum.core import clock
from oppidum.people.models import Officer
from oppidum.web.desk.entry import officers_only


@dataclass(frozen=True)
class SlotRow:
    """A slot of the week. `booked` holds (case code or "", amount, state label) of each booking."""

    slot: Slot
    hours: str
    free: Any
    booked: list[tuple[str, Any, str]]


@officers_only
@require_safe
def home(request):
    """The resources that the officer sees: those with slots by name, harbours with their berths."""
    visible = Resource.objects.visible_to(request.user).filter(is_active=True)
    by_slots = visible.filter(by=Resource.By.SLOTS).select_related("team", "site").order_by("kind", "name")
    sites = visible.filter(by=Resource.By.NIGHTS).exclude(site=None).values_list("site__code", "site__name").distinct()
    waiting = Waiting.objects.filter(state=Waiting.State.WAITING).count()
    return render(request, "bookings/home.html", {"resources": by_slots, "sites": sites.order_by("site__name"), "waiting": waiting})


@officers_only
@require_safe
def page(request, code: str):
    """A week of one resource; `day` is any day of it."""
    resource = get_object_or_404(Resource.objects.visible_to(request.user).select_related("team", "site"), code=code)
    monday = monday_of(request.GET.get("day", ""))
    sunday = monday + timedelta(days=6)
    rows = read_week(resource, monday, sunday, request.user)
    days = [{"day": day, "rows": list(found)} for day, found in groupby(rows, key=lambda row: row.slot.day)]
    context = {
        "resource": resource,
        "days": days,
        "monday": monday,
        "sunday": sunday,
        "before": (monday - timedelta(days=7)).isoformat(),
        "after": (monday + timedelta(days=7)).isoformat(),
        "today": clock.today(),
        "waiting": Waiting.objects.filter(kind=resource.kind, state=Waiting.State.WAITING).count(),
        "may_close": request.user.may("act"),
    }
    return render(request, "bookings/week.html", context)


def monday_of(text: str) -> date:
    """The Monday of the week of that ISO day; of this week for anything else."""
    try:
        day = date.fromisoformat(text)
        return day - timedelta(days=day.weekday())
    except (ValueError, OverflowError):
        return clock.today() - timedelta(days=clock.today().weekday())


def read_week(resource: Resource, first: date, last: date, officer: Officer) -> list[SlotRow]:
    """The slots from `first` to `last` with their bookings, in three queries. A case out of sight has no code."""
    slots = list(Slot.objects.filter(resource=resource, day__range=(first, last)).order_by("starts_at"))
    booked: dict[int, list[Booking]] = {}
    for one in Booking.objects.filter(slot__in=slots, state__in=HELD).order_by("pk"):
        booked.setdefault(one.slot_id, []).append(one)
    seen = codes_in_sight(officer, [one.reference for found in booked.values() for one in found])
    return [
        SlotRow(
            slot,
            say_hours(clock.local_time(slot.starts_at), clock.local_time(slot.ends_at)),
            slot.capacity - slot.taken,
            [
                (one.reference if one.reference in seen else "", one.amount, one.get_state_display())
                for one in booked.get(slot.pk, ())
            ],
        )
        for slot in slots
    ]


def codes_in_sight(officer: Officer, codes: list[str]) -> set[str]:
    """Those of the codes whose cases the officer may see."""
    return set(Case.objects.visible_to(officer).filter(code__in=codes).values_list("code", flat=True)) if codes else set()
