"""The same year of the town as the figures' pages, and what its directorates declared."""

from decimal import Decimal

import pytest

from oppidum.core import clock
from oppidum.figures.models import Entry, KeyFigure, Target
from tests.web_figures.conftest import a_year, load_year, now  # noqa: F401 -- fixtures


@pytest.fixture
def charging(people):
    """Charging points: 900 in 2025 and 1,200 in 2026, validated; 2,000 are wanted by 2030."""
    points, aim = (
        KeyFigure.objects.create(
            name=name, directorate="mobility", theme="charging", label_fr=fr, label_en=en, unit="points-de-charge", kind=kind
        )
        for name, fr, en, kind in (
            ("charging-points", "Points de charge", "Charging points", "stock"),
            ("charging-points-target", "Points de charge à poser", "Charging points to install", "target"),
        )
    )
    for figure, year, value in ((points, 2025, 900), (points, 2026, 1200), (aim, 2026, 2000)):
        declare(figure, year, value, people)
    return Target.objects.create(aim=aim, reached=points, year=2030)


def declare(figure, year, value, people, state="validated"):
    return Entry.objects.create(
        figure=figure,
        year=year,
        value=Decimal(value),
        period=f"as-of-{year}-12-31",
        state=state,
        entered_by=people.ana,
        entered_at=clock.now(),
        validated_by=people.cleo if state == "validated" else None,
        validated_at=clock.now() if state == "validated" else None,
        is_current=True,
    )
