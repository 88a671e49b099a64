"""Lengths of time, against oracles that walk the days one by one, and against python-dateutil and the State's list of holidays."""

from datetime import date, datetime, timedelta

import pytest
from dateutil.easter import easter
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from oppidum.core import calendar
from oppidum.core.calendar import (
    Length,
    clear_days,
    clear_months,
    days,
    hours,
    months,
    open_days,
    parse_length,
    working_days,
    working_hours,
    years,
)
from oppidum.core.clock import PARIS, midnight

DAY = timedelta(days=1)
ALL_DAYS = [date(2023, 1, 1) + n * DAY for n in range(6 * 365 + 2)]  # 2023 to 2028, both leap years in it

some_days = st.dates(date(2005, 1, 1), date(2050, 12, 31))
lengths = st.one_of(
    st.builds(days, st.integers(0, 400)),
    st.builds(working_days, st.integers(1, 90)),
    st.builds(open_days, st.integers(1, 90)),
    st.builds(clear_days, st.integers(1, 60)),
    st.builds(months, st.integers(1, 40)),
    st.builds(clear_months, st.integers(1, 12)),
    st.builds(years, st.integers(1, 10)),
    st.builds(hours, st.integers(1, 2000)),
    st.builds(working_hours, st.integers(1, 400)),
    st.builds(lambda m, d: months(m) + working_days(d), st.integers(1, 12), st.integers(1, 20)),
)


def walk_months(day, count):
    """Day after day into the month of the end, and there to the same number or as far as the month goes."""
    target = (day.year * 12 + day.month - 1 + count) % 12 + 1
    seen, walked = 0, day
    while seen < count:
        walked += DAY
        seen += walked.day == 1
    while walked.day != day.day and (walked + DAY).month == target:
        walked += DAY
    return walked


@pytest.mark.parametrize("count", [1, 2, 3, 4, 12, 36])
def test_months_end_as_an_oracle_walks_them_on_every_day_of_six_years(count):
    assert [d for d in ALL_DAYS if months(count).last_day(d) != walk_months(d, count)] == []


def test_working_hours_pass_while_offices_are_open():
    friday = datetime(2027, 3, 26, 17, tzinfo=PARIS)  # Easter Monday is 29 March; the clocks change on the 28th
    end = working_hours(4).ends_at(friday)
    assert end.astimezone(PARIS).isoformat() == "2027-03-30T11:00:00+02:00"
    assert working_hours(4).time_between(friday, end) == timedelta(hours=4) and working_hours(4).instant_before(end) == friday
    assert str(working_hours(1)) == "1 working hour" and parse_length("12 working hours") == working_hours(12)
    with pytest.raises(ValueError, match="different days or hours"):
        working_hours(4) + hours(4)


@given(some_days, st.integers(1, 60))
def test_months_agree_with_dateutil(day, count):
    assert months(count).last_day(day) == day + relativedelta(months=count)
    assert years(count % 9 + 1).last_day(day) == day + relativedelta(years=count % 9 + 1)


def test_clear_days_leave_out_the_day_of_sending_and_the_day_of_the_meeting():
    assert clear_days(5).latest_before(date(2027, 5, 20)) == date(2027, 5, 14)
    for day in ALL_DAYS:
        sent = clear_days(5).latest_before(day)
        assert len([d for d in calendar.each_day(sent, day) if sent < d < day]) == 5


def test_an_appeal_of_two_clear_months_ends_the_day_after_the_same_number_and_moves_off_a_weekend():
    # Notified on 1 October: last day 2 December (code de justice administrative, art. R421-1).
    assert clear_months(2).last_day(date(2027, 10, 1)) == date(2027, 12, 2)
    assert clear_months(2).last_day(date(2027, 6, 3)) == date(2027, 8, 4)
    # 4 December 2027 is a Saturday, and Monday is worked.
    assert clear_months(2).moved().last_day(date(2027, 10, 3)) == date(2027, 12, 6)
    for day in ALL_DAYS:
        moved, still = clear_months(2).moved().last_day(day), clear_months(2).last_day(day)
        assert moved >= still and calendar.is_working_day(moved)
        assert not any(calendar.is_working_day(d) for d in calendar.each_day(still, moved)[:-1])


def test_a_tacit_decision_is_not_moved_off_a_sunday():
    assert months(2).last_day(date(2027, 7, 10)) == date(2027, 9, 10)
    assert months(1).last_day(date(2027, 6, 4)) == date(2027, 7, 4)  # a Sunday


def test_months_come_before_days():
    assert (months(1) + days(10)).last_day(date(2027, 1, 31)) == date(2027, 3, 10)
    assert (months(2) + months(1)).last_day(date(2027, 12, 31)) == date(2028, 3, 31)


@given(some_days, st.integers(1, 60))
def test_open_days_are_counted_one_by_one_saturdays_with_them(day, count):
    walked, left = day, count
    while left:
        walked += DAY
        left -= walked.weekday() != 6 and walked not in calendar.public_holidays("")
    assert open_days(count).last_day(day) == walked
    assert calendar.open_days_between(day, walked) == count


@given(some_days, st.integers(1, 60))
def test_working_days_lead_back_as_they_lead_on(day, count):
    start = working_days(count).latest_before(day)
    assert start < day and calendar.is_working_day(start)
    assert sum(calendar.is_working_day(d) for d in calendar.each_day(start, day)[:-1]) == count


def test_seventy_two_hours_are_hours_on_the_clock_over_a_change_of_time():
    in_march = datetime(2027, 3, 26, 14, tzinfo=PARIS)  # summer time begins on the 28th
    in_october = datetime(2027, 10, 30, 14, tzinfo=PARIS)  # and ends on the 31st
    assert hours(72).ends_at(in_march).astimezone(PARIS).isoformat() == "2027-03-29T15:00:00+02:00"
    assert hours(72).ends_at(in_october).astimezone(PARIS).isoformat() == "2027-11-02T13:00:00+01:00"


def test_days_end_at_the_midnight_of_the_town_in_summer_and_in_winter():
    for day in ALL_DAYS:
        end = days(1).ends_at(midnight(day) + timedelta(hours=9))
        assert end.astimezone(PARIS).replace(tzinfo=None) == datetime.combine(day + 2 * DAY, datetime.min.time())
        walked = midnight(day)
        while walked.astimezone(PARIS).date() < day + 2 * DAY:
            walked += timedelta(hours=1)
        assert end == walked


@given(lengths, st.booleans())
def test_a_length_is_read_as_it_was_written(length, moves):
    length = length.moved() if moves and not length.is_in_hours else length
    assert parse_length(str(length)) == length


@pytest.mark.parametrize("text", ["", "soon", "2 months ago", "-3 days", "3 weeks", "2 months and soon"])
def test_what_is_no_length_is_refused_with_examples(text):
    with pytest.raises(ValueError, match="10 working days"):
        parse_length(text)


def test_a_length_says_itself_as_people_do():
    said = [str(x) for x in (months(1), months(2), years(3), days(8), clear_days(1), working_days(10), hours(72), Length())]
    assert said == ["1 month", "2 months", "3 years", "8 days", "1 clear day", "10 working days", "72 hours", "0 days"]
    assert str(months(1) + days(8)) == "1 month and 8 days"


def test_different_days_are_not_added_and_hours_not_mixed():
    for wrong in (lambda: days(3) + working_days(3), lambda: hours(3) + days(1), lambda: days(-1)):
        with pytest.raises(ValueError):
            wrong()


@given(st.integers(2008, 2059))  # From 2005 to 2007 Whit Monday was worked.
def test_the_holidays_are_those_of_the_code_of_labour(year):
    sunday = easter(year)
    fixed = {date(year, m, d) for m, d in ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))}
    moving = {sunday + n * DAY for n in (1, 39, 50)}
    assert {d for d in calendar.public_holidays("") if d.year == year} == fixed | moving
    assert {d for d in calendar.public_holidays("alsace-moselle") if d.year == year} == fixed | moving | {
        date(year, 12, 26),
        sunday - 2 * DAY,
    }


def test_a_region_of_its_own_has_its_own_working_days(monkeypatch):
    good_friday = date(2027, 3, 26)
    assert calendar.is_working_day(good_friday) and not calendar.is_working_day(good_friday, "alsace-moselle")
    assert calendar.is_working_day(good_friday, "alsace-moselle-without-good-friday")
    assert calendar.add_working_days(date(2027, 3, 25), 1, "alsace-moselle") == date(2027, 3, 30)
