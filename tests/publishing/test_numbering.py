"""Numbers of acts have no gaps, whoever asks at once and whatever is rolled back."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from oppidum.cases.numbering import take_numbers

CONNECTIONS, EACH = 16, 12


class Undone(Exception):
    """A decision that failed after it had its number."""


def decide(seed):
    """Take numbers on a connection of its own; about a third of the decisions fail afterwards."""
    chance, kept = random.Random(seed), []
    try:
        for _ in range(EACH):
            count = chance.choice([1, 1, 1, 3])
            try:
                with transaction.atomic():
                    first = take_numbers("order", 2027, count)
                    if chance.random() < 0.33:
                        raise Undone
                kept += range(first, first + count)
            except Undone:
                pass
    finally:
        connection.close()
    return kept


@pytest.mark.django_db(transaction=True)
def test_sixteen_connections_and_failures_leave_no_gap_and_no_double():
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        kept = sorted(number for numbers in pool.map(decide, range(CONNECTIONS)) for number in numbers)
    assert kept == list(range(1, len(kept) + 1)) and len(kept) > CONNECTIONS


@pytest.mark.django_db
def test_each_series_and_each_year_counts_from_one():
    assert take_numbers("order", 2027) == 1 and take_numbers("order", 2027, 3) == 2 and take_numbers("order", 2027) == 5
    assert take_numbers("order", 2028) == 1 and take_numbers("decision", 2027) == 1
