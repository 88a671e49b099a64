"""Cases of swimming lessons, from asked for to charged."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.declaration import catalogue, registry
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Entry
from oppidum.cases.rules.standing import Actor, Command, Contact
from oppidum.core import clock
from oppidum.payments.models import Charge
from tests.payments.pool import SwimmingLessons

OFFICER = Actor("officer", None, "Ana", frozenset({"act"}))
MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def pool(town, monkeypatch, settings):
    """The service stands in the catalogue; online payment is simulated; it is Monday 1 March 2027, nine o'clock."""
    settings.PAYMENTS = "simulated"
    monkeypatch.setitem(catalogue(), SwimmingLessons.code, SwimmingLessons)
    registry._versions.cache_clear()
    with clock.at(MONDAY):
        yield SimpleNamespace(ask=ask, enrol=enrol, actions=actions_of, service=SwimmingLessons)
    registry._versions.cache_clear()


def ask(lessons=10, **more):
    raw = {"lessons": lessons, **more}
    return file_case(prepare_case(SwimmingLessons, raw, channel="portal", contact=Contact("Léa", "lea@example.org")))


def enrol(lessons=10, **more) -> Charge:
    """A case that was enrolled, and what it owes."""
    filed = ask(lessons, **more)
    act_on(filed.case_id, Command("enrol", OFFICER))
    outbox.deliver()
    return Charge.objects.get(case=filed.case_id)


def actions_of(case_id: int) -> list[str]:
    return list(Entry.objects.filter(case_id=case_id).order_by("seq").values_list("action", flat=True))
