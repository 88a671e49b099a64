"""What the bookings hold on persons: no name, but the keyed hash of who booked, and which case (see `cases/persons/rooms.py`).

That a place was taken, when, and what became of it stays: figures count it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from oppidum.bookings.models import Booking, Waiting
from oppidum.bookings.requesters import requester_key
from oppidum.cases.models import Case
from oppidum.cases.persons.rooms import Sought, Trace, personal_data


def register() -> None:
    personal_data("bookings", find=find, remove=remove, export=export)


def find(sought: Sought) -> Iterable[Trace]:
    """Bookings and places in line made from that e-mail or telephone; the hash of an address can't be looked for by a name."""
    for by, values in (("email", sought.emails), ("phone", sought.phones)):
        keys = [requester_key(value) for value in values]
        codes = {
            code
            for model in (Booking, Waiting)
            for code in model.objects.filter(requester__in=keys).values_list("reference", flat=True)
        }
        for case_id, code in Case.objects.filter(code__in=codes).values_list("pk", "code") if codes else ():
            yield Trace("bookings", case_id, by, role="booker", key=code)


def export(case_ids: Sequence[int]) -> Mapping[int, list[dict[str, Any]]]:
    """Each booking and each place in line of those cases."""
    codes = dict(Case.objects.filter(pk__in=list(case_ids)).values_list("code", "pk"))
    held: dict[int, list[dict[str, Any]]] = {}
    for one in Booking.objects.filter(reference__in=codes).select_related("resource").order_by("pk"):
        record = {"kind": "booking", "place": one.resource.name, "day": one.day.isoformat(), "state": one.state}
        held.setdefault(codes[one.reference], []).append(record)
    for one in Waiting.objects.filter(reference__in=codes).order_by("pk"):
        record = {"kind": "waiting", "list": one.kind, "since": one.since.isoformat(), "points": str(one.points), "how": one.how}
        held.setdefault(codes[one.reference], []).append(record)
    return held


def remove(case_ids: Sequence[int], entirely: bool) -> None:
    """The hash goes from bookings and lists, and with it what ties them to a household; what is counted stays."""
    codes = list(Case.objects.filter(pk__in=list(case_ids)).values_list("code", flat=True))
    Booking.objects.filter(reference__in=codes).update(requester="", size={})
    Waiting.objects.filter(reference__in=codes).update(requester="", size={})
