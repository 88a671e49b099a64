"""A harbour as its office sees it: every berth with who holds it and until when, the map, and who waits."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from oppidum.bookings.models import Booking, Resource, Site, State
from oppidum.bookings.waiting import list_ranks
from oppidum.core import clock
from oppidum.web.bookings.weeks import codes_in_sight
from oppidum.web.desk.entry import officers_only

# Bookings this far ahead stand beside the present one.
AHEAD_DAYS = 60


@dataclass(frozen=True)
class Berth:
    """A berth, who lies there now (`code` "" when out of sight), until when, and who comes next."""

    resource: Resource
    code: str
    is_held: bool
    is_offered: bool
    until: date | None
    next_day: date | None

    @property
    def size(self) -> str:
        limits = self.resource.limits
        return " × ".join(f"{limits[name]:g}" for name in ("length_m", "beam_m", "draught_m") if name in limits)


@officers_only
@require_safe
def page(request, code: str):
    """The basin on a day (today by default)."""
    site = get_object_or_404(Site, code=code)
    visible = Resource.objects.visible_to(request.user).filter(site=site, by=Resource.By.NIGHTS, is_active=True)
    if not visible.exists():
        return render(request, "bookings/basin.html", {"site": site, "berths": []})
    day = _day(request.GET.get("day", ""))
    berths = read_basin(list(visible), day, request.user)
    free = sum(not berth.is_held for berth in berths)
    kinds = sorted({berth.resource.kind for berth in berths})
    ranks = [rank for kind in kinds for rank in list_ranks(kind, site.code)]
    seen = codes_in_sight(request.user, [rank.reference for rank in ranks])
    context = {
        "site": site,
        "day": day,
        "berths": berths,
        "stats": free,
        "held": len(berths) - free,
        "ranks": [(rank, rank.reference if rank.reference in seen else "") for rank in ranks],
        "before": (day - timedelta(days=7)).isoformat(),
        "after": (day + timedelta(days=7)).isoformat(),
    }
    return render(request, "bookings/basin.html", context)


def read_basin(resources: list[Resource], day: date, officer) -> list[Berth]:
    """Every berth on that day; one query for the bookings, one for the cases in sight."""
    found: dict[int, list[Booking]] = {}
    booked = Booking.objects.filter(
        resource__in=resources,
        state__in=(State.TAKEN, State.OFFERED),
        nights__overlap=(day, day + timedelta(days=AHEAD_DAYS)),
    )
    for one in booked.order_by("day"):
        found.setdefault(one.resource_id, []).append(one)
    seen = codes_in_sight(officer, [one.reference for each in found.values() for one in each])
    berths = []
    for resource in sorted(resources, key=lambda r: (r.kind, len(r.code), r.code)):
        mine = found.get(resource.pk, [])
        present = next((one for one in mine if one.nights.lower <= day), None)
        coming = next((one.nights.lower for one in mine if one.nights.lower > day), None)
        berths.append(
            Berth(
                resource,
                present.reference if present and present.reference in seen else "",
                present is not None,
                present is not None and present.state == State.OFFERED,
                present.nights.upper if present else None,
                coming,
            )
        )
    return berths


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return clock.today()
