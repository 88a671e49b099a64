"""Rate limits are exact across processes, and cost little."""

import pytest

from oppidum.core import rates


@pytest.fixture(autouse=True)
def fresh(db):
    rates.forget()
    yield
    rates.forget()


def test_exactly_the_limit_passes_and_not_one_more():
    assert sum(rates.allow("someone", 100, 3600) for _ in range(150)) == 100


def test_two_processes_share_one_limit(monkeypatch):
    passed = 0
    others: dict = {}
    for turn in range(100):
        if turn % 2:
            monkeypatch.setattr(rates, "_LOTS", others)
            passed += rates.allow("someone", 40, 3600)
            monkeypatch.undo()
        else:
            passed += rates.allow("someone", 40, 3600)
    assert passed == 40


def test_a_busy_key_costs_one_write_a_lot(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert all(rates.allow("machine", 1000, 3600) for _ in range(50))


def test_one_persons_limit_is_not_anothers():
    assert not all(rates.allow("one", 3, 3600) for _ in range(5))
    assert rates.allow("another", 3, 3600)
