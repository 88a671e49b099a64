"""What the tests of bookings know by heart: two trucks of two sectors, and a harbour of three berths.

The clock stands on Monday 1 March 2027, nine in the morning. Truck A serves Aubane, truck B Bellefont: each from 8 to 12, Monday to
Friday, 5 m3. Berths of Port-Rivage: P1 to 6 m, P2 to 8 m, P3 to 12 m.
"""

import itertools
from datetime import date, datetime, time, timedelta

from oppidum.bookings.calendars import make_slots
from oppidum.bookings.models import Opening, Resource, Site
from oppidum.bookings.wishes import Wish
from oppidum.core.clock import PARIS

NOW = datetime(2027, 3, 1, 9, tzinfo=PARIS)
TODAY = date(2027, 3, 1)
_keys = itertools.count(1)


def load_trucks(capacity: float = 5, days: int = 30) -> list[Resource]:
    """Trucks A and B with their slots of the next `days` days."""
    trucks = []
    for code, commune in (("truck-a", "13901"), ("truck-b", "13902")):
        truck = Resource.objects.create(
            code=code, kind="truck", name=code.capitalize(), serves=[commune], capacity=capacity, unit="m3"
        )
        Opening.objects.bulk_create(Opening(resource=truck, weekday=d, starts=time(8), ends=time(12)) for d in range(1, 6))
        trucks.append(truck)
    make_slots(TODAY, TODAY + timedelta(days=days), trucks)
    return trucks


def load_harbour() -> Site:
    """Port-Rivage and its three berths."""
    harbour = Site.objects.create(code="port-rivage", name="Port-Rivage", commune_id="13903")
    for code, length in (("p1", 6), ("p2", 8), ("p3", 12)):
        Resource.objects.create(
            code=code, kind="berth", name=code.upper(), by="nights", site=harbour, limits={"length_m": length, "beam_m": length / 3}
        )
    return harbour


def wish(place: str, key: str = "", **asked) -> Wish:
    """A wish for a place of the trucks, or of the harbour when it names nights."""
    kind = asked.pop("kind", "truck" if "T" in place else "berth")
    return Wish(key=key or f"wish-{next(_keys)}", place=place, kind=kind, **asked)


def slot(code: str, day: int, month: int = 3) -> str:
    """The morning of a truck on a day of 2027."""
    return f"{code}@2027-{month:02}-{day:02}T08:00/12:00"
