"""What a lived year needs of the installation's set-up: open times, berths enough for its visitors, members in office. Once a run.

An installation knows the slots of the coming weeks and today's mandates; a year that is lived has its own. `scale` multiplies who works
as it multiplies what arrives: of a small year a part of the slots of each thing at each site is there, in a large one each holds more.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from oppidum.bodies.models import Body, Member
from oppidum.bookings.calendars import make_slots
from oppidum.bookings.models import Booking as Booked
from oppidum.bookings.models import Resource, Slot
from oppidum.cases.declaration import Booking, Service
from oppidum.core.sql import server_cursor
from oppidum.rehearsal.replay.plan import Plan

# Berths are never all taken: so many more than the visitors of the busiest month need.
SPARE = 1.7
# How much longer than its median a stay is on average, by the factor of its spread (log-normal): exp(s^2 / 2).
MEAN_OF_MEDIAN = 1.15
_THIN = """
    delete from bookings_slot slot using (
        select slot.id, row_number() over (partition by resource.kind, resource.site_id, resource.model order by slot.day, resource.code, slot.starts_at) as n
        from bookings_slot slot join bookings_resource resource on resource.id = slot.resource_id
        where resource.kind = any(%(kinds)s) and slot.is_open
    ) as each where each.id = slot.id and ceil(each.n * %(scale)s::float8) = ceil((each.n - 1) * %(scale)s::float8)
"""


def prepare_ground(plan: Plan, services: Iterable[type[Service]]) -> None:
    """Do what isn't done yet in the run's database: a worker that goes on after a kill finds it done."""
    bookings = [(one, booking) for one in services for booking in one.bookings]
    if bookings and not Booked.objects.exists():
        for service, booking in bookings:
            if booking.nights:
                _add_units(service, booking, plan.scale)
        _open_slots(plan, sorted({booking.resource_kind for _service, booking in bookings if not booking.nights}))
    _seat_members(plan.first)


def _open_slots(plan: Plan, kinds: list[str]) -> None:
    """The slots of the year and of the weeks after it that can be booked in it; done once, for nothing is booked yet."""
    resources = list(Resource.objects.filter(kind__in=kinds, by=Resource.By.SLOTS, is_active=True))
    if not resources:
        return
    if plan.scale > 1:
        for one in resources:
            one.capacity = one.capacity * round(plan.scale * 1000) / 1000
        Resource.objects.bulk_update(resources, ["capacity"])
    Slot.objects.filter(resource__in=resources).update(is_open=True)
    make_slots(plan.first, plan.last + timedelta(days=120), resources)
    if plan.scale < 1:
        with server_cursor() as cursor:
            cursor.execute(_THIN, {"kinds": kinds, "scale": plan.scale})


def _add_units(service: type[Service], booking: Booking, scale: float) -> None:
    """Units of nights by the dozen, copies of those that there are, until the busiest month finds room."""
    profile, units = service.rehearsal, list(Resource.objects.filter(kind=booking.resource_kind, is_active=True).order_by("code"))
    if not units or not booking.period:
        return
    nights = profile.typical.get(booking.period, (3, 2))[0] * MEAN_OF_MEDIAN
    needed = profile.per_year * scale * max(profile.months) / sum(profile.months) * nights / 30 * SPARE
    made = []
    for copy in range(2, 2 + int(needed // len(units))):
        made += [_copied(one, copy) for one in units]
    Resource.objects.bulk_create(made, ignore_conflicts=True)


def _copied(one: Resource, copy: int) -> Resource:
    return Resource(
        code=f"{one.code}-{copy}",
        kind=one.kind,
        name=f"{one.name} {copy}",
        by=one.by,
        site_id=one.site_id,
        team_id=one.team_id,
        capacity=one.capacity,
        unit=one.unit,
        limits=one.limits,
        serves=one.serves,
        model=one.model,
    )


def _seat_members(day: date) -> None:
    """Where nobody was in office yet, those who are today sat already."""
    for body in Body.objects.all():
        if not body.members.in_office(day).exists():
            Member.objects.filter(body=body, since__gt=day).update(since=day - timedelta(days=1000))
