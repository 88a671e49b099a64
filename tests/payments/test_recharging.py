"""The answers of a bill corrected: less is taken off, more is charged, and what was paid too much becomes refundable."""

import pytest

from oppidum.cases import outbox
from oppidum.cases.corrections import correcting
from oppidum.cases.models import Case, Effect
from oppidum.payments.models import Charge, Movement
from oppidum.payments.paying import take_at_counter
from oppidum.payments.statements import unbalanced
from oppidum.people.models import Officer, Role


@pytest.fixture
def ana(town):
    role = Role.objects.create(code="act", name="act", reach="all", rights=["act", "persons"])
    return Officer.objects.create_user("ana", role=role)


def correct(charge, ana, **raw):
    case = Case.objects.select_related("live").get(pk=charge.case_id)
    correcting.correct(case, ana, raw, "told", "Vous nous l'avez dit.", case.live.version)
    outbox.deliver()


def owed(charge) -> int:
    return sum(Charge.objects.filter(case=charge.case_id).values_list("balance_cents", flat=True))


def test_fewer_lessons_are_taken_off_the_bill(pool, ana):
    charge = pool.enrol(10)
    correct(charge, ana, lessons="8")
    assert owed(charge) == 8_000 and Charge.objects.count() == 1 and unbalanced() == []


def test_more_lessons_are_a_charge_for_the_difference(pool, ana):
    charge = pool.enrol(10)
    correct(charge, ana, lessons="12")
    assert (
        owed(charge) == 12_000 and [c.total_cents for c in Charge.objects.order_by("pk")] == [10_000, 2_000] and unbalanced() == []
    )


def test_corrections_that_follow_each_other_come_to_the_last_one(pool, ana):
    charge = pool.enrol(10)
    for lessons, cents in (("12", 12_000), ("9", 9_000), ("11", 11_000), ("10", 10_000)):
        correct(charge, ana, lessons=lessons)
        assert owed(charge) == cents
    assert unbalanced() == []


def test_what_was_paid_too_much_is_to_be_refunded(pool, ana):
    charge = pool.enrol(10)
    take_at_counter(charge.pk, 9_000, "cash", "k", ana)
    correct(charge, ana, lessons="8")
    charge.refresh_from_db()
    assert charge.balance_cents == -1_000 and unbalanced() == []


def test_an_answer_that_the_bill_does_not_read_moves_no_money(pool, ana):
    charge = pool.enrol(10)
    correct(charge, ana, income="120")
    assert Movement.objects.count() == 1 and owed(charge) == 10_000


def test_the_effect_carried_out_twice_charges_once(pool, ana):
    charge = pool.enrol(10)
    correct(charge, ana, lessons="12")
    Effect.objects.filter(kind="recharge").update(done_at=None)
    outbox.deliver()
    assert owed(charge) == 12_000
