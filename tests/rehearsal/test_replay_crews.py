"""Teams at work in a rehearsed year: whole crews, filled by the year's reports, at a cost."""

import pickle
import tomllib
from datetime import date
from pathlib import Path

import pytest

import oppidum.people
from oppidum.rehearsal.arrivals import GROUPS
from oppidum.rehearsal.replay.crews import COMMUNE, Ground, Staffing, rounds_km
from oppidum.rehearsal.replay.year import Year
from oppidum.services.living_environment.report_categories import CATEGORIES

Y2023 = Year.load(2023)
INHABITANTS = 1_922_626
MARSEILLE, AIX, SMALL = Ground(877_215, 238.5), Ground(147_933, 187.6), Ground(950, 22.0)
STAFFING = Staffing.load(Y2023, {"13055": MARSEILLE, "13001": AIX, "13088": SMALL})
TUESDAY = date(2023, 5, 9)
# What is left of 415,500 reports once 5 % are known to be duplicates and the office rejects 7 %.
JOBS = 415_500 * 0.95 * 0.93


def jobs_by_team() -> dict[str, dict[str, float]]:
    """The year's jobs of each team by group, as the demonstration routes them. What is "other" becomes roads, streets and furniture."""
    teams = tomllib.loads((Path(oppidum.people.__file__).parent / "demo.toml").read_text())
    shares = {"13055": MARSEILLE.population / INHABITANTS, "13001": AIX.population / INHABITANTS}
    shares["elsewhere"] = 1 - sum(shares.values())
    found: dict[str, dict[str, float]] = {}
    for code, jobs in jobs_by_category().items():
        group = code.split(".")[0]
        for place, share in shares.items():
            takers = [
                one["code"]
                for one in teams["teams"]
                if {code, group} & set(one.get("categories", ())) and place in one.get("communes", [place])
            ]
            takers.sort(key=lambda team: team not in ("cleanliness-marseille", "roads-aix"))
            of_team = found.setdefault(takers[0] if takers else COMMUNE + place, {})
            of_team[group] = of_team.get(group, 0) + jobs * share
    return found


def jobs_by_category() -> dict[str, float]:
    by_group: dict[str, list[str]] = {}
    for category in CATEGORIES.values():
        by_group.setdefault(category.group, []).append(category.code)
    found: dict[str, float] = {}
    for group, codes in by_group.items():
        weights = [(rank + 1) ** -1.5 for rank in range(len(codes))]
        for code, weight in zip(codes, weights, strict=True):
            found[code] = JOBS * GROUPS[group] / sum(GROUPS.values()) * weight / sum(weights)
    other = found.pop("other.other") / 3
    for code in ("roads.obstacle", "cleanliness.dirty_street", "furniture.object"):
        found[code] += other
    return found


LOADS = jobs_by_team()


@pytest.mark.parametrize("team", [team for team in LOADS if team != COMMUNE + "elsewhere"])
def test_the_year_s_reports_fill_the_crews_and_the_season_leaves_a_backlog(team):
    assert 0.85 <= sum(LOADS[team].values()) / STAFFING.jobs_a_year(team) <= 0.93
    arrived = dict.fromkeys(Y2023.days(), 0)
    for group, jobs in LOADS[team].items():
        for day, count in Y2023.arrivals(group, round(jobs), name=team).items():
            arrived[day] += count
    waiting, by_month = 0.0, {}
    for day in Y2023.days():
        waiting = max(0.0, waiting + arrived[day] - STAFFING.capacity(team, day))
        by_month.setdefault(day.month, []).append(waiting)
    means = {month: sum(days) / len(days) for month, days in by_month.items()}
    days_of_work = [mean * 365 / sum(arrived.values()) for mean in means.values()]
    assert 1 < max(days_of_work) < 30 and max(days_of_work) > 2 * min(days_of_work)


def test_crews_are_whole_and_keep_their_days_off():
    assert STAFFING.capacity("roads", TUESDAY) == 27 * 9 and STAFFING.capacity("roads", TUESDAY, scale=0.01) == pytest.approx(2.43)
    assert STAFFING.crews("roads", date(2023, 8, 9)) == 19 and STAFFING.crews("roads-aix", date(2023, 8, 9)) == 1
    assert STAFFING.crews("cleanliness", date(2023, 5, 13)) == 5 and STAFFING.crews("water", date(2023, 5, 14)) == 2
    assert STAFFING.capacity("lighting", date(2023, 5, 13)) == STAFFING.capacity("lighting", date(2023, 5, 8)) == 0


def test_a_commune_s_team_is_as_large_as_its_people_need_and_never_nothing():
    assert STAFFING.capacity("commune-13055", TUESDAY) == pytest.approx(6 * STAFFING.capacity("commune-13001", TUESDAY), rel=0.02)
    assert STAFFING.capacity("commune-13088", TUESDAY) == 1


def test_a_team_that_nobody_named_gets_what_its_load_needs():
    with pytest.raises(LookupError, match="has no crews"):
        STAFFING.capacity("graffiti", TUESDAY)
    grown = STAFFING.with_loads({"graffiti": 9_000, "roads": 1})
    assert 9_000 / grown.jobs_a_year("graffiti") == pytest.approx(0.89, abs=0.01)
    assert grown.capacity("roads", TUESDAY) == STAFFING.capacity("roads", TUESDAY)


def test_a_scenario_has_two_crews_more_or_one_less_and_a_strike():
    changed = STAFFING.changed(
        {"illegal-dumping": 2, "coast": -3},
        [{"kind": "strike", "first": "2023-05-09", "last": "2023-05-10", "teams": ["roads", "water"], "factor": 0.5}],
    )
    assert changed.crews("illegal-dumping", TUESDAY) == 19 and changed.crews("coast", TUESDAY) == 0
    assert changed.crews("roads", TUESDAY) == 14 and changed.crews("roads", date(2023, 5, 11)) == 27
    assert changed.cost("coast", TUESDAY, 0).eur == 0
    with pytest.raises(LookupError, match="'bins' has no crews"):
        STAFFING.changed({"bins": 1})
    with pytest.raises(LookupError, match="'bins' has no crews"):
        STAFFING.changed(days=[{"kind": "strike", "first": "2023-05-09", "teams": ["bins"]}])


def test_a_round_is_as_long_as_its_way_out_and_its_tour():
    assert rounds_km(0, 0, 100, 1) == 0
    assert rounds_km(100, 1, 100, 1) == pytest.approx(2 * 3.826 + 71.24)
    assert rounds_km(100, 2, 100, 1) - rounds_km(100, 1, 100, 1) == pytest.approx(2 * 3.826)
    assert rounds_km(400, 1, 100, 4) == pytest.approx(2 * 1.913 + 2 * 71.24)


def test_a_day_costs_its_crews_and_its_kilometres():
    idle, full = STAFFING.cost("roads", TUESDAY, 0), STAFFING.cost("roads", TUESDAY, 243)
    assert idle == (27, 0, 0, 27 * (3 * 210 + 70))
    assert full.km > 400 and full.co2_kg == pytest.approx(full.km * 0.14 * 3.17, rel=1e-3)
    assert full.eur == pytest.approx(idle.eur + full.km * 0.14 * 1.80, rel=1e-4)
    assert STAFFING.cost("roads", TUESDAY, 100).km < full.km
    hundredth = STAFFING.cost("roads", TUESDAY, 2.43, scale=0.01)
    assert hundredth == pytest.approx([amount / 100 for amount in full], abs=2e-3)
    assert STAFFING.cost("bulky-waste", TUESDAY, 60, crews=4).crew_days == 4


def test_a_wrong_file_is_refused_with_its_team(tmp_path):
    told = (Path(oppidum.__file__).parent / "rehearsal/replay/crews.toml").read_text()
    (tmp_path / "crews.toml").write_text(told.replace('vehicle = "lift"', 'vehicle = "ladder"'))
    with pytest.raises(ValueError, match="team 'lighting'"):
        Staffing.load(Y2023, file=tmp_path / "crews.toml")
    (tmp_path / "crews.toml").write_text(told.replace("jobs = 9.5", "jobs = 0"))
    with pytest.raises(ValueError, match="team 'lighting': .*above 0"):
        Staffing.load(Y2023, file=tmp_path / "crews.toml")
    assert pickle.loads(pickle.dumps(STAFFING)) == STAFFING
