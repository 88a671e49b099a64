"""Notification, browser, worker and impatience at the same moment, on the real database: one payment, one receipt."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from oppidum.core.errors import Refusal
from oppidum.payments.models import Movement, Payment, Simulated
from oppidum.payments.paying import ask_about, begin_payment, take_at_counter
from oppidum.payments.statements import unbalanced
from tests.payments.conftest import actions_of

THREADS = 8


def all_at_once(work, count=THREADS):
    def alone(n):
        try:
            return work(n)
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(alone, range(count)))


def begin(charge):
    return begin_payment(charge.pk, charge.total_cents, "lea@example.org", "x", lambda kind, token: f"/{kind}/{token}")


@pytest.mark.django_db(transaction=True)
def test_eight_confirmations_at_once_are_one_payment(pool):
    charge = pool.enrol(10)
    begin(charge)
    Simulated.objects.update(state="paid")
    payment = Payment.objects.get()
    found = all_at_once(lambda n: ask_about(payment.pk))
    assert {one.state for one in found} == {"paid"}
    assert list(Movement.objects.filter(kind="payment").values_list("amount_cents", flat=True)) == [-10_000]
    assert actions_of(charge.case_id).count("paid") == 1
    assert unbalanced() == []


@pytest.mark.django_db(transaction=True)
def test_eight_impatient_clicks_open_one_page(pool):
    charge = pool.enrol(10)
    found = all_at_once(lambda n: begin(charge))
    pages = {one for one in found if isinstance(one, str)}
    assert len(pages) == 1
    assert Payment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_officers_cannot_take_the_same_sum_twice(pool):
    charge = pool.enrol(10)
    found = all_at_once(lambda n: take_at_counter(charge.pk, 10_000, "cash", f"form-{n}", None))
    assert sum(isinstance(one, Payment) for one in found) == 1
    charge.refresh_from_db()
    assert charge.balance_cents == 0
    assert sorted(Payment.objects.values_list("receipt", flat=True)) == [Payment.objects.get().receipt]
