"""What the bodies let figures count: their acts, by the day on which they were decided."""

from django.utils.translation import gettext_lazy as _

from oppidum.bodies.models import Series
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
    return Condition("a.series = %(series)s::text", {"series": name}, lambda: str(Series(name).label))
