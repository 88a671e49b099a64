"""The benchmark of a lived year: what it says of memory, processors, statements and functions, and its floor."""

import cProfile
import pstats
from datetime import date
from inspect import signature
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.management.base import CommandError
from django.db import connection

from oppidum.operations.benches import inbox, replay, replay_floor, replay_online, resources
from oppidum.operations.benches.scratch import measured_database
from oppidum.operations.management.commands.bench import _settings
from oppidum.rehearsal.replay import running
from oppidum.rehearsal.replay.database import drop_database, name_of, url_of
from oppidum.rehearsal.replay.plan import Plan


def test_the_same_statement_with_other_values_is_one():
    asked = "select  a from b where c in (1, 2.5, 'it''s') and d = $3\n limit 4"
    assert resources.shape(asked) == "select a from b where c in (?…) and d = ? limit ?"


def test_memory_and_processor_time_of_client_and_server_are_told_apart(db):
    with resources.watching(url_of(connection.settings_dict["NAME"])) as used:
        grown = bytearray(b"x" * 50_000_000)
        sum(n * n for n in range(2_000_000))
    assert used.memory_gb > 0.05 and used.client_cpu_s > 0.01 and used.server_cpu_s >= 0 and used.seconds > 0
    assert len(grown) == 50_000_000


def test_the_floor_copies_every_row_and_leaves_nothing_behind(db, tmp_path, monkeypatch):
    monkeypatch.setattr(replay_floor, "LEAST_ROWS", 20)
    monkeypatch.setattr(replay_floor, "CHUNK_BYTES", 2_000)
    copied = replay_floor.measure_copy(url_of(connection.settings_dict["NAME"]), tmp_path)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from django_migrations")
        assert copied.tables["django_migrations"] == cursor.fetchone()[0]
        cursor.execute("select count(*) from pg_namespace where nspname = %s", [replay_floor.SCHEMA])
        assert cursor.fetchone() == (0,)
    assert copied.seconds > 0 and len(list(tmp_path.glob("django_migrations.*"))) > 1


def test_the_time_of_libraries_is_laid_on_ours_who_called_them():
    profile = cProfile.Profile()
    profile.runcall(lambda: [resources.shape("select 'a', 1") for _ in range(2_000)])
    taken = replay._laid_on_ours(pstats.Stats(profile).stats)
    own = next(times[2] for place, times in pstats.Stats(profile).stats.items() if place[2] == "shape")
    assert taken["operations/benches/resources.py:shape"] > own


def test_settings_of_a_benchmark_take_decimals_where_it_does():
    known = signature(replay.run).parameters
    assert _settings(["scale=0.1", "days=3"], known) == {"scale": 0.1, "days": 3}
    assert _settings(["database=lived_2023"], signature(inbox.run).parameters) == {"database": "lived_2023"}
    for wrong in ("days=0.5", "scale=much", "length=3"):
        with pytest.raises(CommandError):
            _settings([wrong], known)


def test_made_up_cases_never_come_into_the_installations_own_database(db):
    own = connection.settings_dict["NAME"]
    for named, error in ((own, ValueError), ("nowhere_at_all", LookupError)):
        with pytest.raises(error), measured_database(named):
            pass


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_people_wait_for_is_measured_alone_and_beside_another_year():
    name = name_of("lived_for_a_test")
    plan = Plan(2023, scale=0.01, last=date(2023, 2, 5))
    try:
        with TemporaryDirectory() as folder:
            running.run(plan, Path(folder), name=name, again=True)
        answer = replay_online.run(database=name, scale=0.01, seconds=2, requests=8)
    finally:
        drop_database(name)
    for one in ("intake", "inbox", "figures_trail", "figures_dashboard", "portal_search", "portal_form", "portal_submit"):
        assert answer.figures[f"{one}_p95_ms_alone"] > 0 and answer.figures[f"{one}_p95_ms_during_replay"] > 0
    assert answer.settings["entries_a_second_beside"] > 0


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_some_days_are_lived_measured_and_proved():
    answer = replay.run(scale=0.01, days=10, profiled_days=2)
    assert answer.figures["tally_differences"] == 0 and answer.figures["transitions"] > answer.figures["cases"] > 50
    assert answer.figures["memory_gb"] > 0.1 and answer.settings["stages_per_cent"]["cases/filing.py:file_cases"] > 0
