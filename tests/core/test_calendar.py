"""Days as French administration counts them, against independent oracles."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppidum.core import calendar

days = st.dates(date(2005, 1, 1), date(2050, 12, 31))


def walk(day, count):
    """The oracle: one day after the other."""
    while count:
        day += timedelta(days=1)
        count -= calendar.is_working_day(day)
    return day


@given(days, st.integers(1, 60))
def test_working_days_are_counted_one_by_one(day, count):
    assert calendar.add_working_days(day, count) == walk(day, count)


@given(days, st.integers(0, 400))
def test_counting_back_gives_the_same_number(day, span):
    end = day + timedelta(days=span)
    assert calendar.working_days_between(day, end) == sum(calendar.is_working_day(d) for d in calendar.each_day(day, end)[1:])


def test_no_promise_ends_on_a_holiday():
    assert not calendar.is_working_day(date(2027, 5, 17))  # Whit Monday
    assert not calendar.is_working_day(date(2027, 7, 14))
    assert calendar.add_working_days(date(2027, 5, 13), 1) == date(2027, 5, 14)
    assert calendar.next_working_day(date(2027, 5, 15)) == date(2027, 5, 18)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ((2027, 1, 31), 1, (2027, 2, 28)),
        ((2028, 1, 31), 1, (2028, 2, 29)),
        ((2027, 12, 31), 2, (2028, 2, 29)),
        ((2027, 7, 10), 2, (2027, 9, 10)),
        ((2027, 10, 31), 13, (2028, 11, 30)),
    ],
)
def test_a_month_ends_on_the_same_number_or_the_last_day(start, months, end):
    assert calendar.add_months(date(*start), months) == date(*end)


@given(days, st.integers(1, 36))
def test_months_never_spill_into_the_next(day, months):
    end = calendar.add_months(day, months)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == day.day or (end + timedelta(days=1)).day == 1


def test_school_book_holidays_of_2027():
    assert {d for d in calendar.public_holidays() if d.year == 2027} == {
        date(2027, m, d)
        for m, d in ((1, 1), (3, 29), (5, 1), (5, 6), (5, 8), (5, 17), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    }
