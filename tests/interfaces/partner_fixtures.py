"""Situations of outside parties: the small service, a leak that was filed, an operator's machine."""

from types import SimpleNamespace

import pytest

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.declaration import registry
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Effect
from oppidum.cases.persons.masking import hidden_names
from oppidum.cases.preparing import prepare
from oppidum.cases.public import public_id
from oppidum.cases.rules.standing import Actor
from oppidum.interfaces.partners.models import Endpoint
from tests.interfaces.outside_service import Leak
from tests.interfaces.partner_town import run_machine
from tests.territory.town import IN_AUBANE

ANA = Actor("officer", 1, "Ana", frozenset({"act"}))


@pytest.fixture
def leak(monkeypatch, people):
    """`leak.file(meter="M-1")`, `leak.take(case_id, "hand_over")`: the service stands in the catalogue while a test runs."""
    monkeypatch.setitem(registry.catalogue(), "leak", Leak)
    registry._versions.cache_clear()
    hidden_names.cache_clear()

    def file(**answers):
        lon, lat = IN_AUBANE
        raw = {"place": {"lon": lon, "lat": lat, "address": "Rue Haute"}, "description": "Une fuite", "where": "road"} | answers
        return file_case(prepare_case(Leak, raw, channel="portal")).case_id

    def take(case_id, action, **raw):
        standing = act_on(case_id, prepare(Leak, action, raw, ANA))
        deliver()
        return standing

    yield SimpleNamespace(file=file, take=take, code=public_id)
    registry._versions.cache_clear()
    hidden_names.cache_clear()


def deliver():
    """The outbox does its work, and nothing is stuck in it."""
    while outbox.deliver():
        pass
    assert not list(Effect.objects.exclude(error="").values_list("kind", "error"))


@pytest.fixture
def machine():
    with run_machine() as found:
        yield found


@pytest.fixture
def operator(machine, db):
    """The operator's address, in our own network."""
    return Endpoint.objects.create(code="operator", url=machine.url, secret="shared", is_inside=True)
