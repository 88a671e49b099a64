"""A permit of Zoé Martin, filed in the town; the small service stands in the catalogue while a test runs."""

import pytest
from django.utils.translation import override

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.declaration import registry
from oppidum.cases.filing import file_case, prepare_case
from oppidum.cases.models import Mail
from oppidum.cases.persons.masking import hidden_names
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.standing import Actor, Contact
from oppidum.people.models import Officer, Role
from tests.people_of_town import PASSWORD
from tests.privacy.permit import Permit

ANA = Actor("officer", 1, "Ana", frozenset({"act", "assign"}))
ZOE = Contact("Zoé Martin", "zoe@example.org", "+33491000000")
ANSWERS = {
    "category": "let.dwelling",
    "landlord": "Zoé Martin",
    "born_on": "1980-05-12",
    "siret": "73282932000074",
    "income": "21000",
    "kind": "flat",
    "remarks": "Ma soeur Lucie Blanc y habite",
}


@pytest.fixture(autouse=True)
def in_english():
    """Sentences are compared in the source language."""
    with override("en"):
        yield


@pytest.fixture
def permit(monkeypatch):
    """The service, known to the catalogue."""
    monkeypatch.setitem(registry.catalogue(), "permit", Permit)
    registry._versions.cache_clear()
    hidden_names.cache_clear()
    yield Permit
    registry._versions.cache_clear()
    hidden_names.cache_clear()


@pytest.fixture
def file_permit(permit, people):
    """`file_permit(contact, **answers)` files one and returns its id."""

    def file(contact=ZOE, **answers):
        case = prepare_case(
            Permit,
            ANSWERS | answers,
            lon=5.05,
            lat=43.35,
            commune="13901",
            channel="portal",
            address="12 rue de chez moi",
            contact=contact,
        )
        return file_case(case).case_id

    return file


@pytest.fixture
def take(permit):
    """`take(case_id, "grant")`: an officer acts."""
    return lambda case_id, action, actor=ANA, **data: act_on(case_id, prepare(Permit, action, data, actor))


@pytest.fixture
def settled(db):
    """Everything that was to leave has left."""

    def settle():
        outbox.deliver()
        Mail.objects.update(fate=Mail.Fate.SENT)

    return settle


@pytest.fixture
def dpo(people):
    """The officer of data protection."""
    role = Role.objects.create(code="dpo", name="DPO", reach="team", rights=["act", "intake", "note", "persons", "privacy"])
    return Officer.objects.create_user("odile", "odile@castelmer.example", PASSWORD, first_name="Odile", role=role)
