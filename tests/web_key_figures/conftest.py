"""Key figures of 2025 declared and validated, those of 2026 asked for; Dora, Émile and Rita as in the workflow's tests."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from oppidum.figures.declared.entering import Meant, enter
from oppidum.figures.declared.importing import Signed, import_key_figures
from oppidum.figures.declared.requesting import request_figures
from oppidum.people.models import Officer, Role
from tests.people_of_town import PASSWORD

ROWS = """id,direction,theme,label_fr,label_en,value,unit,period,kind,precision,line
waste-collected,living-environment-water,waste,Déchets collectés,Waste collected,12000,t,2025,flow,exact,12
bins-emptied,living-environment-water,waste,Bacs vidés,Bins emptied,450,count,2025,flow,about,13
trees-planted,living-environment-water,green-waste,Arbres plantés,Trees planted,80,count,2025,flow,at-least,14
buses-running,mobility,public-transport,Bus en circulation,Buses running,31,count,as-of-2025-12-31,stock,exact,15
tram-budget,mobility,tramway,Budget du tramway,Budget of the tramway,1200000,EUR,2025,amount,exact,16
"""


@pytest.fixture
def house(people, tmp_path):
    """See above; `waste-collected` of 2026 is entered by Dora and waits."""
    people.emile = Officer.objects.create_user(
        "emile", "emile@castelmer.example", PASSWORD, role=people.dora.role, first_name="Émile"
    )
    people.emile.teams.set([people.cleanliness])
    owner = Role.objects.create(code="report", name="report", reach="all", rights=["figures", "report"])
    people.rita = Officer.objects.create_user("rita", "rita@castelmer.example", PASSWORD, role=owner, first_name="Rita")
    path = tmp_path / "figures.csv"
    path.write_text(ROWS, encoding="utf-8")
    import_key_figures(path, 2025, Signed(people.dora, people.rita))
    request_figures(2026, people.rita, date(2027, 2, 28))
    enter("waste-collected", 2026, meant(12500), people.dora)
    return people


def meant(value) -> Meant:
    return Meant(value=Decimal(value), period="2026", precision="exact", note="", evidence=None, is_evidence_public=False)


@pytest.fixture
def sign_in(client):
    """`sign_in(dora)`: the client is hers."""

    def enter(officer) -> SimpleNamespace:
        client.force_login(officer)
        return client

    return enter
