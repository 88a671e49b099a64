"""An act that charges a fee makes one charge, whatever happens to its effect."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from oppidum.cases import outbox
from oppidum.cases.acting import act
from oppidum.cases.models import Case, Effect, Entry, Live
from oppidum.cases.rules.standing import Command
from oppidum.payments.models import Charge, Movement
from oppidum.payments.statements import unbalanced
from tests.payments.conftest import OFFICER


def test_ten_lessons_are_a_hundred_euros_due_in_thirty_days(pool):
    charge = pool.enrol(10)
    assert (charge.total_cents, charge.balance_cents, charge.due_on) == (10_000, 10_000, date(2027, 3, 31))
    assert charge.reference == "2027C0000001"
    assert charge.sources == ["délibération n° 7"]
    assert charge.lines[0]["words"]["fr"] == ["Lessons", "10 lessons × 10,00\u00a0€ = 100,00\u00a0€"]
    assert charge.lines[0]["words"]["en"][1] == "10 lessons × €10.00 = €100.00"
    assert charge.account == "7062"


def test_the_journal_tells_the_amount_and_nothing_of_the_means(pool):
    charge = pool.enrol(10, means="few")
    entry = Entry.objects.get(case_id=charge.case_id, action="charged")
    assert charge.total_cents == 5_000
    assert entry.data["amount_cents"] == 5_000
    assert "means" not in str(entry.data) and "Little" not in str(entry.data)
    assert len(Case.objects.get(pk=charge.case_id).answers["bill"]) == 2


def test_the_same_effect_carried_out_twice_is_one_charge(pool):
    charge = pool.enrol(10)
    Effect.objects.filter(case_id=charge.case_id, kind="charge").update(done_at=None)
    outbox.deliver()
    assert Charge.objects.filter(case=charge.case_id).count() == 1
    assert pool.actions(charge.case_id).count("charged") == 1


def test_numbers_of_charges_have_no_gap_over_a_batch(pool):
    filed = [pool.ask(n) for n in range(1, 8)]
    act((each.case_id, Command("enrol", OFFICER)) for each in filed)
    outbox.deliver()
    assert list(Charge.objects.values_list("reference", flat=True)) == [f"2027C{n:07d}" for n in range(1, 8)]
    assert list(Charge.objects.order_by("pk").values_list("total_cents", flat=True)) == [n * 1_000 for n in range(1, 8)]
    assert unbalanced() == []


def test_where_nothing_is_to_pay_the_case_goes_on_at_once(pool):
    charge = pool.enrol(0)
    assert charge.total_cents == 0
    assert Live.objects.get(case=charge.case_id).step == "enrolled"
    assert list(charge.instalments.all()) == []


def test_a_movement_can_be_neither_changed_nor_deleted(pool):
    pool.enrol(10)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Movement.objects.update(amount_cents=1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Movement.objects.all().delete()


def test_a_charge_for_a_fee_that_cannot_be_reckoned_is_stuck_in_sight_and_holds_up_nobody(pool):
    bad, good = pool.ask(10), pool.ask(10)
    Case.objects.filter(pk=bad.case_id).update(answers={"lessons": "ten"})
    act([(bad.case_id, Command("enrol", OFFICER)), (good.case_id, Command("enrol", OFFICER))])
    outbox.deliver()
    assert list(Charge.objects.values_list("case_id", flat=True)) == [good.case_id]
    assert "TypeError" in Effect.objects.get(case_id=bad.case_id, kind="charge").error
