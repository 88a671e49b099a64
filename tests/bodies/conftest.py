"""A council of seven known by heart: Alma presides; Bruno, Chloé, Driss, Elsa, Farid and Gilda sit with her. Four make a quorum."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from oppidum.bodies.agenda import add_item
from oppidum.bodies.attending import There, open_sitting, record_attendance
from oppidum.bodies.convening import convene, plan_sitting
from oppidum.bodies.models import Body, Councillor, Member, Secretariat
from oppidum.core.clock import PARIS

NAMES = ("alma", "bruno", "chloe", "driss", "elsa", "farid", "gilda")
LEFT, RIGHT = "Gauche de Castelmer", "Droite de Castelmer"
# Thursday 20 May 2027, at six in the evening; the letters leave on Friday 14 at the latest.
SITTING_AT = datetime(2027, 5, 20, 18, tzinfo=PARIS)


@pytest.fixture
def council(town):
    """The council with its members by name, `council.alma`..., and its president by delegation, `council.authority`."""
    Secretariat.objects.create(siret="20009999900011", prefecture="PREF013")
    body = Body.objects.create(
        code="council", name="Conseil", kind="council", seats=7, series="deliberation", place="Hôtel de ville", is_public=True
    )
    found = SimpleNamespace(body=body)
    for rank, name in enumerate(NAMES):
        councillor = Councillor.objects.create(
            code=name,
            first_name=name.capitalize(),
            last_name="Castelmer",
            group=LEFT if rank < 4 else RIGHT,
            email=f"{name}@castelmer.example",
            born_on=date(1960 + rank, 1, 1),
        )
        words = {"role": "president", "quality": "Présidente"} if rank == 0 else {}
        member = Member.objects.create(body=body, councillor=councillor, rank=rank, since=date(2026, 4, 1), **words)
        setattr(found, name, member)
    found.authority = Body.objects.create(code="president", name="Présidente", kind="authority", series="decision")
    Member.objects.create(
        body=found.authority, councillor=found.alma.councillor, role="president", quality="Présidente", since=date(2026, 4, 1)
    )
    return found


@pytest.fixture
def convened(council, moved):
    """Make a sitting of the council on 20 May 2027 with these titles on its agenda, convened in time."""

    def make(*titles, **words):
        with moved(2027, 5, 3, 9):
            sitting = plan_sitting(council.body, SITTING_AT)
            for title in titles:
                add_item(sitting, title, note=f"Note sur {title}", decision="Article unique.", **words)
            convene(sitting)
        return sitting

    return make


@pytest.fixture
def sitting_with(council, convened, moved):
    """The same, open with these members present and these proxies (giver=holder)."""

    def make(*titles, present=NAMES, proxies=None, **words):
        sitting = convened(*titles, **words)
        with moved(2027, 5, 20, 18):
            here = [There(getattr(council, name).pk, "present") for name in present]
            here += [
                There(getattr(council, giver).pk, "represented", getattr(council, holder).pk)
                for giver, holder in (proxies or {}).items()
            ]
            record_attendance(sitting, here)
            open_sitting(sitting, council.alma, council.bruno)
        return sitting

    return make
