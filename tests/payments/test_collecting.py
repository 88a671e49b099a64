"""A file of payments is booked at once, each once, and cases go on as after a payment at the counter."""

import pytest

from oppidum.cases.models import Live
from oppidum.payments.collecting import Received, take_payments
from oppidum.payments.errors import AmountWrong
from oppidum.payments.models import Payment
from oppidum.payments.statements import unbalanced


def test_a_file_read_twice_pays_each_bill_once_and_takes_the_cases_on(pool):
    charges = [pool.enrol(10) for _ in range(3)]
    file = [Received(one.reference, "transfer", f"statement-7:{n}") for n, one in enumerate(charges)]
    assert [p.receipt for p in take_payments(file)] == ["2027R0000001", "2027R0000002", "2027R0000003"]
    assert take_payments(file) == []
    assert set(Live.objects.filter(case__in=[c.case_id for c in charges]).values_list("step", flat=True)) == {"enrolled"}
    assert pool.actions(charges[0].case_id)[-3:] == ["charged", "paid", "confirm"]
    assert not unbalanced()


def test_parts_of_a_bill_are_booked_one_after_the_other_and_nothing_beyond_it(pool):
    charge = pool.enrol(10)
    parts = [Received(charge.reference, "cheque", f"part-{n}", cents) for n, cents in enumerate((4_000, 6_000, 1))]
    assert [p.amount_cents for p in take_payments(parts)] == [4_000, 6_000]
    charge.refresh_from_db()
    assert charge.balance_cents == 0 and not unbalanced()


def test_means_that_are_none_book_nothing(pool):
    charge = pool.enrol(10)
    with pytest.raises(AmountWrong):
        take_payments([Received(charge.reference, "shells", "beach")])
    assert not Payment.objects.exists()
