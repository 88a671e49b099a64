"""The rehearsed assembly stands on the real engine: votes, numbers, grants, a signature book."""

from datetime import date

import pytest

from oppidum.bodies.loading import load_bodies
from oppidum.bodies.models import Act, Sitting
from oppidum.cases.models import Live
from oppidum.people.models import Officer, Role
from oppidum.rehearsal.grants import REQUESTS
from oppidum.rehearsal.sittings import rehearse_sittings


@pytest.fixture
def told(people, moved):
    role = Role.objects.create(code="assembly-office", name="Assemblées", reach="all", rights=["act", "assign", "sittings"])
    officer = Officer.objects.create_user("sasha", role=role)
    load_bodies()
    with moved(2027, 3, 10, 9):
        return rehearse_sittings(officer, date(2027, 3, 10))


def test_the_rehearsed_assembly_has_held_its_sittings_and_numbered_its_acts(told):
    assert dict(Sitting.objects.values_list("body__code", "state").order_by("at")) == {
        "grants-committee": "concluded",
        "bureau": "concluded",
        "council": "prepared",
    }
    numbers = list(Act.objects.filter(series="deliberation").order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) + 6 == told.acts


def test_every_rehearsed_grant_came_to_its_vote(told):
    steps = list(Live.objects.filter(service="association-grant").values_list("step", flat=True))
    assert len(steps) == len(REQUESTS) and set(steps) <= {"voted", "refusing"}
