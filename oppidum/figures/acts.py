"""What the bodies let figures count: their acts, by the day on which they were decided, and their sittings."""

from django.utils.translation import gettext_lazy as _

from oppidum.bodies.models import Body, Series
from oppidum.figures.declaration import Condition, Source

ACTS = Source(
    "acts",
    _("numbered acts"),
    rows="bodies_act a join bodies_body b on b.id = a.body_id",
    at="(a.decided_on::timestamp at time zone 'Europe/Paris')",
    key="a.id",
    splits={"body": "b.name"},
    record={"at": "(a.decided_on::timestamp at time zone 'Europe/Paris')", "act": "a.code", "body": "b.name"},
    dated=_("the day on which it was decided"),
    case="a.case_id",
    # An individual act concerns one person: everybody learns its month alone.
    withheld="a.is_individual",
    unnamed=True,
)


def series(name: str) -> Condition:
    """The acts of a series."""
    return Condition("a.series = %(series)s::text", {"series": name}, lambda: str(Series(name).label), ("series", name))


SITTINGS = Source(
    "sittings",
    _("sittings of bodies"),
    rows="bodies_sitting i join bodies_body b on b.id = i.body_id",
    at="i.at",
    key="i.id",
    splits={"body": "b.name"},
    record={"at": "i.at", "sitting": "i.code", "body": "b.name"},
    dated=_("the day of the sitting"),
    unnamed=True,
)


def sat(kind: str) -> Condition:
    """Sittings that were held, of bodies of a kind."""
    return Condition(
        "b.kind = %(kind)s::text and i.state = any(%(held)s::text[])",
        {"kind": kind, "held": ["open", "closed", "concluded"]},
        lambda: str(Body.Kind(kind).label),
        ("sat", kind),
    )
