"""What the bookings let figures count: places taken (slots, nights), by the day on which they were taken."""

from django.utils.translation import gettext_lazy as _

from oppidum.bookings.models import State
from oppidum.figures.declaration import Condition, Expression, Source
from oppidum.figures.sources import CASE_WITHHELD

BOOKINGS = Source(
    "bookings",
    _("places booked"),
    rows="""bookings_booking b join bookings_resource r on r.id = b.resource_id left join bookings_site s on s.id = r.site_id
        left join cases_case c on c.code = b.reference""",
    at="b.taken_at",
    key="b.id",
    splits={"kind": "b.kind", "outcome": "b.state", "commune": "coalesce(s.commune_id, c.commune_id)", "service": "c.service"},
    record={
        "code": "c.code",
        "at": "b.taken_at",
        "kind": "b.kind",
        "outcome": "b.state",
        "commune": "coalesce(s.commune_id, c.commune_id)",
    },
    dated=_("the day on which the place was taken"),
    case="c.id",
    # A booking without a case of ours was made at a desk: nobody learns more than its month.
    withheld=f"c.id is null or ({CASE_WITHHELD})",
    unnamed=True,
)


def booked(*kinds: str, states: tuple[str, ...] = (State.TAKEN, State.DONE, State.MISSED)) -> Condition:
    """Bookings of those kinds of places (all if none is named) that were kept, or in the states named."""
    of_kind = "b.kind = any(%(kinds)s::text[]) and " if kinds else ""
    given = {"states": [str(state) for state in states]} | ({"kinds": list(kinds)} if kinds else {})
    return Condition(
        f"{of_kind}b.state = any(%(states)s::text[])",
        given,
        lambda: ", ".join(str(State(one).label) for one in states),
        ("booked", kinds, tuple(given["states"])),
    )


# What there is to be had: hours with so much room, on the day on which they begin. Who has it is another matter.
SLOTS = Source(
    "places on offer",
    _("places on offer"),
    rows="bookings_slot o join bookings_resource r on r.id = o.resource_id left join bookings_site s on s.id = r.site_id",
    at="o.starts_at",
    key="o.id",
    splits={"commune": "s.commune_id"},
    record={"at": "o.starts_at", "kind": "r.kind", "commune": "s.commune_id"},
    dated=_("the day on which it begins"),
    unnamed=True,
)
CAPACITY, TAKEN = Expression("o.capacity", "room"), Expression("o.taken", "room taken")


def offered(kind: str) -> Condition:
    """Open hours of the resources of a kind."""
    return Condition("r.kind = %(kind)s::text and o.is_open", {"kind": kind}, lambda: kind, ("offered", kind))
