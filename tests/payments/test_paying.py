"""Paid is what the provider confirmed; a repetition adds nothing."""

from datetime import date, timedelta

import pytest

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.models import Effect, Entry, Live
from oppidum.cases.rules.standing import Command
from oppidum.core import clock
from oppidum.payments import correcting
from oppidum.payments.errors import AmountWrong, NothingDue, PlanClosed
from oppidum.payments.models import Charge, Movement, Payment, Simulated
from oppidum.payments.paying import ask_about, ask_about_waiting, begin_payment, book, choose_plan, take_at_counter
from oppidum.payments.providers import Answer
from oppidum.payments.providers.simulated import click
from oppidum.payments.statements import late_charges, movements_between, statement_of, unbalanced
from tests.payments.conftest import OFFICER


def begin(charge, cents=None):
    address = begin_payment(
        charge.pk, cents or charge.balance_cents, "lea@example.org", "Lessons", lambda kind, t: f"/pay/{kind}/{t}"
    )
    return Payment.objects.get(operation=address.rsplit("/", 1)[1])


def pay(charge, cents=None):
    payment = begin(charge, cents)
    click(payment.operation, "paid")
    return ask_about(payment.pk)


def balance(charge):
    charge.refresh_from_db()
    return charge.balance_cents


def test_a_payment_confirmed_settles_the_charge_gives_a_receipt_and_takes_the_case_on(pool):
    charge = pool.enrol(10)
    payment = pay(charge)
    assert (payment.state, payment.receipt) == ("paid", "2027R0000001")
    assert balance(charge) == 0
    assert Live.objects.get(case=charge.case_id).step == "enrolled"
    assert pool.actions(charge.case_id)[-3:] == ["charged", "paid", "confirm"]
    told = Entry.objects.get(case_id=charge.case_id, action="paid").data
    assert (told["amount_cents"], told["receipt"]) == (10_000, "2027R0000001")


def test_the_same_confirmation_ten_times_is_one_payment(pool):
    """79.60 for 19.90 elsewhere (PROCEDURES, 36)."""
    charge = pool.enrol(10)
    payment = pay(charge)
    for _ in range(10):
        ask_about(payment.pk)
        book(payment.pk, Answer("paid", 10_000, payment.reference))
    assert balance(charge) == 0
    assert Movement.objects.filter(charge=charge, kind="payment").count() == 1
    assert pool.actions(charge.case_id).count("paid") == 1


def test_what_the_browser_claims_is_not_believed(pool):
    charge = pool.enrol(10)
    payment = ask_about(begin(charge).pk)
    assert payment.state == "started"
    assert balance(charge) == 10_000


@pytest.mark.parametrize("said", ["refused", "abandoned"])
def test_who_is_refused_or_leaves_owes_as_before_and_may_try_again(pool, said):
    charge = pool.enrol(10)
    payment = begin(charge)
    click(payment.operation, said)
    assert ask_about(payment.pk).state == said
    assert balance(charge) == 10_000
    assert pay(charge).state == "paid"


def test_impatience_leads_back_to_the_same_page(pool):
    charge = pool.enrol(10)
    assert begin(charge).pk == begin(charge).pk
    with clock.at(clock.now() + timedelta(minutes=20)):
        assert begin(charge).pk != charge.payments.first().pk


def test_a_payment_that_was_made_in_another_window_is_found_before_a_second_begins(pool):
    charge = pool.enrol(10)
    click(begin(charge).operation, "paid")
    with pytest.raises(NothingDue):
        begin(charge)
    assert balance(charge) == 0


def test_a_refusal_followed_by_a_confirmation_is_paid(pool):
    charge = pool.enrol(10)
    payment = begin(charge)
    book(payment.pk, Answer("refused"))
    assert book(payment.pk, Answer("paid", 10_000, payment.reference)).state == "paid"
    assert balance(charge) == 0


@pytest.mark.parametrize(
    "answer", [Answer("paid", 9_999, "2027C0000001P1"), Answer("paid", 10_000, "another"), Answer("paid", None, None)]
)
def test_another_amount_or_reference_is_no_payment_but_a_question_for_somebody(pool, answer):
    charge = pool.enrol(10)
    payment = book(begin(charge).pk, answer)
    assert payment.state == "differs"
    assert balance(charge) == 10_000


def test_who_closed_the_page_after_paying_has_paid(pool):
    charge = pool.enrol(10)
    click(begin(charge).operation, "paid")
    with clock.at(clock.now() + timedelta(minutes=3)):
        assert ask_about_waiting() == 1
    assert balance(charge) == 0


def test_after_a_week_without_an_answer_nothing_is_asked_any_more(pool):
    charge = pool.enrol(10)
    payment = begin(charge)
    with clock.at(clock.now() + timedelta(days=8)):
        assert ask_about_waiting() == 0
    payment.refresh_from_db()
    assert payment.state == "abandoned"


def test_nobody_pays_more_than_is_due(pool):
    charge = pool.enrol(10)
    for cents in (0, -1, 10_001):
        with pytest.raises(AmountWrong):
            begin_payment(charge.pk, cents, "lea@example.org", "x", lambda kind, t: t)


def test_a_payment_at_the_counter_has_its_receipt_and_the_same_form_twice_is_one(pool, people):
    charge = pool.enrol(10)
    first = take_at_counter(charge.pk, 4_000, "cheque", "form-1", people.dora)
    again = take_at_counter(charge.pk, 4_000, "cheque", "form-1", people.dora)
    assert first.pk == again.pk
    assert balance(charge) == 6_000
    assert Live.objects.get(case=charge.case_id).step == "to_pay"
    take_at_counter(charge.pk, 6_000, "cash", "form-2", people.dora)
    assert Live.objects.get(case=charge.case_id).step == "enrolled"
    assert list(Payment.objects.values_list("receipt", flat=True)) == ["2027R0000001", "2027R0000002"]


def test_three_instalments_are_paid_one_after_the_other(pool):
    charge = pool.enrol(10)
    choose_plan(charge.pk, by_instalments=True)
    (found,) = statement_of(charge.case_id).charges
    assert [(p.due_on, p.left_cents) for p in found.parts] == [
        (date(2027, 3, 1), 3_334), (date(2027, 4, 1), 3_333), (date(2027, 5, 1), 3_333),
    ]  # fmt: skip
    pay(charge, found.next_part.left_cents)
    (found,) = statement_of(charge.case_id).charges
    assert [p.left_cents for p in found.parts] == [0, 3_333, 3_333]
    with pytest.raises(PlanClosed):
        choose_plan(charge.pk, by_instalments=False)


def test_a_small_bill_offers_no_instalments(pool):
    with pytest.raises(PlanClosed):
        choose_plan(pool.enrol(2).pk, by_instalments=True)


def test_what_is_late_is_the_part_whose_day_is_over(pool):
    charge = pool.enrol(10)
    choose_plan(charge.pk, by_instalments=True)
    assert late_charges(date(2027, 3, 1)) == []
    (late,) = late_charges(date(2027, 4, 2))
    assert (late.late_cents, late.balance_cents, late.since) == (6_667, 10_000, date(2027, 3, 1))
    pay(charge, 3_334)
    (late,) = late_charges(date(2027, 4, 2))
    assert (late.late_cents, late.since) == (3_333, date(2027, 4, 1))


def test_a_reduction_after_payment_becomes_a_refund_and_never_more(pool, people):
    charge = pool.enrol(10)
    pay(charge)
    with pytest.raises(AmountWrong):
        correcting.refund(charge.pk, 1, "why not", "a", people.dora)
    correcting.waive(charge.pk, 2_500, "ill for a month", "b", people.dora)
    correcting.waive(charge.pk, 2_500, "ill for a month", "b", people.dora)
    assert balance(charge) == -2_500
    with pytest.raises(AmountWrong):
        correcting.refund(charge.pk, 2_501, "too much", "c", people.dora)
    correcting.refund(charge.pk, 2_500, "ill for a month", "d", people.dora)
    assert balance(charge) == 0
    assert pool.actions(charge.case_id)[-2:] == ["waived", "refunded"]
    assert unbalanced() == []


def test_a_full_exemption_takes_the_case_on(pool):
    charge = pool.enrol(10)
    correcting.waive(charge.pk, 10_000, "decision of the president", "a")
    assert balance(charge) == 0
    assert Live.objects.get(case=charge.case_id).step == "enrolled"


def test_the_accountant_finds_every_movement_with_its_receipt(pool):
    charge = pool.enrol(10)
    payment = pay(charge)
    lines = list(movements_between(date(2027, 3, 1), date(2027, 3, 31)))
    assert [(line[2], line[8], line[13]) for line in lines] == [("charge", 10_000, ""), ("payment", -10_000, payment.receipt)]
    assert sum(line[8] for line in lines) == 0
    assert list(movements_between(date(2027, 3, 2), date(2027, 3, 31))) == []


def test_a_provider_that_fails_leaves_no_open_attempt(pool, monkeypatch):
    charge = pool.enrol(10)
    monkeypatch.setattr(Simulated.objects, "create", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        begin(charge)
    assert list(Payment.objects.values_list("state", flat=True)) == ["abandoned"]
    assert Charge.objects.get().balance_cents == 10_000


def test_who_cancels_pays_the_lessons_taken_and_gets_the_rest_back(pool):
    charge = pool.enrol(10)
    pay(charge)
    act_on(charge.case_id, Command("cancel", OFFICER, {"taken": 3}))
    outbox.deliver()
    Effect.objects.filter(case_id=charge.case_id, kind="charge").update(done_at=None)
    outbox.deliver()
    assert balance(charge) == -7_000
    assert [c.charge.pk for c in statement_of(charge.case_id).charges] == [charge.pk]
    assert pool.actions(charge.case_id)[-2:] == ["cancel", "waived"]


def test_who_cancels_before_paying_owes_what_was_taken(pool):
    charge = pool.enrol(10)
    act_on(charge.case_id, Command("cancel", OFFICER, {"taken": 3}))
    outbox.deliver()
    assert balance(charge) == 3_000
