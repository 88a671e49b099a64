"""A run at some speed: its days come in their time, and the entries of a day are spread over it."""

from datetime import date

import pytest

from oppidum.rehearsal.replay import pace as paces
from oppidum.rehearsal.replay.pace import Pace

FIRST, SECOND = date(2023, 3, 1), date(2023, 3, 2)


@pytest.fixture
def slept(monkeypatch):
    """A clock that only sleeping moves; how long it was slept in all."""
    now = [0.0]
    monkeypatch.setattr(paces.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(paces.time, "sleep", lambda seconds: now.__setitem__(0, now[0] + seconds))
    return lambda: now[0]


def test_without_a_speed_all_comes_at_once(slept):
    pace = Pace()
    pace.begin(FIRST)
    assert [*pace.parts(range(500))] == [range(500)] and [*pace.parts([])] == [[]] and slept() == 0


def test_a_day_at_a_hundred_times_real_time_takes_a_quarter_of_an_hour_in_even_parts(slept):
    pace = Pace(100, since=SECOND)
    pace.begin(FIRST)
    assert [*pace.parts(range(80))] == [range(80)] and slept() == 0, "the days before go as fast as they can"
    pace.begin(SECOND)
    came = []
    for part in pace.parts(range(40)):
        came.append((len(part), slept()))
    assert came == [(20, 0), (20, 216)] and slept() == pytest.approx(432), "half of what yesterday had: half of the day"
    pace.begin(date(2023, 3, 3))
    assert slept() == pytest.approx(864)


def test_a_day_with_more_than_the_one_before_is_no_longer(slept):
    pace = Pace(100)
    pace.begin(FIRST)
    list(pace.parts(range(20)))
    pace.begin(SECOND)
    assert sum(len(part) for part in pace.parts(range(1000))) == 1000
    assert slept() == pytest.approx(2 * 864)


def test_who_waits_can_still_be_stopped(slept):
    looks = iter([None, None])

    def look():
        if next(looks, "stop") == "stop":
            raise SystemExit(3)

    pace = Pace(1, look=look)
    pace.begin(FIRST)
    with pytest.raises(SystemExit):
        pace.begin(SECOND)
    assert slept() < 5
