"""The private cluster on its bad days. These tests make real clusters in folders of their own, not the suite's."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
import psycopg
import pytest

from oppidum.core import cluster as cluster_module
from oppidum.core.cluster import ClusterError, find_programs, private_cluster, server_settings
from tests.operations.folders import own_folder


@pytest.fixture(scope="module")
def cluster():
    with own_folder() as var:
        yield private_cluster(var)


@pytest.fixture
def running(cluster):
    cluster.start()
    return cluster


def ask(cluster, question: str, database: str = "oppidum"):
    with psycopg.connect(cluster.url(database).replace("postgis:", "postgresql:")) as connection:
        return connection.execute(question).fetchone()[0]


def tell(cluster, statement: str) -> None:
    with psycopg.connect(cluster.url("oppidum").replace("postgis:", "postgresql:")) as connection:
        connection.execute(statement)


def kill_server(cluster) -> None:
    """As a power cut would: no last words, the pid file stays."""
    os.kill(int((cluster.folder / "data/postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    until = time.monotonic() + 10
    while cluster.is_running() and time.monotonic() < until:
        time.sleep(0.05)


def test_a_bare_folder_becomes_a_database_with_postgis(running):
    assert ask(running, "select postgis_version()") >= "3"
    assert ask(running, "select similarity('quai du port', 'quay du port')") > 0.5


def test_a_second_start_finds_it_running(running):
    assert running.start() is False
    assert running.is_running()


def test_every_write_is_safe_on_the_disk_before_it_is_acknowledged(running):
    assert ask(running, "select current_setting('fsync') || current_setting('synchronous_commit')") == "onon"


def test_nobody_reaches_it_over_the_network(running):
    assert ask(running, "show listen_addresses") == ""
    assert (running.sockets / ".s.PGSQL.5432").stat().st_mode & 0o077 == 0


def test_a_new_database_is_born_with_the_extensions(running):
    assert running.create_database("another") is True
    assert running.create_database("another") is False
    assert ask(running, "select count(*) from pg_extension where extname = 'postgis'", "another") == 1


def test_it_stops_and_starts_again_with_its_data(running):
    tell(running, "create table kept as select 42 as answer")
    assert running.stop() is True
    assert running.stop() is False
    assert running.start() is True
    assert ask(running, "select answer from kept") == 42


def test_it_starts_again_after_its_server_was_killed(running):
    tell(running, "create table survived as select 1 as one")
    kill_server(running)
    assert not running.is_running()
    assert running.start() is True
    assert ask(running, "select one from survived") == 1


def test_a_pid_file_that_names_another_program_does_not_prevent_the_start(running):
    running.stop()
    pid_file = running.folder / "data/postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{running.folder}/data\n0\n5432\n\n\n\n")
    assert running.start() is True


def test_a_server_whose_socket_was_removed_is_started_anew(running):
    (running.sockets / ".s.PGSQL.5432").unlink()
    assert not running.is_running()
    assert running.start() is True
    assert ask(running, "select 1") == 1


def test_two_starts_at_once_make_one_server():
    code = "import sys; from oppidum.core.cluster import private_cluster; print(private_cluster(sys.argv[1]).start())"
    with own_folder() as var:
        command = [sys.executable, "-c", code, str(var)]
        starts = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
        said = sorted(start.communicate(timeout=60)[0].strip() for start in starts)
        assert said == ["False", "False", "True"]
        assert ask(private_cluster(var), "select 1") == 1


def test_an_initdb_cut_short_leaves_nothing_in_the_way(running):
    running.stop()
    half = running.folder / "data.part"
    half.mkdir(exist_ok=True)
    (half / "PG_VERSION").write_text("15\n")
    assert running.start() is True


def test_a_folder_that_cannot_be_written_is_refused_with_the_way_out():
    with own_folder() as var:
        (var / "cluster").write_text("a file stands where the folder should be")
        with pytest.raises(ClusterError, match="set OPPIDUM_VAR to a folder of yours"):
            private_cluster(var).start()


def test_a_full_disk_is_called_a_full_disk():
    said = "initdb: error: could not write file: No space left on device"
    assert "is full" in cluster_module._explain(said, Path("/data"))


def test_a_missing_postgis_is_named_with_its_package():
    said = 'ERROR:  extension "postgis" is not available'
    assert "apt-get install" in cluster_module._explain(said, Path("/data"))


def test_data_of_a_version_that_is_gone_are_not_touched_by_another():
    with pytest.raises(ClusterError, match="PostgreSQL 9"):
        find_programs(9)


@pytest.mark.parametrize("var", ["/srv/oppidum/var", "/srv/Métropole d'Aix/var", "/srv/" + 12 * "long-name/" + "var"])
def test_the_address_means_the_socket_whatever_the_folder_is_called(var):
    cluster = private_cluster(Path(var))
    parsed = dj_database_url.parse(cluster.url("oppidum"))
    assert parsed["HOST"] == str(cluster.sockets)
    assert (parsed["PORT"], parsed["USER"], parsed["NAME"]) == (5432, "oppidum", "oppidum")
    assert len(f"{cluster.sockets}/.s.PGSQL.5432") <= 107
    assert urlsplit(cluster.url("x")).path == "/x"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_under_a_private_home_the_data_stand_elsewhere(tmp_path):
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    assert private_cluster(home / "var").folder.parent == Path("/var/lib")


@pytest.mark.parametrize(("memory_mb", "shared"), [(512, "128MB"), (4096, "1024MB"), (65536, "2048MB")])
def test_memory_is_shared_out_by_what_the_machine_has(memory_mb, shared):
    assert server_settings(Path("/run/x"), memory_mb)["shared_buffers"] == shared
