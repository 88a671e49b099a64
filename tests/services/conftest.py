"""Places that the tests of several services share."""

import pytest

from oppidum.bookings.models import Resource, Site


@pytest.fixture
def cassis(people):
    """Cassis with two yearly berths (A1 to 6 m, A2 to 10 m) and two visitors' berths (V1 to 8 m, V2 to 12 m)."""
    harbour = Site.objects.create(code="cassis", name="Cassis")
    for code, kind, length in (("a1", "berth", 6), ("a2", "berth", 10), ("v1", "visitor-berth", 8), ("v2", "visitor-berth", 12)):
        Resource.objects.create(
            code=code,
            kind=kind,
            name=code.upper(),
            by="nights",
            site=harbour,
            limits={"length_m": length, "beam_m": 4, "draught_m": 2},
        )
    return harbour
