"""Hours of service, against an oracle that walks minute by minute."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oppidum.core.calendar import Opening
from oppidum.core.clock import PARIS, UTC, local_day

WEEK = {n: [("08:30", "12:00"), ("13:30", "17:00")] for n in range(4)} | {4: [("08:30", "12:00")], 5: [("22:00", "24:00")]}
TOWN_HALL = Opening(WEEK, closed=frozenset({date(2027, 3, 24)}), special={date(2027, 3, 28): [("00:30", "04:30")]})
MINUTE = timedelta(minutes=1)

# Around the change of time of 28 March 2027, when the clock jumps from two to three.
instants = st.integers(0, 14 * 24 * 60).map(lambda n: datetime(2027, 3, 22, tzinfo=UTC) + n * MINUTE)


def open_by_the_wall(at):
    wall = at.astimezone(PARIS)
    text = f"{wall:%H:%M}"
    return any(start <= text < end for start, end in TOWN_HALL.spans_of(wall.date()))


@given(instants)
def test_it_is_open_as_the_door_says(at):
    assert TOWN_HALL.is_open(at) == open_by_the_wall(at)


@settings(max_examples=30)
@given(instants, st.integers(0, 3 * 24 * 60))
def test_hours_of_service_are_the_open_minutes(start, span):
    end = start + span * MINUTE
    assert TOWN_HALL.hours_between(start, end) == sum(open_by_the_wall(start + n * MINUTE) for n in range(span)) * MINUTE


@given(instants, st.integers(1, 30))
def test_so_many_hours_later_so_many_hours_have_passed(start, count):
    end = TOWN_HALL.add_hours(start, count)
    assert TOWN_HALL.hours_between(start, end) == timedelta(hours=count)
    assert TOWN_HALL.hours_between(start, end - MINUTE) < timedelta(hours=count)


@settings(max_examples=30)
@given(instants)
def test_the_next_opening_is_the_first_open_minute(at):
    opens = TOWN_HALL.next_opening(at)
    assert open_by_the_wall(opens)
    assert not any(open_by_the_wall(at + n * MINUTE) for n in range((opens - at) // MINUTE))


def test_four_hours_of_service_from_friday_at_eleven_end_on_monday_morning():
    end = TOWN_HALL.add_hours(datetime(2027, 4, 2, 11, tzinfo=PARIS), 4)  # one on Friday, two on Saturday night
    assert end.astimezone(PARIS).isoformat() == "2027-04-05T09:30:00+02:00"


def test_the_night_of_the_change_of_time_is_an_hour_short():
    night = datetime(2027, 3, 28, 0, tzinfo=PARIS)
    assert TOWN_HALL.hours_between(night, night + timedelta(hours=12)) == timedelta(hours=3)
    assert local_day(night) == date(2027, 3, 28)


def test_closed_for_ever_is_said():
    with pytest.raises(ValueError, match="nothing opens within a year"):
        Opening({}).next_opening(datetime(2027, 3, 1, tzinfo=UTC))


def test_spans_that_overlap_or_are_empty_are_refused():
    for spans in ([("09:00", "12:00"), ("11:00", "13:00")], [("09:00", "09:00")]):
        with pytest.raises(ValueError, match="opening hours of 0"):
            Opening({0: spans})


@given(instants, st.integers(0, 20 * 60))
def test_what_is_left_before_an_instant_is_what_passes_until_it(end, minutes):
    begin = TOWN_HALL.latest_before(end, minutes * MINUTE)
    assert TOWN_HALL.hours_between(begin, end) == minutes * MINUTE


def test_nothing_is_left_before_what_was_never_open():
    with pytest.raises(ValueError, match="nothing was open"):
        Opening({}).latest_before(datetime(2027, 3, 22, tzinfo=UTC), MINUTE)
