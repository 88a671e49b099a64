"""A year of the town, 2027, seen from its 1 July, after a whole 2026 of one report a month."""

import random
from types import SimpleNamespace

import pytest

from oppidum.cases.acting import act_on
from oppidum.cases.filing import file_case, file_cases, prepare_case
from oppidum.cases.models import Call
from oppidum.cases.rules.standing import RESIDENT, Actor, Command, Contact
from oppidum.core import clock
from oppidum.services.living_environment.report import Report
from tests.figures.test_figures import new
from tests.territory.town import IN_AUBANE

ANA = Actor("officer", 1, "Ana", frozenset({"act", "assign", "note"}))
ZOE = Contact("Zoé Mercadier", "zoe@example.org", "+33612345678", "fr")
# What no visitor may find anywhere in the figures.
PERSONAL = ("Mercadier", "zoe@example.org", "612345678", "6 12 34 56 78", "chien", "Escampe", "Voisin")


@pytest.fixture
def a_year(people, moved):
    """2027 of the town, after 2026."""
    return load_year(people, moved, 2027)


def load_year(people, moved, year: int) -> SimpleNamespace:
    """Zoé's pothole (solved, objected to), her neighbour's noise (not public), fifty reports and six calls at random.

    | in that year | counted |
    | --- | --- |
    | reports filed | 52 |
    | reports solved | 1 |
    | calls | 6, of which 2 led to a report |
    """
    rng = random.Random(7)
    for month in range(1, 13):
        with moved(year - 1, month, 10, 9):
            file_cases([new()])
    with moved(year, 1, 4, 9):
        common = {"lon": IN_AUBANE[0], "lat": IN_AUBANE[1], "commune": "13901", "contact": ZOE}
        hole = file_case(
            prepare_case(
                Report,
                {"category": "roads.pothole", "words": "Le chien est tombé", "where": "road"},
                channel="portal",
                address="4 chemin Escampe",
                **common,
            )
        )
        noise = file_case(
            prepare_case(
                Report, {"category": "noise.neighbours", "words": "Le Voisin crie", "what": "music"}, channel="phone", **common
            )
        )
        act_on(hole.case_id, Command("finish", ANA, {"what_was_done": "Comblé, Mme Mercadier remerciée"}))
        act_on(hole.case_id, Command("object", RESIDENT, {"message": "Mon chien boite"}))
    for n in range(50):
        with moved(year, rng.randint(1, 6), rng.randint(1, 28), rng.randint(0, 23)):
            commune, category = rng.choice(["13901", "13902", "13903"]), rng.choice(["roads.pothole", "cleanliness.litter_bin"])
            file_cases([new(commune, category, rng.choice(["portal", "phone"]))])
            if n < 6:
                Call.objects.create(
                    received_at=clock.now(),
                    officer=people.cleo,
                    outcome=["report", "nothing", "information"][n % 3],
                    case_id=hole.case_id if n % 3 == 0 else None,
                    commune_id="13901",
                    phone=ZOE.phone,
                    note="Mme Mercadier",
                )
    return SimpleNamespace(hole=hole, noise=noise, people=people)


@pytest.fixture
def now(moved):
    """Thursday 1 July 2027, 9 h."""
    with moved(2027, 7, 1, 9):
        yield
