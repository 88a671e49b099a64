"""The profile of a year: arrivals follow it, and a scenario changes only its own days."""

import pickle
import random
from datetime import date, timedelta
from math import sqrt

import pytest

from oppidum.cases.declaration.profile import Profile
from oppidum.rehearsal.arrivals import GROUPS, HOURS, WEEKDAYS
from oppidum.rehearsal.replay.year import Year

Y2023 = Year.load(2023)
REPORTS = 415_500


def chi_square_is_usual(seen: list[float], weights: list[float]) -> bool:
    """Pearson's test at one in a thousand: the quantile by Wilson and Hilferty's cube root of the normal one."""
    expected = [sum(seen) * weight / sum(weights) for weight in weights]
    statistic = sum((s - e) ** 2 / e for s, e in zip(seen, expected, strict=True) if e)
    freedom = sum(1 for weight in weights if weight) - 1
    return statistic < freedom * (1 - 2 / (9 * freedom) + 3.09 * sqrt(2 / (9 * freedom))) ** 3


def summed(counts: dict[date, float], by) -> list[float]:
    found: dict[int, float] = {}
    for day, count in counts.items():
        found[by(day)] = found.get(by(day), 0) + count
    return [found[key] for key in sorted(found)]


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("by", [lambda day: day.month, lambda day: day.weekday()], ids=["month", "weekday"])
def test_reports_follow_the_profile_of_their_group(group, by):
    counts = Y2023.arrivals(group, REPORTS * GROUPS[group] // 105, seed=7)
    weights = {day: Y2023.weight(day, group) for day in counts}
    assert sum(counts.values()) == REPORTS * GROUPS[group] // 105
    assert chi_square_is_usual(summed(counts, by), summed(weights, by))


def test_what_doesn_t_follow_the_profile_is_found_by_the_test():
    counts, weights = Y2023.arrivals("lighting", 20_000), {day: Y2023.weight(day, "green") for day in Y2023.days()}
    assert not chi_square_is_usual(summed(counts, lambda day: day.month), summed(weights, lambda day: day.month))


def test_a_service_s_own_months_and_weekdays_rule_its_arrivals():
    school = Profile(55_000, months=(0.2, 0.2, 0.3, 0.3, 1.5, 4.0, 3.0, 2.0, 1.0, 0.3, 0.2, 0.2), weekdays=(1, 1, 1, 1, 1, 0, 0))
    counts = Y2023.arrivals(school, school.per_year, name="school-transport")
    assert sum(counts.values()) == 55_000
    assert not any(count for day, count in counts.items() if day.weekday() > 4 or Y2023.is_public_holiday(day))
    weights = {day: Y2023.weight(day, school) for day in counts}
    assert chi_square_is_usual(summed(counts, lambda day: day.month), summed(weights, lambda day: day.month))


@pytest.mark.parametrize("kind", ["cleanliness", "noise", "calls"])
def test_hours_follow_the_profile(kind):
    rng, hours = random.Random(3), [0] * 24
    for instant in Y2023.instants(kind, date(2023, 5, 9), 20_000, rng):
        hours[instant.hour] += 1
    assert chi_square_is_usual(hours, list(Y2023.kind(kind).hours))
    drawn = {Y2023.hour("calls", rng) for _ in range(2_000)}
    assert min(drawn) >= 7 and max(drawn) < 19


def test_most_kinds_keep_the_usual_week_and_day():
    assert Y2023.kind("cleanliness").weekdays == WEEKDAYS and Y2023.kind("roads").hours == HOURS


def test_the_same_seed_gives_the_same_days_and_a_part_of_the_year_those_of_the_whole():
    whole = Y2023.arrivals("dumping", 60_000, seed=4)
    part = Y2023.arrivals("dumping", 60_000, date(2023, 6, 1), date(2023, 6, 30), seed=4)
    assert part == {day: count for day, count in whole.items() if day.month == 6}
    assert whole == pickle.loads(pickle.dumps(Y2023)).arrivals("dumping", 60_000, seed=4)
    assert whole != Y2023.arrivals("dumping", 60_000, seed=5) != Y2023.arrivals("dumping", 60_000, seed=5, name="roads-aix")
    assert [whole[date(2023, 1, n)] for n in (1, 2, 3)] == [90, 192, 190]


def test_schools_and_public_holidays_of_zone_b_in_2023():
    assert Y2023.is_school_holiday(date(2023, 2, 11)) and Y2023.is_school_holiday(date(2023, 2, 26))
    assert (
        Y2023.is_school_day(date(2023, 2, 27))
        and not Y2023.is_school_day(date(2023, 5, 8))
        and not Y2023.is_school_day(date(2023, 6, 3))
    )
    assert Y2023.weight(date(2023, 5, 8), "other") == Y2023.weight(date(2023, 5, 7), "other")
    assert Y2023.weight(date(2023, 10, 24), "parking") < Y2023.weight(date(2023, 10, 17), "parking")


def test_a_year_that_nobody_described_has_the_general_profile_and_says_what_is_unknown():
    year = Year.load(2024)
    assert "school holidays of 2024" in year.unknown[0] and len(year.arrivals("roads", 1_000)) == 366
    assert year.is_public_holiday(date(2024, 5, 20)) and year.hot and sum(year.rain.values()) > 400
    assert Y2023.unknown == ()


def test_the_dry_winter_of_2023_is_in_its_rain():
    assert sum(mm for day, mm in Y2023.rain.items() if day.month == 1) == pytest.approx(2, abs=0.2)
    assert sum(Y2023.rain.values()) == pytest.approx(326, abs=3) and min(Y2023.rain.values()) >= 1


def test_a_storm_brings_drains_and_leaks_and_keeps_people_from_the_broom():
    storm = Y2023.changed([{"kind": "rain", "first": "2023-10-10", "last": "2023-10-10", "mm": 50}])
    day, before = date(2023, 10, 10), date(2023, 10, 9)
    for kind, least in (("sewers", 3), ("water", 1.5), ("roads", 1.3)):
        ordinary, changed = (year.arrivals(kind, 60_000, seed=2) for year in (Y2023, storm))
        assert changed[day] > least * ordinary[day] and changed[day + timedelta(1)] > ordinary[day + timedelta(1)]
        assert changed[before] == ordinary[before] and sum(changed.values()) > 60_000
    assert storm.arrivals("cleanliness", 60_000)[day] < Y2023.arrivals("cleanliness", 60_000)[day]
    assert storm.arrivals("lighting", 900)[before] == Y2023.arrivals("lighting", 900)[before]


def test_heat_pulls_water_green_and_animals_on_its_days_alone():
    hot = Y2023.changed([{"kind": "heat", "first": date(2023, 6, 19), "last": date(2023, 6, 23)}])
    assert hot.is_hot(date(2023, 6, 20)) and Y2023.is_hot(date(2023, 7, 19)) and not Y2023.is_hot(date(2023, 6, 20))
    for kind in ("water", "green", "animals"):
        ordinary, changed = (year.arrivals(kind, 30_000, seed=2) for year in (Y2023, hot))
        differ = {day for day in ordinary if ordinary[day] != changed[day]}
        assert differ == set(Y2023.days()[169:174]) and all(changed[day] > ordinary[day] for day in differ)


def test_a_strike_of_the_collection_is_reported():
    strike = Y2023.changed([{"kind": "strike", "first": "2023-03-07", "last": "2023-03-10", "teams": ["collection"]}])
    assert strike.weight(date(2023, 3, 8), "collection") == 3 * Y2023.weight(date(2023, 3, 8), "collection")
    assert strike.on_strike("collection", date(2023, 3, 10)) and not strike.on_strike("collection", date(2023, 3, 11))


def test_a_larger_volume_keeps_the_days_in_step():
    more = Y2023.arrivals("roads", 36_500, factor=1.2)
    ordinary = Y2023.arrivals("roads", 36_500)
    assert all(abs(more[day] - 1.2 * ordinary[day]) < 1 for day in more)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"kind": "snow", "first": "2023-01-02"}, "known: rain, heat, strike"),
        ({"kind": "rain", "first": "2023-01-02"}, "either mm"),
        ({"kind": "heat", "first": "2 January"}, "no date"),
        ({"kind": "heat", "first": "2024-01-02"}, "outside 2023"),
        ({"kind": "heat", "first": "2023-01-02", "last": "2023-01-01"}, "before it begins"),
        ({"kind": "strike", "first": "2023-01-02"}, "needs teams"),
        ({"kind": "rain", "first": "2023-01-02", "millimetres": 3}, "unknown millimetres"),
    ],
)
def test_a_spell_that_can_t_be_is_refused_with_the_reason(told, says):
    with pytest.raises(ValueError, match=says):
        Y2023.changed([told])


def test_arrivals_that_can_t_be_are_refused():
    with pytest.raises(ValueError, match="'snow' is unknown"):
        Y2023.arrivals("snow", 10)
    with pytest.raises(ValueError, match="no part of 2023"):
        Y2023.arrivals("roads", 10, date(2022, 12, 1))
    with pytest.raises(ValueError, match="negative"):
        Y2023.arrivals("roads", -1)
