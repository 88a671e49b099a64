"""Agreements with communes on shared digital services: signed, renewed, over on their last day, printed and counted."""

from datetime import date

import pytest

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.preparing import prepare
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.standing import Actor
from oppidum.cases.sweeping import sweep
from oppidum.figures.computing import Period, compute
from oppidum.publishing.keeping import path_of
from oppidum.publishing.models import Paper
from oppidum.services.support.it_agreement import ItAgreement
from oppidum.services.support.it_desk.texts import SHARED
from tests.publishing.conftest import letterhead as _letterhead  # noqa: F401
from tests.publishing.conftest import text_of

letterhead = _letterhead
pytestmark = pytest.mark.django_db
AGENT = Actor("officer", 1, "Ana", frozenset({"act"}))
RAW = {
    "body": {"kind": "commune", "name": "Aubane", "number": "73282932000074"},
    "shared": "gis",
    "users": 12,
    "until": "2027-06-30",
    "contact": {"email": "mairie@example.org"},
}


def do(filed, action, **raw):
    return act_on(filed.case_id, prepare(ItAgreement, action, raw, AGENT))


def step_of(filed):
    return read_standings([filed.case_id])[filed.case_id].step


def test_the_store_has_eight_services():
    assert len(SHARED) == 8


def test_an_agreement_lasts_until_its_last_day_and_from_its_renewal_until_another(moved, people):
    with moved(2027, 3, 1, 9):
        filed = file_case(prepare_case(ItAgreement, RAW, channel="desk"))
        do(filed, "sign", signed_on="2027-03-01")
    with moved(2027, 6, 30, 23):
        sweep()
        assert step_of(filed) == "in_force"
        do(filed, "renew", until="2028-06-30")
    with moved(2028, 6, 30, 23):
        sweep()
        assert step_of(filed) == "in_force"
    with moved(2028, 7, 1, 1):
        sweep()
        assert step_of(filed) == "ended"
        assert do(filed, "renew", until="2028-12-31").step == "in_force"
    with moved(2029, 1, 1, 1):
        sweep()
        assert step_of(filed) == "ended"
        assert [compute("it-agreements", Period(date(year, 1, 1), date(year, 12, 31))).value for year in (2027, 2029)] == [1, 0]


def test_the_agreement_names_service_users_and_last_day(moved, letterhead):
    with moved(2027, 3, 1, 9):
        filed = file_case(prepare_case(ItAgreement, RAW, channel="desk"))
        do(filed, "prepare")
        while outbox.deliver():
            pass
        text = text_of(path_of(Paper.objects.get(case=filed.case_id).file).read_bytes()).replace("\u00a0", " ").replace("\n", " ")
        assert [
            word for word in ("Aubane", "information géographique", "12 utilisateurs", "30 juin 2027") if word not in text
        ] == []
