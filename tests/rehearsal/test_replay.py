"""A year lived in small through the real engine, in databases of its own: counted right, alike each time, and going on after a kill."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date

import pytest

from oppidum.cases.declaration import catalogue
from oppidum.cases.verifying import verify
from oppidum.core.sql import rows
from oppidum.rehearsal.replay import database
from oppidum.rehearsal.replay.plan import BadPlan, Plan
from oppidum.rehearsal.replay.running import read_result, read_status, run

PLAN = Plan(2023, scale=0.005, seed=7)


@pytest.fixture(scope="module")
def lived(django_db_setup, django_db_blocker, tmp_path_factory):
    """The year 2023 at 0.5 %, by two workers."""
    with django_db_blocker.unblock():
        folder = tmp_path_factory.mktemp("lived")
        result = run(PLAN, folder, name=database.name_of("lived"))
        yield result
        database.drop_database(database.name_of("lived"))


def test_every_figure_of_the_year_equals_the_tally_that_was_kept_beside_it(lived):
    assert lived["differences"] == []
    assert lived["figures"]["reports-filed"]["total"] == round(catalogue()["report"].rehearsal.per_year * PLAN.scale)
    assert lived["figures"]["calls"]["total"] == round(342_200 * PLAN.scale)


def test_every_service_that_says_how_it_is_rehearsed_had_cases(lived, django_db_blocker):
    with django_db_blocker.unblock(), database.using(lived["database"]):
        lived_services = {code for (code,) in rows("select distinct service from cases_case")}
    often = {one.code for one in catalogue().values() if one.rehearsal and one.rehearsal.per_year * PLAN.scale >= 5}
    assert often <= lived_services


def test_what_the_engine_promises_held_all_year(lived, django_db_blocker):
    with django_db_blocker.unblock(), database.using(lived["database"]):
        assert [wrong for _checked, found in verify() for wrong in found] == []
        assert rows("select count(*) from cases_effect where attempts > 0") == [(0,)]
        assert rows("select count(*) from cases_mail") == [(0,)]
        assert rows("select count(*) from cases_journal where recorded_at < valid_at") == [(0,)]
    assert sum(lived["refused"].values()) < 0.01 * lived["transitions"]


def test_killed_half_way_it_goes_on_and_comes_to_the_same_with_one_worker_as_with_two(lived, django_db_blocker, tmp_path):
    folder, name = tmp_path / "killed", database.name_of("killed")
    with django_db_blocker.unblock():
        try:
            _kill_half_way(folder)
            half = read_status(folder)
            assert 0 < half["share"] < 1 and read_result(folder) is None
            again = run(replace(PLAN, workers=1), folder, name=name)
        finally:
            database.drop_database(name)
    assert again["differences"] == []
    assert again["figures"] == lived["figures"]
    assert again["notes"] == lived["notes"] and again["waits"] == lived["waits"]
    assert (again["cases"], again["calls"], again["transitions"]) == (lived["cases"], lived["calls"], lived["transitions"])


def _kill_half_way(folder):
    """Start the same year in a process of its own, and end it with all its workers, at once, when a third of it is lived."""
    home = database.url_of(database.name_of("").removesuffix("_rehearsal_"))
    asked = [
        "replay",
        "2023",
        "--scale",
        "0.005",
        "--seed",
        "7",
        "--workers",
        "1",
        "--out",
        str(folder),
        "--database",
        database.name_of("killed"),
    ]
    started = subprocess.Popen(
        [sys.executable, "-m", "oppidum", *asked],
        env=os.environ | {"DATABASE_URL": home},
        start_new_session=True,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 240
    while ((read_status(folder) or {}).get("share") or 0) < 0.33:
        assert started.poll() is None and time.monotonic() < deadline
        time.sleep(0.2)
    os.killpg(started.pid, signal.SIGKILL)
    started.wait()


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (Plan(2023, scale=11), "scale"),
        (Plan(1066), "year"),
        (Plan(2023, services=frozenset({"potholes"})), "potholes"),
        (Plan(2023, first=date(2023, 5, 1), last=date(2023, 4, 1)), "from and to"),
        (Plan(2023, workers=0), "worker"),
    ],
)
def test_a_plan_that_can_not_be_lived_says_what_to_put_instead(plan, said):
    with pytest.raises(BadPlan, match=said):
        plan.checked()


def test_a_plan_is_read_back_from_what_it_wrote():
    plan = replace(PLAN, first=date(2023, 2, 1)).checked()
    assert Plan.from_data(plan.as_data()) == plan
