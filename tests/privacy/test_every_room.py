"""Every table that hangs on a case is known to the purge, or says why it holds nothing personal."""

import pytest
from django.apps import apps

from oppidum.cases.models import Case
from oppidum.cases.persons.retaining import forget_persons, overdue
from oppidum.cases.persons.rooms import SOURCES, Sought, find_person
from oppidum.privacy.dossiers import make_dossier
from oppidum.privacy.mending import erase

# Apps whose tables point at cases and name nobody, with the reason.
FACTS_ALONE = {
    "bookings": "a place, a day and a quantity",
    "bodies": "acts of the authority, public by law; names of persons are made anonymous before publication",
    "voting": "keyed prints that name nobody, gone 60 days after the vote; secret ballots",
    "privacy": "lists of destroyed files: code, commune, days",
}
REGISTERED = {"cases": "cases", "publishing": "papers", "payments": "money", "partners": "partners"}


def test_every_room_with_tables_on_a_case_has_registered_its_personal_data():
    rooms = {
        model._meta.app_label
        for model in apps.get_models()
        if any(getattr(field, "related_model", None) is Case and field.concrete for field in model._meta.get_fields())
    }
    assert rooms - set(FACTS_ALONE) <= set(REGISTERED), "register it with personal_data(), or say here why it names nobody"
    assert {REGISTERED[room] for room in rooms & set(REGISTERED)} <= set(SOURCES)


@pytest.fixture
def charged(file_permit, take, settled, moved):
    """A refused permit, on which ten euros are owed."""
    from datetime import date

    from oppidum.core import clock
    from oppidum.payments.models import Charge

    with moved(2027, 3, 1, 9):
        case_id = file_permit()
        take(case_id, "refuse")
        settled()
        Charge.objects.create(
            case_id=case_id,
            act=3,
            fee="fine",
            reference="R-1",
            lines=[],
            total_cents=1000,
            balance_cents=1000,
            charged_on=date(2027, 3, 1),
            due_on=date(2027, 4, 1),
            created_at=clock.now(),
        )
    return case_id


def test_money_that_is_owed_keeps_the_case_until_it_is_paid(charged, moved):
    from oppidum.payments.models import Charge

    with moved(2029, 1, 1, 2):
        assert forget_persons() == 0
        assert [str(why) for _case, why in overdue()] == ["money is still owed, or to be paid back"]
        Charge.objects.update(balance_cents=0)
        assert forget_persons() == 1
    assert Charge.objects.get().total_cents == 1000


def test_calls_and_drafts_that_belong_to_no_case_are_handed_out_and_erased_too(dpo, people):
    from datetime import timedelta

    from oppidum.cases.calls import NewCall, log_calls
    from oppidum.cases.models import Call, Draft
    from oppidum.core import clock
    from oppidum.privacy.looking import look_up

    log_calls([NewCall(officer=people.cleo.pk, outcome="information", phone="+33491000009", note="Demande un bac")])
    now = clock.now()
    Draft.objects.create(
        token="t", service="permit", definition="x", key="k", raw={"contact": {"email": "lou@example.org"}}, email="lou@example.org",
        started_at=now, saved_at=now, kept_until=clock.today() + timedelta(days=9),
    )  # fmt: skip
    sought = Sought(emails=("lou@example.org",), phones=("+33491000009",))
    loose = make_dossier(sought, find_person(sought), [])["loose"]
    assert {record["kind"] for record in loose} == {"call", "draft"} and "Demande un bac" in str(loose)
    erase(look_up(dpo, sought, reason="mistake", words="Wants to go", identity="mailbox"), [])
    assert Call.objects.get().phone == "" and not Draft.objects.exists()
